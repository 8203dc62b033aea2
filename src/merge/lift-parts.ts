import type { Block, Inline, List, ListItem, Tree } from '../model/tree.ts';
import { allBlocks, blockText } from '../model/tree-text.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { itemTraits } from './merge-trees.ts';

/** Reads blocks back by what was written and stored in their place; null: nothing was. */
export type LiftInner = (live: Tree, written: Tree | null, stored: Tree | null) => Tree;

/**
 * A block that is stored as several (a list that begins with 3 is stored as paragraphs, where the
 * store drops the number), put together again after some of them were edited. null where what is live
 * cannot be told to be that block any more.
 */
export function liftedParts(
  written: Block,
  stored: Tree,
  live: Tree,
  lift: LiftInner,
): Block | null {
  const reworded = rewordedLeaves(written, stored, live);
  if (reworded !== null) return reworded;
  return written.type === 'list' ? itemised(written, stored, live, lift) : null;
}

const containers = ['list', 'table', 'quote', 'callout', 'collapsible', 'unknown'];

/** As many blocks as before: each edited one is the innermost block it was stored for, in order. */
function rewordedLeaves(written: Block, stored: Tree, live: Tree): Block | null {
  if (stored.length !== live.length) return null;
  const leaves = allBlocks([written]).filter(({ type }) => !containers.includes(type));
  const edited = new Map<Block, Block>();
  let next = 0;
  for (const [index, before] of stored.entries()) {
    const after = live[index];
    const found = leaves.findIndex((leaf, at) => at >= next && markerOf(before, leaf) !== null);
    const leaf = leaves[found];
    if (leaf !== undefined) next = found + 1;
    if (after === undefined || keyOf(before) === keyOf(after)) continue;
    const marker = leaf === undefined ? null : markerOf(before, leaf);
    const own = leaf === undefined || marker === null ? null : replaced(leaf, after, marker);
    if (leaf === undefined || own === null) return null;
    edited.set(leaf, own);
  }
  return withLeaves([written], edited)[0] ?? null;
}

/** What stands before a leaf's text where it is stored as a paragraph; null: it is not that leaf's. */
function markerOf(stored: Block, leaf: Block): string | null {
  if (stored.type !== leaf.type) return null;
  const [text, own] = [blockText(stored), blockText(leaf)];
  const marker = text.slice(0, text.length - own.length);
  return text.endsWith(own) && marker.length <= 16 && (own !== '' || marker === '') ? marker : null;
}

function replaced(leaf: Block, live: Block, marker: string): Block | null {
  if (live.type !== leaf.type) return null;
  if (live.type === 'code' && leaf.type === 'code') return { ...live, language: leaf.language };
  if (live.type !== 'paragraph' || leaf.type !== 'paragraph') return null;
  const children = withoutMarker(live.children, marker);
  return children === null ? null : { ...live, children };
}

function withoutMarker(children: readonly Inline[], marker: string): Inline[] | null {
  if (marker === '') return [...children];
  const [first, ...others] = children;
  if (first?.type !== 'text' || !first.text.startsWith(marker)) return null;
  const text = first.text.slice(marker.length);
  return text === '' ? others : [{ ...first, text }, ...others];
}

function withLeaves(tree: Tree, edited: ReadonlyMap<Block, Block>): Block[] {
  return tree.map((block): Block => {
    const own = edited.get(block);
    if (own !== undefined) return own;
    switch (block.type) {
      case 'list':
        return {
          ...block,
          items: block.items.map((item) => ({ ...item, blocks: withLeaves(item.blocks, edited) })),
        };
      case 'table':
        return {
          ...block,
          rows: block.rows.map((row) =>
            row.map((cell) => ({ ...cell, blocks: withLeaves(cell.blocks, edited) })),
          ),
        };
      case 'quote':
      case 'callout':
      case 'collapsible':
      case 'unknown':
        return { ...block, blocks: withLeaves(block.blocks, edited) };
      default:
        return block;
    }
  });
}

const itemMarker = /^(?:\d{1,9}\.|–) /;

/** Does this block look like the beginning of an item that is stored as a paragraph? */
export function beginsItem(block: Block): boolean {
  return block.type === 'paragraph' && itemMarker.test(blockText(block));
}

/** Paragraphs with markers as a list again. */
function itemised(written: List, stored: Tree, live: Tree, lift: LiftInner): List | null {
  const [before, after] = [itemsOf(stored), itemsOf(live)];
  if (before?.length !== written.items.length || after === null) return null;
  const number = /^\d+/.exec(blockText(live[0] ?? { type: 'rule' }))?.[0];
  if (written.ordered !== (number !== undefined)) return null;
  const pairs = align(before, after, itemTraits);
  const owners = new Map(pairs.map((place, index) => [place, index]));
  const items = after.map((item, place): ListItem => {
    const owner = owners.get(place);
    const [own, was] = owner === undefined ? [null, null] : [written.items[owner], before[owner]];
    if (own != null && was != null && keyOf(was) === keyOf(item)) return own;
    return {
      checked: own?.checked ?? null,
      blocks: lift(item.blocks, own?.blocks ?? null, was?.blocks ?? null),
    };
  });
  return { ...written, start: number === undefined ? written.start : Number(number), items };
}

function itemsOf(blocks: Tree): ListItem[] | null {
  const items: { checked: null; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (!beginsItem(block) || block.type !== 'paragraph') {
      const last = items.at(-1);
      if (last === undefined) return null;
      last.blocks.push(block);
      continue;
    }
    const marker = itemMarker.exec(blockText(block))?.[0] ?? '';
    const children = withoutMarker(block.children, marker);
    if (children === null) return null;
    items.push({ checked: null, blocks: children.length === 0 ? [] : [{ ...block, children }] });
  }
  return items;
}
