import type { Block, Cell, Inline, Table } from '../../model/tree.ts';
import { videoAddress } from '../videos.ts';
import { writeHtmlCell } from './write-html-cell.ts';
import { writeInlines } from './write-inlines.ts';
import type { Writing } from './write-options.ts';

/** A table: with pipes where they can say it, else as an HTML table of the allow-list. */
export function writeTable(table: Table, writing: Writing): string {
  const tidy = withCellAlign(table);
  return isPipeTable(tidy) ? pipeTable(tidy, writing) : htmlTable(tidy, writing);
}

/** Alignment that all paragraphs of a cell share is the cell's: both are stored in one way. */
function withCellAlign(table: Table): Table {
  const rows = table.rows.map((row) =>
    row.map((cell): Cell => {
      const [first] = cell.blocks;
      const align = first?.type === 'paragraph' ? first.align : null;
      const isShared =
        cell.align === null &&
        align !== null &&
        cell.blocks.every((block) => block.type === 'paragraph' && block.align === align);
      if (!isShared) return cell;
      const blocks = cell.blocks.map((block) =>
        block.type === 'paragraph' ? { ...block, align: null } : block,
      );
      return { ...cell, align, blocks };
    }),
  );
  return { ...table, rows };
}

function isPipeTable({ rows }: Table): boolean {
  const [head = [], ...body] = rows;
  if (head.length === 0 || rows.some((row) => row.length !== head.length)) return false;
  const isHeaded = head.every((cell) => cell.header);
  const isHeadless = !isHeaded && head.every((cell) => !cell.header);
  if (!isHeaded && !isHeadless) return false;
  if (isHeaded && body.length > 0 && head.every((cell) => cell.blocks.length === 0)) return false;
  if (body.some((row) => row.some((cell) => cell.header))) return false;
  return rows.every((row) =>
    row.every((cell, column) => isPipeCell(cell) && cell.align === (head[column]?.align ?? null)),
  );
}

function isPipeCell(cell: Cell): boolean {
  if (cell.colspan !== 1 || cell.rowspan !== 1 || cell.style !== null) return false;
  const [only, ...others] = cell.blocks;
  if (only === undefined) return true;
  if (others.length > 0) return false;
  return (
    only.type === 'video' ||
    (only.type === 'paragraph' && only.align === null && only.children.length > 0)
  );
}

function pipeTable({ rows }: Table, writing: Writing): string {
  const [head = [], ...body] = rows;
  const isHeadless = !head.every((cell) => cell.header);
  const texts = (row: readonly Cell[]) => row.map((cell) => cellText(cell.blocks[0], writing));
  const line = (cells: readonly string[]) =>
    `|${cells.map((text) => (text === '' ? '  ' : ` ${text} `)).join('|')}|`;
  return [
    line(isHeadless ? head.map(() => '') : texts(head)),
    `|${head.map((cell) => ` ${delimiterOf(cell)} `).join('|')}|`,
    ...(isHeadless ? rows : body).map((row) => line(texts(row))),
  ].join('\n');
}

function cellText(block: Block | undefined, writing: Writing): string {
  if (block?.type === 'video') return videoAddress(block);
  if (block?.type !== 'paragraph') return '';
  const text = writeInlines(block.children, writing, { breaks: 'tags', isLineStart: false });
  return text.replace(/\|/g, '\\|');
}

function delimiterOf({ align }: Cell): string {
  switch (align) {
    case 'left':
      return ':---';
    case 'center':
      return ':---:';
    case 'right':
      return '---:';
    case null:
      return '---';
  }
}

function htmlTable({ rows }: Table, writing: Writing): string {
  const lines = rows.map(
    (row) => `<tr>${row.map((cell) => writeHtmlCell(cell, writing)).join('')}</tr>`,
  );
  return ['<table>', ...lines, '</table>'].join('\n');
}

/**
 * A stored table with the header row that it stands for: header cells are stored as bold ones.
 * @param isHeaded does the first row hold headers; null: it does when all of its text is bold
 */
export function withHeaderRow(table: Table, isHeaded: boolean | null): Table {
  const [head, ...body] = table.rows;
  if (head === undefined || head.some((cell) => cell.header)) return table;
  const isBold = head.every((cell) => cell.blocks.length > 0 && cell.blocks.every(isBoldBlock));
  if (!isBold || !(isHeaded ?? body.length > 0)) return table;
  const cells = head.map((cell) => ({
    ...cell,
    header: true,
    blocks: cell.blocks.map(withoutBold),
  }));
  return { ...table, rows: [cells, ...body] };
}

function isBoldBlock(block: Block): boolean {
  return (
    block.type === 'paragraph' &&
    block.children.length > 0 &&
    block.children.every((inline) => inline.type !== 'text' || inline.bold === true)
  );
}

function withoutBold(block: Block): Block {
  if (block.type !== 'paragraph') return block;
  const children = block.children.map((inline): Inline => {
    if (inline.type !== 'text') return inline;
    const { bold: _bold, ...plain } = inline;
    return plain;
  });
  return { ...block, children };
}
