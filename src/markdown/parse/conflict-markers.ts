import type { Token } from 'markdown-it';

/** The lines that markers of an open merge begin at, counted from 0. Code may show them. */
export function conflictLines(source: string, tokens: readonly Token[]): number[] {
  if (!source.includes('<<<<<<<')) return [];
  const lines = source.split(/\r\n|\r|\n/);
  const inCode = new Set<number>();
  for (const { type, map } of tokens) {
    if ((type !== 'fence' && type !== 'code_block') || !map) continue;
    for (let line = map[0]; line < map[1]; line++) inCode.add(line);
  }
  const markerAfter = (start: number, sign: string): number =>
    lines.findIndex(
      (text, line) =>
        line > start && !inCode.has(line) && new RegExp(`^${sign}{7}(?:\\s|$)`).test(text),
    );
  const found: number[] = [];
  for (let line = markerAfter(-1, '<'); line >= 0; line = markerAfter(line, '<')) {
    const middle = markerAfter(line, '=');
    if (middle >= 0 && markerAfter(middle, '>') >= 0) found.push(line);
  }
  return found;
}
