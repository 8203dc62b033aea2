import type { Row, Table } from '../state/table.ts';
import type { Workspace } from '../workspace.ts';
import { invalid } from './api-error.ts';

export interface PageSizes {
  readonly usual: number;
  readonly most: number;
}

export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

/** @throws ApiError for a page that is no number, or a page size the habits refuse. */
export function readPage(
  query: URLSearchParams,
  sizes: PageSizes,
  workspace: Workspace,
): PageRequest {
  const page = positive(query, 'page') ?? 1;
  const asked = positive(query, 'per_page') ?? sizes.usual;
  if (asked > sizes.most && workspace.profile().pageSize === 'refused') {
    throw invalid(`per_page must be at most ${sizes.most}`, 'per_page');
  }
  return { page, perPage: Math.min(asked, sizes.most) };
}

function positive(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d+$/.test(value)) throw invalid(`${name} must be a positive number`, name);
  return Math.max(1, Number(value));
}

export interface Paged<R> {
  readonly rows: readonly R[];
  readonly pages: {
    readonly type: 'pages';
    readonly page: number;
    readonly per_page: number;
    readonly total_pages: number;
  };
  readonly total_count: number;
}

/** A page of a table, last updated first. */
export function pageOfTable<R extends Row>(
  table: Table<R>,
  { page, perPage }: PageRequest,
): Paged<R> {
  return paged(table.newest((page - 1) * perPage, perPage), table.size, { page, perPage });
}

/** A page of rows already found and ordered. */
export function pageOfRows<R>(rows: readonly R[], { page, perPage }: PageRequest): Paged<R> {
  return paged(rows.slice((page - 1) * perPage, page * perPage), rows.length, { page, perPage });
}

function paged<R>(rows: readonly R[], total: number, { page, perPage }: PageRequest): Paged<R> {
  const totalPages = Math.max(1, Math.ceil(total / perPage));
  return {
    rows,
    pages: { type: 'pages', page, per_page: perPage, total_pages: totalPages },
    total_count: total,
  };
}

/** The answer of a listing. */
export function listOf<R>(found: Paged<R>, render: (row: R) => unknown): unknown {
  return {
    type: 'list',
    pages: found.pages,
    total_count: found.total_count,
    data: found.rows.map(render),
  };
}
