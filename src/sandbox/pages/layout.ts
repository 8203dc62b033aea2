import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Workspace } from '../workspace.ts';
import { localeName, pageTexts } from './page-texts.ts';

/** HTML whose texts are escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageFrame {
  readonly workspace: Workspace;
  readonly locale: string;
  readonly title: string;
  /** The same page in the other locales; missing ones lead to the start. */
  readonly alternatives?: Readonly<Record<string, string>>;
  readonly phrase?: string;
  /** The start page has its own, large search. */
  readonly withSearch?: boolean;
  readonly content: Html;
}

/** A page of the help center. */
export function page(frame: PageFrame): Html {
  const { workspace, locale, title, content, withSearch = true, phrase = '' } = frame;
  const texts = pageTexts(locale);
  const { name } = workspace.settings.helpCenter;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === name ? name : `${title} · ${name}`}</title>
<link rel="icon" href="/help/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/help/static/help.css">
</head>
<body>
<a class="skip" href="#content">${texts.skip}</a>
<header class="bar">
<a class="brand" href="/help/${locale}"><span class="mark" aria-hidden="true"></span>${name}</a>
${withSearch ? searchForm(locale, phrase, 'compact') : ''}
<nav class="links" aria-label="${texts.languages}">
<a class="ask-link" href="/help/${locale}/ask">${texts.ask}</a>
${localeSwitch(frame)}
</nav>
</header>
<main id="content">${content}</main>
<footer><p>${texts.sandboxNote}</p></footer>
</body>
</html>`;
}

export function searchForm(locale: string, phrase: string, size: 'compact' | 'large'): Html {
  const texts = pageTexts(locale);
  return html`<form class="search ${size}" role="search" action="/help/${locale}/search">
<input type="search" name="q" value="${phrase}" placeholder="${texts.searchHint}" aria-label="${texts.searchHint}" maxlength="200">
<button type="submit">${texts.search}</button>
</form>`;
}

function localeSwitch({ workspace, locale, alternatives = {} }: PageFrame): Html | '' {
  const { locales } = workspace.settings;
  if (locales.length < 2) return '';
  return html`<ul class="locales">${locales.map((other) =>
    other === locale
      ? html`<li><span aria-current="true" lang="${other}">${localeName(other)}</span></li>`
      : html`<li><a lang="${other}" hreflang="${other}" href="${alternatives[other] ?? `/help/${other}`}">${localeName(other)}</a></li>`,
  )}</ul>`;
}

export interface Crumb {
  readonly name: string;
  readonly href: string;
}

export function breadcrumb(locale: string, crumbs: readonly Crumb[]): Html {
  const texts = pageTexts(locale);
  const all = [{ name: texts.allCollections, href: `/help/${locale}` }, ...crumbs];
  return html`<nav class="crumbs" aria-label="${texts.breadcrumb}"><ol>${all.map(
    ({ name, href }) => html`<li><a href="${href}">${name}</a></li>`,
  )}</ol></nav>`;
}
