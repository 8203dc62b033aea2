import type { Recorded, RecordedArticle, RecordedInternal } from '../model/recorded.ts';
import type {
  LiveArticle,
  LiveCollection,
  LiveInternal,
  LiveRedirect,
  Snapshot,
} from '../model/snapshot.ts';
import { storedTree } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { IntendedText, Intent, Journal } from './ports.ts';
import { recognisedArticle, recognisedCollection, recognisedText } from './recognise.ts';
import { lettersHash } from './resolve.ts';

/**
 * The recorded state after an interrupted run, as far as reading tells: what the run announced and
 * made, but got no answer for. Content taken over this way is recorded as unknown, so the next plan
 * writes it in full rather than trusting half a run.
 */
export function recovered(recorded: Recorded, journal: Journal | null, actual: Snapshot): Recorded {
  if (journal === null || journal.intents.length === 0) return recorded;
  const live = indexed(actual, journal.serverTime);
  const known = knownIds(recorded);
  const state: State = {
    ...recorded,
    collections: { ...recorded.collections },
    articles: { ...recorded.articles },
    internals: { ...recorded.internals },
    redirects: { ...recorded.redirects },
  };
  // Collections first: where an article was moved to is known by them.
  for (const intent of journal.intents) {
    if (intent.kind === 'collection') recoverCollection(intent, state, live, known);
  }
  for (const intent of journal.intents) {
    switch (intent.kind) {
      case 'collection':
        break;
      case 'article':
        recoverArticle(intent, state, live, known);
        break;
      case 'internal':
        recoverInternal(intent, state, live, known);
        break;
      case 'redirect':
        recoverRedirect(intent, state, live);
        break;
    }
  }
  return state;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** The recorded state as it is being completed: copies of its maps, which may be written. */
interface State extends Recorded {
  collections: Mutable<Recorded['collections']>;
  articles: Mutable<Recorded['articles']>;
  internals: Mutable<Recorded['internals']>;
  redirects: Mutable<Recorded['redirects']>;
}

/** Intercom ids that belong to something of ours. */
interface KnownIds {
  collections: Set<string>;
  articles: Set<string>;
  internals: Set<string>;
}

function knownIds(recorded: Recorded): KnownIds {
  const ids = (entries: readonly { intercomId: string }[]) =>
    new Set(entries.map((entry) => entry.intercomId));
  return {
    collections: ids(Object.values(recorded.collections)),
    articles: ids([
      ...Object.values(recorded.articles),
      ...Object.values(recorded.tombstones.articles).map((stone) => stone.last),
    ]),
    internals: ids(
      Object.values(recorded.internals).flatMap((internal) => Object.values(internal.texts)),
    ),
  };
}

/** What is live, by id; and what was made or changed since the run began. */
interface Live {
  since: number;
  collections: ReadonlyMap<string, LiveCollection>;
  articles: ReadonlyMap<string, LiveArticle>;
  internals: ReadonlyMap<string, LiveInternal>;
  redirects: ReadonlyMap<string, LiveRedirect>;
  /** Made since, by each of their titles. */
  newCollections: ReadonlyMap<string, LiveCollection[]>;
  newArticles: ReadonlyMap<string, LiveArticle[]>;
  newInternals: ReadonlyMap<string, LiveInternal[]>;
}

function indexed(actual: Snapshot, since: number): Live {
  const byId = <T extends { intercomId: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.intercomId, item]));
  return {
    since,
    collections: byId(actual.collections),
    articles: byId(actual.articles),
    internals: byId(actual.internals),
    redirects: new Map(actual.redirects.map((redirect) => [redirect.fromUrl, redirect])),
    newCollections: newByTitle(actual.collections, since, (item) => Object.values(item.texts)),
    newArticles: newByTitle(actual.articles, since, (item) => Object.values(item.translations)),
    newInternals: newByTitle(actual.internals, since, (item) => [item.text]),
  };
}

function newByTitle<T extends { createdAt: number }>(
  items: readonly T[],
  since: number,
  textsOf: (item: T) => readonly { title: string }[],
): Map<string, T[]> {
  const byTitle = new Map<string, T[]>();
  for (const item of items) {
    if (item.createdAt < since) continue;
    for (const title of new Set(textsOf(item).map((text) => text.title))) {
      const same = byTitle.get(title) ?? [];
      same.push(item);
      byTitle.set(title, same);
    }
  }
  return byTitle;
}

/** The only new item of a title that is meant and that nobody knows; null when there is none, or several. */
function onlyNew<T extends { intercomId: string }>(
  items: ReadonlyMap<string, readonly T[]>,
  title: string,
  known: ReadonlySet<string>,
  isMeant: (item: T) => boolean = () => true,
): T | null {
  const made = (items.get(title) ?? []).filter(
    (item) => !known.has(item.intercomId) && isMeant(item),
  );
  return made.length === 1 ? (made[0] ?? null) : null;
}

const firstTitle = (intent: Intent) => Object.values(intent.texts)[0]?.title ?? '';

function recoverCollection(intent: Intent, state: State, live: Live, known: KnownIds): void {
  const entry = state.collections[intent.id];
  const there = entry === undefined ? undefined : live.collections.get(entry.intercomId);
  if (entry !== undefined && there !== undefined) {
    state.collections[intent.id] = recognisedCollection(entry, there, intent, state.collections);
    return;
  }
  if (intent.intercomId !== null) return;
  const made = onlyNew(live.newCollections, firstTitle(intent), known.collections, (item) =>
    hasTitles(item.texts, intent),
  );
  if (made === null) return;
  known.collections.add(made.intercomId);
  state.collections[intent.id] = {
    intercomId: made.intercomId,
    path: intent.id,
    parentId: null,
    parentIntercomId: made.parentId,
    texts: {},
  };
}

function recoverArticle(intent: Intent, state: State, live: Live, known: KnownIds): void {
  const entry = state.articles[intent.id];
  // What is recorded may be the one that was gone, and that this run made anew.
  const there = entry === undefined ? undefined : live.articles.get(entry.intercomId);
  if (entry !== undefined && there !== undefined) {
    if (intent.intercomId !== there.intercomId || there.updatedAt < live.since) return;
    state.articles[intent.id] = recognisedArticle(entry, there, intent, state.collections);
    return;
  }
  if (intent.intercomId !== null) return;
  const made = onlyNew(
    live.newArticles,
    firstTitle(intent),
    known.articles,
    (item) => hasTitles(item.translations, intent) && hasLetters(item, intent),
  );
  if (made === null) return;
  known.articles.add(made.intercomId);
  state.articles[intent.id] = takenOver(intent, made);
}

function recoverInternal(intent: Intent, state: State, live: Live, known: KnownIds): void {
  const [text] = Object.entries(intent.texts);
  if (text === undefined) return;
  const [locale, sent] = text;
  const texts = state.internals[intent.id]?.texts ?? {};
  const found = recoveredInternal(locale, sent, intent, texts[locale], live, known);
  if (found === null) return;
  state.internals[intent.id] = { path: intent.id, texts: { ...texts, [locale]: found } };
}

type InternalText = RecordedInternal['texts'][string];

function recoveredInternal(
  locale: string,
  sent: IntendedText,
  intent: Intent,
  before: InternalText | undefined,
  live: Live,
  known: KnownIds,
): InternalText | null {
  const there = before === undefined ? undefined : live.internals.get(before.intercomId);
  if (before !== undefined && there !== undefined) {
    if (there.updatedAt < live.since) return null;
    const entry = recognisedText(sent, { ...there.text, locale }, before.entry);
    return entry === null ? null : { ...before, entry };
  }
  if (intent.intercomId !== null && before === undefined) return null;
  const made = onlyNew(live.newInternals, sent.title, known.internals);
  if (made === null) return null;
  known.internals.add(made.intercomId);
  return {
    intercomId: made.intercomId,
    entry: recordUnknownTranslation({ ...made.text, locale }),
  };
}

/** Deleted to be created anew, and then the run ended: gone by us, so it is not missed. */
function recoverRedirect(intent: Intent, state: State, live: Live): void {
  const known = state.redirects[intent.id];
  const isOurs = known !== undefined && known.intercomId === intent.intercomId;
  if (isOurs && !live.redirects.has(intent.id)) delete state.redirects[intent.id];
}

function hasTitles(texts: Readonly<Record<string, { title: string }>>, intent: Intent): boolean {
  return Object.entries(intent.texts).every(
    ([locale, { title }]) => texts[locale]?.title === title,
  );
}

/** Somebody may have made an article of the same title meanwhile: its text tells. */
function hasLetters(live: LiveArticle, intent: Intent): boolean {
  return Object.entries(intent.texts).every(
    ([locale, { letters }]) =>
      letters === undefined ||
      letters === lettersHash(storedTree(live.translations[locale]?.body ?? '')),
  );
}

function takenOver(intent: Intent, live: LiveArticle): RecordedArticle {
  return {
    intercomId: live.intercomId,
    path: intent.id,
    collectionId: null,
    parentIntercomId: live.parentId,
    authorId: live.authorId,
    tags: null,
    visibility: 'public',
    finAudiences: [],
    translations: Object.fromEntries(
      Object.keys(intent.texts).flatMap((locale) => {
        const text = live.translations[locale];
        return text === undefined ? [] : [[locale, recordUnknownTranslation(text)] as const];
      }),
    ),
  };
}
