import type { Align, Block, Heading, Inline } from '../model/tree.ts';
import { normaliseInlines } from './normalise-inlines.ts';
import { bareVideo } from './videos.ts';

/** What the inlines that come next will be part of. */
type OpenBlock =
  | { kind: 'paragraph'; align: Align | null; isWritten: boolean }
  | { kind: 'heading'; heading: Heading };

/**
 * Puts blocks and inlines that arrive in reading order into a list of canonical blocks. Inlines
 * outside a block become a paragraph of their own; a block that arrives inside a paragraph splits it.
 */
export class FlowBuilder {
  readonly blocks: Block[] = [];
  private inlines: Inline[] = [];
  private open: OpenBlock | null = null;
  private isSplit = false;
  private readonly keepsEmpty: boolean;
  private readonly readsVideos: boolean;

  constructor(options: { keepsEmptyParagraphs: boolean; readsVideos: boolean }) {
    this.keepsEmpty = options.keepsEmptyParagraphs;
    this.readsVideos = options.readsVideos;
  }

  inline(inline: Inline): void {
    this.inlines.push(inline);
  }

  block(block: Block): void {
    if (this.inlines.length > 0) this.flush();
    this.isSplit = true;
    this.blocks.push(block);
  }

  openParagraph(align: Align | null): void {
    this.close();
    this.open = { kind: 'paragraph', align, isWritten: true };
    this.isSplit = false;
  }

  openHeading(heading: Heading): void {
    this.close();
    this.open = { kind: 'heading', heading };
    this.isSplit = false;
  }

  /** Changes the alignment that the inlines to come stand in, without a paragraph being written. */
  align(align: Align | null): void {
    this.close();
    this.open = align === null ? null : { kind: 'paragraph', align, isWritten: false };
  }

  /** Ends the open paragraph or heading. */
  close(): void {
    this.flush();
    this.open = null;
    this.isSplit = false;
  }

  /** The heading that is open, if one is. */
  get openedHeading(): Heading | null {
    return this.open?.kind === 'heading' ? this.open.heading : null;
  }

  /** Ends what is open and gives the blocks. */
  finish(): Block[] {
    this.close();
    // Without the room that arrays keep for more, as in normaliseInlines.
    return this.blocks.slice();
  }

  private flush(): void {
    const children = normaliseInlines(this.inlines);
    this.inlines = [];
    if (this.open?.kind === 'heading' && !this.isSplit) {
      this.blocks.push(Object.assign(this.open.heading, { children }));
      this.isSplit = true;
      return;
    }
    const isWrittenEmpty =
      this.keepsEmpty && this.open?.kind === 'paragraph' && this.open.isWritten && !this.isSplit;
    if (children.length === 0 && !isWrittenEmpty) return;
    const align = this.open?.kind === 'paragraph' ? this.open.align : null;
    const video = this.readsVideos ? bareVideo(children) : null;
    this.blocks.push(video ?? { type: 'paragraph', align, children });
  }
}
