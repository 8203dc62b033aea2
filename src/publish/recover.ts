import type {
  Recorded,
  RecordedArticle,
  RecordedCollection,
  RecordedInternal,
  RecordedTranslation,
} from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation, Snapshot } from '../model/snapshot.ts';
import { driftedFields, echoOf, sameAvailability, storedTree } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { IntendedText, Intent, Journal } from './ports.ts';
import { lettersHash, visibleTextHash } from './resolve.ts';

/**
 * The recorded state after an interrupted run, as far as reading tells: what the run announced and
 * made, but got no answer for. Content taken over this way is recorded as unknown, so the next plan
 * writes it in full rather than trusting half a run.
 */
export function recovered(recorded: Recorded, journal: Journal | null, actual: Snapshot): Recorded {
  return (journal?.intents ?? []).reduce((state, intent) => {
    const since = journal?.serverTime ?? 0;
    switch (intent.kind) {
      case 'collection':
        return withCollection(state, intent, actual, since);
      case 'article':
        return intent.intercomId === null
          ? withCreatedArticle(state, intent, actual, since)
          : withUpdatedArticle(state, intent, actual, since);
      case 'internal':
        return withInternal(state, intent, actual, since);
      case 'redirect':
        return withoutRedirect(state, intent, actual);
    }
  }, recorded);
}

/** The only item that was made since and that nobody knows; null when there is none, or several. */
function onlyNew<T extends { intercomId: string; createdAt: number }>(
  items: readonly T[],
  knownIds: () => readonly string[],
  since: number,
  isMeant: (item: T) => boolean,
): T | null {
  const meant = items.filter((item) => item.createdAt >= since && isMeant(item));
  if (meant.length === 0) return null;
  const known = new Set(knownIds());
  const made = meant.filter((item) => !known.has(item.intercomId));
  return made.length === 1 ? (made[0] ?? null) : null;
}

function withCollection(
  recorded: Recorded,
  intent: Intent,
  actual: Snapshot,
  since: number,
): Recorded {
  const there = recorded.collections[intent.id]?.intercomId;
  if (intent.intercomId !== null) return recorded;
  if (actual.collections.some((live) => live.intercomId === there)) return recorded;
  const known = () => Object.values(recorded.collections).map((entry) => entry.intercomId);
  const live = onlyNew(actual.collections, known, since, (item) => hasTitles(item.texts, intent));
  if (live === null) return recorded;
  const entry: RecordedCollection = {
    intercomId: live.intercomId,
    path: intent.id,
    parentId: null,
    parentIntercomId: live.parentId,
    texts: {},
  };
  return { ...recorded, collections: { ...recorded.collections, [intent.id]: entry } };
}

function withCreatedArticle(
  recorded: Recorded,
  intent: Intent,
  actual: Snapshot,
  since: number,
): Recorded {
  const entry = recorded.articles[intent.id];
  // What is recorded may be the one that was gone, and that this run made anew.
  if (actual.articles.some((live) => live.intercomId === entry?.intercomId)) return recorded;
  const known = () => [
    ...Object.values(recorded.articles).map((entry) => entry.intercomId),
    ...Object.values(recorded.tombstones.articles).map((stone) => stone.last.intercomId),
  ];
  const live = onlyNew(
    actual.articles,
    known,
    since,
    (item) => hasTitles(item.translations, intent) && hasLetters(item, intent),
  );
  if (live === null) return recorded;
  return {
    ...recorded,
    articles: { ...recorded.articles, [intent.id]: takenOver(intent, live) },
  };
}

/** Somebody may have made an article of the same title meanwhile: its text tells. */
function hasLetters(live: LiveArticle, intent: Intent): boolean {
  return Object.entries(intent.texts).every(
    ([locale, { letters }]) =>
      letters === undefined ||
      letters === lettersHash(storedTree(live.translations[locale]?.body ?? '')),
  );
}

/**
 * An announced update that reached the service, recognised by what it sent. Anything else that
 * changed meanwhile is somebody's edit, and stays a conflict.
 */
function withUpdatedArticle(
  recorded: Recorded,
  intent: Intent,
  actual: Snapshot,
  since: number,
): Recorded {
  const live = actual.articles.find((item) => item.intercomId === intent.intercomId);
  const entry = recorded.articles[intent.id];
  if (live === undefined || entry === undefined || live.updatedAt < since) return recorded;
  const translations = { ...entry.translations };
  for (const [locale, sent] of Object.entries(intent.texts)) {
    const text = live.translations[locale];
    const known = entry.translations[locale] ?? null;
    const recognised = text === undefined ? null : sentEntry(sent, text, known);
    if (recognised !== null) translations[locale] = recognised;
  }
  return {
    ...recorded,
    articles: { ...recorded.articles, [intent.id]: { ...entry, translations } },
  };
}

function withInternal(
  recorded: Recorded,
  intent: Intent,
  actual: Snapshot,
  since: number,
): Recorded {
  const [text] = Object.entries(intent.texts);
  if (text === undefined) return recorded;
  const [locale, sent] = text;
  const texts = recorded.internals[intent.id]?.texts ?? {};
  const found =
    intent.intercomId === null
      ? createdInternal(locale, sent, texts, recorded, actual, since)
      : updatedInternal(locale, sent, texts, actual, since);
  if (found === null) return recorded;
  const entry = { path: intent.id, texts: { ...texts, [locale]: found } };
  return { ...recorded, internals: { ...recorded.internals, [intent.id]: entry } };
}

/** Deleted to be created anew, and then the run ended: gone by us, so it is not missed. */
function withoutRedirect(recorded: Recorded, intent: Intent, actual: Snapshot): Recorded {
  const { [intent.id]: known, ...redirects } = recorded.redirects;
  const isThere = actual.redirects.some((live) => live.fromUrl === intent.id);
  if (isThere || known === undefined || known.intercomId !== intent.intercomId) return recorded;
  return { ...recorded, redirects };
}

type InternalText = RecordedInternal['texts'][string];

function createdInternal(
  locale: string,
  sent: IntendedText,
  texts: RecordedInternal['texts'],
  recorded: Recorded,
  actual: Snapshot,
  since: number,
): InternalText | null {
  if (texts[locale] !== undefined) return null;
  const known = () =>
    Object.values(recorded.internals).flatMap((internal) =>
      Object.values(internal.texts).map((item) => item.intercomId),
    );
  const live = onlyNew(actual.internals, known, since, (item) => item.text.title === sent.title);
  if (live === null) return null;
  const entry = recordUnknownTranslation({ ...live.text, locale });
  return { intercomId: live.intercomId, entry };
}

function updatedInternal(
  locale: string,
  sent: IntendedText,
  texts: RecordedInternal['texts'],
  actual: Snapshot,
  since: number,
): InternalText | null {
  const before = texts[locale];
  const live = actual.internals.find((item) => item.intercomId === before?.intercomId);
  if (live === undefined || before === undefined || live.updatedAt < since) return null;
  const entry = sentEntry(sent, { ...live.text, locale }, before.entry);
  return entry === null ? null : { ...before, entry };
}

function hasTitles(texts: Readonly<Record<string, { title: string }>>, intent: Intent): boolean {
  return Object.entries(intent.texts).every(
    ([locale, { title }]) => texts[locale]?.title === title,
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

/** The entry of a text that is live as it was announced; null when it says something else. */
function sentEntry(
  sent: IntendedText,
  live: LiveTranslation,
  known: RecordedTranslation | null,
): RecordedTranslation | null {
  if (sent.body === null) {
    if (known === null || !isOnlyStateChanged(live, known, sent)) return null;
    const { publication, availability } = live;
    return { ...known, publication, availability, echo: echoOf(live) };
  }
  if (sent.title !== live.title || sent.body !== visibleTextHash(live.body)) return null;
  return { ...recordUnknownTranslation(live), approval: known?.approval ?? null };
}

function isOnlyStateChanged(
  live: LiveTranslation,
  known: RecordedTranslation,
  sent: IntendedText,
): boolean {
  const text = driftedFields(live, known.echo).filter(
    (field) => field !== 'publication' && field !== 'fin',
  );
  return (
    text.length === 0 &&
    live.publication === (sent.publication ?? known.publication) &&
    sameAvailability(live.availability, sent.availability ?? known.availability)
  );
}
