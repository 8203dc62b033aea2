import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** The nodes of a body. Whatever the text is, there is a tree: HTML has no syntax errors. */
export function parseBody(html: string): HtmlNode[] {
  // With scripting on, <noscript> would be one piece of text.
  return parseFragment(html, { sourceCodeLocationInfo: true, scriptingEnabled: false }).childNodes;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

export function attributeOf(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** Its classes, in lower case. */
export function classesOf(element: HtmlElement): string[] {
  return (attributeOf(element, 'class') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((name) => name !== '');
}

/** Does one of its classes match? */
export function hasClass(element: HtmlElement, pattern: RegExp): boolean {
  return classesOf(element).some((name) => pattern.test(name));
}

/** One property of its style attribute, in lower case; null where it is not set. */
export function styleOf(element: HtmlElement, property: string): string | null {
  const style = attributeOf(element, 'style');
  if (style === null) return null;
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon > 0 && declaration.slice(0, colon).trim().toLowerCase() === property)
      return declaration
        .slice(colon + 1)
        .replace(/!important/i, '')
        .trim()
        .toLowerCase();
  }
  return null;
}

export function childElements(element: HtmlElement): HtmlElement[] {
  return element.childNodes.filter(isElement);
}

/** The line of the body an element begins on, 1-based; null for one the parser put in itself. */
export function lineOf(element: HtmlElement): number | null {
  return element.sourceCodeLocation?.startLine ?? null;
}

const silent = new Set(['script', 'style', 'template', 'title', 'head']);
const media = new Set(['img', 'iframe', 'video', 'audio', 'embed', 'object', 'svg', 'hr']);

/** Is the content of this element for machines only? */
export function isSilent(name: string): boolean {
  return silent.has(name);
}

/** Every element below some nodes in reading order; without recursion, as hostile HTML nests deep. */
export function* descendants(nodes: readonly HtmlNode[]): Generator<HtmlNode> {
  const open = [...nodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (isElement(node) && !isSilent(node.tagName)) {
      for (let index = node.childNodes.length - 1; index >= 0; index--) {
        const child = node.childNodes[index];
        if (child !== undefined) open.push(child);
      }
    }
  }
}

/** All text of an element; a `<br>` is a line break. */
export function textOf(element: HtmlElement): string {
  const parts: string[] = [];
  for (const node of descendants([element])) {
    if (isText(node)) parts.push(node.value);
    else if (node.nodeName === 'br') parts.push('\n');
  }
  return parts.join('');
}

/** Its text on one line. */
export function lineTextOf(element: HtmlElement): string {
  return textOf(element)
    .replace(/[\s\u200b]+/g, ' ')
    .trim();
}

/** Does a reader see nothing of it? */
export function isInvisible(element: HtmlElement): boolean {
  for (const node of descendants([element])) {
    if (isText(node) ? /[^\s\u200b]/.test(node.value) : media.has(node.nodeName)) return false;
  }
  return true;
}
