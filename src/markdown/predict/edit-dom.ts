import { defaultTreeAdapter, html } from 'parse5';
import type { StoredElement, StoredNode, StoredParent } from '../stored/stored-dom.ts';
import { elementsIn, isElement } from '../stored/stored-dom.ts';

/** The elements below a parent that pass, taken before any of them is changed. */
export function elementsWhere(
  root: StoredParent,
  passes: (element: StoredElement) => boolean,
): StoredElement[] {
  return [...elementsIn(root)].filter(passes);
}

/** Puts nodes in the place of an element. */
export function replaceElement(element: StoredElement, nodes: readonly StoredNode[]): void {
  const { parentNode } = element;
  if (parentNode === null) return;
  const index = parentNode.childNodes.indexOf(element);
  parentNode.childNodes.splice(index, 1, ...nodes);
  element.parentNode = null;
  for (const node of nodes) node.parentNode = parentNode;
}

/** Takes an element away and leaves what is in it. */
export function unwrapElement(element: StoredElement): void {
  replaceElement(element, element.childNodes);
}

/** Gives an element another name. */
export function renameElement(element: StoredElement, name: string): void {
  element.tagName = name;
  element.nodeName = name;
}

/** A new `<p>` around nodes. */
export function paragraphAround(nodes: readonly StoredNode[]): StoredElement {
  const paragraph = defaultTreeAdapter.createElement('p', html.NS.HTML, []);
  paragraph.childNodes = [...nodes];
  for (const node of nodes) node.parentNode = paragraph;
  return paragraph;
}

const blockTags = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li pre hr table thead tbody tfoot tr td th details summary blockquote iframe'.split(
    ' ',
  ),
);

/** Is this an element that stands on lines of its own? */
export function isBlock(node: StoredNode | undefined): node is StoredElement {
  return node !== undefined && isElement(node) && blockTags.has(node.tagName);
}
