import type { StoredRedirect } from '../state/entities.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, invalid, missing, notFound } from './api-error.ts';
import { assertHelpCenter, helpCenterUrl } from './help-centers.ts';
import { listOf, pageOfTable, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, type JsonObject, ok } from './route.ts';

const PAGE_SIZES = { usual: 50, most: 250 };
const ROOT = '/help_center/help_centers/{help_center_id}/redirects';

/** Old addresses inside the help center's own space. There is no update: delete and create. */
export const redirectRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: ROOT, answer: listRedirects },
  { method: 'POST', path: ROOT, answer: createRedirect },
  {
    method: 'GET',
    path: `${ROOT}/{id}`,
    answer: (call) => ok(redirect(call.workspace, redirectOf(call))),
  },
  { method: 'DELETE', path: `${ROOT}/{id}`, answer: deleteRedirect },
];

function listRedirects({ workspace, params, query }: ApiCall): ApiAnswer {
  assertHelpCenter(workspace, params.help_center_id);
  const page = pageOfTable(
    workspace.store.tables.redirects,
    readPage(query, PAGE_SIZES, workspace),
  );
  return ok(listOf(page, (row) => redirect(workspace, row)));
}

function createRedirect({ workspace, params, body }: ApiCall): ApiAnswer {
  assertHelpCenter(workspace, params.help_center_id);
  const fromUrl = required(body, 'from_url');
  const locale = required(body, 'locale');
  const targetType = required(body, 'target_type');
  const targetId = required(body, 'target_id');
  if (targetType !== 'article' && targetType !== 'collection') {
    throw invalid("target_type must be 'article' or 'collection'", 'target_type');
  }
  assertInSpace(workspace, fromUrl);
  if (!workspace.settings.locales.includes(locale))
    throw refused('locale is not configured for this help center');
  const address = normalised(fromUrl);
  const rows = [...workspace.store.tables.redirects.rows()];
  if (rows.some((row) => normalised(row.fromUrl) === address)) {
    throw new ApiError(409, 'resource_conflict', 'A redirect with that URL already exists');
  }
  const now = workspace.now();
  const created: StoredRedirect = {
    id: workspace.store.nextId('redirects'),
    createdAt: now,
    updatedAt: now,
    fromUrl,
    locale: boundLocale(workspace, targetType, targetId, locale),
    targetType,
    targetId,
  };
  workspace.store.commit([put('redirects', created)]);
  return ok(redirect(workspace, created));
}

function required(body: JsonObject, field: string): string {
  const value = body[field];
  if (value === undefined || value === null || value === '') throw missing(`${field} is required`);
  if (typeof value !== 'string' && typeof value !== 'number')
    throw invalid(`${field} must be a string`, field);
  return String(value);
}

function assertInSpace(workspace: Workspace, fromUrl: string): void {
  const space = helpCenterUrl(workspace);
  const url = URL.parse(fromUrl);
  const address = url === null ? '' : `${url.origin}${url.pathname}`;
  const isInside = address.startsWith(`${space}/`) && address.length > space.length + 1;
  if (!isInside)
    throw refused("from_url must be an absolute URL within this help center's URL space");
}

/** Of an article without a text in that locale, the default locale's is meant. */
function boundLocale(workspace: Workspace, type: string, id: string, locale: string): string {
  const { articles, collections } = workspace.store.tables;
  const texts = type === 'article' ? articles.find(id)?.contents : collections.find(id)?.texts;
  if (texts === undefined) throw refused('target_id must be a member of this help center');
  return texts[locale] === undefined ? workspace.settings.defaultLocale : locale;
}

function deleteRedirect(call: ApiCall): ApiAnswer {
  const { id } = redirectOf(call);
  call.workspace.store.commit([removal('redirects', id)]);
  return ok({ id, object: 'help_center_redirect', deleted: true });
}

function redirectOf({ workspace, params }: ApiCall): StoredRedirect {
  assertHelpCenter(workspace, params.help_center_id);
  const found = workspace.store.tables.redirects.find(params.id ?? '');
  if (found === undefined) throw notFound('Resource not found');
  return found;
}

/** The redirect a visitor's address has, if any. */
export function redirectFor(workspace: Workspace, pathname: string): StoredRedirect | undefined {
  const address = normalised(
    `${helpCenterUrl(workspace)}${pathname.replace(/^\/help(?=\/|$)/, '')}`,
  );
  return [...workspace.store.tables.redirects.rows()].find(
    (row) => normalised(row.fromUrl) === address,
  );
}

function normalised(address: string): string {
  const url = URL.parse(address);
  return url === null
    ? address
    : `${url.host}${decoded(url.pathname)}`.replace(/\/+$/, '').toLowerCase();
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function refused(message: string): ApiError {
  return new ApiError(422, 'data_invalid', message);
}

function redirect(workspace: Workspace, row: StoredRedirect): unknown {
  return {
    id: row.id,
    type: 'help_center_redirect',
    from_url: row.fromUrl,
    locale: row.locale,
    help_center_id: workspace.settings.helpCenter.id,
    target_type: row.targetType,
    target_id: row.targetId,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
