/**
 * The texts of files, by content path, as they were decoded (a byte order mark included). A `Map` will
 * do; without a file's text a finding has no exact place and no fix.
 */
export interface Sources {
  get(file: string): string | undefined;
}

export const noSources: Sources = { get: () => undefined };

/** Offset of a 1-based line and column in a text; null when the text is shorter than that. */
export function offsetAt(text: string, line: number, column: number): number | null {
  const lineEnd = /\r\n?|\n/g;
  for (let current = 1; current < line; current += 1) {
    if (lineEnd.exec(text) === null) return null;
  }
  const offset = lineEnd.lastIndex + column - 1;
  return offset <= text.length ? offset : null;
}

/** 1-based line and column of an offset in a text. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n?|\n/);
  const last = lines.at(-1) ?? '';
  return { line: lines.length, column: withoutMark(last, lines.length).length + 1 };
}

function withoutMark(text: string, line: number): string {
  return line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}
