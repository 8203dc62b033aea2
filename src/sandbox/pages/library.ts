import { mainText } from '../api/collections.ts';
import type { ArticleContent, StoredArticle, StoredCollection } from '../state/entities.ts';
import { compareIds } from '../state/table.ts';
import type { Workspace } from '../workspace.ts';

/** What a visitor finds in one locale: published texts only, and collections that hold some. */

export interface ShelfArticle {
  readonly article: StoredArticle;
  readonly content: ArticleContent;
}

export interface Shelf {
  readonly collection: StoredCollection;
  readonly name: string;
  readonly description: string;
  readonly articles: readonly ShelfArticle[];
  readonly shelves: readonly Shelf[];
  /** Articles here and below. */
  readonly count: number;
}

export interface Library {
  readonly shelves: readonly Shelf[];
  /** Articles in no collection. */
  readonly loose: readonly ShelfArticle[];
}

/** Who is not logged in sees these. */
const OPEN_AUDIENCES: readonly string[] = ['everyone', 'all_visitors', 'all_visitors_and_leads'];

/** The text a visitor may read, or `undefined`. */
export function visibleContent(article: StoredArticle, locale: string): ArticleContent | undefined {
  const content = article.contents[locale];
  if (content?.state !== 'published' || !OPEN_AUDIENCES.includes(article.helpCenterAudience))
    return undefined;
  return content;
}

export function visibleArticles(workspace: Workspace, locale: string): readonly ShelfArticle[] {
  return [...workspace.store.tables.articles.rows()]
    .flatMap((article): ShelfArticle[] => {
      const content = visibleContent(article, locale);
      return content === undefined ? [] : [{ article, content }];
    })
    .sort((left, right) => compareIds(left.article.id, right.article.id));
}

export function libraryOf(workspace: Workspace, locale: string): Library {
  const byParent = groupedByParent(visibleArticles(workspace, locale));
  return {
    shelves: shelvesUnder(workspace, locale, null, byParent),
    loose: byParent.get('') ?? [],
  };
}

function shelvesUnder(
  workspace: Workspace,
  locale: string,
  parentId: string | null,
  byParent: ReadonlyMap<string, readonly ShelfArticle[]>,
): readonly Shelf[] {
  return [...workspace.store.tables.collections.rows()]
    .filter((collection) => collection.parentId === parentId)
    .sort((left, right) => left.order - right.order || compareIds(left.id, right.id))
    .map((collection): Shelf => {
      const articles = byParent.get(collection.id) ?? [];
      const shelves = shelvesUnder(workspace, locale, collection.id, byParent);
      const count = articles.length + shelves.reduce((sum, shelf) => sum + shelf.count, 0);
      return { collection, ...textOf(workspace, collection, locale), articles, shelves, count };
    })
    .filter(({ count }) => count > 0);
}

function textOf(
  workspace: Workspace,
  collection: StoredCollection,
  locale: string,
): { name: string; description: string } {
  const { name, description } = collection.texts[locale] ?? mainText(workspace, collection);
  return { name, description };
}

/** The shelves from the top down to the collection, itself last; empty when it is not on show. */
export function pathTo(shelves: readonly Shelf[], collectionId: string | null): readonly Shelf[] {
  for (const shelf of shelves) {
    if (shelf.collection.id === collectionId) return [shelf];
    const below = pathTo(shelf.shelves, collectionId);
    if (below.length > 0) return [shelf, ...below];
  }
  return [];
}

function groupedByParent(
  articles: readonly ShelfArticle[],
): ReadonlyMap<string, readonly ShelfArticle[]> {
  const groups = new Map<string, ShelfArticle[]>();
  for (const shelved of articles) {
    const parentId = shelved.article.parentId ?? '';
    const group = groups.get(parentId);
    if (group === undefined) groups.set(parentId, [shelved]);
    else group.push(shelved);
  }
  return groups;
}
