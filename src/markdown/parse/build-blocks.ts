import type { Token } from 'markdown-it';
import type { Align, Block, Cell, Heading, Inline, ListItem } from '../../model/tree.ts';
import { FlowBuilder } from '../flow-builder.ts';
import { normaliseInlines } from '../normalise-inlines.ts';
import { videoOf } from '../videos.ts';
import { InlineBuilder } from './build-inlines.ts';
import { HtmlFrames } from './html-frames.ts';
import { htmlTableBlocks } from './html-table.ts';
import { type HtmlTag, parseTag } from './html-tag.ts';
import { markersOf } from './marker-rules.ts';
import type { SourceReading } from './reading.ts';
import type { Place } from './source-text.ts';

/** Reads an include's blocks; `place` is where it is named. */
export type IncludeReader = (name: string, place: Place, depth: number) => Block[];

/** Turns the block tokens of one source into blocks, in reading order. */
export class BlockBuilder {
  private readonly source: SourceReading;
  private readonly tokens: readonly Token[];
  private readonly readInclude: IncludeReader;
  private index = 0;
  /** Line of each block of the outermost container, in its source. */
  readonly rootLines: number[] = [];
  private depth: number;

  constructor(
    source: SourceReading,
    tokens: readonly Token[],
    options: { readInclude: IncludeReader; depth: number },
  ) {
    this.source = source;
    this.tokens = tokens;
    this.readInclude = options.readInclude;
    this.depth = options.depth;
  }

  /** The blocks of the whole source. */
  build(): Block[] {
    return this.container(null, this.rootLines);
  }

  /** Reads blocks up to a closing token (or the end) and steps over it. */
  private container(end: string | null, lines: number[] | null = null): Block[] {
    const frames = new HtmlFrames(this.source, this.depth);
    const outerDepth = this.depth;
    for (
      let token = this.tokens[this.index];
      token !== undefined;
      token = this.tokens[this.index]
    ) {
      this.index++;
      if (token.type === end) break;
      this.depth = outerDepth + 1 + frames.count;
      const line = token.map?.[0];
      if (lines !== null && line !== undefined) frames.rootLine = line;
      this.block(token, frames);
      if (lines !== null) frames.markRootLines(lines);
    }
    this.depth = outerDepth;
    const blocks = frames.finish();
    if (lines !== null) frames.markRootLines(lines);
    return blocks;
  }

  private block(token: Token, frames: HtmlFrames): void {
    const line = token.map?.[0] ?? 0;
    switch (token.type) {
      case 'paragraph_open':
        this.paragraph(frames);
        break;
      case 'heading_open':
        this.heading(token, frames);
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        frames.block(this.list(token));
        break;
      case 'blockquote_open':
        frames.block(this.quote(token));
        break;
      case 'table_open':
        frames.block(this.table(line));
        break;
      case 'fence':
      case 'code_block':
        frames.block(codeBlock(token));
        break;
      case 'hr':
        frames.block({ type: 'rule' });
        break;
      case 'include':
        this.include(token, line, frames);
        break;
      case 'html_table':
        for (const block of htmlTableBlocks(token.content, this.source, line)) frames.block(block);
        break;
      case 'html_tag':
        this.htmlTag(token, line, frames);
        break;
      case 'plain_text':
        frames.flow.openParagraph(frames.align);
        frames.flow.inline({ type: 'text', text: token.content });
        frames.flow.close();
        break;
    }
  }

  private paragraph(frames: HtmlFrames): void {
    const inline = this.tokens[this.index];
    this.index += 2;
    if (inline === undefined) return;
    frames.flow.openParagraph(frames.align);
    this.inlines(inline, inline.map?.[0] ?? 0, frames);
    frames.flow.close();
  }

  private heading(token: Token, frames: HtmlFrames): void {
    const inline = this.tokens[this.index];
    this.index += 2;
    const line = token.map?.[0] ?? 0;
    const place = this.source.text.lineStart(line);
    const heading: Heading = {
      type: 'heading',
      level: Number(token.tag.slice(1)),
      anchor: null,
      align: frames.align,
      children: [],
    };
    const children: Inline[] = [];
    if (inline !== undefined) {
      const sink = { inline: (part: Inline) => children.push(part), blockTag: () => false };
      new InlineBuilder(this.source, inline, line, sink).build();
    }
    heading.children = normaliseInlines(children);
    frames.flow.align(frames.align);
    frames.flow.block(heading);
    this.source.reading.headings.push({
      heading,
      explicitAnchor: markersOf(token).anchor ?? null,
      place: this.source.hostPlace ?? place,
      report: (fault) => this.source.report(place, fault),
    });
  }

  private inlines(inline: Token, line: number, frames: HtmlFrames): void {
    const video = bareVideoAddress(inline);
    if (video !== null) {
      frames.flow.inline({ type: 'text', text: video });
      return;
    }
    const sink = {
      inline: (part: Inline) => frames.inline(part),
      blockTag: (tag: HtmlTag, place: Place) => {
        frames.tag(tag, place);
        frames.flow.openParagraph(frames.align);
        return true;
      },
    };
    new InlineBuilder(this.source, inline, line, sink).build();
  }

  private list(token: Token): Block {
    const isOrdered = token.type === 'ordered_list_open';
    const end = isOrdered ? 'ordered_list_close' : 'bullet_list_close';
    const items: ListItem[] = [];
    for (let item = this.tokens[this.index]; item !== undefined; item = this.tokens[this.index]) {
      this.index++;
      if (item.type === end) break;
      if (item.type !== 'list_item_open') continue;
      const checked = markersOf(item).checked ?? null;
      items.push({ checked, blocks: this.container('list_item_close') });
    }
    const start = isOrdered ? Number(token.attrGet('start') ?? 1) : 1;
    return { type: 'list', ordered: isOrdered, start, items };
  }

  private quote(token: Token): Block {
    const kind = markersOf(token).callout;
    const blocks = this.container('blockquote_close');
    return kind === undefined
      ? { type: 'quote', blocks }
      : { type: 'callout', kind, style: null, blocks };
  }

  private table(line: number): Block {
    const rows: Cell[][] = [];
    let rowLine = line;
    for (
      let token = this.tokens[this.index];
      token !== undefined;
      token = this.tokens[this.index]
    ) {
      this.index++;
      if (token.type === 'table_close') break;
      if (token.type === 'tr_open') {
        rowLine = token.map?.[0] ?? rowLine;
        rows.push([]);
      } else if (token.type === 'th_open' || token.type === 'td_open') {
        rows.at(-1)?.push(this.cell(token, rowLine));
      }
    }
    const [head, ...body] = rows;
    const isHeadless = head !== undefined && body.length > 0 && head.every(isEmptyCell);
    return { type: 'table', rows: isHeadless ? body : rows };
  }

  private cell(token: Token, line: number): Cell {
    const flow = new FlowBuilder({ keepsEmptyParagraphs: false, readsVideos: true });
    const inline = this.tokens[this.index];
    if (inline?.type === 'inline') this.cellInlines(inline, line, flow);
    return {
      header: token.type === 'th_open',
      align: cellAlign(token),
      colspan: 1,
      rowspan: 1,
      style: null,
      blocks: flow.finish(),
    };
  }

  private cellInlines(inline: Token, line: number, flow: FlowBuilder): void {
    const video = bareVideoAddress(inline);
    if (video !== null) {
      flow.inline({ type: 'text', text: video });
      return;
    }
    const sink = { inline: (part: Inline) => flow.inline(part), blockTag: () => false };
    new InlineBuilder(this.source, inline, line, sink).build();
  }

  private include(token: Token, line: number, frames: HtmlFrames): void {
    const place = this.source.text.lineStart(line);
    for (const block of this.readInclude(token.content, place, this.depth)) frames.block(block);
  }

  private htmlTag(token: Token, line: number, frames: HtmlFrames): void {
    const tag = parseTag(token.content);
    if (tag === null) return;
    frames.tag(tag, this.source.text.lineStart(line));
    if (tag.name !== 'summary' || tag.isClosing) return;
    const title = this.tokens[this.index];
    if (title?.type !== 'inline') return;
    this.index++;
    const sink = { inline: (part: Inline) => frames.inline(part), blockTag: () => false };
    new InlineBuilder(this.source, title, title.map?.[0] ?? line, sink).build();
    if (!/^<\/summary/i.test(this.tokens[this.index]?.content ?? '')) frames.endSummary();
  }
}

function codeBlock(token: Token): Block {
  const language = token.type === 'fence' ? token.info.trim().split(/\s+/)[0] : undefined;
  return {
    type: 'code',
    language: language === undefined || language === '' ? null : language,
    text: token.content.replace(/\n+$/, ''),
  };
}

function isEmptyCell(cell: Cell): boolean {
  return cell.blocks.length === 0;
}

function cellAlign(token: Token): Align | null {
  const style = String(token.attrGet('style') ?? '');
  const align = style.replace('text-align:', '');
  return align === 'left' || align === 'center' || align === 'right' ? align : null;
}

/** The address that is all of a text, bare or in angle brackets, when it is one of a video. */
function bareVideoAddress(inline: Token): string | null {
  const [open, , close, ...others] = inline.children ?? [];
  if (open?.type !== 'link_open' || open.info !== 'auto') return null;
  if (close?.type !== 'link_close' || others.length > 0) return null;
  const href = String(open.attrGet('href') ?? '');
  return videoOf(href) === null ? null : href;
}
