import type { Align, Block, Target, Tree } from '../../model/tree.ts';
import { blockText } from '../../model/tree-text.ts';
import { calloutKindOf, normaliseStyle } from '../callout-styles.ts';
import { FlowBuilder } from '../flow-builder.ts';
import { alignOf, markOf, pixelsOf } from '../html-values.ts';
import { normaliseInlines } from '../normalise-inlines.ts';
import { splitStruckText } from '../struck-text.ts';
import { videoOf } from '../videos.ts';
import { headingLevelOf, isUnknownPhrasing } from './element-kinds.ts';
import type { Identify } from './identify.ts';
import { allAttributes, leftoverAttributes } from './leftovers.ts';
import { readTable } from './read-table.ts';
import {
  attributeOf,
  childrenOf,
  hasClass,
  isElement,
  isText,
  type StoredElement,
  type StoredNode,
  type StoredParent,
  textOf,
} from './stored-dom.ts';
import type { InnerReader, StoredSurroundings } from './surroundings.ts';

/** Deeper elements are read as their text: stored HTML has no limit, the stack has one. */
const deepest = 200;

const alignStyle = /^text-align: (?:left|center|right)$/;

/** Reads the nodes of a stored body as blocks. */
export class StoredReader implements InnerReader {
  private readonly identify: Identify;
  private readonly slugs: ReadonlyMap<string, string>;

  constructor(identify: Identify, slugs: ReadonlyMap<string, string>) {
    this.identify = identify;
    this.slugs = slugs;
  }

  read(root: StoredParent): Tree {
    return this.blocksOf(root.childNodes, { format: {}, align: null, depth: 0 });
  }

  /** The blocks of an item, cell or callout: one empty paragraph is as good as nothing. */
  content(element: StoredElement, around: StoredSurroundings): Block[] {
    const blocks = this.blocksOf(childrenOf(element), { ...around, align: null });
    const [only, ...others] = blocks;
    const isEmpty = others.length === 0 && only?.type === 'paragraph' && only.children.length === 0;
    return isEmpty ? [] : blocks;
  }

  blocksOf(nodes: readonly StoredNode[], around: StoredSurroundings): Block[] {
    const flow = newFlow();
    if (around.align !== null) flow.align(around.align);
    this.flow(nodes, flow, around);
    return flow.finish();
  }

  flow(nodes: readonly StoredNode[], flow: FlowBuilder, around: StoredSurroundings): void {
    for (const node of nodes) {
      if (isText(node)) this.text(node.value, flow, around);
      else if (isElement(node)) this.element(node, flow, { ...around, depth: around.depth + 1 });
    }
  }

  private text(value: string, flow: FlowBuilder, around: StoredSurroundings): void {
    for (const { text, isStruck } of splitStruckText(value)) {
      const format = isStruck ? { ...around.format, strike: true as const } : around.format;
      flow.inline({ type: 'text', text, ...format });
    }
  }

  private element(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const tag = element.tagName;
    if (around.depth > deepest) {
      flow.block(this.unknown(element, [paragraphOf(textOf(element))], 'nested-too-deep'));
    } else if (markOf(tag) !== null || tag === 'span' || isUnknownPhrasing(tag)) {
      this.marked(element, flow, around);
    } else if (headingLevelOf(tag) !== null) {
      this.heading(element, flow, around);
    } else {
      this.named(element, flow, around);
    }
  }

  private named(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    switch (element.tagName) {
      case 'br':
        flow.inline({ type: 'break' });
        break;
      case 'img':
        this.image(element, flow, around);
        break;
      case 'a':
        this.anchor(element, flow, around);
        break;
      case 'p':
        this.paragraph(element, flow, around);
        break;
      case 'div':
        this.division(element, flow, around);
        break;
      case 'ul':
      case 'ol':
        flow.block(this.list(element, around));
        break;
      case 'pre':
        flow.block(this.code(element));
        break;
      case 'hr':
        flow.block({ type: 'rule' });
        break;
      case 'blockquote':
        flow.block({ type: 'quote', blocks: this.content(element, around) });
        break;
      case 'details':
        flow.block(this.collapsible(element, around));
        break;
      case 'table':
        flow.block(readTable(element, this, around));
        break;
      case 'iframe':
        this.frame(element, flow, around);
        break;
      default:
        flow.block(this.unknown(element, this.inside(element, around)));
    }
  }

  private inside(element: StoredElement, around: StoredSurroundings): Block[] {
    return this.blocksOf(childrenOf(element), { ...around, align: null });
  }

  unknown(element: StoredElement, blocks: readonly Block[], attributes?: string): Block {
    return {
      type: 'unknown',
      tag: element.tagName,
      attributes: attributes ?? allAttributes(element),
      blocks,
    };
  }

  private marked(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const mark = markOf(element.tagName);
    const leftover = leftoverAttributes(element, null);
    const other =
      mark === null && element.tagName !== 'span'
        ? withAttributes(element.tagName, allAttributes(element))
        : leftover === ''
          ? null
          : withAttributes(element.tagName, leftover);
    const format = {
      ...around.format,
      ...(mark === null ? {} : { [mark]: true }),
      ...(other === null ? {} : { other: joinedOthers(around.format.other, other) }),
    };
    this.flow(childrenOf(element), flow, { ...around, format });
  }

  private heading(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const align = alignmentOf(element) ?? around.align;
    const read = (target: FlowBuilder): void => {
      const level = headingLevelOf(element.tagName) ?? 1;
      target.openHeading({ type: 'heading', level, anchor: null, align, children: [] });
      this.flow(childrenOf(element), target, { ...around, align });
      target.close();
    };
    this.withLeftovers(element, flow, around, alignStyle, read);
  }

  private paragraph(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const align = alignmentOf(element) ?? around.align;
    this.withLeftovers(element, flow, around, alignStyle, (target) => {
      target.openParagraph(align);
      this.flow(childrenOf(element), target, { ...around, align });
      target.close();
    });
  }

  private division(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    if (hasClass(element, 'intercom-interblocks-callout')) {
      flow.block(this.callout(element, around));
      return;
    }
    const align = alignmentOf(element) ?? around.align;
    const inside = { ...around, align };
    this.withLeftovers(element, flow, around, alignStyle, (target) => {
      if (hasClass(element, 'intercom-container')) target.openParagraph(align);
      else target.align(align);
      this.flow(childrenOf(element), target, inside);
      target.align(around.align);
    });
  }

  /** Reads an element; what it says beyond what its reader knows makes it an unknown block around that. */
  private withLeftovers(
    element: StoredElement,
    flow: FlowBuilder,
    around: StoredSurroundings,
    knownStyle: RegExp,
    read: (target: FlowBuilder) => void,
  ): void {
    const leftover = leftoverAttributes(element, knownStyle);
    if (leftover === '') {
      read(flow);
      if (around.align !== null) flow.align(around.align);
      return;
    }
    const inner = newFlow();
    read(inner);
    flow.block(this.unknown(element, inner.finish(), leftover));
  }

  private callout(element: StoredElement, around: StoredSurroundings): Block {
    const style = normaliseStyle(attributeOf(element, 'style') ?? '');
    const kind = calloutKindOf(style);
    const blocks = this.content(element, around);
    return kind === null
      ? { type: 'callout', kind: 'custom', style, blocks }
      : { type: 'callout', kind, style: null, blocks };
  }

  private list(element: StoredElement, around: StoredSurroundings): Block {
    const isOrdered = element.tagName === 'ol';
    const start = Number.parseInt(attributeOf(element, 'start') ?? '1', 10);
    const items = childrenOf(element).flatMap((node) => {
      const blocks =
        isElement(node) && node.tagName === 'li'
          ? this.item(node, around)
          : this.blocksOf([node], { ...around, align: null });
      const isItem = isElement(node) && node.tagName === 'li';
      return isItem || blocks.length > 0 ? [{ checked: null, blocks }] : [];
    });
    const list: Block = {
      type: 'list',
      ordered: isOrdered,
      start: isOrdered && Number.isSafeInteger(start) ? start : 1,
      items,
    };
    const leftover = leftoverAttributes(element, null, ['type', 'reversed']);
    return leftover === '' ? list : this.unknown(element, [list], leftover);
  }

  private item(element: StoredElement, around: StoredSurroundings): Block[] {
    const blocks = this.content(element, { ...around, depth: around.depth + 1 });
    const leftover = leftoverAttributes(element, null, ['value']);
    return leftover === '' ? blocks : [this.unknown(element, blocks, leftover)];
  }

  private code(element: StoredElement): Block {
    const code: Block = {
      type: 'code',
      language: null,
      text: textOf(element).replace(/\r\n?/g, '\n').replace(/\n+$/, ''),
    };
    const inner = new Set<string>();
    const open = [...childrenOf(element)];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!isElement(node)) continue;
      if (!['code', 'br', 'span'].includes(node.tagName)) inner.add(node.tagName);
      open.push(...childrenOf(node));
    }
    if (inner.size === 0) return code;
    return this.unknown(element, [code], `holds ${[...inner].sort().join('+')}`);
  }

  private collapsible(element: StoredElement, around: StoredSurroundings): Block {
    const summary = childrenOf(element).find(
      (node): node is StoredElement => isElement(node) && node.tagName === 'summary',
    );
    const others = childrenOf(element).filter((node) => node !== summary);
    const title = summary === undefined ? [] : this.blocksOf(childrenOf(summary), around);
    return {
      type: 'collapsible',
      title: normaliseInlines(
        title.flatMap((block, index) => [
          ...(index === 0 ? [] : [{ type: 'break' } as const]),
          ...(block.type === 'paragraph' || block.type === 'heading'
            ? block.children
            : [{ type: 'text', text: blockText(block) } as const]),
        ]),
      ),
      blocks: this.blocksOf(others, { ...around, align: null }),
    };
  }

  private frame(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const video = videoOf(attributeOf(element, 'src') ?? '');
    flow.block(video ?? this.unknown(element, this.inside(element, around)));
  }

  private image(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const { link } = around.format;
    flow.inline({
      type: 'image',
      source: this.identify.image(attributeOf(element, 'src') ?? ''),
      alt: attributeOf(element, 'alt') ?? '',
      width: pixelsOf(attributeOf(element, 'width')),
      height: pixelsOf(attributeOf(element, 'height')),
      ...(link === undefined ? {} : { link }),
    });
  }

  private anchor(element: StoredElement, flow: FlowBuilder, around: StoredSurroundings): void {
    const href = attributeOf(element, 'href');
    if (href === null || href === '') {
      this.flow(childrenOf(element), flow, around);
    } else if (hasClass(element, 'intercom-h2b-button')) {
      const text = textOf(element).replace(/\s+/g, ' ').trim();
      flow.inline({ type: 'button', text, target: this.target(href) });
    } else {
      const format = { ...around.format, link: this.target(href) };
      this.flow(childrenOf(element), flow, { ...around, format });
    }
  }

  /** A link to a heading of this body is known by the heading's text: ids are the service's own. */
  private target(href: string): Target {
    if (!href.startsWith('#')) return this.identify.link(href);
    const id = href.slice(1);
    return { kind: 'anchor', anchor: this.slugs.get(id) ?? id };
  }
}

function newFlow(): FlowBuilder {
  return new FlowBuilder({ keepsEmptyParagraphs: true, readsVideos: false });
}

function paragraphOf(text: string): Block {
  return { type: 'paragraph', align: null, children: normaliseInlines([{ type: 'text', text }]) };
}

function alignmentOf(element: StoredElement): Align | null {
  for (const align of ['left', 'center', 'right'] as const)
    if (hasClass(element, `intercom-align-${align}`)) return align;
  const style = normaliseStyle(attributeOf(element, 'style') ?? '');
  const declared = /(?:^|; )text-align: (left|center|right)(?:;|$)/.exec(style)?.[1];
  return alignOf(declared) ?? alignOf(attributeOf(element, 'align'));
}

function withAttributes(tag: string, attributes: string): string {
  return attributes === '' ? tag : `${tag}[${attributes}]`;
}

function joinedOthers(outer: string | undefined, inner: string): string {
  return [...new Set([...(outer === undefined ? [] : outer.split('+')), inner])].sort().join('+');
}
