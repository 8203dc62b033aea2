import {
  type RecordedArticle,
  type RecordedCollection,
  type RecordedTranslation,
  unknownDigest,
} from '../model/recorded.ts';
import type { LiveArticle, LiveCollection, LiveTranslation } from '../model/snapshot.ts';
import { driftedFields, echoOf, sameAvailability } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { IntendedText, Intent } from './ports.ts';
import { visibleTextHash } from './resolve.ts';

/**
 * The entry of a text that changed exactly as it was announced; null when nothing did, or when
 * something else did too: that is somebody's edit, and stays one.
 */
export function recognisedText(
  sent: IntendedText,
  live: LiveTranslation,
  known: RecordedTranslation | null,
): RecordedTranslation | null {
  if (known === null) {
    const isSent = sent.body !== null && sent.title === live.title && isBody(sent, live);
    return isSent ? recordUnknownTranslation(live) : null;
  }
  const drifted = driftedFields(live, known.echo);
  if (drifted.length === 0) return null;
  const isAnnounced = drifted.every((field) => {
    switch (field) {
      case 'title':
        return live.title === sent.title;
      case 'description':
        return live.description === sent.description;
      case 'body':
        return isBody(sent, live);
      case 'publication':
        return live.publication === sent.publication;
      case 'fin':
        return sent.availability !== null && sameAvailability(live.availability, sent.availability);
    }
  });
  if (!isAnnounced) return null;
  const { publication, availability } = live;
  const isStateOnly = drifted.every((field) => field === 'publication' || field === 'fin');
  if (isStateOnly && sent.body === null) {
    return { ...known, publication, availability, echo: echoOf(live) };
  }
  return { ...recordUnknownTranslation(live), approval: known.approval };
}

function isBody(sent: IntendedText, live: LiveTranslation): boolean {
  return sent.body !== null && sent.body === visibleTextHash(live.body);
}

/**
 * The place, author and texts of an article as announced, where they are so by now.
 * @param collections what is recorded of collections, those of the interrupted run included
 */
export function recognisedArticle(
  entry: RecordedArticle,
  live: LiveArticle,
  intent: Intent,
  collections: Readonly<Record<string, RecordedCollection>>,
): RecordedArticle {
  const texts = Object.entries(intent.texts).flatMap(([locale, sent]) => {
    const text = live.translations[locale];
    const known = entry.translations[locale] ?? null;
    const recognised = text === undefined ? null : recognisedText(sent, text, known);
    return recognised === null ? [] : [[locale, recognised] as const];
  });
  const place = recognisedPlace(intent, live.parentId, collections);
  const isAuthor = intent.authorId !== undefined && live.authorId === intent.authorId;
  return {
    ...entry,
    ...(place === null ? {} : { collectionId: place, parentIntercomId: live.parentId }),
    ...(isAuthor ? { authorId: live.authorId } : {}),
    translations: { ...entry.translations, ...Object.fromEntries(texts) },
  };
}

/** A collection with the words and the place that were announced, where it has them by now. */
export function recognisedCollection(
  entry: RecordedCollection,
  live: LiveCollection,
  intent: Intent,
  collections: Readonly<Record<string, RecordedCollection>>,
): RecordedCollection {
  const texts = Object.entries(intent.texts).flatMap(([locale, sent]) => {
    const text = live.texts[locale];
    if (text?.title !== sent.title || text.description !== sent.description) return [];
    const approval = entry.texts[locale]?.approval ?? null;
    return [[locale, { ...text, digest: unknownDigest, echo: text, approval }] as const];
  });
  const place = recognisedPlace(intent, live.parentId, collections);
  return {
    ...entry,
    ...(place === null ? {} : { parentId: place, parentIntercomId: live.parentId }),
    texts: { ...entry.texts, ...Object.fromEntries(texts) },
  };
}

/** Our id of the collection that was announced, if it stands there now; null: it does not, or none was. */
function recognisedPlace(
  { collectionId }: Intent,
  parentId: string | null,
  collections: Readonly<Record<string, RecordedCollection>>,
): string | null {
  if (collectionId === undefined || collectionId === null) return null;
  return collections[collectionId]?.intercomId === parentId ? collectionId : null;
}
