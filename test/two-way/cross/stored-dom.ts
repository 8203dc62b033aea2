import { type DefaultTreeAdapterTypes as Dom, parseFragment } from 'parse5';

export type Element = Dom.Element;
export type Parent = Dom.ParentNode;
type Node = Dom.ChildNode;
export type Text = Dom.TextNode;

export const isElement = (node: Node): node is Element => 'tagName' in node;
export const isText = (node: Node): node is Text => node.nodeName === '#text';

export function elements(parent: Parent): Element[] {
  return parent.childNodes.flatMap((node) => (isElement(node) ? [node, ...elements(node)] : []));
}

export function within(node: Element, ...names: string[]): boolean {
  for (
    let parent = node.parentNode;
    parent !== null && 'tagName' in parent;
    parent = parent.parentNode
  ) {
    if (names.includes(parent.tagName)) return true;
  }
  return false;
}

export function classOf(node: Element): string {
  return node.attrs.find(({ name }) => name === 'class')?.value ?? '';
}

export function attribute(node: Element, name: string): string {
  return node.attrs.find((item) => item.name === name)?.value ?? '';
}

export function assign(node: Element, name: string, value: string): void {
  node.attrs = [...node.attrs.filter((item) => item.name !== name), { name, value }];
}

export function textOf(node: Node): string {
  if (isText(node)) return node.value;
  return isElement(node) ? node.childNodes.map(textOf).join('') : '';
}

export function fragment(html: string): Node[] {
  return parseFragment(html).childNodes;
}

export function insert(parent: Parent, index: number, html: string): void {
  const nodes = fragment(html);
  for (const node of nodes) node.parentNode = parent;
  parent.childNodes.splice(index, 0, ...nodes);
}

export function remove(node: Node): void {
  const parent = node.parentNode;
  if (parent !== null) parent.childNodes = parent.childNodes.filter((item) => item !== node);
}

export function replace(node: Node, html: string): void {
  const parent = node.parentNode;
  if (parent === null) return;
  const index = parent.childNodes.indexOf(node);
  parent.childNodes.splice(index, 1);
  insert(parent, index, html);
}
