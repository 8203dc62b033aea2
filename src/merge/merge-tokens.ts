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

/** What to do where both texts differ from what was. */
export interface MergeWishes {
  /** What stands first where both put something in at one place. */
  first?: 'own' | 'change';
  /** Where the spelling differs just where the change is: the change stands, or nothing is merged. */
  clash?: 'refuse' | 'change';
}

/**
 * Brings the change from `before` to `after` into `text`, which says the same as `before` in another
 * spelling (wrapping, comments, link style, variables): only the words that changed do. null when the
 * spelling differs just there, unless the wishes say that the change stands.
 */
export function mergeTokens(
  before: string,
  text: string,
  after: string,
  cutting: Cutting,
  { first = 'own', clash = 'refuse' }: MergeWishes = {},
): string | null {
  const base = tokensOf(before);
  const { hunks: own, kept } = spelling(base, tokensOf(text), cutting);
  const changes = spelling(base, tokensOf(after), cutting).hunks;
  const merged: Hunk[] = [];
  let at = 0;
  let next = 0;
  while (at < own.length || next < changes.length) {
    const [mine, change] = [own[at], changes[next]];
    if (mine !== undefined && (change === undefined || isBefore(mine, change, first))) {
      merged.push(mine);
      at++;
    } else if (change !== undefined && (mine === undefined || !overlaps(mine, change))) {
      merged.push(change);
      next++;
    } else {
      if (clash === 'refuse') return null;
      const knot = knotOf(own.slice(at), changes.slice(next));
      merged.push({ ...knot, tokens: applied(knot.changes, kept, knot.start, knot.end) });
      at += knot.owned;
      next += knot.changes.length;
    }
  }
  return applied(merged, kept, 0, kept.length).join('');
}

/** The region of the first own difference and the first change, with all that overlap it. */
function knotOf(
  own: readonly Hunk[],
  changes: readonly Hunk[],
): { start: number; end: number; owned: number; changes: readonly Hunk[] } {
  const firsts = [...own.slice(0, 1), ...changes.slice(0, 1)];
  const start = Math.min(...firsts.map((hunk) => hunk.start));
  let end = Math.max(...firsts.map((hunk) => hunk.end));
  let [owned, taken] = [1, 1];
  for (let isGrowing = true; isGrowing; ) {
    const [mine, change] = [own[owned], changes[taken]];
    const isMine = mine !== undefined && mine.start < end;
    const isChange = change !== undefined && change.start < end;
    if (isMine) owned++;
    if (isChange) taken++;
    end = Math.max(end, isMine ? mine.end : 0, isChange ? change.end : 0);
    isGrowing = isMine || isChange;
  }
  return { start, end, owned, changes: changes.slice(0, taken) };
}

/** The tokens from `start` to `end` with changes applied, which do not overlap. */
function applied(
  changes: readonly Hunk[],
  tokens: readonly string[],
  start: number,
  end: number,
): string[] {
  const result: string[] = [];
  let at = start;
  for (const change of changes) {
    result.push(...tokens.slice(at, change.start), ...change.tokens);
    at = change.end;
  }
  return [...result, ...tokens.slice(at, end)];
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
