/**
 * The nodes that turndown walks: of a document object model just what it asks for. They are made
 * from blocks that are clean already, so nothing has to be parsed a second time.
 */
export class MarkdownNode {
  readonly nodeType: 1 | 3;
  readonly nodeName: string;
  readonly nodeValue: string;
  readonly childNodes: readonly MarkdownNode[];
  readonly attributes: Readonly<Record<string, string>>;
  parentNode: MarkdownNode | null = null;
  private index = 0;
  private text: string | null = null;

  private constructor(node: {
    type: 1 | 3;
    name: string;
    value: string;
    children: readonly MarkdownNode[];
    attributes: Readonly<Record<string, string>>;
  }) {
    this.nodeType = node.type;
    this.nodeName = node.name;
    this.nodeValue = node.value;
    this.childNodes = node.children;
    this.attributes = node.attributes;
    for (const [index, child] of node.children.entries()) {
      child.parentNode = this;
      child.index = index;
    }
  }

  static element(
    name: string,
    children: readonly MarkdownNode[] = [],
    attributes: Readonly<Record<string, string>> = {},
  ): MarkdownNode {
    return new MarkdownNode({ type: 1, name, value: '', children, attributes });
  }

  static text(value: string): MarkdownNode {
    return new MarkdownNode({ type: 3, name: '#text', value, children: [], attributes: {} });
  }

  get firstChild(): MarkdownNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): MarkdownNode | null {
    return this.parentNode?.childNodes[this.index + 1] ?? null;
  }

  get previousSibling(): MarkdownNode | null {
    return this.parentNode?.childNodes[this.index - 1] ?? null;
  }

  /** An element without text stands for something: U+FFFC says so. */
  get textContent(): string {
    this.text ??=
      this.nodeType === 3
        ? this.nodeValue
        : this.childNodes.map((child) => child.textContent).join('') || '\ufffc';
    return this.text;
  }

  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null;
  }

  /** turndown copies what it is given before it changes it; these nodes are made for it alone. */
  cloneNode(): MarkdownNode {
    return this;
  }
}
