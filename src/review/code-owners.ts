/** One line of CODEOWNERS that GitHub would use. */
export interface OwnerRule {
  pattern: string;
  /** `@login`, `@org/team` or an address; none: files that match have no owner. */
  owners: readonly string[];
  matches(path: string): boolean;
}

/** GitHub does not load a larger file: https://docs.github.com/repositories CODEOWNERS, "File size". */
export const mostCodeOwnersBytes = 3 * 1024 * 1024;

/** Where GitHub looks, in this order; the first one found counts. */
export const codeOwnersPaths: readonly string[] = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/**
 * Reads CODEOWNERS as GitHub does: gitignore's patterns without `!` and `\#`, and with `[ ]` standing
 * for themselves. A line that begins so, or has an owner that cannot be one, is skipped.
 */
export function parseCodeOwners(text: string): OwnerRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = wordsOf(line);
    const [pattern, ...owners] = words;
    if (pattern === undefined || !isPattern(pattern) || !owners.every(isOwner)) return [];
    const matcher = patternMatcher(pattern);
    return [{ pattern, owners, matches: (path) => matcher.test(path) }];
  });
}

/** The owners of a path: the last line that matches says it. None: nobody owns it. */
export function ownersOf(rules: readonly OwnerRule[], path: string): readonly string[] {
  return rules.findLast((rule) => rule.matches(path))?.owners ?? [];
}

/** Words of a line, up to a comment; `\ ` is a space of a path. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|\S)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

function isPattern(pattern: string): boolean {
  return !pattern.startsWith('!') && !pattern.startsWith('\\#');
}

function isOwner(word: string): boolean {
  return (
    /^@[A-Za-z0-9](?:[A-Za-z0-9_-]*)(?:\/[A-Za-z0-9][\w.-]*)?$/.test(word) ||
    /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(word)
  );
}

/** Paths are case-sensitive, whatever the file system of whoever reads them. */
function patternMatcher(pattern: string): RegExp {
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const isAnchored = pattern.replace(/\/$/, '').includes('/');
  const isFolder = /(?<!\*\*)\/$/.test(pattern);
  const segments = body.split('/');
  const source = segments.map((segment, index) => segmentSource(segment, index, segments)).join('');
  const start = isAnchored ? '^' : '^(?:.*/)?';
  // What is written `folder/*` are the files in it, not what lies deeper: so says GitHub, not gitignore.
  const isShallow = segments.at(-1) === '*' && (segments.length > 1 || pattern.startsWith('/'));
  const end = isFolder ? '/.+$' : isShallow ? '$' : '(?:/.*)?$';
  return new RegExp(start + source + end, 's');
}

function segmentSource(segment: string, index: number, segments: readonly string[]): string {
  const isLast = index === segments.length - 1;
  if (segment === '**') {
    return isLast ? '.+' : '(?:.*/)?';
  }
  const text = segment.replace(/\\(.)|(\*+)|(\?)|([^\w])/gs, (sign, escaped, stars, one, other) => {
    if (escaped !== undefined) return escapeSource(escaped);
    if (stars !== undefined) return '[^/]*';
    if (one !== undefined) return '[^/]';
    return other === undefined ? sign : escapeSource(other);
  });
  return isLast ? text : `${text}/`;
}

function escapeSource(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
