import type { Token } from 'markdown-it';

export interface Place {
  line: number;
  column: number;
}

/** The lines of one Markdown text, to find out where something of it stands in its file. */
export class SourceText {
  readonly text: string;
  private readonly lines: readonly string[];
  private readonly firstLine: number;
  private known: { content: string; starts: number[]; indents: Map<number, number> } = {
    content: '',
    starts: [0],
    indents: new Map(),
  };

  constructor(source: string, firstLine: number) {
    this.text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
    this.lines = this.text.split('\n');
    this.firstLine = firstLine;
  }

  /** Where the visible text of a line begins; lines are counted from 0 here. */
  lineStart(line: number): Place {
    const indent = (this.lines[line] ?? '').search(/\S/);
    return { line: this.firstLine + line, column: Math.max(indent, 0) + 1 };
  }

  /** Where the character at `offset` of an inline token's text stands. */
  inlinePlace(inline: Token, line: number, offset: number): Place {
    const starts = this.lineOffsets(inline.content);
    let index = starts.length - 1;
    while (index > 0 && (starts[index] ?? 0) > offset) index--;
    const start = starts[index] ?? 0;
    return {
      line: this.firstLine + line + index,
      column: this.indentOf(inline.content, line, index) + offset - start + 1,
    };
  }

  /** Offsets of the lines of a text; the last text's are kept, as many places of one text are asked for. */
  private lineOffsets(content: string): readonly number[] {
    if (this.known.content !== content) {
      const starts = [0];
      for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1))
        starts.push(at + 1);
      this.known = { content, starts, indents: new Map() };
    }
    return this.known.starts;
  }

  /** How far a line of an inline token's text stands from the left edge of its file. */
  private indentOf(content: string, line: number, index: number): number {
    const key = line + index;
    const known = this.known.indents.get(key);
    if (known !== undefined) return known;
    const end = this.known.starts[index + 1];
    const text = content.slice(this.known.starts[index], end === undefined ? undefined : end - 1);
    const indent = Math.max((this.lines[key] ?? '').indexOf(text.trimEnd()), 0);
    this.known.indents.set(key, indent);
    return indent;
  }
}
