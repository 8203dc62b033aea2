import { diffArrays } from 'diff';

/** What aligning needs to know of the things in two sequences. */
export interface Traits<T> {
  /** Equal keys, equal things. */
  key(item: T): string;
  /** What it is, as far as that tells more than its text. */
  kind(item: T): string;
  /** Its visible words. */
  words(item: T): readonly string[];
}

/** For each thing of the first sequence, where it is in the second one; null: it is gone. Never crosses. */
export type Alignment = readonly (number | null)[];

const mostCompared = 40_000;

/** Finds which things of two sequences are the same ones, changed or not. */
export function align<T>(before: readonly T[], after: readonly T[], traits: Traits<T>): Alignment {
  const pairs: (number | null)[] = before.map(() => null);
  let from = 0;
  let to = 0;
  let gapFrom = 0;
  let gapTo = 0;
  const closeGap = (): void => {
    pairGap(before.slice(gapFrom, from), after.slice(gapTo, to), traits).forEach(
      (index, offset) => {
        if (index !== null) pairs[gapFrom + offset] = gapTo + index;
      },
    );
  };
  for (const part of diffArrays(before.map(traits.key), after.map(traits.key))) {
    const { length } = part.value;
    if (part.added) {
      to += length;
    } else if (part.removed) {
      from += length;
    } else {
      closeGap();
      for (let step = 0; step < length; step++) pairs[from + step] = to + step;
      from += length;
      to += length;
      gapFrom = from;
      gapTo = to;
    }
  }
  closeGap();
  return pairs;
}

/** Pairs what changed between two things that did not, in order, so that the most alike come together. */
function pairGap<T>(
  before: readonly T[],
  after: readonly T[],
  traits: Traits<T>,
): (number | null)[] {
  if (before.length === 0 || after.length === 0) return before.map(() => null);
  if (before.length === 1 && after.length === 1) return [0];
  if (before.length * after.length > mostCompared) {
    return before.map((_, index) => (index < after.length ? index : null));
  }
  return bestPairs(before, after, (a, b) => likeness(a, b, traits));
}

function bestPairs<T>(
  before: readonly T[],
  after: readonly T[],
  score: (a: T, b: T) => number,
): (number | null)[] {
  const scores = before.map((a) => after.map((b) => score(a, b)));
  const best: number[][] = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (row: number, column: number): number => best[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const own = scores[row]?.[column] ?? 0;
      const paired = own > 0 ? own + at(row + 1, column + 1) : 0;
      const line = best[row];
      if (line !== undefined)
        line[column] = Math.max(paired, at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (number | null)[] = before.map(() => null);
  let row = 0;
  let column = 0;
  while (row < before.length && column < after.length) {
    const own = scores[row]?.[column] ?? 0;
    if (own > 0 && at(row, column) === own + at(row + 1, column + 1)) {
      pairs[row] = column;
      row++;
      column++;
    } else if (at(row, column) === at(row + 1, column)) {
      row++;
    } else {
      column++;
    }
  }
  return pairs;
}

/** From 0 (nothing in common) to 1. */
function likeness<T>(a: T, b: T, traits: Traits<T>): number {
  const isOneKind = traits.kind(a) === traits.kind(b);
  const [left, right] = [traits.words(a), traits.words(b)];
  if (left.length === 0 && right.length === 0) return isOneKind ? 0.5 : 0;
  const shared = sharedCount(left, right);
  const alike = (2 * shared) / (left.length + right.length);
  // A part that was split off has all its words in the whole.
  const contained = shared / Math.max(1, Math.min(left.length, right.length));
  const measure = Math.max(alike, contained * 0.6);
  if (isOneKind) return measure >= 0.3 ? 0.2 + 0.8 * measure : 0;
  return measure >= 0.6 ? 0.7 * measure : 0;
}

function sharedCount(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    shared++;
  }
  return shared;
}
