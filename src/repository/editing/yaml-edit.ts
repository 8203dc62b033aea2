import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { canonicalJson } from '../../model/canonical-json.ts';
import { KbError } from '../../model/kb-error.ts';
import { keyName, readYaml } from '../reading/yaml-source.ts';
import { isRecord } from '../schema/validate.ts';
import { doubleQuoted, singleQuoted, yamlKey, yamlText, yamlValue } from './yaml-value.ts';

/** One key to set (or, with `undefined`, to remove), by its path from the top of the YAML. */
export interface KeyChange {
  path: readonly string[];
  value: unknown;
}

/**
 * Sets or removes one key in a piece of YAML, which must consist of whole lines. Nothing but that
 * key's own lines changes: comments, order, quotes and line ends of the rest stay byte for byte.
 * The result is read again and compared before it is handed out. `eol` ends the lines that are added.
 *
 * @throws KbError `edit-refused` where the YAML is not a map of keys, or its form cannot be edited
 */
export function editYaml(source: string, change: KeyChange, eol = '\n'): string {
  const before = readYaml(source, 0, source.length);
  const [problem] = before.problems;
  if (problem !== undefined) throw refused(change, problem.message);
  if (before.value !== undefined && !isRecord(before.value)) {
    throw refused(change, 'the YAML is not a list of keys');
  }
  const wanted = withChange(before.value ?? {}, change.path, change.value);
  if (canonicalJson(wanted) === canonicalJson(before.value ?? {})) return source;
  const contents = parseDocument(source, { schema: 'core', prettyErrors: false }).contents;
  const after = editMap(
    { source, change, eol },
    isMap(contents) ? contents : null,
    change.path,
    [],
  );
  const read = readYaml(after, 0, after.length);
  if (read.problems.length > 0 || canonicalJson(read.value ?? {}) !== canonicalJson(wanted)) {
    throw refused(change, 'its form cannot be edited without touching more than this key');
  }
  return after;
}

interface Editing {
  source: string;
  change: KeyChange;
  /** Of the lines that are added. */
  eol: string;
}

interface Step {
  map: YAMLMap;
  pair: Pair;
}

function editMap(
  editing: Editing,
  map: YAMLMap | null,
  path: readonly string[],
  above: readonly Step[],
): string {
  const { source, change, eol } = editing;
  const [key, ...rest] = path;
  if (key === undefined) throw refused(change, 'no key is named');
  const pair = map?.items.find((item) => keyName(item) === key);
  if (map === null || pair === undefined) {
    if (change.value === undefined) return source;
    const value = nested(rest, change.value);
    return map === null
      ? insertLines(source, source.length, blockLines('', key, value), eol)
      : insertPair(editing, map, { key, value }, above);
  }
  if (rest.length > 0 && isMap(pair.value) && pair.value.items.length > 0) {
    return editMap(editing, pair.value, rest, [...above, { map, pair }]);
  }
  if (change.value === undefined) {
    return rest.length > 0 ? source : removePair(source, [...above, { map, pair }]);
  }
  const isEmpty = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
  const holdsNothing = isEmpty || (isMap(pair.value) && pair.value.items.length === 0);
  if (rest.length > 0 && !holdsNothing) throw refused(change, `${key} holds no keys`);
  return replaceValue(editing, pair, nested(rest, change.value), isFlow(map));
}

/** `['a', 'b']`, value → `{ a: { b: value } }` without the first key. */
function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

// ---- insert

function insertPair(
  { source, eol }: Editing,
  map: YAMLMap,
  { key, value }: { key: string; value: unknown },
  above: readonly Step[],
): string {
  const last = map.items.at(-1);
  if (isFlow(map)) {
    const text = `${yamlKey(key)}: ${yamlValue(value)}`;
    if (last === undefined) return splice(source, spanOf(map), `{ ${text} }`);
    const end = pairEnd(source, last);
    return splice(source, [end, end], `, ${text}`);
  }
  const lines = blockLines(indentOf(source, map), key, value);
  // A new key at the top goes to the very end: comments there belong to the keys above them.
  const isTop = above.length === 0 || last === undefined;
  const offset = isTop ? source.length : lineEndAfter(source, pairEnd(source, last));
  return insertLines(source, offset, lines, eol);
}

/** Puts lines at an offset that is the start of a line, or the end of a text without final line end. */
function insertLines(
  source: string,
  offset: number,
  lines: readonly string[],
  eol: string,
): string {
  const text = lines.join(eol);
  const isLineStart = offset === 0 || source[offset - 1] === '\n';
  return splice(source, [offset, offset], isLineStart ? `${text}${eol}` : `${eol}${text}`);
}

const longestLine = 100;

function blockLines(indent: string, key: string, value: unknown): string[] {
  const line = `${indent}${yamlKey(key)}: ${yamlValue(value)}`;
  if (line.length <= longestLine || !Array.isArray(value) || value.length === 0) return [line];
  return [`${indent}${yamlKey(key)}:`, ...value.map((item) => `${indent}  - ${yamlValue(item)}`)];
}

// ---- replace

function replaceValue(
  { source, eol }: Editing,
  pair: Pair,
  value: unknown,
  inFlow: boolean,
): string {
  const old = pair.value;
  const keyEnd = endOf(pair.key);
  const colon = source.indexOf(':', keyEnd);
  if (!isNode(old) || (isScalar(old) && old.value === null && spanOf(old)[0] === spanOf(old)[1])) {
    return splice(source, [colon + 1, colon + 1], ` ${yamlValue(value)}`);
  }
  if (isScalar(old) && !isBlockScalar(old))
    return splice(source, spanOf(old), likeBefore(old, value));
  if (isFlow(old)) return splice(source, spanOf(old), yamlValue(value));
  const end = withoutLineEnd(source, leafEnd(old));
  if (isSeq(old) && Array.isArray(value) && value.length > 0 && !inFlow) {
    const start = spanOf(old)[0];
    const indent = ' '.repeat(start - lineStart(source, start));
    const items = value.map((item) => `- ${yamlValue(item)}`);
    return splice(source, [start, end], items.join(`${eol}${indent}`));
  }
  return splice(source, [colon + 1, end], ` ${yamlValue(value)}`);
}

/** Text keeps the quotes that its writer chose. */
function likeBefore(old: Scalar, value: unknown): string {
  if (typeof value !== 'string') return yamlValue(value);
  if (old.type === 'QUOTE_DOUBLE') return doubleQuoted(value);
  if (old.type === 'QUOTE_SINGLE') return singleQuoted(value) ?? doubleQuoted(value);
  return yamlText(value);
}

// ---- remove

function removePair(source: string, steps: readonly Step[]): string {
  const step = steps.at(-1);
  if (step === undefined) return source;
  const { map, pair } = step;
  // A parent without keys says nothing: it goes with its last one.
  if (map.items.length === 1 && steps.length > 1) return removePair(source, steps.slice(0, -1));
  if (isFlow(map)) return removeFlowPair(source, map, pair);
  const start = lineStart(source, spanOf(pair.key)[0]);
  const end = lineEndAfter(source, pairEnd(source, pair));
  const isLastLine = end === source.length && !source.endsWith('\n');
  return splice(source, [isLastLine ? previousLineEnd(source, start) : start, end], '');
}

function removeFlowPair(source: string, map: YAMLMap, pair: Pair): string {
  const index = map.items.indexOf(pair);
  const previous = map.items[index - 1];
  const next = map.items[index + 1];
  if (previous !== undefined) {
    return splice(source, [pairEnd(source, previous), pairEnd(source, pair)], '');
  }
  if (next !== undefined) return splice(source, [spanOf(pair.key)[0], spanOf(next.key)[0]], '');
  return splice(source, spanOf(map), '{}');
}

// ---- where things stand

type Span = readonly [start: number, end: number];

function splice(source: string, [start, end]: Span, text: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}

function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

function isBlockScalar(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

function spanOf(node: unknown): Span {
  const range = isNode(node) ? node.range : null;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

function endOf(node: unknown): number {
  return spanOf(node)[1];
}

function pairEnd(source: string, pair: Pair): number {
  const colon = source.indexOf(':', endOf(pair.key));
  const least = colon === -1 ? endOf(pair.key) : colon + 1;
  return Math.max(least, isNode(pair.value) ? leafEnd(pair.value) : 0);
}

/** Where the last thing in a node ends: the range of a block also holds comments after it. */
function leafEnd(node: Node): number {
  if (isFlow(node) || isScalar(node)) return endOf(node);
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  if (isNode(last)) return leafEnd(last);
  if (!isPair(last)) return endOf(node);
  return Math.max(endOf(last.key), isNode(last.value) ? leafEnd(last.value) : 0);
}

function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

/** The start of the line after the one an offset lies in; the offset itself where a line starts there. */
function lineEndAfter(source: string, offset: number): number {
  if (offset > 0 && source[offset - 1] === '\n') return offset;
  const end = source.indexOf('\n', offset);
  return end === -1 ? source.length : end + 1;
}

function previousLineEnd(source: string, start: number): number {
  if (start === 0) return 0;
  return source[start - 2] === '\r' ? start - 2 : start - 1;
}

function withoutLineEnd(source: string, offset: number): number {
  const text = source.slice(0, offset);
  return text.length - (/[\r\n]+$/.exec(text)?.[0].length ?? 0);
}

function indentOf(source: string, map: YAMLMap): string {
  const [first] = map.items;
  const start = first === undefined ? 0 : spanOf(first.key)[0];
  return ' '.repeat(start - lineStart(source, start));
}

// ---- what must come out

function withChange(
  data: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const others = Object.entries(data).filter(([name]) => name !== key);
  const own = Object.hasOwn(data, key) ? data[key] : undefined;
  if (rest.length === 0) {
    return value === undefined || value === null
      ? Object.fromEntries(others)
      : Object.fromEntries([...others, [key, withoutAbsent(value)]]);
  }
  if (own === undefined && value === undefined) return data;
  const inner = withChange(isRecord(own) ? own : {}, rest, value);
  const isGone = value === undefined && Object.keys(inner).length === 0;
  return Object.fromEntries(isGone ? others : [...others, [key, inner]]);
}

function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && inner !== null)
      .map(([key, inner]) => [key, withoutAbsent(inner)]),
  );
}

function refused({ path }: KeyChange, reason: string): KbError {
  return new KbError('edit-refused', `${path.join('.')} cannot be edited: ${reason}`, {
    hint: 'Change it by hand.',
  });
}
