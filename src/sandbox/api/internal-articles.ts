import type { Availability, StoredInternalArticle } from '../state/entities.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, invalid, missing, notFound } from './api-error.ts';
import { readAudiences, readAvailability, readBody, readTeammate } from './article-change.ts';
import { availabilityFields } from './article-wire.ts';
import { createBodyWriter } from './body-writer.ts';
import { readText } from './fields.ts';
import { listOf, pageOfRows, pageOfTable, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';
import { assertMayTag, type Tagging, withoutTag, withTag } from './tags.ts';

const PAGE_SIZES = { usual: 25, most: 50 };
const SEARCH_PAGE_SIZES = { usual: 10, most: 50 };
/** For teammates, so silent to customers unless it says otherwise. */
const NOBODY: Availability = { chatbot: false, copilot: false, salesAgent: false };

/** Articles for teammates: one locale, no state, no collection. */
export const internalArticleRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/internal_articles', answer: listInternalArticles },
  { method: 'POST', path: '/internal_articles', answer: createInternalArticle },
  { method: 'GET', path: '/internal_articles/search', answer: searchInternalArticles },
  {
    method: 'GET',
    path: '/internal_articles/{internal_article_id}',
    answer: (call) =>
      ok(onWire(call, internalArticleOf(call.workspace, call.params.internal_article_id))),
  },
  {
    method: 'PUT',
    path: '/internal_articles/{internal_article_id}',
    answer: updateInternalArticle,
  },
  {
    method: 'DELETE',
    path: '/internal_articles/{internal_article_id}',
    answer: deleteInternalArticle,
  },
  {
    method: 'POST',
    path: '/internal_articles/{internal_article_id}/tags',
    answer: (call) => retag(call, withTag),
  },
  {
    method: 'DELETE',
    path: '/internal_articles/{internal_article_id}/tags/{id}',
    answer: (call) => retag(call, withoutTag),
  },
];

function listInternalArticles(call: ApiCall): ApiAnswer {
  const { workspace, query } = call;
  const page = pageOfTable(
    workspace.store.tables.internalArticles,
    readPage(query, PAGE_SIZES, workspace),
  );
  return ok(listOf(page, (row) => onWire(call, row)));
}

/** The only parameter is a folder, and the sandbox has none: a folder's search finds nothing. */
function searchInternalArticles(call: ApiCall): ApiAnswer {
  const { workspace, query } = call;
  const { internalArticles } = workspace.store.tables;
  const rows = query.has('folder_id') ? [] : internalArticles.newest(0, internalArticles.size);
  const found = pageOfRows(rows, readPage(query, SEARCH_PAGE_SIZES, workspace));
  return ok({
    type: 'list',
    total_count: found.total_count,
    data: { internal_articles: found.rows.map((row) => onWire(call, row)) },
    pages: found.pages,
  });
}

function createInternalArticle(call: ApiCall): ApiAnswer {
  const { workspace, body, actor } = call;
  const title = readText(body, 'title') ?? '';
  const authorId = readTeammate(workspace, body, 'author_id');
  const ownerId = readTeammate(workspace, body, 'owner_id');
  if (authorId === undefined)
    throw missing('author_id must be in the main body or default locale translated_content object');
  if (ownerId === undefined) throw missing('owner_id is required', 'owner_id');
  if (title.trim() === '') throw missing('title is required', 'title');
  const audienceIds = call.version === '2.16' ? readAudiences(workspace, body) : undefined;
  const availability = call.version === '2.16' ? readAvailability(body) : {};
  const id = workspace.store.nextId('internalArticles');
  const writer = createBodyWriter(workspace);
  const saved = writer.save(readBody(body) ?? '', `internal|${id}`, []);
  const now = workspace.now();
  const created: StoredInternalArticle = {
    id,
    createdAt: now,
    updatedAt: now,
    title,
    body: saved.html,
    authorId,
    ownerId,
    locale: workspace.settings.defaultLocale,
    availability: { ...NOBODY, ...availability },
    audienceIds: audienceIds ?? [],
    tags: [],
    generatedHeadingIds: saved.generatedHeadingIds,
    createdById: actor.id,
    updatedById: actor.id,
  };
  workspace.store.commit([...writer.ops(), put('internalArticles', created)]);
  return ok(onWire(call, created));
}

function updateInternalArticle(call: ApiCall): ApiAnswer {
  const { workspace, body, params, version, actor } = call;
  const found = internalArticleOf(workspace, params.internal_article_id);
  const title = readText(body, 'title');
  if (title !== undefined && title.trim() === '') throw invalid('title must not be blank', 'title');
  const html = readBody(body);
  const audienceIds = version === '2.16' ? readAudiences(workspace, body) : undefined;
  const availability = version === '2.16' ? readAvailability(body) : {};
  const authorId = readTeammate(workspace, body, 'author_id') ?? found.authorId;
  const ownerId = readTeammate(workspace, body, 'owner_id') ?? found.ownerId;
  const writer = createBodyWriter(workspace);
  const saved =
    html === undefined
      ? null
      : writer.save(html, `internal|${found.id}`, found.generatedHeadingIds);
  const updated: StoredInternalArticle = {
    ...found,
    updatedAt: workspace.now(),
    updatedById: actor.id,
    title: title ?? found.title,
    body: saved?.html ?? found.body,
    authorId,
    ownerId,
    availability: { ...found.availability, ...availability },
    audienceIds: audienceIds ?? found.audienceIds,
    generatedHeadingIds: [...found.generatedHeadingIds, ...(saved?.generatedHeadingIds ?? [])],
  };
  workspace.store.commit([...writer.ops(), put('internalArticles', updated)]);
  return ok(onWire(call, updated));
}

function deleteInternalArticle({ workspace, params }: ApiCall): ApiAnswer {
  const { id } = internalArticleOf(workspace, params.internal_article_id);
  workspace.store.commit([removal('internalArticles', id)]);
  return ok({ id, object: 'internal_article', deleted: true });
}

function retag(
  call: ApiCall,
  change: (call: ApiCall, applied: StoredInternalArticle['tags']) => Tagging,
): ApiAnswer {
  assertMayTag(call);
  const { workspace, params } = call;
  const found = workspace.store.tables.internalArticles.find(params.internal_article_id ?? '');
  if (found === undefined)
    throw new ApiError(404, 'internal_article_not_found', 'Internal article not found');
  const { tags, answer } = change(call, found.tags);
  workspace.store.commit([put('internalArticles', { ...found, tags })]);
  return answer;
}

function internalArticleOf(workspace: Workspace, id = ''): StoredInternalArticle {
  const found = workspace.store.tables.internalArticles.find(id);
  if (found === undefined) throw notFound();
  return found;
}

function onWire({ workspace, version }: ApiCall, row: StoredInternalArticle): unknown {
  return {
    type: 'internal_article',
    id: row.id,
    title: row.title,
    body: workspace.images.sign(row.body),
    owner_id: row.ownerId,
    author_id: row.authorId,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    locale: row.locale,
    ...(version === '2.16' ? { audience_ids: row.audienceIds, ...availabilityFields(row) } : {}),
  };
}
