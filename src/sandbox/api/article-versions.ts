import type { ArticleVersion, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { invalid, notFound } from './api-error.ts';
import { articleOf } from './articles.ts';
import { listOf, pageOfRows, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';

const PAGE_SIZES = { usual: 25, most: 50 };

/** What an article was before, and who made it so. */
export const articleVersionRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/articles/{article_id}/versions', answer: listVersions },
  { method: 'GET', path: '/articles/{article_id}/versions/{id}', answer: retrieveVersion },
];

function listVersions({ workspace, params, query }: ApiCall): ApiAnswer {
  const article = articleOf(workspace, params.article_id);
  const locale = readLocale(workspace, query);
  const versions = workspace.store
    .versionsOf(article.id)
    .filter((version) => locale === undefined || version.locale === locale)
    .toReversed();
  return ok(
    listOf(pageOfRows(versions, readPage(query, PAGE_SIZES, workspace)), (row) =>
      summary(article, row),
    ),
  );
}

function retrieveVersion({ workspace, params, query }: ApiCall): ApiAnswer {
  const article = articleOf(workspace, params.article_id);
  const locale = readLocale(workspace, query);
  const version = workspace.store.versionsOf(article.id).find(({ id }) => id === params.id);
  if (version === undefined || (locale !== undefined && version.locale !== locale))
    throw notFound('Object not found');
  return ok({
    ...summary(article, version),
    body: workspace.images.sign(version.body),
    updated_at: version.updatedAt,
  });
}

function readLocale(workspace: Workspace, query: URLSearchParams): string | undefined {
  const locale = query.get('locale');
  if (locale === null || locale === '') return undefined;
  if (!workspace.settings.locales.includes(locale)) throw invalid('Unknown locale');
  return locale;
}

function summary(article: StoredArticle, version: ArticleVersion): Record<string, unknown> {
  const content = article.contents[version.locale];
  const isLive = content?.versionId === version.id && content.state === 'published';
  return {
    type: 'article_version',
    id: version.id,
    article_id: version.articleId,
    title: version.title,
    description: version.description,
    author_id: String(version.authorId),
    created_by_id: String(version.createdById),
    created_via: version.createdVia,
    from_version_id: version.fromVersionId,
    state: isLive ? 'published' : 'draft',
    created_at: version.createdAt,
  };
}
