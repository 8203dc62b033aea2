import type { Align, Block, Text } from '../../model/tree.ts';
import type { StoredElement } from './stored-dom.ts';

/** What the nodes being read stand in. */
export interface StoredSurroundings {
  format: Omit<Text, 'type' | 'text'>;
  align: Align | null;
  depth: number;
}

/** Reads what is inside an element: handed to the handlers of elements that hold others. */
export interface InnerReader {
  content(element: StoredElement, around: StoredSurroundings): Block[];
  unknown(element: StoredElement, blocks: readonly Block[], attributes?: string): Block;
}
