import { type LineRange, lineRanges, type ParsedMarkdown } from '../markdown/index.ts';
import type { Block } from '../model/tree.ts';

/** The lines of one block (or of an include's blocks), and those that stand before them. */
export interface Segment {
  /** Blank lines, comments and link definitions between the block before and this one. */
  lead: readonly string[];
  lines: readonly string[];
  blocks: readonly Block[];
  /** Does it come out of an include? Then its lines only name it. */
  isInclude: boolean;
}

export interface Segments {
  segments: readonly Segment[];
  /** What stands after the last block. */
  tail: readonly string[];
}

/** Cuts a text (line breaks are `\n`) at its outermost blocks. @param parsed the same text, its lines counted from 0 */
export function segmentsOf(
  source: string,
  parsed: ParsedMarkdown,
  tree: readonly Block[],
): Segments {
  const lines = source.split('\n');
  const ranges = lineRanges(source);
  const places = [...new Set(parsed.blockLines)].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let at = 0;
  places.forEach((place, index) => {
    // Tags around a block (`<details>`, `<div align>`) begin before it and end after it.
    const next = places[index + 1] ?? lines.length;
    const start = Math.min(
      place,
      ...ranges.map((range) => range.start).filter((line) => line >= at),
    );
    let end = Math.max(place + 1, ...endsOf(ranges, (line) => line >= start && line <= place));
    // Closing tags after it are its own, unless they close what was opened after it.
    const tagLines = new Set(ranges.map((range) => range.start));
    let open = 0;
    for (let line = end; line < next; line++) {
      if (!tagLines.has(line)) continue;
      open += openings(lines[line] ?? '');
      if (open < 0) {
        end = line + 1;
        open = 0;
      }
    }
    const own = lines.slice(start, end);
    segments.push({
      lead: lines.slice(at, start),
      lines: own,
      blocks: tree.filter((_, block) => parsed.blockLines[block] === place),
      isInclude: own.length === 1 && /^\s*\{\{>/.test(own[0] ?? ''),
    });
    at = end;
  });
  return { segments, tail: lines.slice(at) };
}

/** How many more tags a line of HTML opens than it closes. */
function openings(line: string): number {
  if (!/^\s*</.test(line)) return 0;
  const count = (pattern: RegExp) => line.match(pattern)?.length ?? 0;
  return count(/<(?:details|div|p)\b/g) - count(/<\/(?:details|div|p)>/g);
}

function endsOf(ranges: readonly LineRange[], isInside: (line: number) => boolean): number[] {
  return ranges.filter(({ start }) => isInside(start)).map(({ end }) => end);
}
