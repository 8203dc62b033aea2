import type { Align, Block, Inline } from '../../model/tree.ts';
import { FlowBuilder } from '../flow-builder.ts';
import { alignOf } from '../html-values.ts';
import { maxNesting } from '../nesting.ts';
import { normaliseInlines } from '../normalise-inlines.ts';
import { attributePairs, tagFaults } from './html-policy.ts';
import type { HtmlTag } from './html-tag.ts';
import type { SourceReading } from './reading.ts';
import type { Place } from './source-text.ts';

/** One level of raw HTML around Markdown: a container's own blocks, or a collapsible in it. */
interface Frame {
  flow: FlowBuilder;
  /** Where `<details>` stands; null for the container itself. */
  place: Place | null;
  title: Inline[];
  isInSummary: boolean;
  hasSummary: boolean;
  /** Open `<p>` and `<div>`, outermost first. */
  aligned: { name: string; align: Align | null; place: Place }[];
}

/**
 * Matches `<details>`, `<summary>`, `<p align>` and `<div align>` with their closing tags inside one
 * Markdown container (a quote, a list item, the whole text) and puts the blocks between them where
 * they belong. HTML that crosses the border of a container is unclosed on both sides.
 */
export class HtmlFrames {
  private readonly source: SourceReading;
  private readonly outerDepth: number;
  private readonly frames: [Frame, ...Frame[]];
  /** Ignored `<details>` below the nesting limit, so that their closing tags are ignored too. */
  private ignored = 0;
  rootLine = 0;

  constructor(source: SourceReading, outerDepth: number) {
    this.source = source;
    this.outerDepth = outerDepth;
    this.frames = [newFrame(null)];
  }

  /** How many collapsibles are open. */
  get count(): number {
    return this.frames.length - 1;
  }

  get flow(): FlowBuilder {
    return this.top.flow;
  }

  get align(): Align | null {
    return this.top.aligned.findLast(({ align }) => align !== null)?.align ?? null;
  }

  private get top(): Frame {
    return this.frames.at(-1) ?? this.frames[0];
  }

  /** A block other than a paragraph or heading. */
  block(block: Block): void {
    if (this.align !== null && !['paragraph', 'heading', 'video'].includes(block.type)) {
      const place = this.top.aligned.at(-1)?.place ?? this.source.text.lineStart(this.rootLine);
      this.report('only paragraphs and headings can be aligned', place);
    }
    this.flow.align(null);
    this.flow.block(block);
  }

  inline(inline: Inline): void {
    if (this.top.isInSummary) this.top.title.push(inline);
    else this.flow.inline(inline);
  }

  tag(tag: HtmlTag, place: Place): void {
    if (!tag.isClosing) {
      for (const fault of tagFaults(tag.name, attributePairs(tag), 'text'))
        this.report(fault, place);
    }
    switch (tag.name) {
      case 'details':
        if (tag.isClosing) this.closeDetails(place);
        else this.openDetails(place);
        break;
      case 'summary':
        if (tag.isClosing) this.closeSummary(place);
        else this.openSummary(place);
        break;
      default:
        if (tag.isClosing) this.closeAligned(tag.name, place);
        else this.openAligned(tag, place);
    }
  }

  /** Ends a title that nothing closes, so that it does not take in what follows. */
  endSummary(): void {
    if (!this.top.isInSummary) return;
    this.top.isInSummary = false;
    this.report('<summary> is not closed', this.top.place ?? this.origin);
  }

  /** Ends everything that is open, reports what should have been closed, gives the blocks. */
  finish(): Block[] {
    while (this.frames.length > 1) {
      const place = this.top.place;
      if (place !== null) this.report('<details> is not closed', place, 'close it with </details>');
      this.popDetails();
    }
    this.reportOpenAligned();
    return this.frames[0].flow.finish();
  }

  /** Notes the line of each block that has come to the container's own blocks since the last call. */
  markRootLines(lines: number[]): void {
    const { blocks } = this.frames[0].flow;
    while (lines.length < blocks.length) lines.push(this.rootLine);
  }

  private openDetails(place: Place): void {
    if (this.outerDepth + this.frames.length > maxNesting) {
      if (this.ignored === 0) {
        this.source.report(place, {
          rule: 'nesting-depth',
          message: 'blocks are nested too deep here',
          hint: 'the innermost collapsibles are left out: move their text out',
        });
      }
      this.ignored++;
      return;
    }
    this.flow.close();
    this.frames.push(newFrame(place));
  }

  private closeDetails(place: Place): void {
    if (this.ignored > 0) {
      this.ignored--;
      return;
    }
    if (this.frames.length === 1) {
      this.report('</details> closes nothing', place);
      return;
    }
    this.popDetails();
  }

  private popDetails(): void {
    this.reportOpenAligned();
    const [, ...nested] = this.frames;
    const frame = nested.at(-1);
    if (frame === undefined) return;
    this.endSummary();
    if (!frame.hasSummary) this.report('<details> has no <summary>', frame.place ?? this.origin);
    const title = normaliseInlines(frame.title);
    this.frames.pop();
    this.block({ type: 'collapsible', title, blocks: frame.flow.finish() });
  }

  private openSummary(place: Place): void {
    if (this.ignored > 0) return;
    if (this.frames.length === 1 || this.top.hasSummary) {
      this.report('<summary> is allowed only once, at the beginning of <details>', place);
      return;
    }
    this.flow.close();
    if (this.flow.blocks.length > 0)
      this.report('<summary> must stand at the beginning of <details>', place);
    this.top.isInSummary = true;
    this.top.hasSummary = true;
  }

  private closeSummary(place: Place): void {
    if (!this.top.isInSummary) {
      if (!this.top.hasSummary && this.ignored === 0)
        this.report('</summary> closes nothing', place);
      return;
    }
    this.top.isInSummary = false;
  }

  private openAligned(tag: HtmlTag, place: Place): void {
    this.flow.close();
    const align = alignOf(tag.attributes.get('align'));
    this.top.aligned.push({ name: tag.name, align, place });
    this.flow.align(this.align);
  }

  private closeAligned(name: string, place: Place): void {
    const index = this.top.aligned.findLastIndex((open) => open.name === name);
    if (index < 0) {
      this.report(`</${name}> closes nothing`, place);
      return;
    }
    this.flow.close();
    this.top.aligned.splice(index, 1);
  }

  private reportOpenAligned(): void {
    for (const { name, place } of this.top.aligned)
      this.report(`<${name}> is not closed`, place, `close it with </${name}>`);
    this.top.aligned = [];
  }

  private get origin(): Place {
    return this.source.text.lineStart(this.rootLine);
  }

  private report(message: string, place: Place, hint: string | null = null): void {
    this.source.report(place, { rule: 'html-allowed', message, hint });
  }
}

function newFrame(place: Place | null): Frame {
  return {
    flow: new FlowBuilder({ keepsEmptyParagraphs: false, readsVideos: true }),
    place,
    title: [],
    isInSummary: false,
    hasSummary: false,
    aligned: [],
  };
}
