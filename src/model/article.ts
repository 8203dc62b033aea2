import type { Availability } from './config.ts';
import type { Locale } from './locale.ts';
import type { Tree } from './tree.ts';

export const visibilities = ['public', 'users', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];
export const publications = ['published', 'draft'] as const;
export type Publication = (typeof publications)[number];

/** A review stamp as front matter holds it. */
export interface Stamp {
  by: string;
  /** ISO date. */
  on: string;
  digest: string;
  baseline: boolean;
  /** ISO date; the last day a baseline counts. */
  until: string | null;
}

/** Where an imported article came from. */
export interface Source {
  system: string;
  id: string;
  segment: string | null;
}

/** A heading of a rendered body: what links may point at. */
export interface OutlineHeading {
  level: number;
  anchor: string;
  text: string;
  line: number;
  column: number;
}

/** A link or image of a body, with the place in the file where it stands. */
export interface Reference {
  kind: 'link' | 'image' | 'button';
  /** As written, variables resolved. */
  href: string;
  /** The include it came in by, or null. */
  include: string | null;
  line: number;
  column: number;
}

/** A problem found while Markdown was read. */
export interface MarkdownProblem {
  /** Name of the check rule it belongs to. */
  rule: string;
  message: string;
  hint: string | null;
  line: number;
  column: number;
  /** The include it lies in, or null. */
  include: string | null;
}

/** One locale of an article, as written and as readers get it. */
export interface Translation {
  articleId: string;
  locale: Locale;
  /** Path relative to the content folder. */
  file: string;
  title: string;
  description: string;
  body: Tree;
  outline: readonly OutlineHeading[];
  references: readonly Reference[];
  problems: readonly MarkdownProblem[];
  /** Names of includes and hashes of assets this text pulls in. */
  includes: readonly string[];
  assets: readonly string[];
  publication: Publication;
  /** What the writer wants, within the ceilings of kb.yaml. */
  fin: Availability;
  questions: readonly string[];
  redirects: readonly string[];
  translationOf: string | null;
  review: Stamp | null;
  /** title, description, body */
  textDigest: string;
  /** text + effective visibility, fin, audiences */
  articleDigest: string;
}

/** The files that share a path up to the locale. */
export interface Article {
  id: string;
  /** Content path without locale and extension. */
  path: string;
  sourceLocale: Locale;
  /** Id of the collection whose folder holds it; null at the top. */
  collectionId: string | null;
  author: string | null;
  visibility: Visibility;
  /** null: tags are not managed from here. */
  tags: readonly string[] | null;
  finAudiences: readonly string[];
  order: number | null;
  source: Source | null;
  translations: readonly Translation[];
}

export interface CollectionText {
  locale: Locale;
  title: string;
  description: string;
  review: Stamp | null;
  translationOf: string | null;
  textDigest: string;
}

export interface Collection {
  id: string;
  /** Folder, relative to the content folder. */
  path: string;
  /** The `_collection.yaml`. */
  file: string;
  parentId: string | null;
  order: number | null;
  texts: readonly CollectionText[];
}

/** A file of the knowledge base that readers get: an image or a download. */
export interface Asset {
  /** SHA-256 of the bytes, hex. */
  hash: string;
  /** Path relative to the content folder. */
  path: string;
  bytes: number;
}
