import { storability } from '../../markdown/index.ts';
import type { Article, Translation } from '../../model/article.ts';
import { anchorId, articleHtml } from '../render/article-html.ts';
import { html, joined, type Markup, nothing } from '../render/markup.ts';
import type { Retrieval } from '../state/retrieval.ts';
import { truthOf } from '../state/truth.ts';
import { articleRef, pathOf } from './addresses.ts';
import { type Book, showingFor, titleOf } from './book.ts';
import { crumbs } from './collection-page.ts';
import type { Page } from './layout.ts';
import { finBody } from './panel/fin.ts';
import { findingList } from './panel/findings.ts';
import { incomingBody, incomingCount, partsBody } from './panel/links.ts';
import { section } from './panel/section.ts';
import { statusBody } from './panel/status.ts';
import { wordsFor } from './words.ts';

/** What a page of an export shows at once; a live page fetches these when somebody looks. */
export interface SlowParts {
  changes: Markup;
  translations: Markup;
}

/** An article as customers read it, and beside it what its writers need to know. */
export function articlePage(
  article: Article,
  text: Translation,
  parts: { book: Book; retrieval: Retrieval; slow: SlowParts | null },
): Page {
  const { book } = parts;
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
    panel: panelOf(article, text, parts),
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

function panelOf(
  article: Article,
  text: Translation,
  { book, retrieval, slow }: { book: Book; retrieval: Retrieval; slow: SlowParts | null },
): Markup {
  const { knowledge } = book;
  if (knowledge.isPartial) {
    const body = html`<p class="quiet">Reading …</p>`;
    return section({ id: 'status', title: 'Status', body });
  }
  const all = knowledge.findingsOf(article);
  const includes = knowledge.content.includes
    .filter(({ locale, name }) => locale === text.locale && text.includes.includes(name))
    .map(({ file }) => file);
  const own = all.filter(({ file }) => file === text.file || includes.includes(file));
  const truth = truthOf(article, text, knowledge, all);
  const losses = storability(text.body, book.profile);
  const lazy = (part: string) =>
    `/~part/${part}?page=${encodeURIComponent(pathOf(articleRef(article, text.locale)))}`;
  const others = article.translations.length - 1;
  return joined([
    section({ id: 'status', title: 'Status', body: statusBody(article, text, truth, book) }),
    section({
      id: 'findings',
      title: 'Findings',
      count: own.length,
      body: html`${findingList(own, book)}${lossList(losses)}`,
    }),
    slow === null
      ? section({ id: 'changes', title: 'What changes', open: false, lazy: lazy('changes') })
      : section({ id: 'changes', title: 'What changes', open: false, body: slow.changes }),
    book.isLive
      ? section({ id: 'fin', title: 'What Fin sees', open: false, lazy: lazy('fin') })
      : section({
          id: 'fin',
          title: 'What Fin sees',
          open: false,
          body: finBody(article, text, truth, { book, retrieval }),
        }),
    slow === null
      ? section({
          id: 'translations',
          title: 'Translations',
          count: others,
          open: false,
          lazy: lazy('translations'),
        })
      : section({
          id: 'translations',
          title: 'Translations',
          count: others,
          open: false,
          body: slow.translations,
        }),
    section({
      id: 'incoming',
      title: 'Links to it',
      count: incomingCount(article, book),
      open: false,
      body: incomingBody(article, book),
    }),
    section({
      id: 'parts',
      title: 'Images and includes',
      count: text.assets.length + text.includes.length,
      open: false,
      body: partsBody(text, book),
    }),
  ]);
}

function lossList(losses: readonly string[]): Markup {
  if (losses.length === 0) return nothing;
  return html`<h3>Intercom cannot hold</h3><ul class="users">${losses.map((loss) => html`<li>${loss}</li>`)}</ul>`;
}
