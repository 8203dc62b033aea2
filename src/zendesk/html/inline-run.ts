import { isSameTarget } from '../../markdown/normalise-inlines.ts';
import type { Inline, Target, Text } from '../../model/tree.ts';

/** Everything of a text run but its text. */
export type Format = Omit<Text, 'type' | 'text' | 'other'>;

const piece = /[ \t\n\r\f\u00a0]+|[^ \t\n\r\f\u00a0]+(?: [^ \t\n\r\f\u00a0]+)*/g;
const isSpace = /^[ \t\n\r\f\u00a0]/;

/** White space that is kept if something follows, and the link that all of it stands in. */
interface Space {
  text: string;
  link: Target | undefined;
}

/**
 * The inlines of one block as a writer would have typed them: white space once, no-break spaces only
 * where one stands alone between two words, no mark or link that begins or ends with a space (they
 * would not parse), runs with equal marks joined.
 */
export function tidyInlines(inlines: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  let space: Space | null = null;
  for (const inline of inlines) {
    if (inline.type === 'break') {
      space = null;
      result.push(inline);
      continue;
    }
    if (inline.type !== 'text') {
      if (space !== null) pushSpace(result, space, formatOf(inline));
      space = null;
      result.push(inline);
      continue;
    }
    const format = formatOf(inline);
    for (const [part] of inline.text.replace(/\ufeff/g, '').matchAll(piece)) {
      if (isSpace.test(part)) {
        space = joined(space, part, inline.link);
        continue;
      }
      if (space !== null) pushSpace(result, space, format);
      space = null;
      pushText(result, part, format);
    }
  }
  return result.filter((inline) => inline.type !== 'text' || inline.text !== '');
}

/** Cut at blank lines: two breaks in a row are a new paragraph. */
export function paragraphsOf(inlines: readonly Inline[]): Inline[][] {
  const paragraphs: Inline[][] = [];
  let current: Inline[] = [];
  let breaks = 0;
  for (const inline of [...inlines, null]) {
    if (inline?.type === 'break') {
      breaks++;
      continue;
    }
    if (inline !== null && breaks === 1 && current.length > 0) {
      current.push({ type: 'break' });
    } else if ((breaks > 1 || inline === null) && current.length > 0) {
      paragraphs.push(current);
      current = [];
    }
    breaks = 0;
    if (inline !== null) current.push(inline);
  }
  return paragraphs.filter(isVisible);
}

/** The marks and the link of an inline. */
export function formatOf(inline: Inline): Format {
  if (inline.type === 'image') return inline.link === undefined ? {} : { link: inline.link };
  if (inline.type !== 'text') return {};
  const { type: _type, text: _text, other: _other, ...format } = inline;
  return format;
}

function isVisible(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => inline.type !== 'text' || /[^\s\u200b]/.test(inline.text));
}

function joined(space: Space | null, text: string, link: Target | undefined): Space {
  if (space === null) return { text, link };
  return { text: space.text + text, link: isSameTarget(space.link, link) ? link : undefined };
}

function pushSpace(result: Inline[], space: Space, next: Format): void {
  const last = result.at(-1);
  if (last === undefined || last.type === 'break') return;
  const { link, ...marks } = sharedFormat(formatOf(last), next);
  const isLinked = link !== undefined && isSameTarget(link, space.link);
  const text = space.text === '\u00a0' && !marks.code ? '\u00a0' : ' ';
  pushText(result, text, isLinked ? { ...marks, link } : marks);
}

function pushText(result: Inline[], text: string, format: Format): void {
  const last = result.at(-1);
  if (last?.type === 'text' && isSameFormat(last, format)) {
    result[result.length - 1] = { ...last, text: last.text + text };
  } else {
    result.push({ type: 'text', text, ...format });
  }
}

function sharedFormat(a: Format, b: Format): Format {
  const shared: Format = {};
  if (a.bold && b.bold) shared.bold = true;
  if (a.italic && b.italic) shared.italic = true;
  if (a.strike && b.strike) shared.strike = true;
  if (a.code && b.code) shared.code = true;
  if (a.link !== undefined && isSameTarget(a.link, b.link)) shared.link = a.link;
  return shared;
}

function isSameFormat(a: Format, b: Format): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.strike === b.strike &&
    a.code === b.code &&
    isSameTarget(a.link, b.link)
  );
}
