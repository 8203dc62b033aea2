import {
  type Format,
  formatOf,
  isSameTarget,
  pushText,
  sharedFormat,
} from '../../markdown/text-format.ts';
import type { Inline, Target } from '../../model/tree.ts';

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
