import { html, raw } from 'hono/html';
import { plainText } from '../api/article-search.ts';
import { articleUrl } from '../api/article-wire.ts';
import { collectionUrl } from '../api/collections.ts';
import { localPath } from '../api/help-centers.ts';
import type { Workspace } from '../workspace.ts';
import { pageBody } from './article-body.ts';
import { breadcrumb, type Html, page, searchForm } from './layout.ts';
import {
  type Library,
  libraryOf,
  pathTo,
  type Shelf,
  type ShelfArticle,
  visibleContent,
} from './library.ts';
import { formattedDate, pageTexts } from './page-texts.ts';

/** The start: all collections, and what stands in none. */
export function homePage(workspace: Workspace, locale: string): Html {
  const texts = pageTexts(locale);
  const { name } = workspace.settings.helpCenter;
  const library = libraryOf(workspace, locale);
  const isEmpty = library.shelves.length === 0 && library.loose.length === 0;
  const content = html`<section class="hero"><h1>${texts.greeting}</h1>${searchForm(locale, '', 'large')}${askForm(locale, '')}</section>
${isEmpty ? html`<p class="empty">${texts.emptyHelpCenter}</p>` : ''}
${shelfCards(workspace, locale, library.shelves, texts.collections)}
${looseArticles(workspace, locale, library)}`;
  return page({ workspace, locale, title: name, withSearch: false, content });
}

function looseArticles(
  workspace: Workspace,
  locale: string,
  { loose, shelves }: Library,
): Html | '' {
  if (loose.length === 0) return '';
  const texts = pageTexts(locale);
  const title = shelves.length === 0 ? texts.articles(loose.length) : texts.moreArticles;
  return html`<section><h2>${title}</h2>${articleList(workspace, locale, loose)}</section>`;
}

function shelfCards(
  workspace: Workspace,
  locale: string,
  shelves: readonly Shelf[],
  title: string,
): Html | '' {
  if (shelves.length === 0) return '';
  return html`<section><h2 class="quiet">${title}</h2><ul class="cards">${shelves.map(
    ({ collection, name, description, count }) => html`<li class="card">
<h3><a href="${localPath(workspace, collectionUrl(workspace, collection, locale))}">${name}</a></h3>
${description === '' ? '' : html`<p>${description}</p>`}
<p class="count">${pageTexts(locale).articles(count)}</p></li>`,
  )}</ul></section>`;
}

export function articleList(
  workspace: Workspace,
  locale: string,
  articles: readonly ShelfArticle[],
): Html {
  return html`<ul class="list">${articles.map(
    ({
      article,
      content,
    }) => html`<li><a href="${localPath(workspace, articleUrl(workspace, article, content, locale))}">
<span class="name">${content.title}</span>
${content.description === '' ? '' : html`<span class="about">${content.description}</span>`}</a></li>`,
  )}</ul>`;
}

/** A collection: its own collections, then its articles. */
export function collectionPage(
  workspace: Workspace,
  locale: string,
  collectionId: string,
): Html | undefined {
  const path = pathTo(libraryOf(workspace, locale).shelves, collectionId);
  const shelf = path.at(-1);
  if (shelf === undefined) return undefined;
  const texts = pageTexts(locale);
  const content = html`${breadcrumb(locale, crumbsOf(workspace, locale, path.slice(0, -1)))}
<div class="heading"><h1>${shelf.name}</h1>
${shelf.description === '' ? '' : html`<p class="lead">${shelf.description}</p>`}
<p class="count">${texts.articles(shelf.count)}</p></div>
${shelf.articles.length === 0 ? '' : articleList(workspace, locale, shelf.articles)}
${shelfCards(workspace, locale, shelf.shelves, texts.collections)}`;
  return page({
    workspace,
    locale,
    title: shelf.name,
    alternatives: alternatives(workspace, (other) =>
      localPath(workspace, collectionUrl(workspace, shelf.collection, other)),
    ),
    content,
  });
}

function crumbsOf(
  workspace: Workspace,
  locale: string,
  path: readonly Shelf[],
): { name: string; href: string }[] {
  return path.map(({ name, collection }) => ({
    name,
    href: localPath(workspace, collectionUrl(workspace, collection, locale)),
  }));
}

function alternatives(
  workspace: Workspace,
  addressIn: (locale: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    workspace.settings.locales.map((locale) => [locale, addressIn(locale)]),
  );
}

/** An article, or `undefined` when a visitor may not see it in this locale. */
export function articlePage(
  workspace: Workspace,
  locale: string,
  articleId: string,
): Html | undefined {
  const article = workspace.store.tables.articles.find(articleId);
  const text = article === undefined ? undefined : visibleContent(article, locale);
  if (article === undefined || text === undefined) return undefined;
  const texts = pageTexts(locale);
  const body = pageBody(workspace, text.body, locale);
  const path = pathTo(libraryOf(workspace, locale).shelves, article.parentId);
  const author = workspace.settings.teammates.find(({ id }) => id === text.authorId)?.name ?? '';
  const others = workspace.settings.locales.flatMap((other): [string, string][] => {
    const content = visibleContent(article, other);
    return content === undefined
      ? []
      : [[other, localPath(workspace, articleUrl(workspace, article, content, other))]];
  });
  const content = html`${breadcrumb(locale, crumbsOf(workspace, locale, path))}
<article>
<div class="heading"><h1>${text.title}</h1>
${text.description === '' ? '' : html`<p class="lead">${text.description}</p>`}
<p class="byline">${author === '' ? '' : html`<span>${texts.writtenBy(author)}</span> `}<span>${texts.updatedOn(formattedDate(text.updatedAt, locale))}</span></p></div>
${contentsOf(locale, body.headings)}
<div class="article-body">${raw(body.html)}</div>
</article>`;
  return page({
    workspace,
    locale,
    title: text.title,
    alternatives: Object.fromEntries(others),
    content,
  });
}

function contentsOf(
  locale: string,
  headings: readonly { readonly id: string; readonly text: string }[],
): Html | '' {
  if (headings.length < 3) return '';
  const title = pageTexts(locale).onThisPage;
  return html`<nav class="contents" aria-label="${title}"><p>${title}</p><ul>${headings.map(
    ({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`,
  )}</ul></nav>`;
}

/** The question box; what it answers is on the page it leads to. */
export function askForm(locale: string, question: string, agentField: Html | '' = ''): Html {
  const texts = pageTexts(locale);
  return html`<form class="ask" action="/help/${locale}/ask">
<p class="ask-title"><span class="spark" aria-hidden="true">✦</span> <strong>${texts.ask}</strong> <small>${texts.standIn}</small></p>
<div class="row"><input type="text" name="q" value="${question}" placeholder="${texts.askHint}" aria-label="${texts.question}" maxlength="500" required>
${agentField}<button type="submit">${texts.askButton}</button></div></form>`;
}

/** Articles that hold every word. */
export function searchPage(
  workspace: Workspace,
  locale: string,
  phrase: string,
  found: readonly ShelfArticle[],
): Html {
  const texts = pageTexts(locale);
  const content = html`<div class="heading"><h1>${texts.results(found.length, phrase)}</h1></div>
${found.length === 0 ? html`<p class="empty">${texts.noResults}</p>` : resultList(workspace, locale, found)}`;
  return page({ workspace, locale, title: `${texts.search}: ${phrase}`, phrase, content });
}

function resultList(workspace: Workspace, locale: string, found: readonly ShelfArticle[]): Html {
  return html`<ul class="list">${found.map(
    ({
      article,
      content,
    }) => html`<li><a href="${localPath(workspace, articleUrl(workspace, article, content, locale))}">
<span class="name">${content.title}</span><span class="about">${excerpt(content.description, content.body)}</span></a></li>`,
  )}</ul>`;
}

function excerpt(description: string, body: string): string {
  const text = description === '' ? plainText(body) : description;
  return text.length > 180 ? `${text.slice(0, 177)}…` : text;
}

/** What everybody sees while the website is turned off in the settings. */
export function turnedOffPage(workspace: Workspace, locale: string): Html {
  const texts = pageTexts(locale);
  const content = html`<div class="heading"><h1>${texts.turnedOff}</h1><p class="lead">${texts.turnedOffHint}</p></div>`;
  return page({ workspace, locale, title: texts.turnedOff, withSearch: false, content });
}

export function notFoundPage(workspace: Workspace, locale: string): Html {
  const texts = pageTexts(locale);
  const content = html`<div class="heading"><h1>${texts.notFound}</h1><p class="lead">${texts.notFoundHint}</p></div>
${searchForm(locale, '', 'large')}`;
  return page({ workspace, locale, title: texts.notFound, withSearch: false, content });
}
