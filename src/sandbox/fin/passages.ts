import { isHeading } from '../habits/headings.ts';
import {
  type HtmlElement,
  type HtmlNode,
  isBlock,
  parseHtml,
  textOf,
} from '../habits/html-tree.ts';
import type { FinSource, ReadableText } from './readable.ts';

/** A stretch of an article under one heading. */
export interface Passage extends FinSource {
  /** The heading above, empty before the first one. */
  readonly heading: string;
  /** The heading's id in the stored body, to link to. */
  readonly anchor: string | null;
  readonly text: string;
}

interface Section {
  readonly heading: string;
  readonly anchor: string | null;
  readonly lines: string[];
}

/** Cuts a text at its headings. What stands before the first one goes with the description. */
export function passagesOf(readable: ReadableText): readonly Passage[] {
  const { kind, id, locale, title } = readable;
  const sections: Section[] = [{ heading: '', anchor: null, lines: [readable.description] }];
  collect(parseHtml(readable.body), sections);
  return sections
    .map(({ heading, anchor, lines }): Passage => {
      const text = lines
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter((line) => line !== '');
      return { kind, id, locale, title, heading, anchor, text: text.join('\n') };
    })
    .filter(({ heading, text }, index) => text !== '' || (index > 0 && heading !== ''));
}

function collect(nodes: readonly HtmlNode[], sections: Section[]): void {
  let line = '';
  for (const node of nodes) {
    if (node.kind === 'text' || !isBlock(node)) {
      line += node.kind === 'element' && node.tag === 'br' ? '\n' : textOf(node);
      continue;
    }
    addLine(sections, line);
    line = '';
    if (isHeading(node)) {
      sections.push({
        heading: textOf(node).replace(/\s+/g, ' ').trim(),
        anchor: node.attributes.id ?? null,
        lines: [],
      });
    } else if (node.tag === 'tr') addLine(sections, rowText(node));
    else collect(node.children, sections);
  }
  addLine(sections, line);
}

/** A row is read as one line: its cells speak about each other. */
function rowText(row: HtmlElement): string {
  return row.children.map((cell) => textOf(cell).trim()).join(' · ');
}

function addLine(sections: Section[], line: string): void {
  if (line.trim() !== '') sections.at(-1)?.lines.push(line);
}
