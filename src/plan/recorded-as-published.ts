import { headingId } from '../model/address.ts';
import type { WorkspaceConfig } from '../model/config.ts';
import {
  emptyRecorded,
  type Recorded,
  type RecordedArticle,
  type RecordedTranslation,
} from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import type { Addresses } from './addresses.ts';
import { assumedAddress, named, unreadArticle, unreadCollection, unreadText } from './assumed.ts';
import type { Desired, DesiredArticle } from './desired.ts';
import {
  gatedAvailability,
  recordArticle,
  recordCollection,
  recordCollectionText,
  recordTranslation,
} from './record.ts';

/**
 * What the ledger would hold had this content just been published, as far as it is approved: what a
 * change is compared with where there is no ledger.
 */
export function recordedAsPublished(desired: Desired, workspace: WorkspaceConfig): Recorded {
  const isOut = (article: DesiredArticle): boolean =>
    article.translations.some((text) => text.gates.helpCenter);
  const articles = desired.articles.filter(isOut);
  const ids = new Set(articles.map(({ id }) => id));
  const addresses: Addresses = {
    helpCenterUrl: '',
    intercomId: (id) => (ids.has(id) ? id : null),
    headingId: (articleId, _locale, anchor) => headingId(articleId, anchor),
    asset: assumedAddress,
  };
  const publicOnes = articles.filter(({ visibility }) => visibility !== 'internal');
  return {
    ...emptyRecorded,
    assets: Object.fromEntries(
      [...desired.assets.keys()].map((hash) => [hash, { url: assumedAddress(hash), stored: null }]),
    ),
    workspace: {
      id: workspace.workspaceId ?? 'unknown',
      region: workspace.region,
      helpCenterId: workspace.helpCenter,
    },
    collections: Object.fromEntries(
      desired.collections.map((collection) => {
        const texts = collection.texts.map(
          (text) => [text.locale, recordCollectionText(text, text)] as const,
        );
        const entry = recordCollection(
          collection,
          { ...unreadCollection, intercomId: collection.id, parentId: collection.parentId },
          Object.fromEntries(texts),
        );
        return [collection.id, entry];
      }),
    ),
    articles: Object.fromEntries(
      publicOnes.map((article) => [article.id, publishedArticle(article, addresses)]),
    ),
    internals: Object.fromEntries(
      articles
        .filter(({ visibility }) => visibility === 'internal')
        .map((article) => [
          article.id,
          { path: article.path, texts: internalTexts(article, addresses) },
        ]),
    ),
  };
}

function publishedArticle(article: DesiredArticle, addresses: Addresses): RecordedArticle {
  const live: LiveArticle = {
    ...unreadArticle,
    intercomId: article.id,
    parentId: article.collectionId,
    tags: named(article.tags ?? []),
  };
  return recordArticle(article, live, entriesOf(article, addresses));
}

function entriesOf(
  article: DesiredArticle,
  addresses: Addresses,
): Record<string, RecordedTranslation> {
  return Object.fromEntries(
    article.translations
      .filter((text) => text.gates.helpCenter)
      .map((text) => {
        const live: LiveTranslation = {
          ...unreadText,
          locale: text.locale,
          title: text.title,
          description: text.description,
          publication: text.publication,
          availability: gatedAvailability(text),
        };
        return [text.locale, recordTranslation(text, live, addresses, null)];
      }),
  );
}

function internalTexts(article: DesiredArticle, addresses: Addresses) {
  return Object.fromEntries(
    Object.entries(entriesOf(article, addresses)).map(([locale, entry]) => [
      locale,
      { intercomId: `${article.id} ${locale}`, entry },
    ]),
  );
}
