import type { Publication, Visibility } from '../../model/article.ts';
import type { Locale } from '../../model/locale.ts';
import type { KeptBody } from '../source/body-store.ts';
import type { SourceFailure } from '../source/records.ts';

/** A text of an article in one locale. */
export interface ImportedText {
  locale: Locale;
  title: string;
  /** HTML, in the store of the source; null: there is none. */
  body: KeptBody | null;
  publication: Publication;
  isOutdated: boolean;
  redirects: readonly string[];
  /** The file of the export it came from. */
  origin: string;
}

/** One article with all its locales. */
export interface ImportedArticle {
  sourceId: string;
  id: string;
  /** Content path without locale. */
  path: string;
  sourceLocale: Locale;
  author: string | null;
  visibility: Visibility;
  segment: string | null;
  tags: readonly string[];
  order: number | null;
  /** Files listed under the article, by the ids of attachments. */
  attachments: readonly string[];
  texts: readonly ImportedText[];
}

export interface ImportedCollection {
  id: string;
  /** Folder. */
  path: string;
  order: number | null;
  texts: readonly { locale: Locale; title: string; description: string }[];
}

/** Something that is not as it was, or not there, and why. */
export interface Skipped {
  kind: 'article' | 'collection' | 'translation' | 'attachment' | 'locale';
  id: string;
  title: string;
  reason: string;
}

/** The content tree that an import makes, before bodies are converted. */
export interface ImportStructure {
  articles: readonly ImportedArticle[];
  collections: readonly ImportedCollection[];
  /** Zendesk's locales and what they are here. */
  locales: ReadonlyMap<string, Locale>;
  skipped: readonly Skipped[];
  failures: readonly SourceFailure[];
}
