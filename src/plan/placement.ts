import { collectionState } from './collection-state.ts';
import type { Stop } from './decision.ts';
import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';

/** Where an item stands: in which collection of ours, and in which of Intercom's. */
export interface Standing {
  /** Our id of the collection; null: the top. */
  parentId: string | null;
  /** Intercom's, as answered. */
  parentIntercomId: string | null;
}

/** A collection that has no id in Intercom yet is nobody's place. */
const notYet = 'new';

/** Intercom's id of a collection of ours; null: the top. */
export function wantedParent(parentId: string | null, matches: Matches): string | null {
  if (parentId === null) return null;
  return matches.collections.get(parentId)?.live?.intercomId ?? notYet;
}

/**
 * The decision table for where an item stands.
 * @param wanted our id of the collection its files are in
 * @param live Intercom's id of the collection it is in
 * @returns null: it stands where it should; else a move, or what keeps it from moving
 */
export function decidePlacement(
  wanted: string | null,
  recorded: Standing,
  live: string | null,
  matches: Matches,
  input: PlanInput,
): 'move' | Stop | null {
  const parent = wantedParent(wanted, matches);
  if (live === parent) return null;
  const isMovedHere = wanted !== recorded.parentId || parent === notYet;
  // When the collection around it was deleted there, nobody moved it.
  const isMovedThere =
    live !== recorded.parentIntercomId &&
    (recorded.parentIntercomId === null || isCollection(recorded.parentIntercomId, input));
  if (isMovedThere && isMovedHere) {
    return {
      kind: 'conflict',
      reason: 'moved in Intercom, and here to another collection',
      hint: 'Move it to the same collection on both sides.',
    };
  }
  if (isMovedThere && input.config.onDrift === 'hold') {
    return {
      kind: 'drift',
      reason: 'moved to another collection in Intercom',
      hint: 'Move its files to the same collection (kb pull does so for an article), or move it back there.',
    };
  }
  const state = collectionState(wanted, matches, input);
  if (state.kind !== 'withheld' && state.kind !== 'held') return 'move';
  return {
    kind: state.kind === 'withheld' ? 'links-to-withheld' : 'links-to-held',
    reason: `cannot move yet: ${state.reason}`,
    hint: 'It stays where it is until the collection is there.',
  };
}

/** The standing to record: as git says, where the item already is there. */
export function settledStanding(
  wanted: string | null,
  recorded: Standing,
  live: string | null,
  matches: Matches,
): Standing {
  return live === wantedParent(wanted, matches)
    ? { parentId: wanted, parentIntercomId: live }
    : recorded;
}

function isCollection(intercomId: string, { actual }: PlanInput): boolean {
  return actual.collections.some((collection) => collection.intercomId === intercomId);
}
