import { posix } from 'node:path';

/** A file that gets another place, among others that may get one. */
export interface Relinking {
  /** Where the file is, relative to the content folder. */
  from: string;
  /** Where it will be. */
  to: string;
  /** Files that a relative link may mean. */
  known: ReadonlySet<string>;
  /** Where other files will be. */
  places: ReadonlyMap<string, string>;
}

/** An address after `](`, after `]:`, or in an attribute of HTML. */
const address = /(\]\(<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)=")([^\s<>"()#?]+)/gm;

/**
 * A text whose relative links lead to the same files after files were moved. Only addresses of known
 * files change; code stays.
 */
export function relinked(text: string, relinking: Relinking): string {
  let fence: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^\s*(?:> ?)*\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
      if (mark !== null && (fence === null || mark.startsWith(fence))) {
        fence = fence === null ? mark : null;
        return line;
      }
      return fence === null ? line.replace(address, replacement(relinking)) : line;
    })
    .join('\n');
}

function replacement({ from, to, known, places }: Relinking) {
  return (whole: string, opening: string, href: string): string => {
    if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return whole;
    const target = posix.normalize(posix.join(posix.dirname(from), decoded(href)));
    const place = places.get(target) ?? target;
    if (!known.has(target) || (place === target && posix.dirname(from) === posix.dirname(to))) {
      return whole;
    }
    return opening + encoded(posix.relative(posix.dirname(to), place));
  };
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function encoded(path: string): string {
  return path.replace(/[ ()<>%?#]/g, (character) => encodeURIComponent(character));
}
