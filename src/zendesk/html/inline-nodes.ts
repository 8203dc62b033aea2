import { isSameTarget } from '../../markdown/text-format.ts';
import type { Inline, Target } from '../../model/tree.ts';
import { canDelimit, lineEdge } from './delimiters.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { MarkdownNode } from './markdown-node.ts';

/** Where a target leads, as it is to be written; null where it leads nowhere. */
export type AddressOf = (target: Target) => string | null;

export interface InlineOptions {
  addressOf: AddressOf;
  /** Everything has to stand on one line: titles, cells. */
  oneLine: boolean;
}

type Mark = 'link' | 'strike' | 'bold' | 'italic';
const marks: readonly Mark[] = ['link', 'strike', 'bold', 'italic'];

interface Surroundings {
  before: string;
  after: string;
  inLink: boolean;
}

const names = {
  bold: { delimited: 'STRONG', tagged: 'B' },
  italic: { delimited: 'EM', tagged: 'I' },
  strike: { delimited: 'S', tagged: 'DEL' },
} as const;

/** Tidy inlines as nodes in each other, each mark in the form that parses where it stands. */
export function inlineNodes(inlines: readonly Inline[], options: InlineOptions): MarkdownNode[] {
  const linked = inlines.map((inline) => withLiveLink(inline, options.addressOf));
  return nodesOf(linked, marks, { before: lineEdge, after: lineEdge, inLink: false }, options);
}

function withLiveLink(inline: Inline, addressOf: AddressOf): Inline {
  if (inline.type === 'button')
    return addressOf(inline.target) === null ? { type: 'text', text: inline.text } : inline;
  if (inline.type === 'break' || inline.link === undefined) return inline;
  if (addressOf(inline.link) !== null) return inline;
  const { link: _link, ...plain } = inline;
  return plain;
}

function nodesOf(
  inlines: readonly Inline[],
  left: readonly Mark[],
  around: Surroundings,
  options: InlineOptions,
): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  for (let index = 0; index < inlines.length; ) {
    const inline = inlines[index];
    if (inline === undefined) break;
    const previous = inlines[index - 1];
    const before = previous === undefined ? around.before : edgeOf(previous, left, 'end');
    const { mark, end } = widestMark(inlines, index, left);
    const following = inlines[end];
    const after = following === undefined ? around.after : edgeOf(following, left, 'start');
    if (mark === null) {
      nodes.push(leaf(inline, { ...around, before, after }, options, following));
    } else {
      const group = inlines.slice(index, end);
      const rest = left.filter((other) => other !== mark);
      nodes.push(wrapped(mark, group, rest, { ...around, before, after }, options));
    }
    index = end;
  }
  return nodes;
}

/** The mark of a run that reaches furthest, and how far. */
function widestMark(
  inlines: readonly Inline[],
  start: number,
  left: readonly Mark[],
): { mark: Mark | null; end: number } {
  let widest: { mark: Mark | null; end: number } = { mark: null, end: start + 1 };
  for (const mark of left) {
    let end = start;
    while (end < inlines.length && hasSameMark(inlines[start], inlines[end], mark)) end++;
    if (end > start && (widest.mark === null || end > widest.end)) widest = { mark, end };
  }
  return widest;
}

function hasSameMark(first: Inline | undefined, other: Inline | undefined, mark: Mark): boolean {
  if (first === undefined || other === undefined) return false;
  if (mark === 'link') {
    const link = linkOf(first);
    return link !== undefined && isSameTarget(link, linkOf(other));
  }
  const isMarked = (inline: Inline): boolean => inline.type === 'text' && inline[mark] === true;
  return isMarked(first) && isMarked(other);
}

function linkOf(inline: Inline): Target | undefined {
  return inline.type === 'text' || inline.type === 'image' ? inline.link : undefined;
}

function wrapped(
  mark: Mark,
  group: readonly Inline[],
  rest: readonly Mark[],
  around: Surroundings,
  options: InlineOptions,
): MarkdownNode {
  const [first] = group;
  if (mark === 'link') {
    const target = first === undefined ? undefined : linkOf(first);
    const href = target === undefined ? '' : (options.addressOf(target) ?? '');
    const inside = { before: '[', after: ']', inLink: true };
    return MarkdownNode.element('A', nodesOf(group, rest, inside, options), { href });
  }
  const last = group.at(-1);
  const edges = {
    before: around.before,
    after: around.after,
    first: first === undefined ? '' : innerEdge(first, mark, rest, 'start'),
    last: last === undefined ? '' : innerEdge(last, mark, rest, 'end'),
  };
  // Two runs of stars that touch (`**a***b*`) are read as one.
  const touches = edges.before === '*' || edges.after === '*';
  const isDelimited = canDelimit(edges) && !touches && !holdsTightStars(group, mark, rest);
  const inside = isDelimited && mark !== 'strike' ? around : { ...around, before: '~', after: '~' };
  const name = isDelimited ? names[mark].delimited : names[mark].tagged;
  return MarkdownNode.element(name, nodesOf(group, rest, inside, options));
}

/** Stars in stars are told apart only where white space stands beside the inner ones. */
function holdsTightStars(group: readonly Inline[], mark: Mark, rest: readonly Mark[]): boolean {
  const inner = mark === 'bold' ? 'italic' : 'bold';
  if (mark === 'strike' || !rest.includes(inner)) return false;
  const isStruck = (inline: Inline): boolean => inline.type === 'text' && inline.strike === true;
  if (group.some(isStruck) && group.some((inline) => hasMark(inline, inner))) return true;
  return group.some((inline, index) => {
    const next = group[index + 1];
    if (next === undefined) return false;
    const changes = hasMark(inline, inner) !== hasMark(next, inner);
    return changes && !/\s/.test(edgeOf(inline, [], 'end') + edgeOf(next, [], 'start'));
  });
}

function hasMark(inline: Inline, mark: 'bold' | 'italic'): boolean {
  return inline.type === 'text' && inline[mark] === true;
}

/** The outermost sign that a neighbour shows on one side. */
function edgeOf(inline: Inline, left: readonly Mark[], side: 'start' | 'end'): string {
  if (inline.type === 'break') return lineEdge;
  if (left.includes('link') && linkOf(inline) !== undefined) return side === 'start' ? '[' : ')';
  if (inline.type !== 'text') return side === 'start' ? '!' : ')';
  if (inline.strike && left.includes('strike')) return '~';
  if ((inline.bold && left.includes('bold')) || (inline.italic && left.includes('italic')))
    return '*';
  return inline.code ? '`' : characterOf(inline.text, side);
}

/** The sign inside a mark's delimiters; those of bold and italic join to one run. */
function innerEdge(
  inline: Inline,
  mark: Mark,
  rest: readonly Mark[],
  side: 'start' | 'end',
): string {
  const joined =
    mark === 'strike' ? rest : rest.filter((other) => other === 'link' || other === 'strike');
  return edgeOf(inline, joined, side);
}

function characterOf(text: string, side: 'start' | 'end'): string {
  const characters = side === 'start' ? text.slice(0, 2) : text.slice(-2);
  return (side === 'start' ? [...characters][0] : [...characters].at(-1)) ?? '';
}

function leaf(
  inline: Inline,
  around: Surroundings,
  options: InlineOptions,
  following: Inline | undefined,
): MarkdownNode {
  switch (inline.type) {
    case 'break':
      return MarkdownNode.element('BR', [], options.oneLine ? { form: 'tag' } : {});
    case 'image':
      return MarkdownNode.element('IMG', [], {
        src: inline.source.kind === 'url' ? inline.source.url : '',
        alt: inline.alt,
        ...(inline.width === null ? {} : { width: String(inline.width) }),
        ...(inline.height === null ? {} : { height: String(inline.height) }),
      });
    case 'button':
      return MarkdownNode.element(
        'A',
        [MarkdownNode.text(escapeMarkdown(inline.text, { inLink: true, beforeBracket: false }))],
        { href: options.addressOf(inline.target) ?? '', button: 'yes' },
      );
    case 'text': {
      if (inline.code && around.inLink && inline.text.includes(']'))
        return MarkdownNode.element('SAMP', [
          MarkdownNode.text(escapeMarkdown(inline.text, { inLink: true, beforeBracket: false })),
        ]);
      if (inline.code) return MarkdownNode.element('CODE', [MarkdownNode.text(inline.text)]);
      const beforeBracket = around.after === '[' && following !== undefined;
      return MarkdownNode.text(
        escapeMarkdown(inline.text, { inLink: around.inLink, beforeBracket }),
      );
    }
  }
}
