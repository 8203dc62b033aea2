import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';

/** Can something stand in a collection after this run? */
export type CollectionState =
  | { kind: 'there' }
  | { kind: 'coming' }
  | { kind: 'withheld'; reason: string }
  | { kind: 'held'; reason: string };

/** What a collection will be after this run; parents decide for what is in them. null: the top. */
export function collectionState(
  id: string | null,
  matches: Matches,
  input: PlanInput,
): CollectionState {
  if (id === null) return { kind: 'there' };
  const match = matches.collections.get(id);
  const collection = input.desired.collections.find((item) => item.id === id);
  if (match === undefined || collection === undefined) {
    return { kind: 'held', reason: `its collection ${id} is unknown` };
  }
  if (match.live !== null) return { kind: 'there' };
  const isGone = match.recorded !== null && !input.options.recreate.includes(id);
  const main = collection.texts.find((text) => text.locale === matches.defaultLocale);
  if (collection.invalid !== null || match.how === 'ambiguous' || isGone || main === undefined) {
    return { kind: 'held', reason: `its collection ${collection.path} is held` };
  }
  const parent = collectionState(collection.parentId, matches, input);
  if (parent.kind === 'held' || parent.kind === 'withheld') return parent;
  return main.gates.helpCenter
    ? { kind: 'coming' }
    : {
        kind: 'withheld',
        reason: `its collection ${collection.path} is withheld: ${main.decision.reason}`,
      };
}
