import type { Align, Block, Cell } from '../../../model/tree.ts';
import type { Flow } from '../flow.ts';
import {
  attributeOf,
  childElements,
  type HtmlElement,
  isElement,
  isText,
  lineOf,
  lineTextOf,
} from '../html-nodes.ts';
import { alignmentOf } from '../looks.ts';
import type { Around, Construct, Reading } from '../reading.ts';

const parts = new Set(['thead', 'tbody', 'tfoot']);

/** Tables; the caption stands before, a table in a cell is read as paragraphs. */
export const tableConstruct: Construct = {
  name: 'table',
  matches: ({ tagName }) => tagName === 'table',
  read: (element, { reader, flow, around }) => {
    flow.close();
    if (around.inCell) {
      reader.losses.add('table-nested', 'transformed', lineOf(element), lineTextOf(element));
      readNested(element, reader, flow, around);
      return;
    }
    const rows = rowsOf(element, reader, flow, around);
    if (rows.length > 0) flow.block({ type: 'table', rows });
  },
};

function rowsOf(table: HtmlElement, reader: Reading, flow: Flow, around: Around): Cell[][] {
  const rows: Cell[][] = [];
  const visit = (parent: HtmlElement, isHead: boolean): void => {
    for (const node of parent.childNodes) {
      if (!isElement(node)) {
        if (isText(node) && /\S/.test(node.value)) reader.node(node, flow, around);
      } else if (parts.has(node.tagName)) {
        visit(node, node.tagName === 'thead');
      } else if (node.tagName === 'tr') {
        const row = rowOf(node, isHead, reader, around);
        if (row.length > 0) rows.push(row);
      } else {
        if (node.tagName === 'caption') noteCaption(node, reader);
        reader.node(node, flow, around);
      }
    }
  };
  visit(table, false);
  flow.close();
  return withFittingSpans(rows);
}

function noteCaption(caption: HtmlElement, reader: Reading): void {
  if (lineTextOf(caption) !== '')
    reader.losses.addLook('table-caption', 'transformed', lineOf(caption), lineTextOf(caption));
}

function rowOf(row: HtmlElement, isHead: boolean, reader: Reading, around: Around): Cell[] {
  return childElements(row)
    .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
    .map((cell) => {
      const id = attributeOf(cell, 'id');
      if (id !== null && id !== '') reader.landmarks.push({ kind: 'id', id });
      const header = isHead || cell.tagName === 'th';
      const blocks = reader.content(cell.childNodes, { ...around, format: {}, inCell: true });
      return {
        header,
        align: alignmentOf(cell) ?? commonAlign(blocks),
        colspan: spanOf(cell, 'colspan'),
        rowspan: spanOf(cell, 'rowspan'),
        style: null,
        blocks: header ? blocks.map(plainHeader) : blocks,
      };
    });
}

/** The one alignment of all paragraphs in a cell. */
function commonAlign(blocks: readonly Block[]): Align | null {
  const [first, ...others] = blocks.map((block) =>
    block.type === 'paragraph' ? block.align : null,
  );
  return first !== undefined && others.every((align) => align === first) ? first : null;
}

/** Header cells are bold by themselves. */
function plainHeader(block: Block): Block {
  if (block.type !== 'paragraph') return block;
  const isBold = block.children.every((inline) => inline.type !== 'text' || inline.bold);
  if (!isBold) return block;
  const children = block.children.map((inline) => {
    if (inline.type !== 'text') return inline;
    const { bold: _bold, ...plain } = inline;
    return plain;
  });
  return { ...block, children };
}

function spanOf(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(attributeOf(cell, name) ?? '1', 10);
  return Number.isSafeInteger(span) && span > 0 ? Math.min(span, 1000) : 1;
}

/** A span beyond the last row is cut, as browsers do. */
function withFittingSpans(rows: readonly Cell[][]): Cell[][] {
  return rows.map((row, index) => {
    const left = rows.length - index;
    return row.map((cell) => (cell.rowspan > left ? { ...cell, rowspan: left } : cell));
  });
}

function readNested(table: HtmlElement, reader: Reading, flow: Flow, around: Around): void {
  const visit = (parent: HtmlElement): void => {
    for (const node of parent.childNodes) {
      if (!isElement(node)) {
        reader.node(node, flow, around);
      } else if (parts.has(node.tagName) || node.tagName === 'tr') {
        visit(node);
      } else {
        flow.close();
        if (node.tagName === 'td' || node.tagName === 'th')
          reader.nodes(node.childNodes, flow, around);
        else reader.node(node, flow, around);
        flow.close();
      }
    }
  };
  visit(table);
}
