import { Hono } from 'hono';
import { mentions, wordsOf } from '../api/article-search.ts';
import { articleUrl } from '../api/article-wire.ts';
import { collectionUrl } from '../api/collections.ts';
import { localPath } from '../api/help-centers.ts';
import { redirectFor } from '../api/redirects.ts';
import { applyDueSchedules } from '../api/schedules.ts';
import type { Retrieval } from '../fin/answer.ts';
import { AGENTS } from '../fin/readable.ts';
import type { Workspace } from '../workspace.ts';
import { askPage } from './ask-page.ts';
import { HELP_CSS } from './help-css.ts';
import {
  articlePage,
  collectionPage,
  homePage,
  notFoundPage,
  searchPage,
  turnedOffPage,
} from './help-pages.ts';
import { ICON_SVG, missingImageSvg } from './images.ts';
import type { Html } from './layout.ts';
import { type ShelfArticle, visibleArticles } from './library.ts';
import { inertFileHeaders, PAGE_HEADERS } from './page-headers.ts';

export interface PagesParts {
  readonly workspace: Workspace;
  readonly ask: Retrieval;
}

/** The help center as its visitors see it. */
export function createPages({ workspace, ask }: PagesParts): Hono {
  const app = new Hono();
  const isLocale = (locale: string): boolean => workspace.settings.locales.includes(locale);

  app.use('*', async (context, next) => {
    applyDueSchedules(workspace);
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });

  app.use('/help/*', async (context, next) => {
    const { helpCenter, defaultLocale } = workspace.settings;
    const isAsset = /^\/help\/(?:static|images)\//.test(context.req.path);
    if (helpCenter.isTurnedOn || isAsset) return next();
    return context.html(turnedOffPage(workspace, defaultLocale), 404);
  });

  const home = (path: string): void => {
    app.get(path, (context) => context.redirect(`/help/${workspace.settings.defaultLocale}`));
  };
  home('/');
  home('/help');
  app.get('/favicon.ico', (context) => context.redirect('/help/static/icon.svg'));
  app.get('/help/static/help.css', (context) =>
    context.body(HELP_CSS, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.get('/help/static/icon.svg', (context) =>
    context.body(ICON_SVG, 200, { 'content-type': 'image/svg+xml' }),
  );
  app.get('/help/images/:id/:name', (context) => imageResponse(workspace, context.req.param('id')));

  app.use('/help/:locale/*', async (context, next) => {
    if (isLocale(context.req.param('locale'))) return next();
    return context.notFound();
  });

  const shown = (
    content: Html | undefined,
    locale: string,
  ): { content: Html; status: 200 | 404 } =>
    content === undefined
      ? { content: notFoundPage(workspace, locale), status: 404 }
      : { content, status: 200 };

  app.get('/help/:locale', (context) => {
    const locale = context.req.param('locale');
    return isLocale(locale) ? context.html(homePage(workspace, locale)) : context.notFound();
  });
  app.get('/help/:locale/collections/:id', (context) => {
    const { locale, id } = context.req.param();
    const { content, status } = shown(collectionPage(workspace, locale, idOf(id)), locale);
    return context.html(content, status);
  });
  app.get('/help/:locale/articles/:id', (context) => {
    const { locale, id } = context.req.param();
    const { content, status } = shown(articlePage(workspace, locale, idOf(id)), locale);
    return context.html(content, status);
  });
  app.get('/help/:locale/search', (context) => {
    const { locale } = context.req.param();
    const phrase = (context.req.query('q') ?? '').slice(0, 200).trim();
    const words = wordsOf(phrase);
    const found =
      words.length === 0
        ? []
        : titlesFirst(
            visibleArticles(workspace, locale).filter(({ content }) => mentions(content, words)),
            words,
          );
    return context.html(searchPage(workspace, locale, phrase, found.slice(0, 100)));
  });
  app.get('/help/:locale/ask', (context) => {
    const { locale } = context.req.param();
    const question = (context.req.query('q') ?? '').slice(0, 500).trim();
    const agent = AGENTS.find((known) => known === context.req.query('agent')) ?? 'agent';
    const answer = question === '' ? null : ask(question, locale, agent);
    return context.html(askPage(workspace, locale, { question, agent, answer }));
  });

  app.notFound((context) => {
    const target = redirectTarget(workspace, new URL(context.req.url).pathname);
    if (target !== undefined) return context.redirect(target, 301);
    const { locales, defaultLocale } = workspace.settings;
    const asked = locales.find((locale) => context.req.path.startsWith(`/help/${locale}/`));
    return context.html(notFoundPage(workspace, asked ?? defaultLocale), 404);
  });
  return app;
}

function titlesFirst(
  found: readonly ShelfArticle[],
  words: readonly string[],
): readonly ShelfArticle[] {
  const hasTitle = ({ content }: ShelfArticle): boolean =>
    words.every((word) => content.title.toLowerCase().includes(word));
  return [...found.filter(hasTitle), ...found.filter((one) => !hasTitle(one))];
}

/** `1001-reset-your-password` → `1001`: the slug is for people. */
function idOf(segment: string): string {
  return /^\d+/.exec(segment)?.[0] ?? '';
}

function redirectTarget(workspace: Workspace, pathname: string): string | undefined {
  const redirect = redirectFor(workspace, pathname);
  if (redirect === undefined) return undefined;
  const { targetType, targetId, locale } = redirect;
  if (targetType === 'collection') {
    const collection = workspace.store.tables.collections.find(targetId);
    return collection === undefined
      ? undefined
      : localPath(workspace, collectionUrl(workspace, collection, locale));
  }
  const article = workspace.store.tables.articles.find(targetId);
  const content = article?.contents[locale];
  if (article === undefined || content === undefined) return undefined;
  return localPath(workspace, articleUrl(workspace, article, content, locale));
}

/** The bytes taken when the article was saved; for an image never fetched, a picture saying so. */
function imageResponse(workspace: Workspace, id: string): Response {
  const image = workspace.store.tables.images.find(id);
  if (image === undefined) return new Response('Not found', { status: 404 });
  const bytes = image.sha256 === null ? undefined : workspace.blobs.read(image.sha256);
  if (bytes === undefined || image.contentType === null) {
    return new Response(missingImageSvg(image.source), {
      headers: inertFileHeaders('image/svg+xml'),
    });
  }
  return new Response(Uint8Array.from(bytes), { headers: inertFileHeaders(image.contentType) });
}
