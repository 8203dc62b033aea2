import { withHeaderRow } from '../markdown/index.ts';
import type { Align, Block, Cell, Table } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { rowTraits } from './merge-trees.ts';

/** Where something that is not in its place any more was before, unchanged. */
export function movedFrom<T>(
  item: T,
  before: readonly T[],
  pairs: readonly (number | null)[],
): number | undefined {
  const index = before.findIndex((other, at) => pairs[at] === null && keyOf(other) === keyOf(item));
  return index < 0 ? undefined : index;
}

/** A stored table as it was written, as far as the one before tells. */
export function liftedTable(table: Table, written: Block | null, stored: Block | null): Block {
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
    const owner = owners.get(place) ?? movedFrom(row, stored.rows, pairs);
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
