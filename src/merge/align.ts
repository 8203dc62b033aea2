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

/** A run of things: equal on both sides, or so many that went and so many that came. */
interface Run {
  isEqual: boolean;
  before: number;
  after: number;
}

/** Finds which things of two sequences are the same ones, changed or not. */
export function align<T>(before: readonly T[], after: readonly T[], traits: Traits<T>): Alignment {
  const pairs: (number | null)[] = [];
  let from = 0;
  let to = 0;
  for (const run of runsOf(before.map(traits.key), after.map(traits.key))) {
    const [next, place] = [from + run.before, to];
    const gap = run.isEqual
      ? Array.from({ length: run.before }, (_, step) => step)
      : pairGap(before.slice(from, next), after.slice(to, to + run.after), traits);
    pairs.push(...gap.map((index) => (index === null ? null : place + index)));
    from = next;
    to += run.after;
  }
  return pairs;
}

/** How two lists of keys differ, in turns. */
function runsOf(before: readonly string[], after: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const part of diffArrays([...before], [...after])) {
    const isEqual = !part.added && !part.removed;
    const { length } = part.value;
    const run = { isEqual, before: part.added ? 0 : length, after: part.removed ? 0 : length };
    const last = runs.at(-1);
    if (last === undefined || isEqual || last.isEqual) runs.push(run);
    else {
      last.before += run.before;
      last.after += run.after;
    }
  }
  return slid(runs, before);
}

/**
 * Where one of several equal neighbours was changed, a comparison may take it for one that came and,
 * further on, one that went. Then what is equal slides, so that both meet.
 */
function slid(runs: readonly Run[], before: readonly string[]): Run[] {
  const result: Run[] = [];
  let from = 0;
  for (let index = 0; index < runs.length; index++) {
    const [first, equal, last] = runs.slice(index, index + 3);
    if (first === undefined) break;
    if (equal !== undefined && last !== undefined && canSlide(first, equal, last, before, from)) {
      const [went, came] = [first.before + last.before, first.after + last.after];
      const changed = { isEqual: false, before: went, after: came };
      const isForward = first.before === 0;
      result.push(...(isForward ? [changed, equal] : [equal, changed]));
      from += went + equal.before;
      index += 2;
      continue;
    }
    result.push(first);
    from += first.before;
  }
  return result;
}

function canSlide(
  first: Run,
  equal: Run,
  last: Run,
  before: readonly string[],
  from: number,
): boolean {
  if (first.isEqual || !equal.isEqual || last.isEqual) return false;
  const isForward = first.before === 0 && last.after === 0 && first.after === last.before;
  const isBack = first.after === 0 && last.before === 0 && first.before === last.after;
  if (!isForward && !isBack) return false;
  // The equal run must read the same that many places further, or nearer.
  const by = isForward ? last.before : first.before;
  return before
    .slice(from, from + equal.before)
    .every((key, index) => before[from + by + index] === key);
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
  const pairs = bestPairs(before, after, (a, b) => likeness(a, b, traits));
  return withLeftovers(pairs, before.map(traits.kind), after.map(traits.kind));
}

/** Pairs what is left between two pairs, where it is as many of the same kinds: reworded from the ground up. */
function withLeftovers(
  pairs: readonly (number | null)[],
  before: readonly string[],
  after: readonly string[],
): (number | null)[] {
  const result = [...pairs];
  let from = 0;
  let to = 0;
  const fill = (end: number, place: number): void => {
    const kinds = before.slice(from, end);
    const others = after.slice(to, place);
    const isAlike =
      kinds.length === others.length && kinds.every((kind, at) => kind === others[at]);
    if (isAlike) kinds.forEach((_, at) => (result[from + at] = to + at));
  };
  pairs.forEach((place, index) => {
    if (place === null) return;
    fill(index, place);
    from = index + 1;
    to = place + 1;
  });
  fill(before.length, after.length);
  return result;
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
