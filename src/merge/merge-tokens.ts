import { diffArrays } from 'diff';

/** A change of a sequence: the tokens from `start` to `end` become others. */
interface Hunk {
  start: number;
  end: number;
  tokens: readonly string[];
}

/** How a text is cut: what white space is equal to what. */
export type Cutting = 'flowing' | 'lines';

/** An address is one word, so that its parts are not taken for those of others. */
const tokenPattern =
  /\]\([^()\s]*\)|https?:\/\/[^\s<>()[\]]+|\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu;

/**
 * Brings the change from `before` to `after` into `text`, which says the same as `before` in another
 * spelling (wrapping, comments, link style): only the words that changed do. null when the spelling
 * differs just there.
 * @param first what stands first where both put something in at one place
 */
export function mergeTokens(
  before: string,
  text: string,
  after: string,
  cutting: Cutting,
  first: 'own' | 'change' = 'own',
): string | null {
  const base = tokensOf(before);
  const ours = tokensOf(text);
  const own = spelling(base, ours, cutting);
  const changes = hunks(base, tokensOf(after), cutting);
  const result: string[] = [];
  let at = 0;
  let index = 0;
  for (const change of changes) {
    // Our own differences that end before this change stand as they are.
    for (; index < own.hunks.length; index++) {
      const hunk = own.hunks[index];
      if (hunk === undefined || !isBefore(hunk, change, first)) break;
      result.push(...own.kept.slice(at, hunk.start), ...hunk.tokens);
      at = hunk.end;
    }
    const next = own.hunks[index];
    if (next !== undefined && overlaps(next, change)) return null;
    if (change.start < at) return null;
    result.push(...own.kept.slice(at, change.start), ...change.tokens);
    at = change.end;
  }
  for (; index < own.hunks.length; index++) {
    const hunk = own.hunks[index];
    if (hunk === undefined) break;
    result.push(...own.kept.slice(at, hunk.start), ...hunk.tokens);
    at = hunk.end;
  }
  result.push(...own.kept.slice(at));
  return result.join('');
}

function isBefore(own: Hunk, change: Hunk, first: 'own' | 'change'): boolean {
  if (own.start === own.end && change.start === change.end) {
    return own.start < change.start || (own.start === change.start && first === 'own');
  }
  return own.end <= change.start;
}

function overlaps(own: Hunk, change: Hunk): boolean {
  return own.start < change.end && change.start < own.end;
}

function tokensOf(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

/** White space is equal where Markdown takes it as equal. */
function keyOf(token: string, cutting: Cutting): string {
  if (token.trim() !== '') return token;
  if (/\n[^\S\n]*\n/.test(token)) return '\n\n';
  if (cutting === 'flowing' && / {2,}\n/.test(token)) return '  \n';
  return cutting === 'lines' && token.includes('\n') ? '\n' : ' ';
}

function hunks(before: readonly string[], after: readonly string[], cutting: Cutting): Hunk[] {
  return spelling(before, after, cutting).hunks;
}

/** The differences of two token lists, and the tokens of `before` as `after` spells them where they are equal. */
function spelling(
  before: readonly string[],
  after: readonly string[],
  cutting: Cutting,
): { hunks: Hunk[]; kept: string[] } {
  const kept = [...before];
  const found: Hunk[] = [];
  let from = 0;
  let to = 0;
  let open: { start: number; tokens: string[] } | null = null;
  const close = (): void => {
    if (open !== null) found.push({ start: open.start, end: from, tokens: open.tokens });
    open = null;
  };
  const key = (token: string): string => keyOf(token, cutting);
  for (const part of diffArrays(before.map(key), after.map(key))) {
    const { length } = part.value;
    if (!part.added && !part.removed) {
      close();
      for (let step = 0; step < length; step++) kept[from + step] = after[to + step] ?? '';
      from += length;
      to += length;
      continue;
    }
    const hunk: { start: number; tokens: string[] } = open ?? { start: from, tokens: [] };
    open = hunk;
    if (part.added) {
      hunk.tokens.push(...after.slice(to, to + length));
      to += length;
    } else {
      from += length;
    }
  }
  close();
  return { hunks: found, kept };
}
