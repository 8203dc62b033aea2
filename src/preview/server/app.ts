import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { sha256 } from '../../model/hash.ts';
import { KbError } from '../../model/kb-error.ts';
import type { Profile } from '../../model/profile.ts';
import { contentFile } from '../../repository/editing/content-file.ts';
import { readAsset } from '../../repository/index.ts';
import { articleRef, type PageRef, pageAt, pathOf, servedAddresses } from '../pages/addresses.ts';
import type { PanelOf } from '../pages/article-page.ts';
import type { Book } from '../pages/book.ts';
import { textFor, titleOf as titleOfText } from '../pages/book.ts';
import { type Frame, pageBody, pageHtml, titleOf } from '../pages/layout.ts';
import { troubleNotice } from '../pages/other-pages.ts';
import { changesBody, translationsBody } from '../pages/panel/changes.ts';
import { finBody } from '../pages/panel/fin.ts';
import { fullPanel } from '../pages/panel/full-panel.ts';
import { readingPanel } from '../pages/panel/section.ts';
import { brandOf, renderPage } from '../pages/render-page.ts';
import { searchPage } from '../pages/search-page.ts';
import type { PreviewOptions } from '../preview-ports.ts';
import type { Markup } from '../render/markup.ts';
import type { Knowledge } from '../state/knowledge.ts';
import { createRetrieval } from '../state/retrieval.ts';
import { createSearchIndex } from '../state/search-index.ts';
import { truthOf } from '../state/truth.ts';
import { createVersions } from '../state/versions.ts';
import { applyFix } from './fix.ts';
import {
  assetHeaders,
  decodedPath,
  isOwnHost,
  isOwnOrigin,
  isToken,
  safeHeaders,
} from './guards.ts';
import { assetType, staticFiles } from './static-files.ts';
import { eventStream, type Subscriber } from './streams.ts';

export interface App {
  fetch(request: Request): Promise<Response>;
  useAddress(port: number): void;
  /** Tells open pages that something may have changed. */
  tell(): void;
}

/** One open page. */
interface OpenPage {
  ref: PageRef | null;
  /** The article it shows, so that it follows a rename. */
  articleId: string | null;
  hash: string;
  subscriber: Subscriber;
}

/** Answers requests about what is known. */
export function createApp(
  parts: Omit<PreviewOptions, 'hosted'> & {
    knowledge: Knowledge;
    profile: Profile;
    token: string;
    hosted: Book['hosted'];
    /** Asks GitHub who approved what. */
    askGitHub(): Promise<void>;
  },
): App {
  const { knowledge, token, root } = parts;
  const files = staticFiles();
  const addresses = servedAddresses(files.byName);
  const retrieval = createRetrieval(knowledge);
  const search = createSearchIndex(knowledge);
  const versions = createVersions(knowledge, parts.ports, parts.profile);
  const open = new Set<OpenPage>();
  let port = 0;

  const { editor } = parts;
  const book: Book = {
    knowledge,
    addresses,
    profile: parts.profile,
    editor: editor === null ? null : (file, line, column) => editor(join(root, file), line, column),
    hosted: parts.hosted,
    isLive: true,
  };
  const panelOf: PanelOf = (article, text) =>
    knowledge.isPartial
      ? readingPanel()
      : fullPanel(article, text, { book, retrieval, slow: null, live: versions.live });

  function frameFor(locale: string): Frame {
    return {
      addresses,
      brand: brandOf(book, locale),
      defaultLocale: knowledge.content.config.defaultLocale,
      live: { token },
      notice: troubleNotice(book),
    };
  }

  function rendered(ref: PageRef | null) {
    const page = renderPage(ref, { book, panelOf });
    const frame = frameFor(page.locale);
    const body = pageBody(page, frame).html;
    return { page, frame, body, title: titleOf(page, frame), hash: sha256(body).slice(0, 16) };
  }

  function pageResponse(ref: PageRef | null): Response {
    const { page, frame, hash } = rendered(ref);
    return htmlResponse(pageHtml(page, frame, hash), page.status);
  }

  function refAt(path: string): PageRef | null {
    return pageAt(path, knowledge.content.config.locales);
  }

  /** The page that is meant by an address which is nearly one: without its last slash, or a file's. */
  function meantBy(path: string): PageRef | null {
    if (isThere(refAt(path))) return null;
    const bare = path.replace(/\/+$/, '').replace(/(?:\.[a-z]{2}(?:-[A-Z]{2})?)?\.md$/, '');
    const nearly = bare === '/overview' ? ['/~overview'] : [`${bare}/`, bare];
    return nearly.map(refAt).find(isThere) ?? null;
  }

  function isThere(ref: PageRef | null): boolean {
    switch (ref?.kind) {
      case 'home':
      case 'overview':
        return true;
      case 'collection':
        return knowledge.collectionAt(ref.path) !== null;
      case 'article':
        return knowledge.articleAt(ref.path) !== null;
      default:
        return false;
    }
  }

  function articleAt(path: string) {
    const ref = refAt(path);
    if (ref?.kind !== 'article') return null;
    const article = knowledge.articleAt(ref.path);
    const text = article?.translations.find(({ locale }) => locale === ref.locale);
    return article === null || text === undefined ? null : { article, text };
  }

  const app = new Hono();
  // Every answer but a stream's and an asset's own carries the same headers.
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(safeHeaders)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });
  app.use(async (context, next) => {
    const { req } = context;
    if (!isOwnHost(req.header('host') ?? null, port))
      return refused('This preview answers to its own name only.');
    if (decodedPath(req.url) === null) return refused('There is no such path.', 400);
    if (req.method === 'GET' || req.method === 'HEAD') return next();
    if (req.method !== 'POST') return refused('Only GET and POST are answered.', 405);
    if (!isOwnOrigin(req.raw)) return refused('Another site sent this.');
    if (!isToken(req.header('x-kb-token') ?? null, token))
      return refused('The token of this run is missing; reload the page.');
    return next();
  });

  app.get('/', (context) => {
    const { defaultLocale } = knowledge.content.config;
    return context.redirect(addresses.page({ kind: 'home', locale: defaultLocale }), 302);
  });
  app.get('/~static/:name', (context) => {
    const file = files.byAddress.get(context.req.param('name'));
    if (file === undefined) return refused('There is no such file.', 404);
    return new Response(file.bytes, {
      headers: {
        'content-type': file.type,
        'cache-control': 'public, max-age=31536000, immutable',
      },
    });
  });
  app.get('/~asset/:hash/:name', async (context) => {
    const asset = knowledge.content.assets.get(context.req.param('hash'));
    if (asset === undefined) return refused('There is no such file.', 404);
    try {
      const bytes = new Uint8Array(await readAsset(root, asset));
      const { type, disposition } = assetType(asset.path);
      return new Response(bytes, {
        headers: { ...assetHeaders, 'content-type': type, 'content-disposition': disposition },
      });
    } catch {
      return refused('The file has changed just now.', 404);
    }
  });
  app.get('/~events', (context) => {
    const { req } = context;
    if (!isToken(req.query('token') ?? null, token) || !isSameSite(req.raw)) {
      return refused('The token of this run is missing; reload the page.');
    }
    const path = decodedPath(req.query('page') ?? '');
    const seen = req.query('seen') ?? '';
    return eventStream((subscriber) => {
      // What was found stays as it is while somebody reads it.
      if (path === '/~search') return () => undefined;
      const ref = path === null ? null : refAt(path);
      const article = ref?.kind === 'article' ? knowledge.articleAt(ref.path) : null;
      const page = { ref, articleId: article?.id ?? null, hash: seen, subscriber };
      open.add(page);
      tellPage(page);
      return () => open.delete(page);
    });
  });
  app.get('/~part/:name', async (context) => {
    const found = articleAt(decodedPath(context.req.query('page') ?? '') ?? '');
    if (found === null) return refused('There is no such article.', 404);
    const part = await partOf(context.req.param('name'), found);
    return part === null ? refused('There is no such part.', 404) : htmlResponse(part.html);
  });
  app.get('/~search', async (context) => {
    const query = (context.req.query('q') ?? '').slice(0, 200);
    const { config } = knowledge.content;
    const asked = context.req.query('locale') ?? '';
    const locale = config.locales.find((one) => one === asked) ?? config.defaultLocale;
    const found = query.trim() === '' ? [] : await search.find(query, locale, 30);
    if (context.req.header('accept')?.includes('application/json')) {
      return context.json({
        results: found.slice(0, 8).flatMap(({ articleId, excerpt }) => {
          const article = knowledge.article(articleId);
          if (article === null) return [];
          const title = titleOfText(textFor(article, locale), article.id);
          return [{ href: addresses.page(articleRef(article, locale)), title, excerpt }];
        }),
      });
    }
    const page = searchPage({ query, locale, found }, book);
    return htmlResponse(pageHtml(page, frameFor(locale)));
  });
  app.post('/~fix', (context) =>
    answered(async () => {
      const data: unknown = await context.req.json();
      const key = isKeyed(data) ? data.key : '';
      const { rule, file, line } = await applyFix(key, knowledge, async (path) =>
        readFile(await contentFile(root, path), 'utf8').catch(() => null),
      );
      return `Fixed ${rule} in ${file}:${line}.`;
    }),
  );
  app.post('/~live', () =>
    answered(async () => {
      await versions.readLive();
      tell();
      return 'Read what is live.';
    }),
  );
  app.post('/~proofs', () =>
    answered(async () => {
      await parts.askGitHub();
      return 'The reviews are read again.';
    }),
  );
  app.get('*', (context) => {
    const path = decodedPath(context.req.url);
    if (path === null) return pageResponse(null);
    const meant = meantBy(path);
    if (meant !== null) return context.redirect(addresses.page(meant), 302);
    return pageResponse(refAt(path));
  });
  app.onError((error) => refused(`The preview failed here: ${error.message}`, 500));

  async function partOf(
    name: string,
    { article, text }: NonNullable<ReturnType<typeof articleAt>>,
  ): Promise<Markup | null> {
    switch (name) {
      case 'changes':
        return changesBody(article, text, { book, versions });
      case 'translations':
        return translationsBody(article, text, { book, versions });
      case 'fin': {
        const truth = truthOf(article, text, knowledge, knowledge.findingsOf(article));
        return finBody(article, text, truth, { book, retrieval });
      }
      default:
        return null;
    }
  }

  function tell(): void {
    for (const page of open) tellPage(page);
  }

  /** Sends a page what has changed in it; a page whose article was renamed goes along. */
  function tellPage(page: OpenPage): void {
    const { ref, articleId } = page;
    const article = articleId === null ? null : knowledge.article(articleId);
    if (ref?.kind === 'article') {
      const here = knowledge.articleAt(ref.path);
      if (here === null && article !== null) page.ref = articleRef(article, ref.locale);
      page.articleId = here?.id ?? page.articleId;
    }
    const { body, title, hash } = rendered(page.ref);
    const url = page.ref === null ? null : encodeURI(pathOf(page.ref));
    if (hash === page.hash) page.subscriber.send('same', { version: knowledge.version });
    else page.subscriber.send('page', { url, title, body, hash, version: knowledge.version });
    page.hash = hash;
  }

  return {
    fetch: async (request) => app.fetch(request),
    useAddress(given) {
      port = given;
    },
    tell,
  };
}

function htmlResponse(text: string, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function refused(message: string, status = 403): Response {
  return new Response(`${message}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** What went well, or what a person can do about it. */
async function answered(act: () => Promise<string>): Promise<Response> {
  try {
    return Response.json({ told: await act() });
  } catch (error) {
    const isKnown = error instanceof KbError;
    const told = isKnown ? `${error.message} ${error.hint ?? ''}`.trim() : 'That did not work.';
    return Response.json({ told }, { status: isKnown ? 409 : 500 });
  }
}

function isKeyed(data: unknown): data is { key: string } {
  return data !== null && typeof data === 'object' && 'key' in data && typeof data.key === 'string';
}

function isSameSite(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  return (
    (site === null || site === 'same-origin') &&
    (origin === null || origin === new URL(request.url).origin)
  );
}
