import type { Recorded, RecordedArticle, RecordedTranslation } from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation, Snapshot } from '../model/snapshot.ts';
import { driftedFields, echoOf, sameAvailability } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { IntendedText, Intent, Journal } from './ports.ts';
import { visibleTextHash } from './resolve.ts';

/**
 * The recorded state after an interrupted run, as far as reading tells: what the run announced and
 * made, but got no answer for. Content taken over this way is recorded as unknown, so the next plan
 * writes it in full rather than trusting half a run.
 */
export function recovered(recorded: Recorded, journal: Journal | null, actual: Snapshot): Recorded {
  if (journal === null || journal.intents.length === 0) return recorded;
  const known = new Set([
    ...Object.values(recorded.articles).map((article) => article.intercomId),
    ...Object.values(recorded.tombstones.articles).map((stone) => stone.last.intercomId),
  ]);
  const knownCollections = new Set(
    Object.values(recorded.collections).map((collection) => collection.intercomId),
  );
  const articles: Record<string, RecordedArticle> = { ...recorded.articles };
  const collections: Record<string, Recorded['collections'][string]> = { ...recorded.collections };

  for (const intent of journal.intents) {
    if (intent.kind === 'collection' && intent.intercomId === null && !(intent.id in collections)) {
      const made = actual.collections.filter(
        (live) =>
          !knownCollections.has(live.intercomId) &&
          live.createdAt >= journal.serverTime &&
          hasTitle(live.texts, intent),
      );
      const [live] = made;
      if (live === undefined || made.length > 1) continue;
      collections[intent.id] = {
        intercomId: live.intercomId,
        path: intent.id,
        parentId: null,
        parentIntercomId: live.parentId,
        texts: {},
      };
    } else if (
      intent.kind === 'article' &&
      intent.intercomId === null &&
      !(intent.id in articles)
    ) {
      const made = actual.articles.filter(
        (live) =>
          !known.has(live.intercomId) &&
          live.createdAt >= journal.serverTime &&
          hasTitle(live.translations, intent),
      );
      const [live] = made;
      if (live !== undefined && made.length === 1) articles[intent.id] = takenOver(intent, live);
    } else if (intent.kind === 'article' && intent.intercomId !== null) {
      const live = actual.articles.find((item) => item.intercomId === intent.intercomId);
      const entry = articles[intent.id];
      if (live === undefined || entry === undefined || live.updatedAt < journal.serverTime)
        continue;
      articles[intent.id] = withSentEchoes(entry, intent, live);
    }
  }
  return { ...recorded, articles, collections };
}

function hasTitle(texts: Readonly<Record<string, { title: string }>>, intent: Intent): boolean {
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

/**
 * An announced update that reached the service, recognised by what it sent. Anything else that
 * changed meanwhile is somebody's edit, and stays a conflict.
 */
function withSentEchoes(
  entry: RecordedArticle,
  intent: Intent,
  live: LiveArticle,
): RecordedArticle {
  const translations = { ...entry.translations };
  for (const [locale, sent] of Object.entries(intent.texts)) {
    const text = live.translations[locale];
    if (text === undefined) continue;
    const known = translations[locale];
    if (sent.body === null) {
      if (known !== undefined && isOnlyStateChanged(text, known, sent)) {
        const { publication, availability } = text;
        translations[locale] = { ...known, publication, availability, echo: echoOf(text) };
      }
    } else if (sent.title === text.title && sent.body === visibleTextHash(text.body)) {
      const approval = known?.approval ?? null;
      translations[locale] = { ...recordUnknownTranslation(text), approval };
    }
  }
  return { ...entry, translations };
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
