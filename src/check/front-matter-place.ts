import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Place } from './place.ts';
import { positionAt, type Sources } from './sources.ts';

/** Where a front-matter value stands. Without the file's text, or without the key: its first line. */
export type FrontMatterPlace = (file: string, path: readonly (string | number)[]) => Place;

/** A finder of front-matter values that parses each file once, and only when it is asked. */
export function frontMatterPlaces(sources: Sources): FrontMatterPlace {
  const documents = new Map<string, Front | null>();
  return (file, path) => {
    const front = documents.get(file) ?? frontOf(sources.get(file), file);
    documents.set(file, front);
    const offset = front === null ? null : offsetOf(front, path);
    if (front === null || offset === null) return { file, line: 1, column: 1 };
    return { file, ...positionAt(front.text, front.start + offset) };
  };
}

interface Front {
  text: string;
  /** Offset of the YAML in the text. */
  start: number;
  document: ReturnType<typeof parseDocument>;
}

function frontOf(text: string | undefined, file: string): Front | null {
  if (text === undefined) return null;
  const fence = /^\uFEFF?---[ \t]*(?:\r\n?|\n)/.exec(text);
  if (fence === null && file.endsWith('.md')) return null;
  const start = fence?.[0].length ?? 0;
  const end = /^---[ \t]*$/m.exec(text.slice(start))?.index ?? text.length - start;
  const yaml = text.slice(start, start + end);
  return { text, start, document: parseDocument(yaml, { lineCounter: new LineCounter() }) };
}

/** Offset of the value at a path, or of its key when the value has no place of its own. */
function offsetOf(front: Front, path: readonly (string | number)[]): number | null {
  const node = front.document.getIn([...path], true);
  if (isScalar(node) && node.range) return node.range[0];
  const parent =
    path.length === 1 ? front.document.contents : front.document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return null;
  const pair = parent.items.find(
    (item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1),
  );
  return pair !== undefined && isScalar(pair.key) && pair.key.range ? pair.key.range[0] : null;
}
