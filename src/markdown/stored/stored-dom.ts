import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

export type StoredNode = DefaultTreeAdapterTypes.ChildNode;
export type StoredElement = DefaultTreeAdapterTypes.Element;
export type StoredText = DefaultTreeAdapterTypes.TextNode;
export type StoredParent = DefaultTreeAdapterTypes.ParentNode;

/** The nodes of a stored body. */
export function storedNodes(html: string): DefaultTreeAdapterTypes.DocumentFragment {
  return parseFragment(html);
}

export function isElement(node: StoredNode): node is StoredElement {
  return 'tagName' in node;
}

export function isText(node: StoredNode): node is StoredText {
  return node.nodeName === '#text';
}

/** The nodes inside an element; those of a template are its content. */
export function childrenOf(element: StoredElement): readonly StoredNode[] {
  if ('content' in element) return (element as DefaultTreeAdapterTypes.Template).content.childNodes;
  return element.childNodes;
}

export function attributeOf(element: StoredElement, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

export function hasClass(element: StoredElement, name: string): boolean {
  return (attributeOf(element, 'class') ?? '').split(/\s+/).includes(name);
}

/** All elements below a parent in document order; without recursion, as stored HTML may nest deep. */
export function* elementsIn(parent: StoredParent): Generator<StoredElement> {
  const open: StoredNode[] = [...parent.childNodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let index = childrenOf(node).length - 1; index >= 0; index--) {
      const child = childrenOf(node)[index];
      if (child !== undefined) open.push(child);
    }
  }
}

/** All text below an element, a `<br>` as a line break. */
export function textOf(element: StoredElement): string {
  const parts: string[] = [];
  const open: StoredNode[] = [...childrenOf(element)].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isText(node)) parts.push(node.value);
    else if (node.nodeName === 'br') parts.push('\n');
    else if (isElement(node)) open.push(...[...childrenOf(node)].reverse());
  }
  return parts.join('');
}

/** Is this element inside a `<summary>`? Headings there are the titles of collapsibles. */
export function isInSummary(element: StoredElement): boolean {
  for (
    let parent = element.parentNode;
    parent !== null && 'tagName' in parent;
    parent = parent.parentNode
  )
    if (parent.tagName === 'summary') return true;
  return false;
}
