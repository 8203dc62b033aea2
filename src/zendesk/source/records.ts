import { BodyStore, type KeptBody } from './body-store.ts';

/** What a Zendesk Guide holds, as far as it is imported. Ids are text: they are names, no numbers. */
export interface ZendeskArticle {
  id: string;
  /** As Zendesk spells it, lower case; null where the dump does not tell. */
  locale: string | null;
  sourceLocale: string | null;
  title: string;
  /** null: Zendesk has none. */
  body: KeptBody | null;
  htmlUrl: string | null;
  url: string | null;
  sectionId: string | null;
  authorId: string | null;
  isDraft: boolean;
  isOutdated: boolean;
  position: number | null;
  labels: readonly string[];
  /** Ids of the segments that may read it; empty: everybody. */
  segments: readonly string[];
  updatedAt: string | null;
  /** Names of the folders it lay in, where a dump has nothing else. */
  folders: readonly string[];
  /** The file of the dump, or the address, it came from. */
  origin: string;
}

/** A category (its parent is null), or a section in a category or section. */
export interface ZendeskGroup {
  kind: 'category' | 'section';
  id: string;
  categoryId: string | null;
  parentSectionId: string | null;
  locale: string | null;
  sourceLocale: string | null;
  name: string;
  description: string;
  position: number | null;
}

export interface ZendeskTranslation {
  kind: 'article' | 'section' | 'category';
  sourceId: string;
  locale: string;
  title: string;
  body: KeptBody | null;
  isDraft: boolean;
  isOutdated: boolean;
  htmlUrl: string | null;
}

export interface ZendeskAttachment {
  id: string;
  articleId: string | null;
  fileName: string;
  url: string | null;
  isInline: boolean;
}

export interface ZendeskSegment {
  id: string;
  name: string;
  userType: string;
}

export interface ZendeskUser {
  id: string;
  email: string | null;
}

/** Something of the source that could not be read, and why. */
export interface SourceFailure {
  file: string;
  message: string;
}

/** All that was found. */
export interface ZendeskSource {
  articles: ZendeskArticle[];
  groups: ZendeskGroup[];
  translations: ZendeskTranslation[];
  attachments: ZendeskAttachment[];
  segments: ZendeskSegment[];
  users: ZendeskUser[];
  /** Other files of a dump, as a path below it: pictures and downloads. */
  files: string[];
  failures: SourceFailure[];
  /** What the bodies of articles and translations say. */
  bodies: BodyStore;
}

export function emptySource(): ZendeskSource {
  return {
    articles: [],
    groups: [],
    translations: [],
    attachments: [],
    segments: [],
    users: [],
    files: [],
    failures: [],
    bodies: new BodyStore(),
  };
}
