import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { fileStart, lineIndex, type Place } from './line-index.ts';
import { type Problem, problem } from './problem.ts';

export type DataPath = readonly (string | number)[];

/** A piece of YAML as plain data that knows where everything stood. */
export interface YamlSource {
  /** Plain data; keys without value are left out. Undefined where nothing or nothing usable stands. */
  value: unknown;
  /** Syntax errors, duplicate keys, aliases, unknown tags: with one of them `value` is undefined. */
  problems: readonly Problem[];
  /** Where a key or its value stands; the nearest enclosing one where the path leads nowhere. */
  place(path: DataPath, part?: 'key' | 'value'): Place;
  /** A scalar as it is written in the file; null for anything else. */
  written(path: DataPath): string | null;
}

/** A parser of nested brackets needs far more than linear time. */
const largestYaml = 256 * 1024;

/**
 * Reads the YAML between two offsets of a text. Dates stay text, and so do whole numbers that
 * JavaScript cannot hold digit by digit (`007`, a long id).
 */
export function readYaml(text: string, start: number, end: number): YamlSource {
  let positions: ((offset: number) => Place) | null = null;
  const placeAt = (offset: number): Place => {
    positions ??= lineIndex(text);
    return positions(start + offset);
  };
  const problems: Problem[] = [];
  const report = (offset: number, message: string, hint: string | null = null): void => {
    if (problems.length < 20) {
      problems.push(problem('yaml', message, { at: placeAt(offset), hint }));
    }
  };
  let contents: Node | null = null;
  let value: unknown;
  if (end - start > largestYaml) {
    const hint = 'Texts belong into the body of an article.';
    problems.push(problem('size', 'the YAML is longer than 256 KB; it was not read', { hint }));
    return { value, problems, place: () => fileStart, written: () => null };
  }
  try {
    const document = parseDocument(text.slice(start, end), {
      schema: 'core',
      // The library's own check compares each key with every other one.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    contents = document.contents;
    for (const { pos, code, message } of [...document.errors, ...document.warnings]) {
      report(pos[0], sentence(message), hintFor(code));
    }
    value = dataOf(contents, report);
  } catch (error) {
    // Thousands of nested brackets exhaust the parser's stack.
    if (!(error instanceof RangeError)) throw error;
    report(0, 'the YAML is nested too deeply');
  }
  return {
    value: problems.length === 0 ? value : undefined,
    problems,
    place: (path, part = 'value') => placeAt(offsetOf(contents, path, part)),
    written: (path) => writtenScalar(contents, path),
  };
}

type Report = (offset: number, message: string, hint?: string | null) => void;

function dataOf(node: unknown, report: Report): unknown {
  if (isScalar(node)) return scalarData(node.value, node.source);
  if (isSeq(node)) return node.items.map((item) => dataOf(item, report) ?? null);
  if (isMap(node)) return mapData(node.items, report);
  if (isAlias(node)) {
    report(
      node.range?.[0] ?? 0,
      `aliases (*${node.source}) are not supported`,
      'Write the value out.',
    );
  }
  return undefined;
}

function scalarData(value: unknown, source: string | undefined): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'number' || source === undefined) return value;
  return /^[+-]?\d+$/.test(source) && String(value) !== source ? source : value;
}

function mapData(pairs: readonly Pair[], report: Report): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  const seen = new Set<string>();
  for (const pair of pairs) {
    const name = keyName(pair);
    if (name === null) {
      report(startOf(pair.key), 'a key must be plain text');
      continue;
    }
    if (seen.has(name)) {
      report(startOf(pair.key), `the key "${name}" stands here twice`, 'Keep one of the two.');
    }
    seen.add(name);
    const value = dataOf(pair.value, report);
    if (value !== undefined) entries.set(name, value);
  }
  return Object.fromEntries(entries);
}

/** The text of a pair's key; null where the key is a list or a map. */
export function keyName(pair: Pair): string | null {
  if (!isScalar(pair.key)) return null;
  return typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? '');
}

function startOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}

function offsetOf(contents: unknown, path: DataPath, part: 'key' | 'value'): number {
  let node: unknown = contents;
  let offset = startOf(contents);
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyName(item) === String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      const empty = node === null || (isScalar(node) && node.value === null);
      offset = (isLast && part === 'key') || empty ? startOf(pair.key) : startOf(node);
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (node === undefined) return offset;
      offset = startOf(node);
    } else {
      return offset;
    }
  }
  return offset;
}

function writtenScalar(contents: unknown, path: DataPath): string | null {
  let node: unknown = contents;
  for (const step of path) {
    if (isMap(node)) node = node.items.find((item) => keyName(item) === String(step))?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return null;
  }
  return isScalar(node) ? (node.source ?? null) : null;
}

function sentence(message: string): string {
  return `the YAML cannot be read: ${message.split('\n')[0]?.replace(/:$/, '') ?? ''}`;
}

function hintFor(code: string): string | null {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A text with ": " in it needs quotes around it.';
    case 'BAD_SCALAR_START':
      return 'A text that begins with a special character needs quotes around it.';
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.';
    case 'TAG_RESOLVE_FAILED':
      return 'Remove the tag; values are plain text, numbers, true or false.';
    default:
      return null;
  }
}
