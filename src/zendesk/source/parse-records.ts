import type {
  ZendeskArticle,
  ZendeskAttachment,
  ZendeskGroup,
  ZendeskSegment,
  ZendeskSource,
  ZendeskTranslation,
  ZendeskUser,
} from './records.ts';

type Json = Readonly<Record<string, unknown>>;

/** Adds what a JSON value holds to a source; tells how many records it knew. Found by looking, not by names of files. */
export function addRecords(source: ZendeskSource, value: unknown, origin: string): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item) => sum + addRecord(source, item, origin), 0);
  }
  if (!isJson(value)) return 0;
  let known = 0;
  for (const [key, content] of Object.entries(value)) {
    const read = readers[key];
    if (read === undefined) continue;
    for (const item of Array.isArray(content) ? content : [content]) {
      if (isJson(item) && read(source, item, origin)) known++;
    }
  }
  return known > 0 ? known : addRecord(source, value, origin);
}

type Reader = (source: ZendeskSource, item: Json, origin: string) => boolean;

const article: Reader = (source, item, origin) => {
  for (const embedded of listOf(item.translations))
    if (isJson(embedded))
      translation(source, { source_id: item.id, source_type: 'Article', ...embedded }, origin);
  return pushed(source.articles, articleFrom(source, item, origin));
};
const section: Reader = (source, item) => pushed(source.groups, groupFrom(item, 'section'));
const category: Reader = (source, item) => pushed(source.groups, groupFrom(item, 'category'));
const translation: Reader = (source, item) =>
  pushed(source.translations, translationFrom(source, item));
const attachment: Reader = (source, item) => pushed(source.attachments, attachmentFrom(item));
const segment: Reader = (source, item) => pushed(source.segments, segmentFrom(item));
const user: Reader = (source, item) => pushed(source.users, userFrom(item));

const readers: Readonly<Record<string, Reader>> = {
  ...{ article, articles: article, results: article },
  ...{ section, sections: section, category, categories: category },
  ...{ translation, translations: translation },
  ...{ article_attachment: attachment, article_attachments: attachment },
  ...{ attachment, attachments: attachment },
  ...{ user_segment: segment, user_segments: segment, user, users: user },
};

/** One record without a name around it, known by its keys. */
function addRecord(source: ZendeskSource, item: unknown, origin: string): number {
  if (!isJson(item)) return 0;
  for (const [key, content] of Object.entries(item)) {
    if (readers[key] !== undefined && isJson(content) && 'id' in content)
      return addRecords(source, { [key]: content }, origin);
  }
  const reader = readerFor(item);
  return reader?.(source, item, origin) ? 1 : 0;
}

function readerFor(item: Json): Reader | null {
  const has = (...keys: string[]): boolean => keys.every((key) => key in item);
  if (has('source_id', 'locale')) return translation;
  if (has('content_url')) return attachment;
  if (has('user_type')) return segment;
  if (has('category_id', 'name') && !has('body')) return section;
  if (has('id') && (has('body') || has('section_id') || has('label_names'))) return article;
  if (has('id', 'title') || has('id', 'html_url')) return article;
  return null;
}

function pushed<T>(list: T[], item: T | null): boolean {
  if (item === null) return false;
  list.push(item);
  return true;
}

function articleFrom(source: ZendeskSource, item: Json, origin: string): ZendeskArticle | null {
  const id = idOf(item.id);
  if (id === null) return null;
  const segments = [item.user_segment_id, ...listOf(item.user_segment_ids)]
    .map(idOf)
    .filter((segmentId) => segmentId !== null);
  return {
    id,
    locale: localeOf(item.locale),
    sourceLocale: localeOf(item.source_locale),
    title: textOf(item.title) || textOf(item.name),
    body: typeof item.body === 'string' ? source.bodies.keep(item.body) : null,
    htmlUrl: textOf(item.html_url) || null,
    url: textOf(item.url) || null,
    sectionId: idOf(item.section_id),
    authorId: idOf(item.author_id),
    isDraft: item.draft === true,
    isOutdated: item.outdated === true,
    position: numberOf(item.position),
    labels: listOf(item.label_names)
      .map(textOf)
      .filter((label) => label !== ''),
    segments: [...new Set(segments)],
    updatedAt: textOf(item.edited_at) || textOf(item.updated_at) || null,
    folders: [],
    origin,
  };
}

function groupFrom(item: Json, kind: ZendeskGroup['kind']): ZendeskGroup | null {
  const id = idOf(item.id);
  if (id === null) return null;
  return {
    kind,
    id,
    categoryId: idOf(item.category_id),
    parentSectionId: idOf(item.parent_section_id),
    locale: localeOf(item.locale),
    sourceLocale: localeOf(item.source_locale),
    name: textOf(item.name) || textOf(item.title),
    description: textOf(item.description),
    position: numberOf(item.position),
  };
}

function translationFrom(source: ZendeskSource, item: Json): ZendeskTranslation | null {
  const sourceId = idOf(item.source_id);
  const locale = localeOf(item.locale);
  if (sourceId === null || locale === null) return null;
  const type = textOf(item.source_type).toLowerCase();
  return {
    kind: type === 'section' || type === 'category' ? type : 'article',
    sourceId,
    locale,
    title: textOf(item.title),
    body: typeof item.body === 'string' ? source.bodies.keep(item.body) : null,
    isDraft: item.draft === true,
    isOutdated: item.outdated === true,
    htmlUrl: textOf(item.html_url) || null,
  };
}

function attachmentFrom(item: Json): ZendeskAttachment | null {
  const id = idOf(item.id);
  if (id === null) return null;
  return {
    id,
    articleId: idOf(item.article_id),
    fileName: textOf(item.file_name),
    url: textOf(item.content_url) || null,
    isInline: item.inline === true,
  };
}

function segmentFrom(item: Json): ZendeskSegment | null {
  const id = idOf(item.id);
  if (id === null) return null;
  return { id, name: textOf(item.name), userType: textOf(item.user_type) };
}

function userFrom(item: Json): ZendeskUser | null {
  const id = idOf(item.id);
  return id === null ? null : { id, email: textOf(item.email) || null };
}

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A page name or null is no id. */
function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) ? value : null;
}

function localeOf(value: unknown): string | null {
  const locale = textOf(value).toLowerCase().replaceAll('_', '-');
  return locale === '' ? null : locale;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
