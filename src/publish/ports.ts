import type { Asset, Publication } from '../model/article.ts';
import type { Agent, Availability } from '../model/config.ts';
import type { LedgerPatch, Recorded } from '../model/recorded.ts';
import type {
  LiveArticle,
  LiveCollection,
  LiveHelpCenter,
  LiveInternal,
  LiveRedirect,
  Snapshot,
} from '../model/snapshot.ts';

/** One locale of an article to write; absent fields are not sent. */
export interface TranslationWrite {
  title?: string;
  description?: string;
  body?: string;
  authorId?: string;
  publication?: Publication;
  availability?: Availability;
}

export interface ArticleWrite {
  defaultLocale: string;
  /** Does the help center have several locales, so that even one is sent as a translation? */
  isMultilingual: boolean;
  translations: Readonly<Record<string, TranslationWrite>>;
  /** null: out of every collection. Absent: not sent. */
  parentId?: string | null;
  authorId?: string;
  /** For all locales at once. Absent: not sent. */
  audienceIds?: readonly string[];
}

export interface CollectionWrite {
  defaultLocale: string;
  isMultilingual: boolean;
  texts: Readonly<Record<string, { title: string; description: string }>>;
  parentId?: string | null;
  helpCenterId?: string;
}

/** Which listings a reading needs beside articles and collections. */
export interface Families {
  tags: boolean;
  audiences: boolean;
  internals: boolean;
  /** The help center whose redirects are needed; null: none. Asked when help centers are known. */
  redirectsOf(helpCenters: readonly LiveHelpCenter[]): string | null;
}

export interface InternalWrite {
  title?: string;
  body?: string;
  authorId?: string;
  availability?: Availability;
  audienceIds?: readonly string[];
}

export interface RedirectWrite {
  helpCenterId: string;
  fromUrl: string;
  locale: string;
  /** Intercom id of the article. */
  targetId: string;
}

/** A source of answers that is no article. */
export interface OtherSource {
  kind: 'snippet' | 'external_page' | 'file';
  id: string;
  title: string;
}

/** Who made a text what it was, when and by what door. */
export interface TextVersion {
  id: string;
  title: string;
  /** Id of the teammate. */
  by: string | null;
  /** `web`, `api` … */
  via: string | null;
  /** Seconds. */
  createdAt: number;
}

/** A help center that can be read and written. The one door to it: whatever writes goes through here. */
export interface Workspace {
  /** One consistent reading. Retries what is safe, re-reads when pages shift. */
  read(families: Families): Promise<Snapshot>;
  createArticle(write: ArticleWrite): Promise<LiveArticle>;
  updateArticle(intercomId: string, write: ArticleWrite): Promise<LiveArticle>;
  deleteArticle(intercomId: string): Promise<void>;
  /** One article as it is now, with its statistics; null when it is gone. */
  readArticle(intercomId: string): Promise<LiveArticle | null>;
  /** Articles created at or after a time (seconds, server's clock): what a lost answer may have made. */
  articlesCreatedSince(serverTime: number): Promise<readonly LiveArticle[]>;
  collectionsCreatedSince(serverTime: number): Promise<readonly LiveCollection[]>;
  createCollection(write: CollectionWrite): Promise<LiveCollection>;
  updateCollection(intercomId: string, write: CollectionWrite): Promise<LiveCollection>;
  deleteCollection(intercomId: string): Promise<void>;
  createInternal(write: InternalWrite): Promise<LiveInternal>;
  updateInternal(intercomId: string, write: InternalWrite): Promise<LiveInternal>;
  deleteInternal(intercomId: string): Promise<void>;
  internalsCreatedSince(serverTime: number): Promise<readonly LiveInternal[]>;
  createRedirect(write: RedirectWrite): Promise<LiveRedirect>;
  deleteRedirect(helpCenterId: string, intercomId: string): Promise<void>;
  redirects(helpCenterId: string): Promise<readonly LiveRedirect[]>;
  createTag(name: string): Promise<{ id: string; name: string }>;
  tagArticle(intercomId: string, tagId: string): Promise<void>;
  untagArticle(intercomId: string, tagId: string): Promise<void>;
  /** The versions of one text, newest first, without bodies. Absent where the service keeps none. */
  versions?(intercomId: string, locale: string): Promise<readonly TextVersion[]>;
  /** The body of one version. */
  versionBody?(intercomId: string, locale: string, versionId: string): Promise<string>;
  /** Sources an agent reads that are no articles: snippets, external pages, files. */
  otherSources?(agent: Agent): Promise<readonly OtherSource[]>;
  /** Requests made so far. */
  calls(): number;
  /** Requests in the current window and its limit, for people. */
  pace(): { callsPerWindow: number; limitPerWindow: number | null };
}

/** A create or update that was announced before it was sent. */
export interface Intent {
  key: string;
  kind: 'article' | 'collection' | 'internal' | 'redirect';
  id: string;
  /** null for a create. Of a redirect: the one that is deleted for it, as the API has no update. */
  intercomId: string | null;
  /** What is sent, by locale: enough to recognise it when the answer is lost. */
  texts: Readonly<Record<string, IntendedText>>;
  /** Our id of the collection it is moved to; absent: it is not moved. */
  collectionId?: string | null;
  /** Intercom's id of the author it gets; absent: it keeps its author. */
  authorId?: string | null;
}

export interface IntendedText {
  title: string;
  /** null: none is sent. */
  description: string | null;
  /** Hash of the visible text of the body; null when no body is sent. */
  body: string | null;
  /** Of a create: hash of the letters of its text, which hold before its links have addresses. */
  letters?: string;
  publication: Publication | null;
  availability: Availability | null;
}

/** A run that did not end, or that left something undone. */
export interface Journal {
  /** Fingerprint of the plan it carried out. */
  fingerprint: string;
  /** Announced and not answered, as far as is known. */
  intents: readonly Intent[];
  /** The server's time, seconds, when it began. */
  serverTime: number;
}

/** The recorded state, kept between runs. */
export interface Ledger {
  /** The recorded state, with what the journal of an interrupted run already knows. */
  read(): Promise<{ recorded: Recorded; journal: Journal | null }>;
  /**
   * Takes the lease.
   * @param commit what is about to be published, where a store is shared by several machines: it refuses
   *   a commit that comes before one already published
   * @throws KbError `locked` when somebody else publishes, `superseded`
   */
  acquire(commit?: string | null): Promise<Lease>;
}

export interface Lease {
  /** One record of all intents, before the first write. */
  announce(journal: Journal): Promise<void>;
  /** What one write changed; with the operating system when this resolves. */
  append(patch: LedgerPatch): Promise<void>;
  /** Replaces the ledger and ends the journal; `unfinished` stays for the next run. */
  commit(recorded: Recorded, unfinished: Journal | null): Promise<void>;
  /** @throws KbError `lease-lost` when the lease is no longer ours. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** Where images lie so that the service can fetch them. */
export interface AssetStore {
  /** The address this asset has in the store; content-hashed, so changed bytes get a new one. */
  address(asset: Asset): string;
  /** Makes the asset reachable at its address. KbError when it cannot. */
  put(asset: Asset, bytes: Uint8Array): Promise<void>;
}

/** When the next request may go out. Fed by what each answer says of the limits. */
export interface Pace {
  /** Resolves when a request may be sent. */
  take(): Promise<void>;
  /** Told once for each request that was taken: also for one that got no answer. */
  observe(answer: Limits): void;
  state(): { callsPerWindow: number; limitPerWindow: number | null };
}

export interface Limits {
  status: number;
  /** Requests per window, and those left in it; null when the answer does not say. */
  limit: number | null;
  remaining: number | null;
  /** Epoch seconds at which the window ends. */
  reset: number | null;
  /** How far the server's clock, which `reset` is told by, is ahead of ours. Absent: it does not tell. */
  serverAheadMs?: number;
  retryAfterMs: number | null;
}

export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(delayMs: number): Promise<void>;
}
