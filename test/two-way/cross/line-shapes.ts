import { diffArrays } from 'diff';
import { lineRanges } from '../../../src/markdown/index.ts';
import type { Shape } from './stored-edits.ts';

/** Lines that went and lines that came at one place. */
export interface Hunk {
  removed: readonly string[];
  added: readonly string[];
}

/** Lines with something in them; the number of an item is not its content. */
const written = (lines: readonly string[]) =>
  lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^([\s>]*)\d+([.)])/, '$11$2'));

/** How a text became another one, line by line. */
export function hunksOf(before: string, after: string): Hunk[] {
  const hunks: { removed: string[]; added: string[] }[] = [];
  let open: { removed: string[]; added: string[] } | null = null;
  for (const part of diffArrays(...unlikeMiddles(before.split('\n'), after.split('\n')))) {
    if (!part.added && !part.removed) {
      // A blank line between two changes is no place of its own.
      if (written(part.value).length > 0) open = null;
      continue;
    }
    if (open === null) {
      open = { removed: [], added: [] };
      hunks.push(open);
    }
    open[part.added ? 'added' : 'removed'].push(...part.value);
  }
  return hunks;
}

/** What is left without the lines that both begin and end with: of equal lines, the edited one is it. */
function unlikeMiddles(before: string[], after: string[]): [string[], string[]] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

/** What is wrong with a change of lines that should have one of these shapes; null: nothing. */
export function shapeProblem(
  shapes: readonly Shape[],
  before: string,
  after: string,
): string | null {
  const hunks = hunksOf(before, after);
  const most = shapes.reduce(
    (sum, shape) => sum + (shape === 'moved' || shape === 'near' ? 2 : 1),
    0,
  );
  const shown = `\n${hunks.map(({ removed, added }) => [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join('\n')).join('\n···\n')}`;
  if (hunks.length > most) return `${hunks.length} places changed${shown}`;
  if (hunks.length === 0) return 'nothing changed';
  const removed = hunks.flatMap((hunk) => written(hunk.removed));
  const added = hunks.flatMap((hunk) => written(hunk.added));
  const [shape] = shapes;
  if (shapes.length > 1 || shape === undefined) return null;
  switch (shape) {
    case 'line':
      return isLineForLine(removed, added) ? null : `not one line for one${shown}`;
    case 'added':
      return removed.length === 0 ? null : `lines went${shown}`;
    case 'removed':
      return added.every((line) => removed.includes(line)) ||
        (added.length === 1 && removed.length === 1)
        ? null
        : `lines came${shown}`;
    case 'moved':
      return [...removed].sort().join('\n') === [...added].sort().join('\n')
        ? null
        : `moved lines differ${shown}`;
    case 'near':
      return removed.length + added.length <= 6 ? null : `many lines changed${shown}`;
  }
}

/** One line for one; a heading may lose its underline, a quote gets the line that makes it a callout. */
function isLineForLine(removed: readonly string[], added: readonly string[]): boolean {
  const [before, underline] = removed;
  const isUnderlined = removed.length === 2 && /^(?:=+|-+)$/.test(underline ?? '');
  if (before === undefined) return added.length === 1 && /^[> ]*\[!\w+\]$/.test(added[0] ?? '');
  return (removed.length === 1 || isUnderlined) && added.length === 1;
}

/** How many outermost blocks of a text have lines that went, or lines that came between them. */
export function blocksTouched(before: string, after: string): number {
  // Tags on one line with what they hold are several ranges, and one block.
  const ranges = lineRanges(before).reduce<{ start: number; end: number }[]>((blocks, range) => {
    const last = blocks.at(-1);
    if (last === undefined || range.start >= last.end) blocks.push({ ...range });
    else last.end = Math.max(last.end, range.end);
    return blocks;
  }, []);
  const [own, other] = [before.split('\n'), after.split('\n')];
  const touched = new Set<number>();
  const most = Math.min(own.length, other.length);
  let start = 0;
  while (start < most && own[start] === other[start]) start++;
  let line = start;
  for (const part of diffArrays(...unlikeMiddles(own, other))) {
    const isWritten = part.value.some((text) => text.trim() !== '');
    const next = line + (part.added ? 0 : part.value.length);
    if (isWritten && (part.added || part.removed)) {
      ranges.forEach((range, index) => {
        const isInside = part.added
          ? range.start < line && line < range.end
          : range.start < next && line < range.end;
        if (isInside) touched.add(index);
      });
    }
    line = next;
  }
  return touched.size;
}
