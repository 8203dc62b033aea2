import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';

/** An article of the emulated help center, with its texts by locale. */
export interface EmulatedArticle {
  id: number;
  section_id: number | null;
  source_locale: string;
  updated_at: string;
  texts: Record<
    string,
    { title: string; body: string | null; draft?: boolean; outdated?: boolean }
  >;
  user_segment_id?: number | null;
  label_names?: string[];
  author_id?: number;
  position?: number;
}

export interface EmulatedAttachment {
  id: number;
  article_id: number;
  file_name: string;
  content_type: string;
  inline: boolean;
  bytes: Uint8Array;
}

/** A group with its names by locale. */
export interface EmulatedGroup {
  id: number;
  category_id?: number;
  parent_section_id?: number | null;
  position?: number;
  names: Record<string, string>;
}

/** What a help center holds; tests change it while it is served. */
export interface EmulatedCenter {
  locales: string[];
  articles: EmulatedArticle[];
  categories: EmulatedGroup[];
  sections: EmulatedGroup[];
  segments: { id: number; name: string; user_type: string }[];
  attachments: EmulatedAttachment[];
  users: { id: number; name: string; email: string }[];
  /** Who asks with it sees everything; null: nobody does. */
  token: string | null;
}

export interface EmulatorHabits {
  paging: 'cursor' | 'offset';
  largestPage: number;
  /** Does a listing bring translations along when it is asked to? */
  sideloads: boolean;
  /** Do addresses end with `.json`? */
  suffix: boolean;
  /** Is there a list of changes? */
  incremental: boolean;
  /** Do paths of listings name the locale, and is there a list of locales? */
  localised: boolean;
  /** The host that addresses name, which need not be the one that was asked. */
  host: string;
}

const usualHabits: EmulatorHabits = {
  ...{ paging: 'cursor', largestPage: 100, sideloads: true, suffix: true, incremental: true },
  localised: true,
  host: 'https://acme.zendesk.com',
};

/**
 * A Zendesk help center as its documentation describes it: listings by locale and page, translations,
 * attachments and their bytes, changes since a time, `429` with `Retry-After`, pages to sign in at.
 * `(Request) => Response`, so tests need no port; `serveZendesk` gives it one.
 */
export class ZendeskEmulator {
  readonly center: EmulatedCenter;
  readonly habits: EmulatorHabits;
  /** Paths that were asked for, with their query. */
  readonly asked: string[] = [];
  /** Answers instead of the usual one, used up in order: the first whose pattern fits. */
  readonly faults: { path: RegExp; times: number; answer: () => Response }[] = [];
  /** Is told of every request before it is answered. */
  before: (path: string) => void = () => {};

  constructor(center: Partial<EmulatedCenter>, habits: Partial<EmulatorHabits> = {}) {
    this.center = {
      ...{ locales: ['en-us'], articles: [], categories: [], sections: [] },
      ...{ segments: [], attachments: [], users: [], token: null },
      ...center,
    };
    this.habits = { ...usualHabits, ...habits };
  }

  fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = decodeURIComponent(url.pathname + url.search);
    this.asked.push(path);
    this.before(path);
    const fault = this.faults.find((it) => it.times > 0 && it.path.test(path));
    if (fault !== undefined) {
      fault.times--;
      return fault.answer();
    }
    const file = /^\/hc\/(?:[\w-]+\/)?article_attachments\/(\d+)/.exec(url.pathname)?.[1];
    const isStaff = this.isStaff(request);
    if (file !== undefined) return this.bytes(Number(file), isStaff);
    const api = /^\/api\/v2\/help_center\/(.+?)(\.json)?$/.exec(url.pathname);
    if (api === null || (api[2] !== undefined) !== this.habits.suffix) return missing();
    return this.answer(api[1] ?? '', url, isStaff);
  };

  private isStaff(request: Request): boolean {
    const { token } = this.center;
    return token !== null && request.headers.get('authorization') === `Bearer ${token}`;
  }

  private answer(path: string, url: URL, isStaff: boolean): Response {
    const { center } = this;
    if (path === 'locales' && this.habits.localised)
      return json({ locales: center.locales, default_locale: center.locales[0] });
    if (path === 'user_segments')
      return isStaff ? this.page('user_segments', center.segments, url) : denied(401);
    if (path === 'incremental/articles') return this.changes(url, isStaff);
    const ofArticle = /^articles\/(\d+)\/(translations|attachments)$/.exec(path);
    if (ofArticle !== null) return this.detail(Number(ofArticle[1]), ofArticle[2], url, isStaff);
    const pattern = this.habits.localised
      ? /^([a-z-]+)\/(articles|sections|categories)$/
      : /^()(articles|sections|categories)$/;
    const [, named = '', kind] = pattern.exec(path) ?? [];
    const locale = this.habits.localised ? named : (center.locales[0] ?? '');
    if (kind === undefined || !center.locales.includes(locale)) return missing();
    if (kind === 'articles') {
      const seen = this.seen(isStaff, locale);
      const isAsked = (url.searchParams.get('include') ?? '').includes('translations');
      const records = seen.map((article) => ({
        ...this.article(article, locale),
        ...(isAsked && this.habits.sideloads
          ? { translations: this.translations(article, isStaff) }
          : {}),
      }));
      return this.page('articles', records, url, isStaff ? { users: center.users } : {});
    }
    const groups = kind === 'sections' ? center.sections : center.categories;
    return this.page(
      kind,
      groups.flatMap(({ names, ...group }) =>
        names[locale] === undefined
          ? []
          : [{ ...group, locale, name: names[locale], description: '' }],
      ),
      url,
    );
  }

  private changes(url: URL, isStaff: boolean): Response {
    if (!isStaff || !this.habits.incremental) return denied(403);
    const since = Number(url.searchParams.get('start_time')) * 1000;
    const changed = this.center.articles.filter(
      ({ updated_at }) => Date.parse(updated_at) >= since,
    );
    const articles = changed.map((article) => this.article(article, article.source_locale));
    return json({ articles, count: articles.length, next_page: null });
  }

  private detail(id: number, kind: string | undefined, url: URL, isStaff: boolean): Response {
    const article = this.seen(isStaff, null).find((it) => it.id === id);
    if (article === undefined) return missing();
    if (kind === 'translations')
      return this.page('translations', this.translations(article, isStaff), url);
    const own = this.center.attachments.filter(({ article_id }) => article_id === id);
    return this.page(
      'article_attachments',
      own.map(({ bytes, ...it }) => ({
        ...it,
        size: bytes.length,
        content_url: `${this.habits.host}/hc/article_attachments/${it.id}/${it.file_name}`,
      })),
      url,
    );
  }

  /** What this visitor sees: drafts and segments are for staff only. */
  private seen(isStaff: boolean, locale: string | null): EmulatedArticle[] {
    return this.center.articles.filter((article) => {
      if (!isStaff && (article.user_segment_id ?? null) !== null) return false;
      const texts = locale === null ? Object.values(article.texts) : [article.texts[locale]];
      return texts.some((text) => text !== undefined && (isStaff || text.draft !== true));
    });
  }

  private article(article: EmulatedArticle, locale: string): object {
    const { texts, ...rest } = article;
    const { title = '', body = null, draft = false, outdated = false } = texts[locale] ?? {};
    return {
      ...{ user_segment_id: null, label_names: [], position: 0, promoted: false },
      ...rest,
      ...{ locale, title, name: title, body, draft, outdated },
      url: `${this.habits.host}/api/v2/help_center/${locale}/articles/${article.id}.json`,
      html_url: `${this.habits.host}/hc/${locale}/articles/${article.id}`,
      edited_at: article.updated_at,
    };
  }

  private translations(article: EmulatedArticle, isStaff: boolean): object[] {
    return Object.entries(article.texts)
      .filter(([, { draft = false }]) => isStaff || !draft)
      .map(([locale, { title, body, draft = false, outdated = false }]) => ({
        ...{ source_id: article.id, source_type: 'Article', locale, title, body, draft, outdated },
        updated_at: article.updated_at,
        html_url: `${this.habits.host}/hc/${locale}/articles/${article.id}`,
      }));
  }

  private page(key: string, records: readonly object[], url: URL, more: object = {}): Response {
    const { paging, largestPage, host } = this.habits;
    const query = url.searchParams;
    const isCursor = paging === 'cursor' && query.get('per_page') === null;
    const asked = Number(query.get(isCursor ? 'page[size]' : 'per_page') ?? 30);
    const size = Math.min(largestPage, asked);
    const at = isCursor
      ? Number(query.get('page[after]') ?? 0)
      : (Number(query.get('page') ?? 1) - 1) * size;
    const shown = records.slice(at, at + size);
    const end = at + shown.length;
    const hasMore = end < records.length;
    const next = new URL(`${host}${url.pathname}${url.search}`);
    if (isCursor) {
      next.searchParams.set('page[after]', String(end));
      const links = { next: hasMore ? next.href : null };
      return json({
        [key]: shown,
        ...more,
        meta: { has_more: hasMore, after_cursor: String(end) },
        links,
      });
    }
    next.searchParams.set('page', String(end / size + 1));
    return json({
      [key]: shown,
      ...more,
      ...{ count: records.length, page: at / size + 1, per_page: size },
      next_page: hasMore ? next.href : null,
    });
  }

  private bytes(id: number, isStaff: boolean): Response {
    const file = this.center.attachments.find((it) => it.id === id);
    const article = this.seen(isStaff, null).find((it) => it.id === file?.article_id);
    if (file === undefined) return missing();
    if (article === undefined) return signIn();
    return new Response(Buffer.from(file.bytes), {
      headers: { 'content-type': file.content_type },
    });
  }
}

/** Serves an emulator on loopback until the test ends. @returns its address */
export async function serveZendesk(emulator: ZendeskEmulator): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch: emulator.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    onTestFinished(() => void server.close());
  });
}

export function busy(retryAfter: string): Response {
  return new Response('{"error":"TooManyRequests"}', {
    status: 429,
    headers: { 'retry-after': retryAfter },
  });
}

/** The page that stands in for what a visitor may not see. */
export function signIn(): Response {
  return new Response('<!doctype html><title>Sign in</title>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

function json(value: unknown): Response {
  return Response.json(value);
}

function missing(): Response {
  return Response.json({ error: 'RecordNotFound' }, { status: 404 });
}

function denied(status: 401 | 403): Response {
  return Response.json({ error: 'Couldn’t authenticate you' }, { status });
}
