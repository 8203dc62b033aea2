import { withHeaderRow } from '../markdown/index.ts';
import type { Align, Block, Cell, List, ListItem, Table, Tree } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { blockTraits, itemTraits, rowTraits } from './merge-trees.ts';

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
  const result: Block[] = [];
  const done = new Set<StoredForm>();
  live.forEach((block, place) => {
    const owner = owners.get(place);
    const from = owner === undefined ? undefined : stored[owner];
    if (from !== undefined && whole.has(from.form)) {
      if (!done.has(from.form)) result.push(from.form.written);
      done.add(from.form);
      return;
    }
    const origin: Origin | null =
      from === undefined
        ? null
        : { form: from.form, stored: from.form.stored.length === 1 ? from.block : null };
    result.push(lifted(block, origin, levels));
  });
  return result;
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
  if (written === null || stored === null || written.length !== stored.length) {
    return live.map((block) => lifted(block, null, 0));
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
    const owner = owners.get(place);
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

function liftedTable(table: Table, written: Block | null, stored: Block | null): Block {
  const isKnown =
    written?.type === 'table' &&
    stored?.type === 'table' &&
    written.rows.length === stored.rows.length;
  if (!isKnown) return withHeaderRow(table, null);
  const columns = (written.rows[1] ?? written.rows[0] ?? []).map((cell) => cell.align);
  const pairs = align(stored.rows, table.rows, rowTraits);
  const owners = new Map(pairs.map((place, index) => [place, index]));
  const isHeaded = written.rows[0]?.every((cell) => cell.header) ?? false;
  const rows = table.rows.map((row, place) => {
    const owner = owners.get(place);
    const own = owner === undefined ? undefined : written.rows[owner];
    const before = owner === undefined ? undefined : stored.rows[owner];
    return row.map((cell, column) => {
      const [ownCell, beforeCell] = [own?.[column], before?.[column]];
      if (ownCell !== undefined && beforeCell !== undefined && keyOf(beforeCell) === keyOf(cell)) {
        return ownCell;
      }
      const lifting = liftedCell(cell, columns[column] ?? null);
      // A row that comes in is aligned as its columns are.
      return owner === undefined && lifting.align === null
        ? { ...lifting, align: columns[column] ?? null }
        : lifting;
    });
  });
  const [first, ...others] = rows;
  const isHeadKept = first?.some((cell) => cell.header) ?? false;
  if (!isHeadKept || first === undefined) return withHeaderRow({ ...table, rows }, isHeaded);
  // A header cell that was edited is still a header cell.
  const bare = first.map((cell) => {
    if (cell.header) return cell;
    const [head] = withHeaderRow({ ...table, rows: [[cell], [cell]] }, true).rows;
    return head?.[0] ?? cell;
  });
  return { ...table, rows: [bare, ...others] };
}

/** A cell whose paragraphs are all aligned as its column is: that is the column's doing. */
function liftedCell(cell: Cell, column: Align | null): Cell {
  const isColumns =
    column !== null &&
    cell.align === null &&
    cell.blocks.length > 0 &&
    cell.blocks.every((block) => block.type === 'paragraph' && block.align === column);
  if (!isColumns) return cell.blocks.length === 0 ? { ...cell, align: column } : cell;
  const blocks = cell.blocks.map((block) =>
    block.type === 'paragraph' ? { ...block, align: null } : block,
  );
  return { ...cell, align: column, blocks };
}
