import { tokensOf } from './parse/dialect-parser.ts';

/** Lines of a file, counted from 0, the end not included. */
export interface LineRange {
  start: number;
  end: number;
}

/** The lines of each block of a Markdown text that holds nothing but blocks, in order; comments and link definitions are in none. */
export function lineRanges(source: string): LineRange[] {
  const lines = source.split('\n');
  return tokensOf(source).tokens.flatMap((token) => {
    if (token.level !== 0 || token.nesting < 0 || token.map === null) return [];
    const [start, end] = token.map;
    let last = end;
    while (last > start + 1 && (lines[last - 1] ?? '').trim() === '') last--;
    return [{ start, end: last }];
  });
}
