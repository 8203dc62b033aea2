import { diffArrays } from 'diff';
import type { Block, Tree } from '../model/tree.ts';
import { allBlocks, blockText } from '../model/tree-text.ts';
import type { Style } from './style.ts';
import { excerpts } from './word-diff.ts';
import { counted, oneLine } from './wording.ts';

/** How a body changed, block by block. */
export interface BodyChange {
  /** Blocks whose words are new, gone or other. */
  changed: number;
  /** Blocks of the longer side. */
  total: number;
  /** The changed texts, in reading order; a side that does not exist is empty. */
  pairs: readonly { before: string; after: string }[];
}

/**
 * Compares two bodies by the words of their top-level blocks. What is stored and what is written say
 * links, pictures and formats in different ways, so these are left to the plan, which compares them
 * in one form; here people see what readers will read.
 */
export function comparedBodies(before: Tree, after: Tree): BodyChange {
  return comparedTexts(before.flatMap(textOf), after.flatMap(textOf));
}

/** The words of a block; none for the empty paragraphs that the service adds between blocks. */
function textOf(block: Block): string[] {
  const text = oneLine(blockText(block).replace(/[☐☑]\s*/g, ''));
  if (text !== '') return [text];
  const shows = allBlocks([block]).some(({ type }) => type === 'video' || type === 'rule');
  return shows ? [`(${block.type})`] : [];
}

/** The same for texts that are already cut into blocks. White space is no change. */
export function comparedTexts(before: readonly string[], after: readonly string[]): BodyChange {
  const [old, fresh] = [before.map(oneLine), after.map(oneLine)];
  const pairs: { before: string; after: string }[] = [];
  let removed: readonly string[] = [];
  for (const part of diffArrays(old, fresh)) {
    if (part.removed) {
      removed = part.value;
      continue;
    }
    const added = part.added ? part.value : [];
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      pairs.push({ before: removed[index] ?? '', after: added[index] ?? '' });
    }
    removed = [];
  }
  for (const text of removed) pairs.push({ before: text, after: '' });
  return { changed: pairs.length, total: Math.max(old.length, fresh.length), pairs };
}

/** The changes of a body as lines, at most `limit`; one line says so when no word has changed. */
export function bodyLines(
  change: BodyChange,
  options: { style: Style; columns: number; limit: number; locale?: string },
): string[] {
  if (change.changed === 0) return ['the same words; formats, links or pictures change'];
  const lines: string[] = [];
  for (const { before, after } of change.pairs) {
    if (lines.length >= options.limit) break;
    lines.push(...excerpts(before, after, { ...options, limit: options.limit - lines.length }));
  }
  return lines;
}

/** `2 of 14 blocks`. */
export function bodySize(change: BodyChange): string {
  return `${change.changed} of ${counted(change.total, 'block')}`;
}
