import type { Publication } from './article.ts';
import type { Availability, Region } from './config.ts';

/** What is live: one consistent reading of a workspace. */
export interface Snapshot {
  workspace: { id: string; name: string; region: Region };
  helpCenters: readonly LiveHelpCenter[];
  teammates: readonly { id: string; email: string; name: string }[];
  tags: readonly { id: string; name: string }[];
  collections: readonly LiveCollection[];
  articles: readonly LiveArticle[];
  /** These three are empty when nothing of ours uses them: then they are not read. */
  internals: readonly LiveInternal[];
  redirects: readonly LiveRedirect[];
  audiences: readonly { id: string; name: string }[];
  /** The requests this reading took. */
  calls: number;
  /** The server's clock when the reading began, seconds. */
  serverTime: number;
}

export interface LiveHelpCenter {
  id: string;
  name: string;
  url: string;
  locales: readonly string[];
  isDefault: boolean;
}

export interface LiveCollection {
  intercomId: string;
  parentId: string | null;
  helpCenterId: string | null;
  defaultLocale: string | null;
  order: number | null;
  texts: Readonly<Record<string, { title: string; description: string }>>;
  /** Seconds. */
  createdAt: number;
  updatedAt: number;
}

export interface LiveTranslation {
  locale: string;
  title: string;
  description: string;
  /** HTML as stored. */
  body: string;
  authorId: string | null;
  publication: Publication;
  availability: Availability;
  audienceIds: readonly string[];
  hasPendingDraft: boolean;
}

/** An article for teammates: one locale, no state, no collection. */
export interface LiveInternal {
  intercomId: string;
  /** With `published` as its publication and no description, so that the same comparison serves. */
  text: LiveTranslation;
  /** Seconds. */
  createdAt: number;
  updatedAt: number;
}

/** An old address of this help center, and the article or collection it leads to. */
export interface LiveRedirect {
  intercomId: string;
  fromUrl: string;
  locale: string;
  targetType: string;
  targetId: string;
}

export interface LiveArticle {
  intercomId: string;
  /** null on a monolingual help center. */
  defaultLocale: string | null;
  parentId: string | null;
  authorId: string | null;
  translations: Readonly<Record<string, LiveTranslation>>;
  tags: readonly { id: string; name: string }[];
  helpCenterAudience: string | null;
  hasSchedule: boolean;
  /** How often Fin used it; null in listings. */
  finInvolvements: number | null;
  /** Seconds. */
  createdAt: number;
  updatedAt: number;
}
