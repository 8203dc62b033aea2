import type { RecordedCollection, RecordedCollectionText } from '../model/recorded.ts';
import { shellWord } from '../model/shell-word.ts';
import type { LiveCollection } from '../model/snapshot.ts';
import { collectionState } from './collection-state.ts';
import { type ChangeDraft, type Decision, nothing, type Stop } from './decision.ts';
import type { DesiredCollection, DesiredCollectionText } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { CollectionMatch, Matches } from './matches.ts';
import { decidePlacement, settledStanding } from './placement.ts';
import type { FieldChange, Held, Withheld } from './plan.ts';
import { recordCollection, recordCollectionText } from './record.ts';
import { changeRow, heldAs, heldRow, textOf, wholeCollection, withheldRow } from './rows.ts';

/** What becomes of one collection: the same table as for articles, with two fields and a parent. */
export function decideCollection(
  collection: DesiredCollection,
  matches: Matches,
  input: PlanInput,
): Decision {
  const match = matches.collections.get(collection.id);
  if (match === undefined) return nothing;
  const stop = collectionStop(collection, match, matches, input);
  if (stop !== null) return heldAs(wholeCollection(collection), stop);
  const main = collection.texts.find((text) => text.locale === matches.defaultLocale);
  const parent = collectionState(collection.parentId, matches, input);
  if (match.live === null && parent.kind === 'held') {
    return heldAs(wholeCollection(collection), {
      kind: 'links-to-held',
      reason: parent.reason,
      hint: 'kb plan names what the parent waits for.',
    });
  }
  const isWaiting = parent.kind === 'withheld' || main?.gates.helpCenter !== true;
  if (match.live === null && isWaiting) {
    return { ...nothing, withheld: collection.texts.map((text) => withheldText(collection, text)) };
  }
  const parts = collection.texts.map((text) => decideText(collection, text, match, input));
  const move = moveOf(collection, match, matches, input);
  const repaired = Object.fromEntries(parts.flatMap((part) => part.recorded));
  const settled = match.live === null ? null : settledPlace(collection, match, match.live, matches);
  const isRepair =
    Object.keys(repaired).length > 0 || match.how === 'twin' || settled !== match.recorded;
  return {
    ...nothing,
    drafts: [...parts.flatMap((part) => part.drafts), ...move.drafts],
    withheld: parts.flatMap((part) => part.withheld),
    held: [...parts.flatMap((part) => part.held), ...move.held],
    unchanged: parts.filter((part) => part.isUnchanged).length,
    repairs:
      settled === null || !isRepair
        ? []
        : [
            {
              key: null,
              collections: {
                [collection.id]: {
                  ...settled,
                  texts: { ...match.recorded?.texts, ...repaired },
                },
              },
            },
          ],
  };
}

/** The entry with the place the collection already is at. The same object where nothing is new. */
function settledPlace(
  collection: DesiredCollection,
  { recorded }: CollectionMatch,
  live: LiveCollection,
  matches: Matches,
): RecordedCollection {
  if (recorded === null) return recordCollection(collection, live, {});
  const { parentId, parentIntercomId } = settledStanding(
    collection.parentId,
    recorded,
    live.parentId,
    matches,
  );
  const isSame =
    recorded.path === collection.path &&
    recorded.parentId === parentId &&
    recorded.parentIntercomId === parentIntercomId;
  return isSame ? recorded : { ...recorded, path: collection.path, parentId, parentIntercomId };
}

type LiveCollectionText = LiveCollection['texts'][string];

interface TextPart {
  drafts: readonly ChangeDraft[];
  withheld: readonly Withheld[];
  held: readonly Held[];
  recorded: readonly (readonly [string, RecordedCollectionText])[];
  isUnchanged: boolean;
}

const emptyPart: TextPart = {
  drafts: [],
  withheld: [],
  held: [],
  recorded: [],
  isUnchanged: false,
};

function decideText(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  match: CollectionMatch,
  input: PlanInput,
): TextPart {
  const live = match.live?.texts[text.locale] ?? null;
  const recorded = match.recorded?.texts[text.locale] ?? null;
  if (match.live === null) return writtenPart(collection, text, null, null, true);
  if (recorded === null) return decideUnrecorded(collection, text, match.live, live);
  return decideRecorded(collection, text, recorded, live, input);
}

/** Never recorded: new, or ours only if it says exactly the same. */
function decideUnrecorded(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  parent: LiveCollection,
  live: LiveCollectionText | null,
): TextPart {
  if (live === null || (live.title === '' && live.description === '')) {
    return writtenPart(collection, text, null, null, false);
  }
  if (!isLive(text, live)) {
    return heldPart(collection, text, {
      kind: 'ambiguous',
      reason: `its ${text.locale} text is live with other words, and the ledger does not know it`,
      hint: `kb adopt --match ${collection.id}=${parent.intercomId}`,
    });
  }
  const adopt = changeRow('collection', textOf(collection, text), {
    action: 'adopt',
    phase: 'collection',
    request: null,
    reason: 'live with the same content',
    approval: text.decision.approval,
    fields: [],
  });
  return {
    ...emptyPart,
    drafts: [adopt],
    withheld: waitingOf(collection, text),
    recorded: [[text.locale, recordCollectionText(text, live)]],
  };
}

function decideRecorded(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  recorded: RecordedCollectionText,
  live: LiveCollectionText | null,
  input: PlanInput,
): TextPart {
  const { echo } = recorded;
  const waiting = waitingOf(collection, text);
  const isDrifted =
    live === null || live.title !== echo.title || live.description !== echo.description;
  const isChanged = text.textDigest !== recorded.digest;
  const settled = { ...emptyPart, withheld: waiting, isUnchanged: waiting.length === 0 };
  if (!isDrifted) {
    return isChanged ? writtenPart(collection, text, recorded, live, false) : settled;
  }
  if (live !== null && isLive(text, live)) {
    return { ...settled, recorded: [[text.locale, recordCollectionText(text, live)]] };
  }
  if (isChanged) {
    return heldPart(collection, text, {
      kind: 'conflict',
      reason: `its ${text.locale} text was edited in Intercom, and changed here`,
      hint: 'Make both sides say the same.',
    });
  }
  if (input.config.onDrift === 'hold' || waiting.length > 0) {
    return heldPart(collection, text, {
      kind: 'drift',
      reason: `its ${text.locale} text was edited in Intercom`,
      hint: `kb pull ${collection.id} takes the words into _collection.yaml; or undo the edit in Intercom.`,
    });
  }
  return writtenPart(collection, text, recorded, live, false);
}

function isLive(text: DesiredCollectionText, live: LiveCollectionText): boolean {
  return live.title === text.title && live.description === text.description;
}

function waitingOf(collection: DesiredCollection, text: DesiredCollectionText): Withheld[] {
  return text.gates.helpCenter ? [] : [withheldText(collection, text)];
}

function heldPart(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  stop: Stop,
): TextPart {
  return { ...emptyPart, held: [heldRow(textOf(collection, text), stop)] };
}

/** The write of a text, or that it waits for its review. */
function writtenPart(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  recorded: RecordedCollectionText | null,
  live: LiveCollectionText | null,
  isCreate: boolean,
): TextPart {
  const withheld = waitingOf(collection, text);
  if (withheld.length > 0) return { ...emptyPart, withheld };
  const isRestored = recorded !== null && recorded.digest === text.textDigest;
  const before = isRestored ? live : recorded;
  const fields: FieldChange[] = [
    { name: 'title', before: before?.title ?? null, after: text.title },
    { name: 'description', before: before?.description ?? null, after: text.description },
  ].filter((field) => (field.before ?? '') !== field.after);
  const draft = changeRow('collection', textOf(collection, text), {
    action: isCreate ? 'create' : 'update',
    phase: 'collection',
    request: `collection:${collection.id}`,
    reason:
      recorded === null
        ? 'new'
        : isRestored
          ? 'restored: edited in Intercom'
          : text.decision.reason,
    approval: text.decision.approval,
    fields,
  });
  return { ...emptyPart, drafts: [draft] };
}

function moveOf(
  collection: DesiredCollection,
  { live, recorded }: CollectionMatch,
  matches: Matches,
  input: PlanInput,
): Pick<Decision, 'drafts' | 'held'> {
  if (live === null || recorded === null) return nothing;
  const subject = { ...wholeCollection(collection), title: collection.path };
  const result = decidePlacement(collection.parentId, recorded, live.parentId, matches, input);
  if (result === null) return nothing;
  if (result !== 'move') return heldAs(subject, result);
  const draft = changeRow('collection', subject, {
    action: 'move',
    phase: 'collection',
    request: `collection:${collection.id}`,
    reason: `${recorded.path} → ${collection.path}`,
    fields: [{ name: 'collection', before: recorded.parentId, after: collection.parentId }],
  });
  return { drafts: [draft], held: [] };
}

/** What keeps a collection from being written; null: nothing does. */
function collectionStop(
  collection: DesiredCollection,
  match: CollectionMatch,
  matches: Matches,
  input: PlanInput,
): Stop | null {
  if (collection.invalid !== null) {
    return {
      kind: 'invalid',
      reason: collection.invalid,
      hint: `kb check ${shellWord(collection.path)}`,
    };
  }
  if (match.how === 'ambiguous') {
    const ids = match.candidates.map((live) => live.intercomId);
    return {
      kind: 'ambiguous',
      reason: `${ids.length} collections with this title are live in the same place (${ids.join(', ')})`,
      hint: `kb adopt --match ${collection.id}=${ids[0] ?? ''}`,
    };
  }
  const isGone = match.recorded !== null && match.live === null;
  if (isGone && !input.options.recreate.includes(collection.id)) {
    return {
      kind: 'missing',
      reason: `is gone from Intercom (${match.recorded?.intercomId ?? ''})`,
      hint: `kb publish --recreate ${collection.id} creates it again; or remove its folder.`,
    };
  }
  if (!collection.texts.some((text) => text.locale === matches.defaultLocale)) {
    return {
      kind: 'no-default-locale',
      reason: `has no ${matches.defaultLocale} title, and Intercom needs one`,
      hint: `Add ${matches.defaultLocale}: { title: … } to ${collection.file}.`,
    };
  }
  return null;
}

/** Live collections nobody here knows. */
export function unmanagedCollections(
  live: readonly LiveCollection[],
  matches: Matches,
  known: ReadonlySet<string>,
): Decision['unmanaged'] {
  const matched = new Set([...matches.collections.values()].map((match) => match.live?.intercomId));
  return live
    .filter((item) => !matched.has(item.intercomId) && !known.has(item.intercomId))
    .map((item) => ({
      kind: 'collection',
      intercomId: item.intercomId,
      locale: null,
      title: item.texts[item.defaultLocale ?? matches.defaultLocale]?.title ?? '',
    }));
}

function withheldText(collection: DesiredCollection, text: DesiredCollectionText): Withheld {
  return withheldRow('collection', textOf(collection, text), text.decision.reason);
}
