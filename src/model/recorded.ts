import type { Publication, Visibility } from './article.ts';
import type { Availability, Region } from './config.ts';
import type { Approval } from './review.ts';

/** What the ledger holds of one workspace: what we sent, and what the service answered. */
export interface Recorded {
  format: 1;
  workspace: { id: string; region: Region; helpCenterId: string | null } | null;
  collections: Readonly<Record<string, RecordedCollection>>;
  articles: Readonly<Record<string, RecordedArticle>>;
  /** Articles for teammates, by our id: one Intercom article for each locale. */
  internals: Readonly<Record<string, RecordedInternal>>;
  /** By the old address. */
  redirects: Readonly<Record<string, RecordedRedirect>>;
  /** Asset hash → the address it was sent as. */
  assets: Readonly<Record<string, RecordedAsset>>;
  /** Items that were removed: their Intercom ids are used again when they reappear. */
  tombstones: {
    collections: Readonly<Record<string, Tombstone<RecordedCollection>>>;
    articles: Readonly<Record<string, Tombstone<RecordedArticle>>>;
  };
}

export interface RecordedInternal {
  path: string;
  texts: Readonly<Record<string, { intercomId: string; entry: RecordedTranslation }>>;
}

export interface RecordedRedirect {
  intercomId: string;
  articleId: string;
  locale: string;
}

export interface RecordedAsset {
  url: string;
  /** The address the service stores it at, without query; null until seen in an echo. */
  stored: string | null;
}

/** What was removed, as it was left: when it reappears, the ordinary rows of the table apply. */
export interface Tombstone<T> {
  /** ISO date. */
  on: string;
  deleted: boolean;
  last: T;
}

export interface RecordedCollection {
  intercomId: string;
  path: string;
  /** Our id of the parent, and the service's as answered. */
  parentId: string | null;
  parentIntercomId: string | null;
  texts: Readonly<Record<string, RecordedCollectionText>>;
}

export interface RecordedCollectionText {
  digest: string;
  /** As sent. */
  title: string;
  description: string;
  /** As answered. */
  echo: { title: string; description: string };
  approval: Approval | null;
}

export interface RecordedArticle {
  intercomId: string;
  path: string;
  collectionId: string | null;
  /** As answered. */
  parentIntercomId: string | null;
  authorId: string | null;
  tags: readonly string[] | null;
  visibility: Visibility;
  finAudiences: readonly string[];
  translations: Readonly<Record<string, RecordedTranslation>>;
}

export interface RecordedTranslation {
  articleDigest: string;
  textDigest: string;
  title: string;
  description: string;
  /** Hash of the body's tree, so that only changed fields are sent. */
  bodyDigest: string;
  publication: Publication;
  /** As sent: after the gate. */
  availability: Availability;
  /** Hash of the addresses that the body's links and images had when it was sent. */
  addresses: string;
  /** Anchor → heading id as stored. */
  anchors: Readonly<Record<string, string>>;
  approval: Approval | null;
  /** Commit the content came from, where there is git. */
  commit: string | null;
  echo: Echo;
}

/** What the service answered after our last write, in canonical form. */
export interface Echo {
  title: string;
  description: string;
  /** Hash of the canonical tree. */
  body: string;
  /** Hash of the stored HTML without signatures: equal means equal, different says nothing. */
  raw: string;
  publication: Publication;
  availability: Availability;
}

/** The digest of a text that was taken over without being known: equal to nothing. */
export const unknownDigest = 'unknown';

/** A change of the recorded state by one write: values replace, null removes. */
export interface LedgerPatch {
  /** The intent it answers; null for what had none. */
  key: string | null;
  workspace?: Recorded['workspace'];
  articles?: Readonly<Record<string, RecordedArticle | null>>;
  collections?: Readonly<Record<string, RecordedCollection | null>>;
  internals?: Readonly<Record<string, RecordedInternal | null>>;
  redirects?: Readonly<Record<string, RecordedRedirect | null>>;
  assets?: Readonly<Record<string, RecordedAsset>>;
  articleTombstones?: Readonly<Record<string, Tombstone<RecordedArticle> | null>>;
  collectionTombstones?: Readonly<Record<string, Tombstone<RecordedCollection> | null>>;
}

export const emptyRecorded: Recorded = {
  format: 1,
  workspace: null,
  collections: {},
  articles: {},
  internals: {},
  redirects: {},
  assets: {},
  tombstones: { collections: {}, articles: {} },
};
