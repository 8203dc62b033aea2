import { html } from '../render/markup.ts';
import type { Found } from '../state/search-index.ts';
import { articleRef } from './addresses.ts';
import { type Book, textFor, titleOf } from './book.ts';
import { type Page, searchForm } from './layout.ts';
import { wordsFor } from './words.ts';

/** What a search found, as a page of its own. */
export function searchPage(
  { query, locale, found }: { query: string; locale: string; found: readonly Found[] },
  book: Book,
): Page {
  const words = wordsFor(locale);
  const items = found.flatMap(({ articleId, excerpt }) => {
    const article = book.knowledge.article(articleId);
    if (article === null) return [];
    const href = book.addresses.page(articleRef(article, locale));
    const title = titleOf(textFor(article, locale), article.id);
    return [
      html`<li><a href="${href}"><span class="name">${title}</span><span class="about">${excerpt}</span></a></li>`,
    ];
  });
  const heading = query.trim() === '' ? words.search : `${words.results}: ${query}`;
  const list =
    query.trim() === ''
      ? html``
      : items.length === 0
        ? html`<p class="quiet">${words.noResults}</p>`
        : html`<ul class="list">${items}</ul>`;
  return {
    ref: { kind: 'home', locale },
    status: 200,
    locale,
    title: heading,
    contents: html``,
    main: html`<div class="hero small"><h1>${heading}</h1>${searchForm(locale, words.search, query)}</div>${list}`,
    panel: null,
    locales: [],
  };
}
