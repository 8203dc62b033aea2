import type { StoredAudience } from '../state/entities.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, notFound } from './api-error.ts';
import { mapContents } from './article-write.ts';
import { pageOfTable, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, type JsonObject, ok } from './route.ts';

const PAGE_SIZES = { usual: 50, most: 50 };

/** Groups of contacts Fin can be told to answer. */
export const audienceRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/audiences', answer: listAudiences },
  { method: 'POST', path: '/audiences', answer: createAudience },
  {
    method: 'GET',
    path: '/audiences/{id}',
    answer: ({ workspace, params }) => ok(audience(audienceOf(workspace, params.id))),
  },
  { method: 'PUT', path: '/audiences/{id}', answer: updateAudience },
  { method: 'DELETE', path: '/audiences/{id}', answer: deleteAudience },
];

function listAudiences({ workspace, query }: ApiCall): ApiAnswer {
  const found = pageOfTable(
    workspace.store.tables.audiences,
    readPage(query, PAGE_SIZES, workspace),
  );
  const { page, per_page, total_pages } = found.pages;
  return ok({
    type: 'list',
    data: found.rows.map(audience),
    total_count: found.total_count,
    page,
    per_page,
    total_pages,
  });
}

function createAudience({ workspace, body }: ApiCall): ApiAnswer {
  const name = readName(body, 'Name is required');
  if (name === undefined) throw refused('Name is required');
  const now = workspace.now();
  const created: StoredAudience = {
    id: workspace.store.nextId('audiences'),
    createdAt: now,
    updatedAt: now,
    name,
    predicates: readPredicates(body, 'predicates') ?? [],
    rolePredicates: readPredicates(body, 'role_predicates') ?? [],
  };
  workspace.store.commit([put('audiences', created)]);
  return { status: 201, body: audience(created) };
}

function updateAudience({ workspace, params, body }: ApiCall): ApiAnswer {
  const found = audienceOf(workspace, params.id);
  const updated: StoredAudience = {
    ...found,
    updatedAt: workspace.now(),
    name: readName(body, 'Name must not be blank') ?? found.name,
    predicates: readPredicates(body, 'predicates') ?? found.predicates,
    rolePredicates: readPredicates(body, 'role_predicates') ?? found.rolePredicates,
  };
  workspace.store.commit([put('audiences', updated)]);
  return ok(audience(updated));
}

/** Content that was for this audience alone is for everybody then: no content can point at nothing. */
function deleteAudience({ workspace, params }: ApiCall): ApiAnswer {
  const { id } = audienceOf(workspace, params.id);
  const without = (ids: readonly number[]): readonly number[] =>
    ids.filter((other) => String(other) !== id);
  const { articles, internalArticles } = workspace.store.tables;
  const targeted = [...articles.rows()].filter(({ contents }) =>
    Object.values(contents).some(({ audienceIds }) => audienceIds.includes(Number(id))),
  );
  const internal = [...internalArticles.rows()].filter(({ audienceIds }) =>
    audienceIds.includes(Number(id)),
  );
  workspace.store.commit([
    removal('audiences', id),
    ...targeted.map((article) =>
      put('articles', {
        ...article,
        contents: mapContents(article.contents, (content) => ({
          ...content,
          audienceIds: without(content.audienceIds),
        })),
      }),
    ),
    ...internal.map((row) =>
      put('internalArticles', { ...row, audienceIds: without(row.audienceIds) }),
    ),
  ]);
  return { status: 204 };
}

function audienceOf(workspace: Workspace, id = ''): StoredAudience {
  const found = workspace.store.tables.audiences.find(id);
  if (found === undefined) throw notFound();
  return found;
}

function readName({ name }: JsonObject, whenBlank: string): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name !== 'string' || name.trim() === '' || name.length > 255) throw refused(whenBlank);
  return name;
}

function readPredicates(body: JsonObject, field: string): readonly unknown[] | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw refused(`${field} must be a list`);
  return value;
}

function refused(message: string): ApiError {
  return new ApiError(422, 'validation_error', message);
}

function audience(row: StoredAudience): unknown {
  return {
    type: 'audience',
    id: row.id,
    name: row.name,
    predicates: row.predicates,
    role_predicates: row.rolePredicates,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
