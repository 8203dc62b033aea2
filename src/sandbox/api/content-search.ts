import type {
  ArticleContent,
  Availability,
  StoredArticle,
  StoredInternalArticle,
} from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import { mentions, wordsOf } from './article-search.ts';
import { pageOfRows, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';

const PAGE_SIZES = { usual: 10, most: 50 };
const TYPES = ['snippet', 'external_content', 'file_source_content', 'internal_article', 'article'];

export const contentSearchRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/content/search', answer: searchContent },
];

/** One row of the search, with what its filters ask about. */
interface Found {
  readonly updatedAt: number;
  readonly row: unknown;
}

/** Every knowledge source in one search. Snippets, external pages and files do not exist here. */
function searchContent({ workspace, query }: ApiCall): ApiAnswer {
  const filter = readFilter(query);
  const { articles, internalArticles } = workspace.store.tables;
  const found: Found[] = [
    ...(filter.types.includes('article')
      ? [...articles.rows()].flatMap((row) => articleRow(row, filter))
      : []),
    ...(filter.types.includes('internal_article')
      ? [...internalArticles.rows()].flatMap((row) => internalRow(row, filter))
      : []),
  ].sort((left, right) => right.updatedAt - left.updatedAt);
  const page = pageOfRows(found, readPage(query, PAGE_SIZES, workspace));
  return ok({
    type: 'list',
    total_count: page.total_count,
    pages: {
      ...page.pages,
      ...neighbours(workspace, query, page.pages.page, page.pages.total_pages),
    },
    data: page.rows.map(({ row }) => row),
  });
}

interface Filter {
  readonly words: readonly string[];
  readonly types: readonly string[];
  readonly states: readonly string[];
  readonly locales: readonly string[];
  readonly flags: readonly (readonly [keyof Availability, boolean])[];
  readonly tagIds: readonly string[];
  readonly isTagExcluding: boolean;
}

const FLAGS = [
  ['fin_service_state', 'chatbot'],
  ['copilot_state', 'copilot'],
  ['fin_sales_state', 'salesAgent'],
] as const;

function readFilter(query: URLSearchParams): Filter {
  const phrase = query.get('query') ?? '';
  if (phrase.length > 500) throw refused('query is too long');
  return {
    words: wordsOf(phrase),
    types: listParameter(query, 'content_types', TYPES) ?? TYPES,
    states: listParameter(query, 'states', ['published', 'draft']) ?? ['published', 'draft'],
    locales: listParameter(query, 'locales') ?? [],
    flags: FLAGS.flatMap(([name, flag]) => {
      const value = query.get(name);
      if (value === null) return [];
      if (value !== 'on' && value !== 'off') throw refused(`${name} must be on or off`);
      return [[flag, value === 'on'] as const];
    }),
    tagIds: listParameter(query, 'tag_ids') ?? listParameter(query, 'any_tag_ids') ?? [],
    isTagExcluding: query.get('tag_operator') === 'NIN',
  };
}

/** A list comes comma-separated or as a repeated parameter. */
function listParameter(
  query: URLSearchParams,
  name: string,
  allowed?: readonly string[],
): readonly string[] | undefined {
  const values = [...query.getAll(name), ...query.getAll(`${name}[]`)].flatMap((value) =>
    value.split(','),
  );
  if (values.length === 0) return undefined;
  const unknown = values.find((value) => allowed !== undefined && !allowed.includes(value));
  if (unknown !== undefined) throw refused(`${name} does not know ${unknown}`);
  return values;
}

function articleRow(
  { id, contents, tags, updatedAt }: StoredArticle,
  filter: Filter,
): readonly Found[] {
  const matching = Object.entries(contents).filter(
    ([locale, content]) =>
      hasLocale(filter, locale) &&
      filter.states.includes(content.state) &&
      isMatch(content, filter),
  );
  const first = Object.values(contents)[0];
  if (matching.length === 0 || !hasTags(tags, filter) || first === undefined) return [];
  const rows = matching.map(([locale, { contentId, title }]) => ({
    type: 'article_content',
    id: contentId,
    title,
    locale,
  }));
  return [{ updatedAt, row: { type: 'article', id, title: first.title, contents: rows } }];
}

function internalRow(internal: StoredInternalArticle, filter: Filter): readonly Found[] {
  const { id, title, updatedAt, locale, tags } = internal;
  const isIn =
    hasLocale(filter, locale) && filter.states.includes('published') && hasTags(tags, filter);
  if (!isIn || !isMatch({ ...internal, description: '' }, filter)) return [];
  return [{ updatedAt, row: { type: 'internal_article', id, title } }];
}

function hasLocale({ locales }: Filter, locale: string): boolean {
  return locales.length === 0 || locales.includes(locale);
}

type Searchable = Pick<ArticleContent, 'title' | 'description' | 'body' | 'availability'>;

function isMatch(content: Searchable, { flags, words }: Filter): boolean {
  return (
    flags.every(([flag, isOn]) => content.availability[flag] === isOn) && mentions(content, words)
  );
}

function hasTags(tags: StoredArticle['tags'], { tagIds, isTagExcluding }: Filter): boolean {
  if (tagIds.length === 0) return true;
  return tags.some(({ tagId }) => tagIds.includes(tagId)) !== isTagExcluding;
}

function neighbours(
  workspace: Workspace,
  query: URLSearchParams,
  page: number,
  totalPages: number,
): { readonly next: string | null; readonly prev: string | null } {
  const link = (number: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(number));
    return `${workspace.baseUrl()}/content/search?${parameters.toString()}`;
  };
  return {
    next: page < totalPages ? link(page + 1) : null,
    prev: page > 1 ? link(page - 1) : null,
  };
}

function refused(message: string): ApiError {
  return new ApiError(422, 'data_invalid', message);
}
