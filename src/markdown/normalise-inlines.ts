import type { Inline, Target } from '../model/tree.ts';
import { type Format, formatOf, isSameTarget, pushText, sharedFormat } from './text-format.ts';

const whiteSpace = /[ \t\n\r\f]+/;
const leadingSpace = /^[ \t\n\r\f]/;
const trailingSpace = /[ \t\n\r\f]$/;

/**
 * The one canonical form of a block's inlines, used for Markdown and for stored HTML alike: white
 * space collapses as in HTML (a no-break space stays), a space takes only the marks that both its
 * neighbours have (and a link only if it stood in it), equal neighbours are one run, nothing empty stays, and neither white space nor
 * line breaks trail.
 */
export function normaliseInlines(inlines: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  let space: Space | null = null;
  for (const inline of inlines) {
    if (inline.type === 'break') {
      space = null;
      result.push({ type: 'break' });
      continue;
    }
    if (inline.type !== 'text') {
      if (space !== null) pushSpace(result, space, formatOf(inline));
      space = null;
      result.push(inline.type === 'button' ? tidyButton(inline) : tidyImage(inline));
      continue;
    }
    const words = inline.text.split(whiteSpace).filter((word) => word !== '');
    if (leadingSpace.test(inline.text)) space = widened(space, inline.link);
    if (words.length === 0) continue;
    const format = formatOf(inline);
    if (space !== null) pushSpace(result, space, format);
    pushText(result, words.join(' '), format);
    space = trailingSpace.test(inline.text) ? { link: inline.link } : null;
  }
  while (result.at(-1)?.type === 'break') result.pop();
  // An array that was pushed to keeps room for 17; as most hold a few, that is a third of a tree.
  return result.slice();
}

/** White space that is kept if something follows, and the link that all of it stands in. */
interface Space {
  link: Target | undefined;
}

function widened(space: Space | null, link: Target | undefined): Space {
  return space === null || isSameTarget(space.link, link) ? { link } : { link: undefined };
}

function pushSpace(result: Inline[], space: Space, next: Format): void {
  const last = result.at(-1);
  if (last === undefined || last.type === 'break') return;
  const { link, ...marks } = sharedFormat(formatOf(last), next);
  // Two links to one place stay two: the space between them is in neither.
  const isLinked = link !== undefined && isSameTarget(link, space.link);
  pushText(result, ' ', isLinked ? { ...marks, link } : marks);
}

function tidyButton(button: Extract<Inline, { type: 'button' }>): Inline {
  return { ...button, text: collapsed(button.text) };
}

function tidyImage(image: Extract<Inline, { type: 'image' }>): Inline {
  return { ...image, alt: collapsed(image.alt) };
}

function collapsed(text: string): string {
  return text
    .split(whiteSpace)
    .filter((word) => word !== '')
    .join(' ');
}
