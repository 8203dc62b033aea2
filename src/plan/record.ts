import type { Publication } from '../model/article.ts';
import type { Availability } from '../model/config.ts';
import { both, nobody } from '../model/config.ts';
import { digestOf } from '../model/hash.ts';
import type {
  RecordedArticle,
  RecordedCollection,
  RecordedCollectionText,
  RecordedTranslation,
} from '../model/recorded.ts';
import { unknownDigest } from '../model/recorded.ts';
import type { LiveArticle, LiveCollection, LiveTranslation } from '../model/snapshot.ts';
import { type Addresses, addressesDigest } from './addresses.ts';
import type {
  DesiredArticle,
  DesiredCollection,
  DesiredCollectionText,
  DesiredTranslation,
} from './desired.ts';
import { echoOf } from './live.ts';
import { anchorsOf } from './matches.ts';

/** The digest by which a changed body is noticed. */
export function bodyDigest(text: DesiredTranslation): string {
  return digestOf(text.body);
}

/** What the AI may get of a text: the writer's wants, or nothing where the gate is closed. */
export function gatedAvailability(text: DesiredTranslation): Availability {
  return text.gates.ai ? text.fin : nobody;
}

/**
 * The ledger's entry of a text that is live as we want it.
 * @param live as the service answered; publication and availability are recorded as answered, so that
 *   a value the service did not take is planned again.
 */
export function recordTranslation(
  text: DesiredTranslation,
  live: LiveTranslation,
  addresses: Addresses,
  commit: string | null,
): RecordedTranslation {
  return {
    articleDigest: text.articleDigest,
    textDigest: text.textDigest,
    title: text.title,
    description: text.description,
    bodyDigest: bodyDigest(text),
    publication: live.publication,
    availability: live.availability,
    addresses: addressesDigest(text, addresses),
    anchors: Object.fromEntries(anchorsOf(text.outline, live.body)),
    approval: text.gates.helpCenter ? text.decision.approval : null,
    commit,
    echo: echoOf(live),
  };
}

/** The entry of a text that a person matched, with whatever is live: git counts as changed. */
export function recordUnknownTranslation(live: LiveTranslation): RecordedTranslation {
  return {
    articleDigest: unknownDigest,
    textDigest: unknownDigest,
    title: live.title,
    description: live.description,
    bodyDigest: unknownDigest,
    publication: live.publication,
    availability: live.availability,
    addresses: unknownDigest,
    anchors: {},
    approval: null,
    commit: null,
    echo: echoOf(live),
  };
}

/** The ledger's entry of an article, with the given texts. */
export function recordArticle(
  article: DesiredArticle,
  live: LiveArticle,
  translations: Readonly<Record<string, RecordedTranslation>>,
): RecordedArticle {
  return {
    intercomId: live.intercomId,
    path: article.path,
    collectionId: article.collectionId,
    parentIntercomId: live.parentId,
    authorId: live.authorId,
    tags: live.tags.map((tag) => tag.name).sort(),
    visibility: article.visibility,
    finAudiences: article.finAudiences,
    translations,
  };
}

export function recordCollectionText(
  text: DesiredCollectionText,
  live: { title: string; description: string },
): RecordedCollectionText {
  return {
    digest: text.textDigest,
    title: text.title,
    description: text.description,
    echo: { title: live.title, description: live.description },
    approval: text.gates.helpCenter ? text.decision.approval : null,
  };
}

export function recordCollection(
  collection: DesiredCollection,
  live: LiveCollection,
  texts: Readonly<Record<string, RecordedCollectionText>>,
): RecordedCollection {
  return {
    intercomId: live.intercomId,
    path: collection.path,
    parentId: collection.parentId,
    parentIntercomId: live.parentId,
    texts,
  };
}

/** What a withheld text may still lose without a review: publication and AI. */
export function withdrawn(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  opensAi: boolean,
): { publication: Publication; availability: Availability } {
  return {
    publication: text.publication === 'draft' ? 'draft' : recorded.publication,
    availability: opensAi ? both(recorded.availability, text.fin) : nobody,
  };
}
