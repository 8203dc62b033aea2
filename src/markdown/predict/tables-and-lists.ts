import type { StoredParent } from '../stored/stored-dom.ts';
import { elementsWhere, renameElement, unwrapElement } from './edit-dom.ts';

/** Table heads become ordinary rows with ordinary cells. */
export function stripTableHeads(root: StoredParent): void {
  for (const cell of elementsWhere(root, ({ tagName }) => tagName === 'th'))
    renameElement(cell, 'td');
  for (const head of elementsWhere(root, ({ tagName }) => tagName === 'thead')) unwrapElement(head);
}

/** Numbered lists begin with 1. */
export function dropListStarts(root: StoredParent): void {
  for (const list of elementsWhere(root, ({ tagName }) => tagName === 'ol'))
    list.attrs = list.attrs.filter(({ name }) => name !== 'start');
}
