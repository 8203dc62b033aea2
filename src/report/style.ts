import columnsIn from 'fast-string-width';
import pc from 'picocolors';

/** What a piece of text is to the reader. Colour supports the words, it never replaces them. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'warning' | 'note';

/** How text is laid out and painted: everything a renderer knows about where it is shown. */
export interface Style {
  paint(tone: Tone, text: string): string;
  /** Columns to lay out in. */
  width: number;
  /** Does long text break at `width`? Only on a terminal: piped lines stay whole for grep. */
  wraps: boolean;
  /** ISO date; dates of its year are shown without the year. */
  today: string;
}

/** A style for a terminal (its columns) or a pipe (`columns: null`). */
export function createStyle(options: {
  color: boolean;
  columns: number | null;
  today: string;
}): Style {
  const colors = pc.createColors(options.color);
  const tones: Record<Tone, (text: string) => string> = {
    plain: (text) => text,
    strong: colors.bold,
    quiet: colors.dim,
    good: colors.green,
    bad: colors.red,
    warning: colors.yellow,
    note: colors.cyan,
  };
  return {
    paint: (tone, text) => (text === '' ? '' : tones[tone](text)),
    width: Math.max(options.columns ?? 100, 40),
    wraps: options.columns !== null,
    today: options.today,
  };
}

/** No colours, one hundred columns: for pipes, files and comments. */
export function plainStyle(today: string): Style {
  return createStyle({ color: false, columns: null, today });
}

/** Columns a text takes on a terminal: wide characters take two, marks none. */
export function columnsOf(text: string): number {
  return columnsIn(text);
}

/** Fills a text up with spaces to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** The same, spaces first. */
export function paddedLeft(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** Cuts a text to a number of columns, the cut marked with `…`. */
export function clipped(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text);
  let shown = '';
  let used = 0;
  for (const { segment } of graphemes) {
    const more = columnsOf(segment);
    if (used + more > columns - 1) break;
    shown += segment;
    used += more;
  }
  return `${shown.trimEnd()}…`;
}

/** Rows with aligned columns; the last column is left as long as it is. */
export function aligned(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      if (index < row.length - 1) widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : padded(cell, (widths[index] ?? 0) + gap),
      )
      .join('')
      .trimEnd(),
  );
}

/**
 * Breaks a text at spaces so that it fits beside `indent` columns of something else; every line but
 * the first begins with the indent. On a pipe the text stays one line.
 */
export function wrapped(text: string, indent: number, style: Style): string {
  const room = style.width - indent;
  if (!style.wraps || room < 24) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(indent)}`);
}
