import { videoAddress } from '../../markdown/videos.ts';
import type { Align, Block, Cell, Inline, List, Table } from '../../model/tree.ts';
import { htmlTable } from './html-table.ts';
import { type AddressOf, inlineNodes } from './inline-nodes.ts';
import { MarkdownNode } from './markdown-node.ts';

export interface WritingOptions {
  addressOf: AddressOf;
  /** The headings whose anchor has to be written. */
  explicitAnchors: ReadonlySet<Block>;
}

/** Blocks as the nodes turndown writes Markdown from. */
export function blockNodes(blocks: readonly Block[], options: WritingOptions): MarkdownNode[] {
  let marker = 0;
  return blocks.map((block, index) => {
    const previous = blocks[index - 1];
    const isSecond =
      block.type === 'list' && previous?.type === 'list' && previous.ordered === block.ordered;
    // Two lists with one marker would be read as one list.
    marker = isSecond ? 1 - marker : 0;
    return blockNode(block, options, { isSecond: marker === 1, isFirst: index === 0 });
  });
}

function blockNode(
  block: Block,
  options: WritingOptions,
  place: { isSecond: boolean; isFirst: boolean },
): MarkdownNode {
  const { addressOf } = options;
  switch (block.type) {
    case 'paragraph':
      return MarkdownNode.element(
        'P',
        inlineNodes(block.children, { addressOf, oneLine: block.align !== null }),
        alignAttribute(block.align),
      );
    case 'heading':
      return MarkdownNode.element(
        `H${block.level}`,
        inlineNodes(block.children, { addressOf, oneLine: true }),
        {
          ...alignAttribute(block.align),
          ...(options.explicitAnchors.has(block) ? { anchor: block.anchor ?? '' } : {}),
        },
      );
    case 'list':
      return listNode(block, options, place.isSecond);
    case 'code':
      return MarkdownNode.element('PRE', [MarkdownNode.text(block.text)], {
        language: block.language ?? '',
      });
    case 'quote':
      return MarkdownNode.element('BLOCKQUOTE', blockNodes(block.blocks, options));
    case 'callout':
      return MarkdownNode.element('BLOCKQUOTE', blockNodes(block.blocks, options), {
        callout: block.kind.toUpperCase(),
      });
    case 'collapsible':
      return MarkdownNode.element('DETAILS', [
        MarkdownNode.element('SUMMARY', inlineNodes(block.title, { addressOf, oneLine: true })),
        ...blockNodes(block.blocks, options),
      ]);
    case 'table':
      return tableNode(block, options);
    case 'video':
      return verbatim(videoAddress(block));
    case 'rule':
      return MarkdownNode.element('HR', [], place.isFirst ? { first: 'yes' } : {});
    case 'unknown':
      return MarkdownNode.element('DIV', blockNodes(block.blocks, options));
  }
}

function alignAttribute(align: Align | null): Record<string, string> {
  return align === null ? {} : { align };
}

/** A block whose text is Markdown already. */
function verbatim(text: string): MarkdownNode {
  return MarkdownNode.element('X-VERBATIM', [MarkdownNode.text(text)]);
}

function listNode(list: List, options: WritingOptions, isSecond: boolean): MarkdownNode {
  const isTight = list.items.every((item) => {
    const [first, ...others] = item.blocks;
    return (
      (first === undefined || first.type === 'paragraph' || first.type === 'list') &&
      others.every((block) => block.type === 'list')
    );
  });
  const items = list.items.map((item, index) => {
    const sign = list.ordered
      ? `${list.start + index}${isSecond ? ')' : '.'}`
      : isSecond
        ? '*'
        : '-';
    const task = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
    return MarkdownNode.element('LI', blockNodes(item.blocks, options), {
      sign,
      task,
      ...(isTight ? { tight: 'yes' } : {}),
    });
  });
  return MarkdownNode.element(list.ordered ? 'OL' : 'UL', items);
}

/** What stands in a pipe table, or the whole table as HTML. */
function tableNode(table: Table, options: WritingOptions): MarkdownNode {
  if (!fitsPipes(table)) return verbatim(htmlTable(table, options.addressOf));
  const [first = []] = table.rows;
  const hasHead = first.some((cell) => cell.header);
  const aligns = first.map((_, column) => columnAlign(table, column));
  const row = (cells: readonly Cell[]): MarkdownNode =>
    MarkdownNode.element(
      'TR',
      cells.map((cell) => MarkdownNode.element('TD', cellNodes(cell, options))),
    );
  const rules = aligns.map((align) =>
    align === 'center' ? ':---:' : align === 'right' ? '---:' : '---',
  );
  const empty = `|${'   |'.repeat(first.length)}`;
  const body = hasHead ? table.rows.slice(1) : table.rows;
  const head = hasHead ? [row(first)] : [];
  return MarkdownNode.element('TABLE', [...head, ...body.map(row)], {
    rules: `| ${rules.join(' | ')} |`,
    head: hasHead ? '' : empty,
  });
}

/** Is each cell one line, every row as long as the first, and at most the first row a header? */
export function fitsPipes({ rows }: Table): boolean {
  const [first = []] = rows;
  const hasHead = first.some((cell) => cell.header);
  return (
    first.length > 0 &&
    rows.every((row, index) => {
      const isHead = index === 0 && hasHead;
      return (
        row.length === first.length &&
        row.every(
          (cell) =>
            cell.header === isHead && cell.colspan === 1 && cell.rowspan === 1 && fitsLine(cell),
        )
      );
    })
  );
}

function fitsLine({ blocks }: Cell): boolean {
  const [only, ...others] = blocks;
  if (only?.type === 'video') return others.length === 0;
  return blocks.every((block) => block.type === 'paragraph');
}

/** Does a pipe table hold cells that are aligned in another way than their column? */
export function losesAlignment(table: Table): boolean {
  if (!fitsPipes(table)) return false;
  const [first = []] = table.rows;
  const body = table.rows.length > 1 ? table.rows.slice(1) : table.rows;
  return first.some((_, column) => {
    const align = columnAlign(table, column);
    return body.some((row) => (row[column]?.align ?? null) !== align);
  });
}

/** The alignment that all cells of a column below the header share. */
function columnAlign({ rows }: Table, column: number): Align | null {
  const cells = rows.length > 1 ? rows.slice(1) : rows;
  const aligns = new Set(cells.map((row) => row[column]?.align ?? null));
  const [only = null] = aligns;
  return aligns.size === 1 ? only : null;
}

function cellNodes(cell: Cell, { addressOf }: WritingOptions): MarkdownNode[] {
  const [only] = cell.blocks;
  if (only?.type === 'video') return [MarkdownNode.text(videoAddress(only))];
  const inlines = cell.blocks.flatMap((block, index): Inline[] => {
    const children = block.type === 'paragraph' ? block.children : [];
    return index === 0 ? [...children] : [{ type: 'break' }, ...children];
  });
  return inlineNodes(inlines, { addressOf, oneLine: true });
}
