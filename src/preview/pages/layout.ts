import { html, type Markup, nothing } from '../render/markup.ts';
import type { Addresses, PageRef } from './addresses.ts';
import { localeName } from './locale-names.ts';
import { directionOf, wordsFor } from './words.ts';

/** The style sheets, in the order they count. */
export const styles = [
  'base.css',
  'help-center.css',
  'article.css',
  'panel.css',
  'narrow-and-print.css',
] as const;

/** What a page shows, before it is put into the frame that all pages share. */
export interface Page {
  ref: PageRef;
  status: 200 | 404;
  locale: string;
  title: string;
  /** Beside the text, on the left. */
  contents: Markup;
  main: Markup;
  /** Beside the text, on the right: for writers. */
  panel: Markup | null;
  /** The same page in the other locales; null where there is none. */
  locales: readonly { locale: string; href: string | null }[];
}

/** What the frame needs to know. */
export interface Frame {
  addresses: Addresses;
  /** The name above everything. */
  brand: string;
  defaultLocale: string;
  /** null: a file of an export, nothing of which talks to a server. */
  live: { token: string } | null;
  /** A line above everything: what is wrong with the whole knowledge base. */
  notice: Markup | null;
}

/** The part of a page that is exchanged when something changes. */
export function pageBody(page: Page, frame: Frame): Markup {
  const panel =
    page.panel === null
      ? nothing
      : html`<aside id="kb-panel" aria-label="For writers" lang="en" dir="ltr">${page.panel}</aside>`;
  const withPanel = page.panel === null ? '' : ' has-panel';
  const isWide = ['home', 'overview', 'source'].includes(page.ref.kind) ? ' wide' : '';
  return html`<div id="kb-page" class="page${withPanel}${isWide}">${frame.notice === null ? nothing : html`<div class="notice" role="status" lang="en">${frame.notice}</div>`}${page.contents}<main id="kb-main" tabindex="-1">${page.main}</main>${panel}</div>`;
}

/**
 * A whole page. Scripts and styles are files, so that the policy can forbid all others. `seen` names
 * this state of the page, so that it is not sent again.
 */
export function pageHtml(page: Page, frame: Frame, seen: string | null = null): string {
  const { addresses, live } = frame;
  const { locale } = page;
  const words = wordsFor(locale);
  const token = live === null ? nothing : html`<meta name="kb-token" content="${live.token}">`;
  const hash = seen === null ? nothing : html`<meta name="kb-seen" content="${seen}">`;
  const document = html`<html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${titleOf(page, frame)}</title>${token}${hash}<link rel="icon" href="data:,">${styles.map((name) => html`<link rel="stylesheet" href="${addresses.file(name)}">`)}<script src="${addresses.file('preview.js')}" defer></script></head><body><a class="skip" href="#kb-main">${words.skip}</a>${headerHtml(page, frame)}${pageBody(page, frame)}<dialog id="kb-zoom" aria-label="${words.zoom}"><form method="dialog"><button class="plain" aria-label="${words.close}">✕</button></form><img alt=""></dialog><div id="kb-told" role="status" aria-live="polite"></div></body></html>`;
  return `<!doctype html>${document.html}`;
}

/** What the browser's tab says. */
export function titleOf(page: Page, { brand }: Frame): string {
  return page.ref.kind === 'home' ? brand : `${page.title} · ${brand}`;
}

function headerHtml(page: Page, frame: Frame): Markup {
  const { addresses, live } = frame;
  const { locale } = page;
  const words = wordsFor(locale);
  const home = addresses.page({ kind: 'home', locale });
  const search =
    live === null || page.ref.kind === 'home'
      ? nothing
      : html`<div class="search-slot">${searchForm(locale, words.search)}</div>`;
  return html`<header class="bar"><a class="brand" href="${home}"><span class="mark" aria-hidden="true"></span>${frame.brand}</a>${search}<div class="tools">${localeSwitch(page)}<button class="plain" id="kb-theme" type="button" aria-label="${words.theme}" title="${words.theme}"><span aria-hidden="true">◐</span></button>${writersTools(page, frame)}</div></header>`;
}

function writersTools(page: Page, { addresses, live }: Frame): Markup {
  const overview = html`<a class="plain" lang="en" href="${addresses.page({ kind: 'overview' })}">Overview</a>`;
  const toggle =
    page.panel === null
      ? nothing
      : html`<button class="plain" id="kb-panel-toggle" type="button" lang="en" aria-controls="kb-panel" aria-pressed="true" title="Show or hide what only writers see (p)">Writer’s view</button>`;
  const state =
    live === null
      ? nothing
      : html`<span id="kb-live" class="live" lang="en" title="Updates as you save"><span class="dot" aria-hidden="true"></span><span class="visually-hidden">Updates as you save</span></span>`;
  return html`${overview}${toggle}${state}`;
}

function localeSwitch({ locales, locale }: Page): Markup {
  if (locales.length < 2) return nothing;
  const items = locales.map((one) => {
    const name = localeName(one.locale);
    if (one.locale === locale) {
      return html`<li><span aria-current="true" lang="${one.locale}" title="${name}">${one.locale.toUpperCase()}</span></li>`;
    }
    if (one.href === null)
      return html`<li><span class="missing" title="${name}: –">${one.locale.toUpperCase()}</span></li>`;
    return html`<li><a href="${one.href}" hreflang="${one.locale}" lang="${one.locale}" title="${name}">${one.locale.toUpperCase()}<span class="visually-hidden"> ${name}</span></a></li>`;
  });
  return html`<nav aria-label="${wordsFor(locale).languages}"><ul class="locales">${items}</ul></nav>`;
}

/** The search box; results come as you type, and without scripts by pressing Enter. */
export function searchForm(locale: string, label: string, query = ''): Markup {
  const words = wordsFor(locale);
  return html`<form class="search" role="search" action="/~search" method="get"><input type="hidden" name="locale" value="${locale}"><input id="kb-search" name="q" type="search" value="${query}" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="kb-found" aria-autocomplete="list" aria-label="${label}" placeholder="${words.searchIn}"><kbd aria-hidden="true">/</kbd><div id="kb-found" role="listbox" aria-label="${words.results}" data-none="${words.noResults}" hidden></div></form>`;
}
