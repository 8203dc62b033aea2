import type { StoredArticle } from '../state/entities.ts';
import { removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, notFound } from './api-error.ts';
import { readArticleChange } from './article-change.ts';
import { articleOnWire } from './article-wire.ts';
import { commitArticle, createArticle, updateArticle } from './article-write.ts';
import { listOf, pageOfTable, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';
import { assertMayTag, type Tagging, withoutTag, withTag } from './tags.ts';

/** Whether more than 50 articles fit on a page is not documented. */
export const ARTICLE_PAGE_SIZES = { usual: 25, most: 50 };

export const articleRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/articles', answer: listArticles },
  {
    method: 'POST',
    path: '/articles',
    answer: (call) => single(call, createArticle(call, readArticleChange(call))),
  },
  {
    method: 'GET',
    path: '/articles/{article_id}',
    answer: (call) => single(call, articleOf(call.workspace, call.params.article_id)),
  },
  {
    method: 'PUT',
    path: '/articles/{article_id}',
    answer: (call) => {
      const article = articleOf(call.workspace, call.params.article_id);
      return single(call, updateArticle(call, article, readArticleChange(call)));
    },
  },
  { method: 'DELETE', path: '/articles/{article_id}', answer: deleteArticle },
  { method: 'POST', path: '/articles/{article_id}/tags', answer: (call) => retag(call, withTag) },
  {
    method: 'DELETE',
    path: '/articles/{article_id}/tags/{id}',
    answer: (call) => retag(call, withoutTag),
  },
];

function listArticles({ workspace, query, version }: ApiCall): ApiAnswer {
  const page = pageOfTable(
    workspace.store.tables.articles,
    readPage(query, ARTICLE_PAGE_SIZES, workspace),
  );
  return ok(listOf(page, (article) => articleOnWire(workspace, article, { version })));
}

function single({ workspace, version }: ApiCall, article: StoredArticle): ApiAnswer {
  return ok(articleOnWire(workspace, article, { version, withStatistics: true }));
}

/** @throws ApiError 404 when there is none. */
export function articleOf(workspace: Workspace, id = ''): StoredArticle {
  const found = workspace.store.tables.articles.find(id);
  if (found === undefined) throw notFound();
  return found;
}

function deleteArticle({ workspace, params }: ApiCall): ApiAnswer {
  return ok(removeArticle(workspace, articleOf(workspace, params.article_id)));
}

/** Deletes an article with its versions and the redirects that led to it. */
export function removeArticle(
  workspace: Workspace,
  { id }: StoredArticle,
): { id: string; object: 'article'; deleted: true } {
  const redirects = [...workspace.store.tables.redirects.rows()].filter(
    ({ targetType, targetId }) => targetType === 'article' && targetId === id,
  );
  workspace.store.commit([
    removal('articles', id),
    ...redirects.map((row) => removal('redirects', row.id)),
  ]);
  workspace.scheduled.delete(id);
  return { id, object: 'article', deleted: true };
}

function retag(
  call: ApiCall,
  change: (call: ApiCall, applied: StoredArticle['tags']) => Tagging,
): ApiAnswer {
  assertMayTag(call);
  const article = call.workspace.store.tables.articles.find(call.params.article_id ?? '');
  if (article === undefined) throw new ApiError(404, 'article_not_found', 'Article not found');
  const { tags, answer } = change(call, article.tags);
  commitArticle(call.workspace, { ...article, tags });
  return answer;
}
