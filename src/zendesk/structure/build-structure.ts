import type { Visibility } from '../../model/article.ts';
import type { Config } from '../../model/config.ts';
import type { Locale } from '../../model/locale.ts';
import type { ZendeskArticle, ZendeskSource } from '../source/records.ts';
import { buildCollections, preferred } from './build-collections.ts';
import { FileNames } from './file-names.ts';
import type {
  ImportedArticle,
  ImportedText,
  ImportStructure,
  Skipped,
} from './import-structure.ts';
import { localeMap } from './locales.ts';

/** What an earlier import left in the content tree: identity and place stay as they are. */
export interface KnownContent {
  /** Article id and path by Zendesk's id. */
  articles: ReadonlyMap<string, { id: string; path: string; sourceLocale: Locale }>;
  /** Folder by collection id. */
  collections: ReadonlyMap<string, string>;
  /** Content paths and ids that are in use. */
  paths: readonly string[];
  ids: readonly string[];
}

/**
 * The content tree of a help center: the locales of an article together, categories and sections as
 * folders, restricted articles never public. The same source gives the same tree on every run.
 *
 * @throws KbError `locale`
 */
export function buildStructure(
  source: ZendeskSource,
  options: { config: Config; known: KnownContent; slug: (text: string) => string },
): ImportStructure {
  const { config, known } = options;
  const skipped: Skipped[] = [];
  const records = byArticle(source, skipped, config.defaultLocale);
  const found = [...records.values()].flatMap((articles) =>
    articles.map(({ locale }) => locale ?? ''),
  );
  const locales = localeMap(
    found.filter((locale) => locale !== ''),
    { mapped: config.import.locales, listed: config.locales },
  );
  const taken = known.paths.map((path) => (path.includes('/') ? path : `/${path}`).toLowerCase());
  const names = new FileNames(options.slug, taken);
  const built = buildCollections(source, {
    locales,
    defaultLocale: config.defaultLocale,
    names,
    known: known.collections,
  });
  const ids = new Set(known.ids);
  const emails = new Map(source.users.map(({ id, email }) => [id, email]));
  const segments = new Map(source.segments.map(({ id, userType }) => [id, userType]));
  const listed = Map.groupBy(
    source.attachments.filter(({ isInline }) => !isInline),
    ({ articleId }) => articleId,
  );
  const articles = [...records].map(([sourceId, articles]) => {
    const main = mainRecord(articles);
    const collection = built.collectionOf(main);
    const texts = textsOf(articles, locales, config.defaultLocale);
    const before = known.articles.get(sourceId);
    const titles = preferred(texts, config.defaultLocale);
    const path =
      before?.path ??
      `${collection.path}/${names.name(collection.path, titles, sourceId, 'article')}`;
    const id = before?.id ?? freeId(path, sourceId, ids);
    ids.add(id);
    const restricted = segmentOf(articles, segments);
    return {
      sourceId,
      id,
      path,
      sourceLocale:
        before?.sourceLocale ?? sourceLocaleOf(texts, main, locales, config.defaultLocale),
      author: authorOf(main, emails, config),
      visibility: restricted.visibility,
      segment: restricted.segment,
      tags: [...new Set(articles.flatMap(({ labels }) => labels))],
      order: main.position,
      attachments: [...new Set((listed.get(sourceId) ?? []).map((attachment) => attachment.id))],
      texts,
    } satisfies ImportedArticle;
  });
  return {
    articles,
    collections: built.collections,
    locales,
    skipped: [...skipped, ...built.skipped],
    failures: source.failures,
  };
}

/** The records of each article, one a locale; of two for the same the later one counts. Sorted by id. */
function byArticle(
  source: ZendeskSource,
  skipped: Skipped[],
  defaultLocale: Locale,
): Map<string, ZendeskArticle[]> {
  const all = new Map<string, Map<string, ZendeskArticle>>();
  const add = (record: ZendeskArticle): void => {
    const locale = record.locale ?? record.sourceLocale ?? defaultLocale.toLowerCase();
    const own = all.get(record.id) ?? new Map<string, ZendeskArticle>();
    all.set(record.id, own);
    const other = own.get(locale);
    const isNewer = other === undefined || (record.updatedAt ?? '') >= (other.updatedAt ?? '');
    if (
      other !== undefined &&
      (other.body?.hash !== record.body?.hash || other.title !== record.title)
    )
      skipped.push({
        kind: 'translation',
        id: record.id,
        title: record.title,
        reason: `is there twice in ${locale} (${other.origin}, ${record.origin}); the later one was taken`,
      });
    if (isNewer) own.set(locale, { ...record, locale });
  };
  for (const article of source.articles) add(article);
  for (const translation of source.translations) {
    if (translation.kind !== 'article') continue;
    const [base] = all.get(translation.sourceId)?.values() ?? [];
    if (base === undefined) {
      skipped.push({
        kind: 'translation',
        id: translation.sourceId,
        title: translation.title,
        reason: `is a translation into ${translation.locale} of an article that the source does not hold`,
      });
      continue;
    }
    const existing = all.get(translation.sourceId)?.get(translation.locale);
    if (existing !== undefined && translation.body === null) continue;
    add({
      ...base,
      ...(existing ?? {}),
      locale: translation.locale,
      title: translation.title || base.title,
      body: translation.body,
      isDraft: translation.isDraft,
      isOutdated: translation.isOutdated,
      htmlUrl: translation.htmlUrl ?? existing?.htmlUrl ?? null,
      updatedAt: base.updatedAt,
    });
  }
  const sorted = [...all].toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return new Map(sorted.map(([id, own]) => [id, [...own.values()]]));
}

function mainRecord(articles: readonly ZendeskArticle[]): ZendeskArticle {
  const main = articles.find(({ locale, sourceLocale }) => locale === sourceLocale) ?? articles[0];
  if (main === undefined) throw new Error('an article has at least one record');
  return main;
}

function textsOf(
  articles: readonly ZendeskArticle[],
  locales: ReadonlyMap<string, Locale>,
  defaultLocale: Locale,
): ImportedText[] {
  return articles.map((article) => ({
    locale: locales.get(article.locale ?? '') ?? defaultLocale,
    title: titleOf(article),
    body: article.body,
    publication: article.isDraft ? 'draft' : 'published',
    isOutdated: article.isOutdated,
    origin: article.origin,
    redirects:
      article.htmlUrl !== null && /^https?:\/\/[^\s/]+\S*$/i.test(article.htmlUrl)
        ? [article.htmlUrl]
        : [],
  }));
}

function titleOf({ title, id }: ZendeskArticle): string {
  const line = title.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line === '' ? `Article ${id}` : line;
}

function sourceLocaleOf(
  texts: readonly ImportedText[],
  main: ZendeskArticle,
  locales: ReadonlyMap<string, Locale>,
  defaultLocale: Locale,
): Locale {
  if (texts.some(({ locale }) => locale === defaultLocale)) return defaultLocale;
  return locales.get(main.locale ?? '') ?? texts[0]?.locale ?? defaultLocale;
}

function authorOf(
  main: ZendeskArticle,
  emails: ReadonlyMap<string, string | null>,
  config: Config,
): string | null {
  if (main.authorId === null) return null;
  const email = emails.get(main.authorId) ?? null;
  const { authors } = config.import;
  return authors[main.authorId] ?? (email === null ? null : (authors[email] ?? null));
}

/**
 * Who may read it. A segment that the source does not describe could be anything, so its articles are
 * for teammates only: what was not public must not become it by an import.
 */
function segmentOf(
  articles: readonly ZendeskArticle[],
  userTypes: ReadonlyMap<string, string>,
): { visibility: Visibility; segment: string | null } {
  const ids = [...new Set(articles.flatMap(({ segments }) => segments))];
  const known = ids.map((id) => userTypes.get(id) ?? 'unknown');
  const restricting = ids.filter((_, index) => known[index] !== 'everybody');
  if (restricting.length === 0) return { visibility: 'public', segment: null };
  const forUsers = known.every((type) => type === 'signed_in_users' || type === 'everybody');
  return { visibility: forUsers ? 'users' : 'internal', segment: restricting.join(',') };
}

function freeId(path: string, sourceId: string, taken: ReadonlySet<string>): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const candidates = [last, `${last}-${sourceId.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`];
  const free = candidates.find((id) => !taken.has(id));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) if (!taken.has(`${last}-${number}`)) return `${last}-${number}`;
}
