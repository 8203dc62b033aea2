import { type Alignment, align, type Traits } from './align.ts';

/** Both sides changed one thing, differently. null: the side took it out. */
export interface Conflict<T> {
  base: T;
  ours: T | null;
  theirs: T | null;
}

/** What becomes of one thing that both sides changed: one of both, or a conflict. */
export type MergeItem<T> = (base: T, ours: T, theirs: T) => T | null;

export interface SequenceMerge<T> extends Traits<T> {
  /** Merges what both changed; null when that is a conflict. */
  merge: MergeItem<T>;
  /** Called for each conflict; says what stands in the result, null for nothing. */
  conflict(conflict: Conflict<T>): T | null;
}

/**
 * Three-way merge of sequences, thing by thing: neighbours never conflict. What both sides put in at
 * one place stands one after the other, ours first; the same put in twice stands once.
 */
export function mergeSequences<T>(
  base: readonly T[],
  ours: readonly T[],
  theirs: readonly T[],
  rules: SequenceMerge<T>,
): T[] {
  const [toOurs, toTheirs] = [align(base, ours, rules), align(base, theirs, rules)];
  const ourAdditions = additionsOf(toOurs, ours);
  const theirAdditions = additionsOf(toTheirs, theirs);
  const result: T[] = [];
  for (let index = 0; index <= base.length; index++) {
    const added = ourAdditions[index] ?? [];
    const known = new Set(added.map(rules.key));
    result.push(...added);
    result.push(...(theirAdditions[index] ?? []).filter((item) => !known.has(rules.key(item))));
    const item = base[index];
    if (item === undefined) continue;
    const merged = mergeOne(item, at(ours, toOurs[index]), at(theirs, toTheirs[index]), rules);
    if (merged !== null) result.push(merged);
  }
  return result;
}

function at<T>(items: readonly T[], index: number | null | undefined): T | null {
  return index === null || index === undefined ? null : (items[index] ?? null);
}

function mergeOne<T>(base: T, ours: T | null, theirs: T | null, rules: SequenceMerge<T>): T | null {
  const key = (item: T | null): string | null => (item === null ? null : rules.key(item));
  if (key(theirs) === key(base) || key(ours) === key(theirs)) return ours;
  if (key(ours) === key(base)) return theirs;
  const merged = ours === null || theirs === null ? null : rules.merge(base, ours, theirs);
  return merged ?? rules.conflict({ base, ours, theirs });
}

/** What is new in a sequence, by the index of the base thing it stands before. */
function additionsOf<T>(alignment: Alignment, items: readonly T[]): T[][] {
  const placed = new Map<number, number>();
  alignment.forEach((index, base) => {
    if (index !== null) placed.set(index, base);
  });
  const additions: T[][] = Array.from({ length: alignment.length + 1 }, () => []);
  let place = 0;
  items.forEach((item, index) => {
    const base = placed.get(index);
    if (base === undefined) additions[place]?.push(item);
    else place = base + 1;
  });
  return additions;
}
