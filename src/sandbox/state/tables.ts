import type {
  ArticleVersion,
  StoredArticle,
  StoredAsset,
  StoredAudience,
  StoredCollection,
  StoredImage,
  StoredInternalArticle,
  StoredRedirect,
  StoredSetting,
  StoredTag,
} from './entities.ts';

/** The kinds of rows, by the name of their table. */
export interface Tables {
  articles: StoredArticle;
  versions: ArticleVersion;
  collections: StoredCollection;
  internalArticles: StoredInternalArticle;
  tags: StoredTag;
  audiences: StoredAudience;
  redirects: StoredRedirect;
  images: StoredImage;
  assets: StoredAsset;
  settings: StoredSetting;
}
export type TableName = keyof Tables;

/** One row stored or, with `row: null`, removed. */
export interface Op {
  readonly table: TableName;
  readonly id: string;
  readonly row: Tables[TableName] | null;
}

/** An operation that stores a row. */
export function put<Name extends TableName>(table: Name, row: Tables[Name]): Op {
  return { table, id: row.id, row };
}

/** An operation that removes a row. */
export function removal(table: TableName, id: string): Op {
  return { table, id, row: null };
}
