import type { RecordedCollection, RecordedCollectionText } from '../model/recorded.ts';
import type { LiveCollection } from '../model/snapshot.ts';
import { collectionState } from './collection-state.ts';
import { type ChangeDraft, type Decision, nothing } from './decision.ts';
import type { DesiredCollection, DesiredCollectionText } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { CollectionMatch, Matches } from './matches.ts';
import type { FieldChange, Held, HeldKind, Withheld } from './plan.ts';
import { recordCollection, recordCollectionText } from './record.ts';

/** What becomes of one collection: the same table as for articles, with two fields and a parent. */
export function decideCollection(
  collection: DesiredCollection,
  matches: Matches,
  input: PlanInput,
): Decision {
  const match = matches.collections.get(collection.id);
  if (match === undefined) return nothing;
  const wholly = holdWholly(collection, match, matches, input);
  if (wholly !== null) return { ...nothing, held: [wholly] };
  const main = collection.texts.find((text) => text.locale === matches.defaultLocale);
  const parent = collectionState(collection.parentId, matches, input);
  if (match.live === null && parent.kind === 'held') {
    const hint = 'kb plan names what the parent waits for.';
    return {
      ...nothing,
      held: [heldOf(collection, null, 'links-to-held', parent.reason, hint)],
    };
  }
  const isWaiting = parent.kind === 'withheld' || main?.gates.helpCenter !== true;
  if (match.live === null && isWaiting) {
    return { ...nothing, withheld: collection.texts.map((text) => withheldOf(collection, text)) };
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

/** The entry with the place the collection already is at. */
function settledPlace(
  collection: DesiredCollection,
  { recorded }: CollectionMatch,
  live: LiveCollection,
  matches: Matches,
): RecordedCollection {
  if (recorded === null) return recordCollection(collection, live, {});
  const parent =
    collection.parentId === null
      ? null
      : (matches.collections.get(collection.parentId)?.live?.intercomId ?? 'new');
  const isThere = live.parentId === parent;
  const place = {
    path: collection.path,
    parentId: isThere ? collection.parentId : recorded.parentId,
    parentIntercomId: isThere ? live.parentId : recorded.parentIntercomId,
  };
  const isSettled =
    recorded.path === place.path &&
    recorded.parentId === place.parentId &&
    recorded.parentIntercomId === place.parentIntercomId;
  return isSettled ? recorded : { ...recorded, ...place };
}

interface TextPart {
  drafts: ChangeDraft[];
  withheld: Withheld[];
  held: Held[];
  recorded: (readonly [string, RecordedCollectionText])[];
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
  const isCreate = match.live === null;
  const live = match.live?.texts[text.locale] ?? null;
  const recorded = match.recorded?.texts[text.locale] ?? null;
  const waiting = text.gates.helpCenter ? [] : [withheldOf(collection, text)];
  const isLive =
    live !== null && live.title === text.title && live.description === text.description;
  const isBlank = live === null || (live.title === '' && live.description === '');
  const hold = (kind: HeldKind, reason: string, hint: string): TextPart => ({
    ...emptyPart,
    held: [heldOf(collection, text.locale, kind, reason, hint)],
  });

  if (recorded === null && !isBlank) {
    if (!isLive) {
      return hold(
        'ambiguous',
        `its ${text.locale} text is live with other words, and the ledger does not know it`,
        `kb adopt --match ${collection.id}=${match.live?.intercomId ?? ''}`,
      );
    }
    const adopt: ChangeDraft = {
      ...base(collection, text.locale, text.title),
      action: 'adopt',
      phase: 'collection',
      request: null,
      requests: 0,
      reason: 'live with the same content',
      approval: text.decision.approval,
      fields: [],
    };
    return {
      ...emptyPart,
      drafts: [adopt],
      withheld: waiting,
      recorded: [[text.locale, recordCollectionText(text, live)]],
    };
  }
  if (recorded === null) {
    if (waiting.length > 0) return { ...emptyPart, withheld: waiting };
    return { ...emptyPart, drafts: [textDraft(collection, text, null, isCreate)] };
  }
  if (isCreate) {
    if (waiting.length > 0) return { ...emptyPart, withheld: waiting };
    return { ...emptyPart, drafts: [textDraft(collection, text, null, true)] };
  }
  const isDrifted =
    live === null ||
    live.title !== recorded.echo.title ||
    live.description !== recorded.echo.description;
  const isChanged = text.textDigest !== recorded.digest;
  if (isDrifted && isLive) {
    return {
      ...emptyPart,
      withheld: waiting,
      recorded: [[text.locale, recordCollectionText(text, live)]],
      isUnchanged: waiting.length === 0,
    };
  }
  if (isDrifted && isChanged) {
    return hold(
      'conflict',
      `its ${text.locale} text was edited in Intercom, and changed here`,
      'Make both sides say the same.',
    );
  }
  if (isDrifted && (input.config.onDrift === 'hold' || waiting.length > 0)) {
    return hold(
      'drift',
      `its ${text.locale} text was edited in Intercom`,
      'Take the words into _collection.yaml, or undo the edit in Intercom.',
    );
  }
  if (!isChanged && !isDrifted) {
    return { ...emptyPart, withheld: waiting, isUnchanged: waiting.length === 0 };
  }
  if (waiting.length > 0) return { ...emptyPart, withheld: waiting };
  return { ...emptyPart, drafts: [textDraft(collection, text, recorded, false)] };
}

function textDraft(
  collection: DesiredCollection,
  text: DesiredCollectionText,
  recorded: RecordedCollectionText | null,
  isCreate: boolean,
): ChangeDraft {
  const fields: FieldChange[] = [];
  if (text.title !== recorded?.title) {
    fields.push({ name: 'title', before: recorded?.title ?? null, after: text.title });
  }
  if (text.description !== (recorded?.description ?? '')) {
    fields.push({
      name: 'description',
      before: recorded?.description ?? null,
      after: text.description,
    });
  }
  return {
    ...base(collection, text.locale, text.title),
    action: isCreate ? 'create' : 'update',
    phase: 'collection',
    request: `collection:${collection.id}`,
    requests: 1,
    reason: recorded === null ? 'new' : text.decision.reason,
    approval: text.decision.approval,
    fields,
  };
}

function moveOf(
  collection: DesiredCollection,
  match: CollectionMatch,
  matches: Matches,
  input: PlanInput,
): { drafts: ChangeDraft[]; held: Held[] } {
  const { live, recorded } = match;
  if (live === null || recorded === null) return { drafts: [], held: [] };
  const wanted =
    collection.parentId === null
      ? null
      : (matches.collections.get(collection.parentId)?.live?.intercomId ?? 'new');
  if (live.parentId === wanted) return { drafts: [], held: [] };
  const state = collectionState(collection.parentId, matches, input);
  if (state.kind === 'withheld' || state.kind === 'held') {
    const kind = state.kind === 'withheld' ? 'links-to-withheld' : 'links-to-held';
    const hint = 'It stays where it is until the collection is there.';
    return {
      drafts: [],
      held: [heldOf(collection, null, kind, `cannot move yet: ${state.reason}`, hint)],
    };
  }
  // When the collection around it was deleted there, nobody moved this one.
  const isPlaceThere = input.actual.collections.some(
    (item) => item.intercomId === recorded.parentIntercomId,
  );
  const isMovedThere =
    live.parentId !== recorded.parentIntercomId &&
    (recorded.parentIntercomId === null || isPlaceThere);
  const isMovedHere = collection.parentId !== recorded.parentId || wanted === 'new';
  if (isMovedThere && (isMovedHere || input.config.onDrift === 'hold')) {
    const kind = isMovedHere ? 'conflict' : 'drift';
    const reason = isMovedHere ? 'moved in Intercom, and here' : 'moved in Intercom';
    return {
      drafts: [],
      held: [
        heldOf(collection, null, kind, reason, 'Move the folder, or move it back in Intercom.'),
      ],
    };
  }
  const draft: ChangeDraft = {
    ...base(collection, null, collection.path),
    action: 'move',
    phase: 'collection',
    request: `collection:${collection.id}`,
    requests: 1,
    reason: `${recorded.path} → ${collection.path}`,
    approval: null,
    fields: [{ name: 'collection', before: recorded.parentId, after: collection.parentId }],
  };
  return { drafts: [draft], held: [] };
}

function holdWholly(
  collection: DesiredCollection,
  match: CollectionMatch,
  matches: Matches,
  input: PlanInput,
): Held | null {
  if (collection.invalid !== null) {
    return heldOf(collection, null, 'invalid', collection.invalid, `kb check ${collection.path}`);
  }
  if (match.how === 'ambiguous') {
    const ids = match.candidates.map((live) => live.intercomId);
    return heldOf(
      collection,
      null,
      'ambiguous',
      `${ids.length} collections with this title are live in the same place (${ids.join(', ')})`,
      `kb adopt --match ${collection.id}=${ids[0] ?? ''}`,
    );
  }
  if (
    match.recorded !== null &&
    match.live === null &&
    !input.options.recreate.includes(collection.id)
  ) {
    return heldOf(
      collection,
      null,
      'missing',
      `is gone from Intercom (${match.recorded.intercomId})`,
      `kb publish --recreate ${collection.id} creates it again; or remove its folder.`,
    );
  }
  if (!collection.texts.some((text) => text.locale === matches.defaultLocale)) {
    return heldOf(
      collection,
      null,
      'no-default-locale',
      `has no ${matches.defaultLocale} title, and Intercom needs one`,
      `Add ${matches.defaultLocale}: { title: … } to ${collection.file}.`,
    );
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

function base(
  collection: DesiredCollection,
  locale: string | null,
  title: string,
): Pick<ChangeDraft, 'kind' | 'id' | 'locale' | 'path' | 'title'> {
  return { kind: 'collection', id: collection.id, locale, path: collection.path, title };
}

function withheldOf(collection: DesiredCollection, text: DesiredCollectionText): Withheld {
  return {
    kind: 'collection',
    id: collection.id,
    locale: text.locale,
    reason: text.decision.reason,
    path: collection.path,
    title: text.title,
  };
}

function heldOf(
  collection: DesiredCollection,
  locale: string | null,
  kind: HeldKind,
  reason: string,
  hint: string,
): Held {
  return {
    id: collection.id,
    locale,
    kind,
    reason,
    hint,
    path: collection.path,
    title: collection.texts[0]?.title ?? collection.path,
  };
}
