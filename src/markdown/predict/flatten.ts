import { hasClass, isElement, type StoredNode, type StoredParent } from '../stored/stored-dom.ts';
import {
  elementsWhere,
  isBlock,
  paragraphAround,
  replaceElement,
  unwrapElement,
} from './edit-dom.ts';

/** Callouts become what is in them. */
export function flattenCallouts(root: StoredParent): void {
  const callouts = elementsWhere(root, (element) =>
    hasClass(element, 'intercom-interblocks-callout'),
  );
  for (const callout of callouts) replaceElement(callout, inBlocks(callout.childNodes));
}

/** Collapsibles become a paragraph with their title, and their content. */
export function flattenDetails(root: StoredParent): void {
  for (const details of elementsWhere(root, ({ tagName }) => tagName === 'details')) {
    const nodes = details.childNodes.flatMap((node): StoredNode[] => {
      if (!isElement(node)) return [node];
      if (node.tagName === 'summary') return [paragraphAround(withoutWrappers(node.childNodes))];
      return hasClass(node, 'collapsible-section-content') ? inBlocks(node.childNodes) : [node];
    });
    replaceElement(details, nodes);
  }
  for (const stray of elementsWhere(root, ({ tagName }) => tagName === 'summary'))
    unwrapElement(stray);
}

/** Inlines that stand bare between blocks get a paragraph, so that they do not run into their new neighbours. */
function inBlocks(nodes: readonly StoredNode[]): StoredNode[] {
  const blocks: StoredNode[] = [];
  let bare: StoredNode[] = [];
  for (const node of nodes) {
    if (!isBlock(node)) {
      bare.push(node);
      continue;
    }
    blocks.push(...paragraphOf(bare), node);
    bare = [];
  }
  return [...blocks, ...paragraphOf(bare)];
}

function paragraphOf(nodes: readonly StoredNode[]): StoredNode[] {
  const isBlank = nodes.every((node) => 'value' in node && /^[ \t\n\r\f]*$/.test(node.value));
  return isBlank ? [...nodes] : [paragraphAround(nodes)];
}

function withoutWrappers(nodes: readonly StoredNode[]): StoredNode[] {
  return nodes.flatMap((node) => (isBlock(node) ? withoutWrappers(node.childNodes) : [node]));
}
