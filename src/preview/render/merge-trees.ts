import { diffArrays } from 'diff';
import { canonicalJson } from '../../model/canonical-json.ts';
import type { Block, Inline, List, Table, Text, Tree } from '../../model/tree.ts';
import { words } from '../../report/word-diff.ts';

export type Change = 'added' | 'removed';

/** Two versions of a text in one tree: what only one of them has is marked. */
export interface MergedTree {
  tree: Tree;
  /** Blocks and inlines of the tree that only one version has. */
  changes: WeakMap<Block | Inline, Change>;
  changed: boolean;
}

interface Merge {
  locale: string;
  changes: WeakMap<Block | Inline, Change>;
  changed: boolean;
}

/** Merges two versions, word by word where blocks are alike, else block by block. */
export function mergeTrees(before: Tree, after: Tree, locale: string): MergedTree {
  const merge: Merge = { locale, changes: new WeakMap(), changed: false };
  const tree = mergedBlocks(before, after, merge);
  return { tree, changes: merge.changes, changed: merge.changed };
}

/** The same for a line of text, as inlines. */
export function mergeLine(before: string, after: string, locale: string): MergedTree {
  const paragraph = (text: string): Tree => [
    { type: 'paragraph', align: null, children: text === '' ? [] : [{ type: 'text', text }] },
  ];
  return mergeTrees(paragraph(before), paragraph(after), locale);
}

function mergedBlocks(before: Tree, after: Tree, merge: Merge): Block[] {
  return mergedLists(before, after, {
    pair: (old, fresh) => mergedBlock(old, fresh, merge),
    mark: (block, change) => marked(block, change, merge),
  });
}

/** Runs of what is gone and what is new are paired in order; what has no partner stands for itself. */
function mergedLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  how: {
    pair(old: Item, fresh: Item): Item[] | null;
    mark(item: Item, change: Change): Item;
  },
): Item[] {
  const keysOf = (items: readonly Item[]) => items.map((item) => canonicalJson(item));
  const result: Item[] = [];
  let oldAt = 0;
  let freshAt = 0;
  let removed: readonly Item[] = [];
  const flush = (added: readonly Item[]): void => {
    const pairs = Math.max(removed.length, added.length);
    for (let index = 0; index < pairs; index += 1) {
      const old = removed[index];
      const fresh = added[index];
      const both = old !== undefined && fresh !== undefined ? how.pair(old, fresh) : null;
      if (both !== null) {
        result.push(...both);
        continue;
      }
      if (old !== undefined) result.push(how.mark(old, 'removed'));
      if (fresh !== undefined) result.push(how.mark(fresh, 'added'));
    }
    removed = [];
  };
  for (const part of diffArrays(keysOf(before), keysOf(after))) {
    if (part.removed) {
      flush([]);
      removed = before.slice(oldAt, oldAt + part.value.length);
      oldAt += part.value.length;
      continue;
    }
    const stretch = after.slice(freshAt, freshAt + part.value.length);
    freshAt += part.value.length;
    if (part.added) {
      flush(stretch);
      continue;
    }
    flush([]);
    oldAt += part.value.length;
    result.push(...stretch);
  }
  flush([]);
  return result;
}

/** A copy that carries a mark: the same object may stand in both versions. */
function marked<Item extends Block | Inline>(item: Item, change: Change, merge: Merge): Item {
  const copy = { ...item };
  merge.changes.set(copy, change);
  merge.changed = true;
  return copy;
}

/** Two blocks as one; null when they have too little in common. */
function mergedBlock(old: Block, fresh: Block, merge: Merge): Block[] | null {
  if (old.type === 'paragraph' && fresh.type === 'paragraph') {
    return inlineBlock(old.children, fresh.children, merge, (children) => ({ ...fresh, children }));
  }
  if (old.type === 'heading' && fresh.type === 'heading') {
    return inlineBlock(old.children, fresh.children, merge, (children) => ({ ...fresh, children }));
  }
  if (old.type === 'list' && fresh.type === 'list' && old.ordered === fresh.ordered) {
    return [mergedList(old, fresh, merge)];
  }
  if (old.type === 'table' && fresh.type === 'table') {
    const table = mergedTable(old, fresh, merge);
    return table === null ? null : [table];
  }
  if (old.type === 'collapsible' && fresh.type === 'collapsible') {
    const title = mergedInlines(old.title, fresh.title, merge);
    return [{ ...fresh, title, blocks: mergedBlocks(old.blocks, fresh.blocks, merge) }];
  }
  if (
    (old.type === 'callout' && fresh.type === 'callout' && old.kind === fresh.kind) ||
    (old.type === 'quote' && fresh.type === 'quote')
  ) {
    return [{ ...fresh, blocks: mergedBlocks(old.blocks, fresh.blocks, merge) }];
  }
  return null;
}

/** Texts with hardly a word in common are easier to read one after the other. */
function inlineBlock(
  old: readonly Inline[],
  fresh: readonly Inline[],
  merge: Merge,
  build: (children: readonly Inline[]) => Block,
): Block[] | null {
  const trial: Merge = { ...merge, changed: false };
  const children = mergedInlines(old, fresh, trial);
  const size = (kept: boolean) =>
    children
      .filter((inline) => trial.changes.has(inline) !== kept)
      .reduce((sum, inline) => sum + (inline.type === 'text' ? inline.text.trim().length : 5), 0);
  if (size(true) < size(false) / 4) return null;
  merge.changed = true;
  return [build(children)];
}

function mergedList(old: List, fresh: List, merge: Merge): List {
  const items = mergedLists(old.items, fresh.items, {
    pair: (before, after) => [
      { ...after, blocks: mergedBlocks(before.blocks, after.blocks, merge) },
    ],
    mark: (item, change) => ({
      ...item,
      blocks: item.blocks.map((block) => marked(block, change, merge)),
    }),
  });
  return { ...fresh, items };
}

/** Cell by cell where the two have the same shape; null for others. */
function mergedTable(old: Table, fresh: Table, merge: Merge): Table | null {
  const shape = ({ rows }: Table) =>
    rows.map((row) => row.map(({ colspan, rowspan }) => `${colspan}x${rowspan}`).join()).join(';');
  if (shape(old) !== shape(fresh)) return null;
  return {
    ...fresh,
    rows: fresh.rows.map((row, rowAt) =>
      row.map((cell, cellAt) => ({
        ...cell,
        blocks: mergedBlocks(old.rows[rowAt]?.[cellAt]?.blocks ?? [], cell.blocks, merge),
      })),
    ),
  };
}

function mergedInlines(old: readonly Inline[], fresh: readonly Inline[], merge: Merge): Inline[] {
  const wordwise = (inlines: readonly Inline[]) =>
    inlines.flatMap((inline): Inline[] =>
      inline.type === 'text'
        ? words(inline.text, merge.locale).map((text) => ({ ...inline, text }))
        : [inline],
    );
  const merged = mergedLists(wordwise(old), wordwise(fresh), {
    pair: () => null,
    mark: (inline, change) => marked(inline, change, merge),
  });
  return runs(inOrder(bridged(merged, merge), merge), merge);
}

/** Changes with nothing but white space between them are one change, which both versions have it in. */
function bridged(inlines: readonly Inline[], merge: Merge): Inline[] {
  const isChanged = (inline: Inline | undefined) =>
    inline !== undefined && merge.changes.has(inline);
  return inlines.flatMap((inline, index) => {
    const bridges =
      inline.type === 'text' &&
      /^\s+$/.test(inline.text) &&
      !isChanged(inline) &&
      isChanged(inlines[index - 1]) &&
      isChanged(inlines[index + 1]);
    return bridges ? [marked(inline, 'removed', merge), marked(inline, 'added', merge)] : [inline];
  });
}

/** Within a stretch of changes first all that is gone, then all that is new. */
function inOrder(inlines: readonly Inline[], merge: Merge): Inline[] {
  const result: Inline[] = [];
  let added: Inline[] = [];
  for (const inline of inlines) {
    const change = merge.changes.get(inline);
    if (change === 'added') {
      added.push(inline);
      continue;
    }
    if (change === undefined) {
      result.push(...added);
      added = [];
    }
    result.push(inline);
  }
  return [...result, ...added];
}

/** Neighbouring words of one form become one run again. */
function runs(inlines: readonly Inline[], merge: Merge): Inline[] {
  const result: Inline[] = [];
  for (const inline of inlines) {
    const last = result.at(-1);
    const change = merge.changes.get(inline);
    if (
      last?.type === 'text' &&
      inline.type === 'text' &&
      merge.changes.get(last) === change &&
      formOf(last) === formOf(inline)
    ) {
      const run: Text = { ...last, text: last.text + inline.text };
      if (change !== undefined) merge.changes.set(run, change);
      result[result.length - 1] = run;
    } else {
      result.push(inline);
    }
  }
  return result;
}

function formOf({ text: _text, ...form }: Text): string {
  return canonicalJson(form);
}
