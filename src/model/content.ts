import type { Article, Asset, Collection } from './article.ts';
import type { Config } from './config.ts';
import type { Finding } from './finding.ts';
import type { Tree } from './tree.ts';

/** A reusable piece, per locale. */
export interface Include {
  name: string;
  locale: string;
  file: string;
  body: Tree;
}

/** A file of the tree that could not be read as what its name says. */
export interface Unreadable {
  file: string;
  /** An article's source-locale file or a collection file: what it stood for is unknown, so nothing counts as removed. */
  holdsRemovals: boolean;
}

/** The whole content tree, read: what could be read, and every problem met on the way. */
export interface Content {
  /** Absolute path of the content folder. */
  root: string;
  config: Config;
  articles: readonly Article[];
  collections: readonly Collection[];
  includes: readonly Include[];
  /** By hash. */
  assets: ReadonlyMap<string, Asset>;
  /** Problems of reading: encoding, YAML, schema, identity. `kb check` adds its rules to these. */
  problems: readonly Finding[];
  unreadable: readonly Unreadable[];
}
