import type { Align, Block, Inline } from '../../model/tree.ts';
import { paragraphsOf, tidyInlines } from './inline-run.ts';

/** Puts inlines and blocks that arrive in reading order into a list of blocks without debris. */
export class Flow {
  readonly blocks: Block[] = [];
  private inlines: Inline[] = [];
  private align: Align | null = null;

  inline(inline: Inline): void {
    this.inlines.push(inline);
  }

  /** A block; what stood open before it is a paragraph of its own. */
  block(block: Block): void {
    this.close();
    this.push(block);
  }

  /** Ends the open paragraph; what follows is aligned so. Gives the alignment before. */
  begin(align: Align | null): Align | null {
    this.close();
    const before = this.align;
    this.align = align;
    return before;
  }

  /** How what comes next is aligned. */
  get alignment(): Align | null {
    return this.align;
  }

  close(): void {
    const paragraphs = paragraphsOf(tidyInlines(this.inlines));
    this.inlines = [];
    for (const children of paragraphs)
      this.push({ type: 'paragraph', align: this.align, children });
  }

  finish(): Block[] {
    this.close();
    return this.blocks;
  }

  /** Lists that only paste debris or a lost number tore apart are one list. */
  private push(block: Block): void {
    const last = this.blocks.at(-1);
    const continues =
      last?.type === 'list' &&
      block.type === 'list' &&
      last.ordered === block.ordered &&
      (!block.ordered || block.start === last.start + last.items.length);
    if (continues && last.items.length > 0) {
      this.blocks[this.blocks.length - 1] = { ...last, items: [...last.items, ...block.items] };
    } else {
      this.blocks.push(block);
    }
  }
}
