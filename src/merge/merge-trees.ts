import type { Block, Cell, ListItem, Table, Tree } from '../model/tree.ts';
import { allBlocks, blockText, innerInlines, treeText } from '../model/tree-text.ts';
import type { Traits } from './align.ts';
import { keyOf } from './keys.ts';
import { mergeSequences } from './merge-sequences.ts';

/** A block that both sides changed, differently; each with its visible text, null where it was taken out. */
export interface BlockConflict {
  base: string;
  ours: string | null;
  theirs: string | null;
}

export interface MergedTree {
  tree: Tree;
  conflicts: readonly BlockConflict[];
}

type Side = 'ours' | 'theirs';

/**
 * Three-way merge of canonical trees, block by block and into lists, tables, callouts, quotes and
 * collapsibles. Where both sides changed one block differently, `side` says whose stands in the tree.
 */
export function mergeTrees(base: Tree, ours: Tree, theirs: Tree, side: Side): MergedTree {
  const conflicts: BlockConflict[] = [];
  const tree = new TreeMerge(side, conflicts).blocks(base, ours, theirs);
  return { tree, conflicts };
}

/** How blocks are recognised when they changed. */
export const blockTraits: Traits<Block> = {
  key: keyOf,
  kind: (block) => block.type,
  words: (block) => wordsOf(blockText(block), addressesOf([block])),
};

export const itemTraits: Traits<ListItem> = {
  key: keyOf,
  kind: () => 'item',
  words: (item) => wordsOf(treeText(item.blocks), addressesOf(item.blocks)),
};

export const rowTraits: Traits<readonly Cell[]> = {
  key: keyOf,
  kind: () => 'row',
  words: (row) => row.flatMap((cell) => wordsOf(treeText(cell.blocks), addressesOf(cell.blocks))),
};

function wordsOf(text: string, addresses: readonly string[]): string[] {
  return [...(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []), ...addresses];
}

/** Images, videos and buttons are known by what they show, as they may have no words. */
function addressesOf(tree: Tree): string[] {
  return allBlocks(tree).flatMap((block) => [
    ...(block.type === 'video' ? [`${block.provider}/${block.id}`] : []),
    ...innerInlines(block).flatMap((inline) =>
      inline.type === 'image' ? [keyOf(inline.source)] : [],
    ),
  ]);
}

class TreeMerge {
  private readonly side: Side;
  private readonly conflicts: BlockConflict[];

  constructor(side: Side, conflicts: BlockConflict[]) {
    this.side = side;
    this.conflicts = conflicts;
  }

  blocks(base: Tree, ours: Tree, theirs: Tree): Block[] {
    return mergeSequences(base, ours, theirs, {
      ...blockTraits,
      merge: (a, b, c) => this.block(a, b, c),
      conflict: (met) => {
        this.note(met.base, met.ours, met.theirs, blockText);
        return met[this.side];
      },
    });
  }

  private note<T>(base: T, ours: T | null, theirs: T | null, text: (item: T) => string): void {
    this.conflicts.push({
      base: text(base),
      ours: ours === null ? null : text(ours),
      theirs: theirs === null ? null : text(theirs),
    });
  }

  /** A block with blocks inside that both changed; null: a conflict. */
  private block(base: Block, ours: Block, theirs: Block): Block | null {
    if (base.type === 'list' && ours.type === 'list' && theirs.type === 'list') {
      const frame = mergedFrame(base, ours, theirs, ['items']);
      if (frame === null) return null;
      return { ...frame, items: this.items(base.items, ours.items, theirs.items) };
    }
    if (base.type === 'table' && ours.type === 'table' && theirs.type === 'table') {
      return this.table(base, ours, theirs);
    }
    if (
      base.type === 'collapsible' &&
      ours.type === 'collapsible' &&
      theirs.type === 'collapsible'
    ) {
      const frame = mergedFrame(base, ours, theirs, ['blocks']);
      if (frame === null) return null;
      return { ...frame, blocks: this.blocks(base.blocks, ours.blocks, theirs.blocks) };
    }
    if (isFramed(base) && isFramed(ours) && isFramed(theirs)) {
      const frame = mergedFrame<Block>(base, ours, theirs, ['blocks']);
      if (frame === null || !isFramed(frame)) return null;
      return { ...frame, blocks: this.blocks(base.blocks, ours.blocks, theirs.blocks) };
    }
    return null;
  }

  private items(
    base: readonly ListItem[],
    ours: readonly ListItem[],
    theirs: readonly ListItem[],
  ): ListItem[] {
    return mergeSequences(base, ours, theirs, {
      ...itemTraits,
      merge: (a, b, c) => {
        const checked = mergedValue(a.checked, b.checked, c.checked);
        if (checked === undefined) return null;
        return { checked, blocks: this.blocks(a.blocks, b.blocks, c.blocks) };
      },
      conflict: (met) => {
        this.note(met.base, met.ours, met.theirs, (item) => treeText(item.blocks));
        return met[this.side];
      },
    });
  }

  private table(base: Table, ours: Table, theirs: Table): Block | null {
    // A column more or less is a change of every row.
    const columns = [base, ours, theirs].map(({ rows }) =>
      Math.max(0, ...rows.map((row) => row.length)),
    );
    if (new Set(columns).size > 1) return null;
    const rows = mergeSequences(base.rows, ours.rows, theirs.rows, {
      ...rowTraits,
      merge: (a, b, c) => mergedRow(a, b, c),
      conflict: (met) => {
        this.note(met.base, met.ours, met.theirs, (row) =>
          row.map((cell) => treeText(cell.blocks)).join('\t'),
        );
        return met[this.side];
      },
    });
    return { ...base, rows };
  }
}

function isFramed(block: Block): block is Extract<Block, { type: 'quote' | 'callout' }> {
  return block.type === 'quote' || block.type === 'callout';
}

/** The row in which each cell is as the side that changed it has it; null when both changed one. */
function mergedRow(
  base: readonly Cell[],
  ours: readonly Cell[],
  theirs: readonly Cell[],
): readonly Cell[] | null {
  if (ours.length !== base.length || theirs.length !== base.length) return null;
  const cells = base.map((cell, index) => mergedValue(cell, ours[index], theirs[index]));
  return cells.every((cell) => cell !== undefined) ? cells : null;
}

/** A block's own fields, merged; those in `inner` are left for others. null: both changed them. */
function mergedFrame<T extends Block>(
  base: T,
  ours: T,
  theirs: T,
  inner: readonly string[],
): T | null {
  const frameOf = (block: T) => {
    const fields = Object.entries(block).filter(([name]) => !inner.includes(name));
    return Object.fromEntries(fields);
  };
  const [a, b, c] = [frameOf(base), frameOf(ours), frameOf(theirs)];
  const frame = mergedValue(a, b, c);
  return frame === undefined ? null : { ...ours, ...frame };
}

/** The value of the side that changed it; undefined when both did, differently. */
export function mergedValue<T>(base: T, ours: T, theirs: T): T | undefined {
  const [a, b, c] = [keyOf(base), keyOf(ours), keyOf(theirs)];
  if (b === c || a === c) return ours;
  return a === b ? theirs : undefined;
}
