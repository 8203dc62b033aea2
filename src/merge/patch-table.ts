import type { Cell } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { mergeTokens } from './merge-tokens.ts';
import { rowTraits } from './merge-trees.ts';
import type { Way } from './writer.ts';

/** A line of a pipe table, cut at its pipes: what stands before the first and after the last one, too. */
interface WrittenRow {
  start: string;
  cells: readonly string[];
  end: string;
}

/**
 * A pipe table cell by cell: rows that stay keep their line, cells that stay their spelling. null for
 * other tables, and where a row has more or fewer cells than written.
 */
export const patchTable: Way = (text, before, after, writer) => {
  if (before.type !== 'table' || after.type !== 'table') return null;
  const own = rowsOf(text);
  const was = rowsOf(writer.write([before], text));
  const becomes = rowsOf(writer.write([after], text));
  if (own === null || was === null || becomes === null) return null;
  const isHeaded = (rows: readonly (readonly Cell[])[]) => rows[0]?.every((cell) => cell.header);
  if (isHeaded(before.rows) !== isHeaded(after.rows)) return null;
  // Two lines before the first row that is none of its own: an empty head, and the delimiters.
  const lineOf = (row: number) =>
    isHeaded(before.rows) && row === 0 ? 0 : row + rowOffset(before);
  if (own.length !== was.length || own.length !== lineOf(before.rows.length)) return null;
  const pairs = align(before.rows, after.rows, rowTraits);
  const owners = new Map(pairs.map((place, index) => [place, index]));
  const lines = after.rows.map((row, place): string | null => {
    const wanted = becomes[lineOf(place)];
    if (wanted === undefined) return null;
    const owner = owners.get(place);
    if (owner === undefined) return lineFor(wanted, own[2] ?? wanted);
    const [line, old, oldRow] = [own[lineOf(owner)], was[lineOf(owner)], before.rows[owner]];
    if (line === undefined || old === undefined || oldRow === undefined) return null;
    return patchedRow(line, old, wanted, { before: oldRow, after: row });
  });
  if (lines.some((line) => line === null)) return null;
  const source = text.split('\n');
  const head = isHeaded(before.rows) ? [lines[0] ?? '', source[1] ?? ''] : source.slice(0, 2);
  return [...head, ...lines.slice(isHeaded(before.rows) ? 1 : 0)].join('\n');
};

function rowOffset({ rows }: { rows: readonly (readonly Cell[])[] }): number {
  return rows[0]?.every((cell) => cell.header) === true ? 1 : 2;
}

function patchedRow(
  own: WrittenRow,
  was: WrittenRow,
  wanted: WrittenRow,
  { before, after }: { before: readonly Cell[]; after: readonly Cell[] },
): string | null {
  const count = after.length;
  if ([own.cells, was.cells, wanted.cells, before].some(({ length }) => length !== count)) {
    return null;
  }
  const cells = own.cells.map((cell, index) => {
    const [old, next] = [was.cells[index] ?? '', wanted.cells[index] ?? ''];
    if (keyOf(before[index]) === keyOf(after[index])) return cell;
    const merged = mergeTokens(old.trim(), cell.trim(), next.trim(), 'lines', { clash: 'change' });
    return padded(merged ?? next.trim(), cell);
  });
  return lineFor({ ...own, cells }, own, false);
}

/** A row in the way another one is written. */
function lineFor(row: WrittenRow, like: WrittenRow, isPadded = true): string {
  const cells = isPadded
    ? row.cells.map((cell, index) => padded(cell.trim(), like.cells[index] ?? ''))
    : row.cells;
  return like.start + cells.join('|') + like.end;
}

/** White space around a cell as it was; as wide as it was, where it was padded. */
function padded(text: string, cell: string): string {
  const [, before = '', , after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(cell) ?? [];
  if (cell.trim() === '') return text === '' ? cell : ` ${text} `;
  const isAligned = before.length > 1 || after.length > 1;
  if (!isAligned) return before + text + after;
  const width = cell.length - Math.min(1, before.length) - Math.min(1, after.length);
  const isRight = before.length > 1 && after.length <= 1;
  const filled = isRight ? text.padStart(width) : text.padEnd(width);
  return (before === '' ? '' : ' ') + filled + (after === '' ? '' : ' ');
}

/** The lines of a pipe table, head and delimiters too; null for what is none. */
function rowsOf(text: string): WrittenRow[] | null {
  const lines = text.split('\n');
  if (!/^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1] ?? '')) return null;
  return lines.map((line) => {
    const [, start = '', inner = '', end = ''] =
      /^(\s*\|?)(.*?)((?<!\\)\|\s*|\s*)$/s.exec(line) ?? [];
    return { start, cells: inner.split(/(?<!\\)\|/), end };
  });
}
