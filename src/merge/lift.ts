import type { Block, List, ListItem, Tree } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { beginsItem, liftedParts } from './lift-parts.ts';
import { liftedTable, movedFrom } from './lift-table.ts';
import { blockTraits, itemTraits } from './merge-trees.ts';

/** A block as it was written, and the blocks that a workspace stores for it. */
export interface StoredForm {
  written: Block;
  stored: Tree;
}

/** A block of what is live, and which block before it came from. */
interface Origin {
  form: StoredForm;
  /** What it was stored as; null where it is only a part of its form. */
  stored: Block | null;
}

/**
 * Forms that were predicted, with what is known to have been stored instead: a prediction may be wrong,
 * and what nobody edited must not look edited. Stored blocks that no prediction is like belong to the
 * first form without any, else to the one before them.
 */
export function knownForms(predicted: readonly StoredForm[], stored: Tree): StoredForm[] {
  const blocks = predicted.flatMap((form, owner) => form.stored.map((block) => ({ block, owner })));
  const pairs = align(
    blocks.map(({ block }) => block),
    stored,
    blockTraits,
  );
  const owners = new Map<number, number>();
  pairs.forEach((place, index) => {
    const owner = blocks[index]?.owner;
    if (place !== null && owner !== undefined) owners.set(place, owner);
  });
  const owned: Block[][] = predicted.map(() => []);
  let last = -1;
  stored.forEach((block, place) => {
    const following = [...owners].find(([other]) => other > place)?.[1] ?? predicted.length;
    const own = owners.get(place) ?? Math.max(0, last + 1 < following ? last + 1 : last);
    owned[own]?.push(block);
    last = own;
  });
  return predicted.map(({ written }, index) => ({ written, stored: owned[index] ?? [] }));
}

/**
 * What is live, as it would be written: blocks that are as they were stored stay as they were
 * written (a quote is stored as a callout, a header cell as a bold one), the others are read back as
 * far as the block they come from tells.
 */
export function liftTree(forms: readonly StoredForm[], live: Tree): Block[] {
  const stored = forms.flatMap((form) => form.stored.map((block) => ({ form, block })));
  const pairs = align(
    stored.map(({ block }) => block),
    live,
    blockTraits,
  );
  const levels = levelShift(forms);
  const owners = new Map<number, number>();
  pairs.forEach((place, index) => {
    if (place !== null) owners.set(place, index);
  });
  const whole = wholeForms(forms, stored, pairs, live);
  const moved = movedForms(forms, whole);
  const regions = partRegions(forms, pairs, live, owners, whole);
  const result: Block[] = [];
  const done = new Set<StoredForm>();
  for (let place = 0; place < live.length; place++) {
    const block = live[place];
    if (block === undefined) break;
    const region = regions.get(place);
    if (region !== undefined) {
      result.push(region.block);
      place = region.end - 1;
      continue;
    }
    const owner = owners.get(place);
    const elsewhere = moved.get(keyOf(block));
    if (owner === undefined && elsewhere !== undefined) {
      result.push(elsewhere.written);
      continue;
    }
    const from = owner === undefined ? undefined : stored[owner];
    if (from !== undefined && whole.has(from.form)) {
      if (!done.has(from.form)) result.push(from.form.written);
      done.add(from.form);
      continue;
    }
    const origin: Origin | null =
      from === undefined
        ? null
        : { form: from.form, stored: from.form.stored.length === 1 ? from.block : null };
    result.push(lifted(block, origin, levels));
  }
  return result;
}

/** Blocks of what is live that are one written block together, by the place of the first. */
function partRegions(
  forms: readonly StoredForm[],
  pairs: readonly (number | null)[],
  live: Tree,
  owners: ReadonlyMap<number, number>,
  whole: ReadonlySet<StoredForm>,
): Map<number, { end: number; block: Block }> {
  const regions = new Map<number, { end: number; block: Block }>();
  let index = 0;
  for (const form of forms) {
    const count = form.stored.length;
    const places = pairs.slice(index, index + count).filter((place) => place !== null);
    const [first, last] = [places[0], places.at(-1)];
    index += count;
    const isOneForOne = count === 1 && form.stored[0]?.type === form.written.type;
    if (isOneForOne || first === undefined || last === undefined || whole.has(form)) continue;
    const isFree = (place: number) => !owners.has(place);
    let end = last + 1;
    while (isFree(end) && live[end] !== undefined && beginsItem(live[end] ?? form.written)) end++;
    const isOwn = live
      .slice(first, end)
      .every((_, offset) => isFree(first + offset) || places.includes(first + offset));
    const block = isOwn
      ? liftedParts(form.written, form.stored, live.slice(first, end), liftedInner)
      : null;
    if (block !== null) regions.set(first, { end, block });
  }
  return regions;
}

/** Forms of which every stored block is live, unchanged and together. */
function wholeForms(
  forms: readonly StoredForm[],
  stored: readonly { form: StoredForm; block: Block }[],
  pairs: readonly (number | null)[],
  live: Tree,
): Set<StoredForm> {
  const whole = new Set<StoredForm>();
  let index = 0;
  for (const form of forms) {
    const first = pairs[index] ?? null;
    const isWhole = form.stored.every((_, offset) => {
      const place = pairs[index + offset] ?? null;
      const before = stored[index + offset]?.block;
      const after = place === null ? undefined : live[place];
      return (
        place !== null &&
        place === (first ?? 0) + offset &&
        before !== undefined &&
        after !== undefined &&
        keyOf(before) === keyOf(after)
      );
    });
    if (isWhole && form.stored.length > 0) whole.add(form);
    index += form.stored.length;
  }
  return whole;
}

/** Forms of one stored block that is not in its place any more: where it went, it is as it was written. */
function movedForms(
  forms: readonly StoredForm[],
  whole: ReadonlySet<StoredForm>,
): Map<string, StoredForm> {
  const moved = new Map<string, StoredForm>();
  for (const form of forms) {
    const [only, ...others] = form.stored;
    if (only !== undefined && others.length === 0 && !whole.has(form)) moved.set(keyOf(only), form);
  }
  return moved;
}

/** By how much most headings of what is live are deeper than they were stored; 0 for no common shift. */
export function commonLevelShift(forms: readonly StoredForm[], live: Tree): number {
  const stored = forms.flatMap((form) => form.stored);
  const shifts = align(stored, live, blockTraits).flatMap((place, index) => {
    const [before, after] = [stored[index], place === null ? undefined : live[place]];
    const isHeading = before?.type === 'heading' && after?.type === 'heading';
    return isHeading ? [after.level - before.level] : [];
  });
  const count = (shift: number) => shifts.filter((other) => other === shift).length;
  return shifts.reduce((best, shift) => (count(shift) > count(best) ? shift : best), 0);
}

/** How much deeper headings are written than they are stored; the title is the first level, as people write. */
function levelShift(forms: readonly StoredForm[]): number {
  for (const { written, stored } of forms) {
    const [only] = stored;
    if (written.type === 'heading' && only?.type === 'heading') return written.level - only.level;
  }
  return 1;
}

function lifted(block: Block, origin: Origin | null, shift: number): Block {
  const written = origin?.stored == null ? null : origin.form.written;
  const stored = origin?.stored ?? null;
  switch (block.type) {
    case 'heading':
      return liftedHeading(block, written, stored, shift);
    case 'list':
      return liftedList(block, written, stored);
    case 'table':
      return liftedTable(block, written, stored);
    case 'code':
      return written?.type === 'code' ? { ...block, language: written.language } : block;
    case 'callout': {
      const isQuote = written?.type === 'quote' && block.kind === 'important';
      const blocks = liftedInner(block.blocks, innerOf(written), innerOf(stored));
      return isQuote ? { type: 'quote', blocks } : { ...block, blocks };
    }
    case 'collapsible':
      return { ...block, blocks: liftedInner(block.blocks, innerOf(written), innerOf(stored)) };
    case 'quote':
      return { ...block, blocks: liftedInner(block.blocks, innerOf(written), innerOf(stored)) };
    default:
      return block;
  }
}

function liftedHeading(
  block: Extract<Block, { type: 'heading' }>,
  written: Block | null,
  stored: Block | null,
  shift: number,
): Block {
  const isKnown = written?.type === 'heading' && stored?.type === 'heading';
  const by = isKnown ? written.level - stored.level : shift;
  return {
    ...block,
    level: Math.min(6, Math.max(1, block.level + by)),
    anchor: isKnown ? written.anchor : null,
  };
}

/** Blocks inside a block: lifted one by one where as many were written as are stored. */
function liftedInner(live: Tree, written: Tree | null, stored: Tree | null): Tree {
  if (written === null || stored === null) return live.map((block) => lifted(block, null, 0));
  if (written.length !== stored.length) {
    const whole: Block = { type: 'quote', blocks: written };
    const reworded = liftedParts(whole, stored, live, liftedInner);
    return reworded?.type === 'quote'
      ? reworded.blocks
      : live.map((block) => lifted(block, null, 0));
  }
  const forms = written.flatMap((block, index) => {
    const form = stored[index];
    return form === undefined ? [] : [{ written: block, stored: [form] }];
  });
  return liftTree(forms, live);
}

function innerOf(block: Block | null): Tree | null {
  switch (block?.type) {
    case 'quote':
    case 'callout':
    case 'collapsible':
      return block.blocks;
    default:
      return null;
  }
}

function liftedList(list: List, written: Block | null, stored: Block | null): Block {
  const isKnown =
    written?.type === 'list' &&
    stored?.type === 'list' &&
    written.items.length === stored.items.length;
  if (!isKnown) return { ...list, items: list.items.map((item) => liftedItem(item, null, null)) };
  const pairs = align(stored.items, list.items, itemTraits);
  const owners = new Map(pairs.map((place, index) => [place, index]));
  const items = list.items.map((item, place) => {
    const owner = owners.get(place) ?? movedFrom(item, stored.items, pairs);
    const [own, before] =
      owner === undefined ? [null, null] : [written.items[owner], stored.items[owner]];
    if (own != null && before != null && keyOf(before) === keyOf(item)) return own;
    return liftedItem(item, own ?? null, before ?? null);
  });
  const start = keyOf(list.start) === keyOf(stored.start) ? written.start : list.start;
  return { ...list, start, items };
}

const taskBox = /^([☐☑])\s*/u;

function liftedItem(item: ListItem, written: ListItem | null, stored: ListItem | null): ListItem {
  const isTask = written === null || written.checked !== null;
  const task = isTask ? taskOf(item.blocks) : null;
  if (task === null) {
    const blocks = liftedInner(item.blocks, written?.blocks ?? null, stored?.blocks ?? null);
    return { checked: null, blocks };
  }
  const before = stored === null ? null : (taskOf(stored.blocks)?.blocks ?? null);
  return {
    checked: task.checked,
    blocks: liftedInner(task.blocks, written?.blocks ?? null, before),
  };
}

/** A box in front of an item's text is how tasks are stored. */
function taskOf(blocks: Tree): { checked: boolean; blocks: Tree } | null {
  const [first, ...others] = blocks;
  const [text, ...more] = first?.type === 'paragraph' ? first.children : [];
  const match = text?.type === 'text' ? taskBox.exec(text.text) : null;
  if (match === null || text?.type !== 'text' || first?.type !== 'paragraph') return null;
  const rest = text.text.slice(match[0].length);
  const children = rest === '' ? more : [{ ...text, text: rest }, ...more];
  return {
    checked: match[1] === '☑',
    blocks: children.length === 0 ? others : [{ ...first, children }, ...others],
  };
}
