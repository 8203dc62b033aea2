import type { Article, Translation } from '../../model/article.ts';
import { anchorId, articleHtml } from '../render/article-html.ts';
import { html, type Markup, nothing } from '../render/markup.ts';
import { articleRef } from './addresses.ts';
import { type Book, showingFor, titleOf } from './book.ts';
import { crumbs } from './collection-page.ts';
import type { Page } from './layout.ts';
import { wordsFor } from './words.ts';

/** What stands beside an article: for writers. */
export type PanelOf = (article: Article, text: Translation) => Markup;

/** An article as customers read it, and beside it what its writers need to know. */
export function articlePage(
  article: Article,
  text: Translation,
  { book, panelOf }: { book: Book; panelOf: PanelOf },
): Page {
  const { locale } = text;
  const words = wordsFor(locale);
  const showing = showingFor(book, locale);
  const lead = text.description === '' ? nothing : html`<p class="lead">${text.description}</p>`;
  const copy = book.isLive
    ? html`<button class="plain" id="kb-copy" type="button" data-copied="${words.copied}">${words.copyLink}</button>`
    : nothing;
  const title = titleOf(text, article.id);
  return {
    ref: articleRef(article, locale),
    status: 200,
    locale,
    title,
    contents: contentsOf(text, words.onThisPage),
    main: html`${crumbs(article.collectionId, locale, book)}<article><header class="heading"><h1>${title}</h1>${lead}<p class="byline">${copy}</p></header><div class="body">${articleHtml(text.body, showing)}</div></article>`,
    panel: panelOf(article, text),
    locales: book.knowledge.content.config.locales.map((one) => ({
      locale: one,
      href: article.translations.some((other) => other.locale === one)
        ? book.addresses.page(articleRef(article, one))
        : null,
    })),
  };
}

/** The headings of the text; one alone is no table of contents. */
function contentsOf({ outline }: Translation, label: string): Markup {
  const top = Math.min(...outline.map(({ level }) => level));
  const shown = outline.filter(({ level }) => level <= top + 1);
  if (shown.length < 2) return nothing;
  const items = shown.map(
    ({ level, anchor, text }) =>
      html`<li class="level-${level - top + 1}"><a href="#${encodeURIComponent(anchorId(anchor, {}))}">${text}</a></li>`,
  );
  return html`<nav id="kb-contents" class="contents" aria-label="${label}"><details open><summary>${label}</summary><ul>${items}</ul></details></nav>`;
}
