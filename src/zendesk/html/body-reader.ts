import { isLinkAddress } from '../../markdown/address-scheme.ts';
import type { Block, Inline, Target } from '../../model/tree.ts';
import type { BodyContext } from './body-context.ts';
import { elementClass } from './elements.ts';
import { Flow } from './flow.ts';
import {
  attributeOf,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isText,
  lineOf,
  lineTextOf,
  styleOf,
} from './html-nodes.ts';
import { alignmentOf, isIndented, isStyled } from './looks.ts';
import { Losses } from './losses.ts';
import { marksOf } from './marks.ts';
import type { Around, Construct, Landmark, Reading, SiblingConstruct } from './reading.ts';

/** HTML of more elements than this in each other is read as the text it holds. */
const deepest = 400;
/** The dialect nests 40 deep; a list is two levels. */
const deepestNesting = 16;

/** Reads the HTML of one body as blocks of the dialect, and notes what has no form there. */
export class BodyReader implements Reading {
  readonly losses = new Losses();
  readonly landmarks: Landmark[] = [];
  /** Where links to places of the page stand, for those that turn out to lead nowhere. */
  readonly linkLines = new Map<Target, number | null>();
  readonly context: BodyContext;
  private readonly constructs: { single: readonly Construct[]; siblings: SiblingConstruct };

  constructor(
    context: BodyContext,
    constructs: { single: readonly Construct[]; siblings: SiblingConstruct },
  ) {
    this.context = context;
    this.constructs = constructs;
  }

  read(nodes: readonly HtmlNode[]): Block[] {
    return this.content(nodes, { format: {}, inCell: false, depth: 0, nesting: 0 });
  }

  /** The blocks of some nodes. */
  content(nodes: readonly HtmlNode[], around: Around): Block[] {
    const flow = new Flow();
    this.nodes(nodes, flow, around);
    return flow.finish();
  }

  /** The inlines of an element that may hold only such; its other blocks come second. */
  title(element: HtmlElement, around: Around): { inlines: Inline[]; rest: Block[] } {
    const inlines: Inline[] = [];
    const rest: Block[] = [];
    for (const block of this.content(element.childNodes, around)) {
      if (block.type !== 'paragraph' && block.type !== 'heading') rest.push(block);
      else inlines.push(...(inlines.length > 0 ? [breakInline] : []), ...block.children);
    }
    return { inlines, rest };
  }

  nodes(nodes: readonly HtmlNode[], flow: Flow, around: Around): void {
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      if (node === undefined) continue;
      const pairEnd = isElement(node)
        ? this.constructs.siblings(nodes, index, { reader: this, flow, around })
        : null;
      if (pairEnd !== null) index = pairEnd;
      else this.node(node, flow, around);
    }
  }

  node(node: HtmlNode, flow: Flow, outer: Around): void {
    if (isText(node)) {
      this.text(node.value, flow, outer);
      return;
    }
    if (!isElement(node)) return;
    this.noteIds(node);
    const around = { ...outer, depth: outer.depth + 1 };
    if (around.depth > deepest) {
      this.losses.addLook('nesting', 'transformed', lineOf(node), lineTextOf(node));
      this.text(lineTextOf(node), flow, around);
      return;
    }
    const construct = this.constructs.single.find((candidate) => candidate.matches(node));
    if (construct !== undefined) construct.read(node, { reader: this, flow, around });
    else this.plainElement(node, flow, around);
  }

  /** Blocks that hold others: below a depth they are left out, and what they hold is not. */
  nested(around: Around, element: HtmlElement): Around | null {
    if (around.nesting < deepestNesting) return { ...around, nesting: around.nesting + 1 };
    this.losses.addLook('nesting', 'transformed', lineOf(element), lineTextOf(element));
    return null;
  }

  text(text: string, flow: Flow, { format }: Around): void {
    if (text === '') return;
    if (/[^\s\u200b]/.test(text) && this.landmarks.at(-1)?.kind !== 'text')
      this.landmarks.push({ kind: 'text' });
    flow.inline({ type: 'text', text, ...format });
  }

  /** Where a link leads; null where it may not lead anywhere, which is noted. */
  target(href: string, element: HtmlElement): Target | null {
    const written = href.replace(/[\t\r\n]/g, '').trim();
    if (written === '' || written === '#') return null;
    const answer = this.context.link(written);
    if (answer.kind === 'page') {
      const target: Target = { kind: 'anchor', anchor: answer.fragment };
      this.linkLines.set(target, lineOf(element));
      return target;
    }
    if (answer.loss !== null)
      this.losses.add(
        answer.loss.construct,
        answer.loss.action,
        lineOf(element),
        `${lineTextOf(element)} → ${written}`,
      );
    if (answer.kind === 'none') return null;
    // Whatever the context says: a scheme outside the list never comes into an article.
    if (!isLinkAddress(answer.address)) {
      this.losses.add('link', 'dropped', lineOf(element), `${lineTextOf(element)} → ${written}`);
      return null;
    }
    return { kind: 'url', url: answer.address };
  }

  private plainElement(element: HtmlElement, flow: Flow, around: Around): void {
    const inside = { ...around, format: { ...around.format, ...marksOf(element) } };
    this.noteLooks(element);
    switch (elementClass(element.tagName)) {
      case 'block': {
        const before = flow.begin(alignmentOf(element) ?? flow.alignment);
        this.nodes(element.childNodes, flow, inside);
        flow.begin(before);
        return;
      }
      case 'inline':
        this.nodes(element.childNodes, flow, inside);
        return;
      case 'silent':
        this.losses.addLook('script', 'dropped', lineOf(element), `<${element.tagName}>`);
        return;
      case 'nothing':
        return;
    }
  }

  private noteIds(element: HtmlElement): void {
    const ids = [
      attributeOf(element, 'id'),
      element.tagName === 'a' ? attributeOf(element, 'name') : null,
    ];
    for (const id of ids) if (id !== null && id !== '') this.landmarks.push({ kind: 'id', id });
  }

  /** Looks that the dialect has no form for, noted once a kind. */
  noteLooks(element: HtmlElement): void {
    const line = lineOf(element);
    const isSeen = (): boolean => lineTextOf(element) !== '';
    if (isStyled(element) && isSeen())
      this.losses.addLook('text-style', 'dropped', line, lineTextOf(element));
    if (isIndented(element) && isSeen())
      this.losses.addLook('indentation', 'dropped', line, lineTextOf(element));
    const direction = attributeOf(element, 'dir')?.toLowerCase();
    if (direction === 'rtl' && isSeen())
      this.losses.addLook('direction', 'dropped', line, lineTextOf(element));
    if (styleOf(element, 'display') === 'none' && isSeen())
      this.losses.addLook('hidden-text', 'kept', line, lineTextOf(element));
  }
}

const breakInline: Inline = { type: 'break' };
