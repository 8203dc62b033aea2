import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/** A body as a tree that nobody changes in place. */
export type HtmlNode = HtmlText | HtmlElement;

export interface HtmlText {
  readonly kind: 'text';
  readonly text: string;
}

export interface HtmlElement {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}

/** Deeper than any article: the rest of a deeper tree is dropped instead of exhausting the stack. */
const MAX_DEPTH = 200;

/** Parses HTML as a browser would. Comments and processing instructions are not part of a body. */
export function parseHtml(html: string): readonly HtmlNode[] {
  return parseFragment(html).childNodes.flatMap((node) => fromParse5(node, 0));
}

function fromParse5(node: DefaultTreeAdapterTypes.ChildNode, depth: number): HtmlNode[] {
  if (depth > MAX_DEPTH) return [];
  if (node.nodeName === '#text' && 'value' in node) return [textNode(node.value)];
  if (!('tagName' in node)) return [];
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  const children = 'content' in node ? node.content.childNodes : node.childNodes;
  return [
    element(
      node.tagName,
      attributes,
      children.flatMap((child) => fromParse5(child, depth + 1)),
    ),
  ];
}

export function textNode(text: string): HtmlText {
  return { kind: 'text', text };
}

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly HtmlNode[],
): HtmlElement {
  return { kind: 'element', tag, attributes, children };
}

/** The text a reader sees in a node. */
export function textOf(node: HtmlNode): string {
  return node.kind === 'text' ? node.text : node.children.map(textOf).join('');
}

/** Replaces every element, innermost first; an element may become several nodes or none. */
export function mapElements(
  nodes: readonly HtmlNode[],
  replace: (element: HtmlElement) => readonly HtmlNode[],
): readonly HtmlNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'text'
      ? [node]
      : replace({ ...node, children: mapElements(node.children, replace) }),
  );
}

/** Every element, in document order. */
export function* elementsOf(nodes: readonly HtmlNode[]): Generator<HtmlElement> {
  for (const node of nodes) {
    if (node.kind === 'text') continue;
    yield node;
    yield* elementsOf(node.children);
  }
}

export function hasClass(node: HtmlElement, name: string): boolean {
  return classesOf(node).includes(name);
}

export function classesOf(node: HtmlElement): string[] {
  return (node.attributes.class ?? '').split(/\s+/).filter((name) => name !== '');
}

export function withClass(node: HtmlElement, name: string): HtmlElement {
  if (hasClass(node, name)) return node;
  return withAttribute(node, 'class', [...classesOf(node), name].join(' '));
}

export function withAttribute(node: HtmlElement, name: string, value: string): HtmlElement {
  return { ...node, attributes: { ...node.attributes, [name]: value } };
}

export function withoutAttribute(node: HtmlElement, name: string): HtmlElement {
  const { [name]: _dropped, ...attributes } = node.attributes;
  return { ...node, attributes };
}

const BLOCK_TAGS: ReadonlySet<string> = new Set([
  ...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'hr', 'pre', 'blockquote', 'div'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'colgroup', 'details'],
  ...[
    'summary',
    'dl',
    'dt',
    'dd',
    'section',
    'article',
    'aside',
    'header',
    'footer',
    'main',
    'nav',
  ],
  ...['figure', 'figcaption', 'center', 'address', 'fieldset', 'form'],
]);

/** Is this a block, or does it flow with the text? */
export function isBlock(node: HtmlNode): boolean {
  return node.kind === 'element' && BLOCK_TAGS.has(node.tag);
}

export function isBlank(node: HtmlNode): boolean {
  return node.kind === 'text' && /^[ \t\r\n\f]*$/.test(node.text);
}
