import type { Collection } from '../../model/article.ts';
import { withDates } from '../../report/wording.ts';
import { folderOf } from '../../repository/reading/content-path.ts';
import { html, joined, type Markup, nothing } from '../render/markup.ts';
import { collectionDecision } from '../state/collection-decision.ts';
import { collectionRef } from './addresses.ts';
import { type Book, chainOf, collectionTitle } from './book.ts';
import { articleList, articlesIn, card, collectionsIn } from './home-page.ts';
import type { Page } from './layout.ts';
import { localeName } from './locale-names.ts';
import { findingList } from './panel/findings.ts';
import { section, statusTag } from './panel/section.ts';
import { countedArticles, wordsFor } from './words.ts';

/** A collection: what is in it, and for writers how it stands. */
export function collectionPage(collection: Collection, locale: string, book: Book): Page {
  const { addresses, knowledge } = book;
  const words = wordsFor(locale);
  const text = collection.texts.find((one) => one.locale === locale);
  const inner = collectionsIn(collection.id, locale, book);
  const articles = articlesIn(collection.id, locale, book);
  const missing = text === undefined ? html`<p class="quiet">${words.noText}</p>` : nothing;
  const lead =
    text === undefined || text.description === ''
      ? nothing
      : html`<p class="lead">${text.description}</p>`;
  const cards =
    inner.length === 0
      ? nothing
      : html`<ul class="cards">${inner.map((one) => card(one, locale, book, 'h2'))}</ul>`;
  const list =
    articles.length === 0 && inner.length === 0
      ? html`<p class="quiet">${words.empty}</p>`
      : articles.length === 0
        ? nothing
        : articleList(articles, locale, book);
  const title = collectionTitle(collection, locale, book);
  return {
    ref: collectionRef(collection, locale),
    status: 200,
    locale,
    title,
    contents: nothing,
    main: html`${crumbs(collection.parentId, locale, book)}<header class="heading"><h1>${title}</h1>${lead}${missing}<p class="byline">${countedArticles(articles.length, locale)}</p></header>${cards}${list}`,
    panel: collectionPanel(collection, book),
    locales: knowledge.content.config.locales.map((one) => ({
      locale: one,
      href: addresses.page(collectionRef(collection, one)),
    })),
  };
}

/** The way from the first page down to here. */
export function crumbs(collectionId: string | null, locale: string, book: Book): Markup {
  const { addresses } = book;
  const words = wordsFor(locale);
  const chain = chainOf(collectionId, book).map(
    (one) =>
      html`<li><a href="${addresses.page(collectionRef(one, locale))}">${collectionTitle(one, locale, book)}</a></li>`,
  );
  const home = html`<li><a href="${addresses.page({ kind: 'home', locale })}">${words.home}</a></li>`;
  return html`<nav class="crumbs" aria-label="${words.breadcrumbs}"><ol>${home}${chain}</ol></nav>`;
}

function collectionPanel(collection: Collection, book: Book): Markup {
  const rows = collection.texts.map((text) => {
    const decision = collectionDecision(text, book.knowledge);
    return html`<dt lang="${text.locale}">${localeName(text.locale)}</dt><dd>${statusTag(decision.status)} ${withDates(decision.reason, book.knowledge.today)}</dd>`;
  });
  // A file that cannot be read is in no list of articles: here it is missed.
  const { unreadable } = book.knowledge.content;
  const missed = unreadable.filter(({ file }) => folderOf(file) === collection.path);
  const files = new Set([collection.file, ...missed.map(({ file }) => file)]);
  const { byFile } = book.knowledge.findings();
  const findings = [...files].flatMap((file) => byFile.get(file) ?? []);
  return joined([
    section({ id: 'status', title: 'Status', body: html`<dl class="facts">${rows}</dl>` }),
    section({
      id: 'findings',
      title: 'Findings',
      count: findings.length,
      body: findingList(findings, book),
    }),
  ]);
}
