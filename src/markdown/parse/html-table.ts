import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { Block, Cell, Heading, ListItem, Target, Text } from '../../model/tree.ts';
import { normaliseStyle } from '../callout-styles.ts';
import { FlowBuilder } from '../flow-builder.ts';
import { alignOf, markOf, pixelsOf } from '../html-values.ts';
import { maxNesting } from '../nesting.ts';
import { anchorIn, calloutIn } from './html-cell-blocks.ts';
import { insteadOf, isAllowedElement, isUnreadable, tagFaults } from './html-policy.ts';
import type { SourceReading } from './reading.ts';
import type { Place } from './source-text.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** The marks and link that text stands in, and how deep. */
interface Surroundings {
  format: Omit<Text, 'type' | 'text'>;
  depth: number;
}

const none: Surroundings = { format: {}, depth: 0 };

/**
 * A raw HTML table as blocks: the table, and before it what stood in it where no text may stand.
 * Elements outside the allow-list are reported and only their text is kept.
 */
export function htmlTableBlocks(html: string, source: SourceReading, line: number): Block[] {
  return new HtmlTableReader(html, source, line).read();
}

class HtmlTableReader {
  private readonly html: string;
  private readonly source: SourceReading;
  private readonly firstLine: number;
  private place: Place;

  constructor(html: string, source: SourceReading, line: number) {
    this.html = html;
    this.source = source;
    this.firstLine = line;
    this.place = source.text.lineStart(line);
  }

  read(): Block[] {
    const fragment = parseFragment(this.html, { sourceCodeLocationInfo: true });
    const flow = newFlow();
    for (const node of fragment.childNodes) {
      if (isElement(node) && node.tagName === 'table') flow.block(this.table(node, flow));
      else this.flowNode(node, flow, none);
    }
    return flow.finish();
  }

  private table(table: Element, around: FlowBuilder): Block {
    this.check(table);
    const rows: Cell[][] = [];
    const visit = (parent: Element): void => {
      for (const node of parent.childNodes) {
        if (!isElement(node)) {
          this.flowNode(node, around, none);
        } else if (node.tagName === 'tr') {
          this.check(node);
          rows.push(this.row(node, around));
        } else if (['thead', 'tbody', 'tfoot'].includes(node.tagName)) {
          this.check(node);
          visit(node);
        } else {
          around.close();
          this.flowNode(node, around, none);
          around.close();
        }
      }
    };
    visit(table);
    around.close();
    return { type: 'table', rows };
  }

  private row(row: Element, around: FlowBuilder): Cell[] {
    const cells: Cell[] = [];
    for (const node of row.childNodes) {
      if (isElement(node) && (node.tagName === 'td' || node.tagName === 'th'))
        cells.push(this.cell(node));
      else this.flowNode(node, around, none);
    }
    return cells;
  }

  private cell(cell: Element): Cell {
    this.check(cell);
    return {
      header: cell.tagName === 'th',
      align: alignOf(attribute(cell, 'align')),
      colspan: spanOf(attribute(cell, 'colspan')),
      rowspan: spanOf(attribute(cell, 'rowspan')),
      style: this.cellStyle(cell),
      blocks: this.content(cell, none),
    };
  }

  private cellStyle(cell: Element): string | null {
    const style = attribute(cell, 'style');
    if (style === null || tagFaults('td', [['style', style]], 'table').length > 0) return null;
    return normaliseStyle(style);
  }

  private content(parent: Element, around: Surroundings): Block[] {
    const flow = newFlow();
    for (const node of parent.childNodes) this.flowNode(node, flow, around);
    return flow.finish();
  }

  private children(parent: Element, flow: FlowBuilder, around: Surroundings): void {
    for (const node of parent.childNodes) this.flowNode(node, flow, around);
  }

  private flowNode(node: Node, flow: FlowBuilder, outer: Surroundings): void {
    if (node.nodeName === '#text' && 'value' in node) {
      const text = outer.format.code ? node.value : this.source.substitute(node.value, this.place);
      flow.inline({ type: 'text', text, ...outer.format });
      return;
    }
    if (!isElement(node)) return;
    this.check(node);
    if (isUnreadable(node.tagName)) return;
    const around = { ...outer, depth: outer.depth + 1 };
    if (around.depth > maxNesting) {
      this.tooDeep(node, flow, around);
      return;
    }
    if (!isAllowedElement(node.tagName, 'table')) {
      this.children(node, flow, around);
      return;
    }
    this.allowed(node, flow, around);
  }

  private allowed(node: Element, flow: FlowBuilder, around: Surroundings): void {
    const mark = markOf(node.tagName);
    if (mark !== null) {
      this.children(node, flow, { ...around, format: { ...around.format, [mark]: true } });
      return;
    }
    switch (node.tagName) {
      case 'br':
        flow.inline({ type: 'break' });
        break;
      case 'img':
        this.image(node, flow, around);
        break;
      case 'a':
        this.link(node, flow, around);
        break;
      case 'p':
        flow.openParagraph(alignOf(attribute(node, 'align')));
        this.children(node, flow, around);
        flow.close();
        break;
      case 'ul':
      case 'ol':
        flow.block(this.list(node, around));
        break;
      case 'hr':
        flow.block({ type: 'rule' });
        break;
      case 'blockquote':
        flow.block(this.quote(node, around));
        break;
      case 'details':
        flow.block(this.collapsible(node, around));
        break;
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        flow.block(this.heading(node, around));
        break;
      case 'pre':
        flow.block({
          type: 'code',
          language: null,
          text: textOf(node).replace(/\r\n?/g, '\n').replace(/\n+$/, ''),
        });
        break;
      default:
        this.nestedTable(node, flow, around);
    }
  }

  private quote(node: Element, around: Surroundings): Block {
    const blocks = this.content(node, around);
    const callout = calloutIn(blocks);
    if (callout === null) return { type: 'quote', blocks };
    return { type: 'callout', kind: callout.kind, style: null, blocks: callout.blocks };
  }

  private collapsible(node: Element, around: Surroundings): Block {
    const summary = node.childNodes.find(
      (child): child is Element => isElement(child) && child.tagName === 'summary',
    );
    const title = summary === undefined ? [] : this.content(summary, around);
    const flow = newFlow();
    for (const child of node.childNodes) if (child !== summary) this.flowNode(child, flow, around);
    return {
      type: 'collapsible',
      title: title.flatMap((block) => (block.type === 'paragraph' ? block.children : [])),
      blocks: flow.finish(),
    };
  }

  private heading(node: Element, around: Surroundings): Block {
    const place = this.place;
    const inner = this.content(node, around);
    const { anchor, inlines } = anchorIn(
      inner.flatMap((block) => (block.type === 'paragraph' ? block.children : [])),
    );
    const heading: Heading = {
      type: 'heading',
      level: Number(node.tagName.slice(1)),
      anchor: null,
      align: null,
      children: inlines,
    };
    this.source.reading.headings.push({
      heading,
      explicitAnchor: anchor,
      place: this.source.hostPlace ?? place,
      report: (fault) => this.source.report(place, fault),
    });
    return heading;
  }

  private image(node: Element, flow: FlowBuilder, around: Surroundings): void {
    flow.inline({
      type: 'image',
      source: this.source.image(attribute(node, 'src') ?? '', this.place),
      alt: this.source.substitute(attribute(node, 'alt') ?? '', this.place),
      width: pixelsOf(attribute(node, 'width')),
      height: pixelsOf(attribute(node, 'height')),
      ...(around.format.link === undefined ? {} : { link: around.format.link }),
    });
  }

  private link(node: Element, flow: FlowBuilder, around: Surroundings): void {
    const { href, target } = this.source.link(attribute(node, 'href') ?? '', this.place);
    if (attribute(node, 'class') === 'button') {
      this.source.refer('button', href, this.place);
      const text = this.source.substitute(textOf(node).replace(/\s+/g, ' ').trim(), this.place);
      flow.inline({ type: 'button', text, target });
      return;
    }
    this.source.refer('link', href, this.place);
    const link: Target = target;
    this.children(node, flow, { ...around, format: { ...around.format, link } });
  }

  private list(node: Element, around: Surroundings): Block {
    const items: ListItem[] = [];
    for (const child of node.childNodes) {
      if (isElement(child) && child.tagName === 'li') {
        this.check(child);
        items.push({ checked: null, blocks: this.content(child, around) });
        continue;
      }
      const flow = newFlow();
      this.flowNode(child, flow, around);
      const blocks = flow.finish();
      if (blocks.length > 0) items.push({ checked: null, blocks });
    }
    const start = Number.parseInt(attribute(node, 'start') ?? '1', 10);
    const isOrdered = node.tagName === 'ol';
    return {
      type: 'list',
      ordered: isOrdered,
      start: isOrdered && Number.isSafeInteger(start) ? start : 1,
      items,
    };
  }

  /** Tables in tables and stray parts of tables: their text is kept, the table is not. */
  private nestedTable(node: Element, flow: FlowBuilder, around: Surroundings): void {
    if (node.tagName === 'table') {
      this.source.report(this.place, {
        rule: 'table-nested',
        message: 'a table stands in a table here, which Intercom cannot store',
        hint: 'use a list in the cell, or a table of its own',
      });
    }
    const isRow = node.tagName === 'td' || node.tagName === 'th' || node.tagName === 'li';
    if (isRow) flow.close();
    this.children(node, flow, around);
    if (isRow) flow.close();
  }

  private tooDeep(node: Element, flow: FlowBuilder, around: Surroundings): void {
    this.source.report(this.place, {
      rule: 'nesting-depth',
      message: 'blocks are nested too deep here',
      hint: 'the innermost ones are read as plain text: move them out',
    });
    flow.inline({ type: 'text', text: textOf(node), ...around.format });
  }

  /** Notes where an element stands and reports what the allow-list does not hold. */
  private check(node: Element): void {
    const line = node.sourceCodeLocation?.startLine;
    if (line !== undefined) this.place = this.source.text.lineStart(this.firstLine + line - 1);
    // Elements that the parser put in itself (tbody) have no place and no fault.
    if (line === undefined) return;
    const pairs = node.attrs.map(({ name, value }) => [name, value] as const);
    for (const message of tagFaults(node.tagName, pairs, 'table'))
      this.source.report(this.place, {
        rule: 'html-allowed',
        message,
        hint: insteadOf(node.tagName),
      });
  }
}

function newFlow(): FlowBuilder {
  return new FlowBuilder({ keepsEmptyParagraphs: false, readsVideos: true });
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function attribute(node: Element, name: string): string | null {
  return node.attrs.find((candidate) => candidate.name === name)?.value ?? null;
}

function spanOf(value: string | null): number {
  const span = Number.parseInt(value ?? '1', 10);
  return Number.isSafeInteger(span) && span > 0 ? Math.min(span, 1000) : 1;
}

/** All text of an element, a `<br>` as a line break; without recursion, as hostile HTML nests deep. */
function textOf(element: Element): string {
  const parts: string[] = [];
  const open: Node[] = [...element.childNodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.nodeName === '#text' && 'value' in node) parts.push(node.value);
    else if (node.nodeName === 'br') parts.push('\n');
    else if (isElement(node) && !isUnreadable(node.tagName))
      open.push(...[...node.childNodes].reverse());
  }
  return parts.join('');
}
