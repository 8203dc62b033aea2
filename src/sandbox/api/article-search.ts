import { parseHtml, textOf } from '../habits/html-tree.ts';
import type { ArticleContent, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { invalid } from './api-error.ts';
import { articleOnWire, mainContent } from './article-wire.ts';
import { pageOfRows, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';

const PAGE_SIZES = { usual: 10, most: 50 };
const STATES = ['published', 'draft', 'all'];
const EXCERPT_BEFORE = 60;
const EXCERPT_LENGTH = 200;

export const articleSearchRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/articles/search', answer: searchArticles },
];

function searchArticles({ workspace, query, version }: ApiCall): ApiAnswer {
  const { articles } = workspace.store.tables;
  const state = query.get('state') ?? 'all';
  if (!STATES.includes(state)) throw invalid(`state must be one of ${STATES.join(', ')}`, 'state');
  const helpCenterId = query.get('help_center_id');
  const isElsewhere = helpCenterId !== null && helpCenterId !== workspace.settings.helpCenter.id;
  const words = wordsOf(query.get('phrase') ?? '');
  const hits = isElsewhere
    ? []
    : articles.newest(0, articles.size).filter((row) => isHit(workspace, row, words, state));
  const found = pageOfRows(hits, readPage(query, PAGE_SIZES, workspace));
  const isHighlighted = query.get('highlight') === 'true';
  return ok({
    type: 'list',
    total_count: found.total_count,
    data: {
      articles: found.rows.map((row) => articleOnWire(workspace, row, { version })),
      highlights: isHighlighted ? found.rows.map((row) => highlights(workspace, row, words)) : [],
    },
    pages: found.pages,
  });
}

export function wordsOf(phrase: string): readonly string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Is every word somewhere in the text of one locale? */
export function mentions(
  content: Pick<ArticleContent, 'title' | 'description' | 'body'>,
  words: readonly string[],
): boolean {
  if (words.length === 0) return true;
  const text = `${content.title} ${content.description} ${plainText(content.body)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function plainText(html: string): string {
  return parseHtml(html).map(textOf).join(' ').replace(/\s+/g, ' ').trim();
}

function isHit(
  workspace: Workspace,
  row: StoredArticle,
  words: readonly string[],
  state: string,
): boolean {
  if (state !== 'all' && mainContent(workspace, row).content.state !== state) return false;
  return Object.values(row.contents).some((content) => mentions(content, words));
}

interface Chunk {
  readonly type: 'highlight' | 'plain';
  readonly text: string;
}

function highlights(workspace: Workspace, row: StoredArticle, words: readonly string[]): unknown {
  const { content } = mainContent(workspace, row);
  return {
    article_id: row.id,
    highlighted_title: chunksOf(content.title, words),
    highlighted_summary: [chunksOf(excerptOf(plainText(content.body), words), words)],
  };
}

function excerptOf(text: string, words: readonly string[]): string {
  const places = words
    .map((word) => text.toLowerCase().indexOf(word))
    .filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...places, text.length) - EXCERPT_BEFORE);
  return text.slice(places.length === 0 ? 0 : start).slice(0, EXCERPT_LENGTH);
}

function chunksOf(text: string, words: readonly string[]): readonly Chunk[] {
  if (words.length === 0) return text === '' ? [] : [{ type: 'plain', text }];
  const pattern = new RegExp(`(${words.join('|')})`, 'giu');
  return text
    .split(pattern)
    .filter((part) => part !== '')
    .map((part) => ({
      type: words.includes(part.toLowerCase()) ? 'highlight' : 'plain',
      text: part,
    }));
}
