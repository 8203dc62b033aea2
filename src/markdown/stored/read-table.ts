import type { Block, Cell } from '../../model/tree.ts';
import { normaliseStyle } from '../callout-styles.ts';
import { alignOf } from '../html-values.ts';
import { allAttributes } from './leftovers.ts';
import { attributeOf, childrenOf, isElement, type StoredElement } from './stored-dom.ts';
import type { InnerReader, StoredSurroundings } from './surroundings.ts';

/** A stored table; parts of it that are no rows make it an unknown block around table and parts. */
export function readTable(
  table: StoredElement,
  reader: InnerReader,
  around: StoredSurroundings,
): Block {
  const rows: Cell[][] = [];
  const others: Block[] = [];
  const visit = (parent: StoredElement): void => {
    for (const node of childrenOf(parent)) {
      if (!isElement(node)) continue;
      if (node.tagName === 'tr') rows.push(readRow(node, reader, around));
      else if (['thead', 'tbody', 'tfoot'].includes(node.tagName)) visit(node);
      else if (node.tagName !== 'colgroup' || hasColumnAttributes(node))
        others.push(reader.unknown(node, reader.content(node, around), columnAttributes(node)));
    }
  };
  visit(table);
  const block: Block = { type: 'table', rows };
  return others.length === 0 ? block : reader.unknown(table, [block, ...others], '');
}

function readRow(row: StoredElement, reader: InnerReader, around: StoredSurroundings): Cell[] {
  return childrenOf(row)
    .filter(isElement)
    .map((cell) => ({
      header: cell.tagName === 'th',
      align: alignOf(attributeOf(cell, 'align')),
      colspan: spanOf(cell, 'colspan'),
      rowspan: spanOf(cell, 'rowspan'),
      style: styleOf(cell),
      blocks: reader.content(cell, { ...around, depth: around.depth + 2 }),
    }));
}

function spanOf(cell: StoredElement, name: string): number {
  const span = Number.parseInt(attributeOf(cell, name) ?? '1', 10);
  return Number.isSafeInteger(span) && span > 0 ? span : 1;
}

function styleOf(cell: StoredElement): string | null {
  const style = normaliseStyle(attributeOf(cell, 'style') ?? '');
  return style === '' ? null : style;
}

function columnAttributes(group: StoredElement): string {
  return [group, ...childrenOf(group).filter(isElement)].map(allAttributes).join('|');
}

function hasColumnAttributes(group: StoredElement): boolean {
  return /[^|]/.test(columnAttributes(group));
}
