import { dirname, join, relative } from 'node:path/posix';

/** Where a relative link leads, by its text alone. */
export type RelativeLink =
  /** Another address: `https:`, `mailto:`, … */
  | { kind: 'elsewhere' }
  /** A heading of the same page. */
  | { kind: 'anchor'; anchor: string }
  /** A file of the content tree, there or not. */
  | { kind: 'file'; path: string; anchor: string | null }
  /** A path from the root, or one that leaves the content tree. */
  | { kind: 'outside'; absolute: boolean };

/** Reads a link as it stands in a file (content paths, `/`). */
export function parseLink(file: string, href: string): RelativeLink {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return { kind: 'elsewhere' };
  if (href.startsWith('/')) return { kind: 'outside', absolute: true };
  const [, written = '', fragment] = /^([^#]*)(?:#(.*))?$/s.exec(href) ?? [];
  const anchor = fragment === undefined || fragment === '' ? null : decoded(fragment);
  if (written === '') return { kind: 'anchor', anchor: anchor ?? '' };
  const path = join(dirname(file), decoded(written)).normalize('NFC');
  if (path === '..' || path.startsWith('../')) return { kind: 'outside', absolute: false };
  return { kind: 'file', path: path.replace(/\/+$/, ''), anchor };
}

/** The link from one file to another as a writer would type it, with the old link's anchor. */
export function linkTo(from: string, to: string, oldHref: string): string {
  const path = relative(dirname(from), to).replace(/[\s<>"'%?#]/g, encodeURIComponent);
  return `${path.replace(/[()]/g, escapedParenthesis)}${/#.*$/s.exec(oldHref)?.[0] ?? ''}`;
}

/** An address that could lead somewhere but names no host or person: `https:`, `//cdn/x.png`. */
export function isIncomplete(href: string): boolean {
  return href.startsWith('//') || /^(?:https?|mailto|tel):/i.test(href);
}

/** encodeURIComponent leaves parentheses, and Markdown ends a link at one. */
function escapedParenthesis(character: string): string {
  return character === '(' ? '%28' : '%29';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
