import type { Article, Collection } from '../../model/article.ts';
import { html, type Markup, nothing } from '../render/markup.ts';
import { articleRef, collectionRef } from './addresses.ts';
import { type Book, collectionTitle, inOrder, textFor, titleOf } from './book.ts';
import { type Page, searchForm } from './layout.ts';
import { countedArticles, wordsFor } from './words.ts';

/** The first page of the help center: search, and what there is at the top. */
export function homePage(locale: string, brand: string, book: Book): Page {
  const words = wordsFor(locale);
  const { content } = book.knowledge;
  const top = collectionsIn(null, locale, book);
  const loose = articlesIn(null, locale, book);
  const search = book.isLive ? searchForm(locale, words.search) : nothing;
  const cards =
    top.length === 0
      ? html`<p class="quiet">${words.empty}</p>`
      : html`<h2 class="label">${words.collections}</h2><ul class="cards">${top.map((one) => card(one, locale, book, 'h3'))}</ul>`;
  const more =
    loose.length === 0
      ? nothing
      : html`<h2 class="label">${words.more}</h2>${articleList(loose, locale, book)}`;
  return {
    ref: { kind: 'home', locale },
    status: 200,
    locale,
    title: brand,
    contents: nothing,
    main: html`<div class="hero"><h1>${brand}</h1>${search}</div>${cards}${more}`,
    panel: null,
    locales: content.config.locales.map((one) => ({
      locale: one,
      href: book.addresses.page({ kind: 'home', locale: one }),
    })),
  };
}

/** Collections directly inside another, or at the top, in the writers' order. */
export function collectionsIn(parentId: string | null, locale: string, book: Book): Collection[] {
  const inside = book.knowledge.content.collections.filter((one) => one.parentId === parentId);
  return inOrder(inside, locale, (one) => ({
    order: one.order,
    title: collectionTitle(one, locale, book),
  }));
}

/** Articles directly inside a collection that have a text in this locale. */
export function articlesIn(collectionId: string | null, locale: string, book: Book): Article[] {
  const inside = book.knowledge.content.articles.filter(
    (one) =>
      one.collectionId === collectionId && one.translations.some((text) => text.locale === locale),
  );
  return inOrder(inside, locale, (one) => ({
    order: one.order,
    title: textFor(one, locale)?.title ?? '',
  }));
}

/** A collection as a card, with what is in it and below it. */
export function card(
  collection: Collection,
  locale: string,
  book: Book,
  level: 'h2' | 'h3',
): Markup {
  const text = collection.texts.find((one) => one.locale === locale) ?? collection.texts[0];
  const count = countBelow(collection, locale, book);
  const href = book.addresses.page(collectionRef(collection, locale));
  const description =
    text === undefined || text.description === '' ? nothing : html`<p>${text.description}</p>`;
  const link = html`<a href="${href}">${collectionTitle(collection, locale, book)}</a>`;
  const title =
    level === 'h2'
      ? html`<h2 class="card-title">${link}</h2>`
      : html`<h3 class="card-title">${link}</h3>`;
  return html`<li class="card">${title}${description}<p class="count">${countedArticles(count, locale)}</p></li>`;
}

const counts = new WeakMap<readonly Article[], Map<string, number>>();

/** Articles in a collection and in all below it. */
function countBelow(collection: Collection, locale: string, { knowledge }: Book): number {
  const { articles, collections } = knowledge.content;
  const own = counts.get(articles) ?? countsOf(articles);
  counts.set(articles, own);
  const below = collections.filter(
    (one) => one.path === collection.path || one.path.startsWith(`${collection.path}/`),
  );
  return below.reduce((sum, one) => sum + (own.get(`${one.id}\n${locale}`) ?? 0), 0);
}

function countsOf(articles: readonly Article[]): Map<string, number> {
  const own = new Map<string, number>();
  for (const { collectionId, translations } of articles) {
    for (const { locale } of translations) {
      const key = `${collectionId ?? ''}\n${locale}`;
      own.set(key, (own.get(key) ?? 0) + 1);
    }
  }
  return own;
}

/** Articles as a list of titles with their descriptions. */
export function articleList(articles: readonly Article[], locale: string, book: Book): Markup {
  const items = articles.map((article) => {
    const text = textFor(article, locale);
    const href = book.addresses.page(articleRef(article, locale));
    const marks = [
      ...(text?.publication === 'draft' ? ['draft'] : []),
      ...(article.visibility === 'public' ? [] : [article.visibility]),
    ].map((mark) => html` <span class="tag" lang="en">${mark}</span>`);
    const about =
      text === undefined || text.description === ''
        ? nothing
        : html`<span class="about">${text.description}</span>`;
    return html`<li><a href="${href}"><span class="name">${titleOf(text, article.id)}${marks}</span>${about}</a></li>`;
  });
  return html`<ul class="list">${items}</ul>`;
}
