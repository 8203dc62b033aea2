import type { Availability, Region } from '../model/config.ts';
import type {
  LiveArticle,
  LiveCollection,
  LiveHelpCenter,
  LiveInternal,
  LiveRedirect,
  LiveTranslation,
} from '../model/snapshot.ts';
import type {
  ArticleWrite,
  CollectionWrite,
  InternalWrite,
  RedirectWrite,
  TranslationWrite,
} from '../publish/ports.ts';

/** A JSON object of an answer. Answers are data from outside: every field is looked at before use. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Ids come as strings and as numbers; both name the same thing. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function seconds(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function availabilityOf(content: Json): Availability {
  return {
    agent: content.ai_chatbot_availability === true,
    copilot: content.ai_copilot_availability === true,
    salesAgent: content.ai_sales_agent_availability === true,
  };
}

function translationFrom(locale: string, content: Json, fallback: Json): LiveTranslation {
  return {
    locale,
    title: text(content.title),
    description: text(content.description),
    body: text(content.body),
    authorId: idOf(content.author_id) ?? idOf(fallback.author_id),
    publication: content.state === 'published' ? 'published' : 'draft',
    availability: availabilityOf(content),
    audienceIds: (Array.isArray(content.audience_ids) ? content.audience_ids : [])
      .map(idOf)
      .filter((id) => id !== null),
    hasPendingDraft: content.has_unpublished_changes === true,
  };
}

/**
 * An article of an answer. On a monolingual help center, which tells no `default_locale`, its only
 * content belongs to `onlyLocale`.
 */
export function articleFromWire(item: Json, onlyLocale: string): LiveArticle | null {
  const intercomId = idOf(item.id);
  if (intercomId === null) return null;
  const defaultLocale = typeof item.default_locale === 'string' ? item.default_locale : null;
  const contents = isJson(item.translated_content) ? item.translated_content : {};
  const translations: Record<string, LiveTranslation> = {};
  for (const [locale, content] of Object.entries(contents)) {
    if (locale !== 'type' && isJson(content)) {
      translations[locale] = translationFrom(locale, content, item);
    }
  }
  const main = defaultLocale ?? onlyLocale;
  translations[main] ??= translationFrom(main, item, item);
  const parents = Array.isArray(item.parent_ids) ? item.parent_ids : [item.parent_id];
  const statistics = isJson(item.statistics) ? item.statistics : {};
  return {
    intercomId,
    defaultLocale,
    parentId: parents.map(idOf).find((id) => id !== null) ?? null,
    authorId: idOf(item.author_id),
    translations,
    tags: listOf(isJson(item.tags) ? item.tags.tags : []).map((tag) => ({
      id: idOf(tag.id) ?? '',
      name: text(tag.name),
    })),
    helpCenterAudience:
      typeof item.help_center_audience === 'string' ? item.help_center_audience : null,
    hasSchedule:
      typeof item.scheduled_publish_at === 'number' ||
      typeof item.scheduled_unpublish_at === 'number',
    finInvolvements:
      typeof statistics.fin_involvements === 'number' ? statistics.fin_involvements : null,
    createdAt: seconds(item.created_at),
    updatedAt: seconds(item.updated_at),
  };
}

/** @param onlyLocale the locale of an internal article that tells none */
export function internalFromWire(item: Json, onlyLocale: string): LiveInternal | null {
  const intercomId = idOf(item.id);
  if (intercomId === null) return null;
  const locale = typeof item.locale === 'string' ? item.locale : onlyLocale;
  return {
    intercomId,
    text: { ...translationFrom(locale, item, item), description: '', publication: 'published' },
    createdAt: seconds(item.created_at),
    updatedAt: seconds(item.updated_at),
  };
}

export function redirectFromWire(item: Json): LiveRedirect | null {
  const intercomId = idOf(item.id);
  const targetId = idOf(item.target_id);
  if (intercomId === null || targetId === null) return null;
  return {
    intercomId,
    fromUrl: text(item.from_url),
    locale: text(item.locale),
    targetType: text(item.target_type),
    targetId,
  };
}

export function internalToWire(write: InternalWrite): Json {
  const authorId = write.authorId === undefined ? undefined : integer(write.authorId);
  return defined({
    title: write.title,
    body: write.body,
    author_id: authorId,
    owner_id: authorId,
    audience_ids: write.audienceIds?.map(integer),
    ai_chatbot_availability: write.availability?.agent,
    ai_copilot_availability: write.availability?.copilot,
    ai_sales_agent_availability: write.availability?.salesAgent,
  });
}

export function redirectToWire(write: RedirectWrite): Json {
  return {
    from_url: write.fromUrl,
    locale: write.locale,
    target_type: 'article',
    target_id: write.targetId,
  };
}

export function collectionFromWire(item: Json, onlyLocale: string): LiveCollection | null {
  const intercomId = idOf(item.id);
  if (intercomId === null) return null;
  const defaultLocale = typeof item.default_locale === 'string' ? item.default_locale : null;
  const contents = isJson(item.translated_content) ? item.translated_content : {};
  const texts: Record<string, { title: string; description: string }> = {};
  for (const [locale, content] of Object.entries(contents)) {
    if (locale !== 'type' && isJson(content)) {
      texts[locale] = { title: text(content.name), description: text(content.description) };
    }
  }
  texts[defaultLocale ?? onlyLocale] ??= {
    title: text(item.name),
    description: text(item.description),
  };
  return {
    intercomId,
    parentId: idOf(item.parent_id),
    helpCenterId: idOf(item.help_center_id),
    defaultLocale,
    order: typeof item.order === 'number' ? item.order : null,
    texts,
    createdAt: seconds(item.created_at),
    updatedAt: seconds(item.updated_at),
  };
}

export function helpCenterFromWire(item: Json): LiveHelpCenter | null {
  const id = idOf(item.id);
  if (id === null) return null;
  return {
    id,
    name: text(item.display_name) || text(item.identifier),
    url: text(item.url),
    locales: Array.isArray(item.locales)
      ? item.locales.filter((locale) => typeof locale === 'string')
      : [],
    isDefault: item.default === true,
  };
}

/** `app.region` is written `US`, `EU`, `AU`; null for anything else. */
export function regionFromWire(value: unknown): Region | null {
  const region = text(value).toLowerCase();
  return region === 'us' || region === 'eu' || region === 'au' ? region : null;
}

/** Ids are integers in requests where the description says so. */
function integer(id: string): number | string {
  return /^\d{1,15}$/.test(id) ? Number(id) : id;
}

function contentToWire(write: TranslationWrite): Record<string, unknown> {
  const availability = write.availability;
  return defined({
    title: write.title,
    description: write.description,
    body: write.body,
    author_id: write.authorId === undefined ? undefined : integer(write.authorId),
    state: write.publication,
    ai_chatbot_availability: availability?.agent,
    ai_copilot_availability: availability?.copilot,
    ai_sales_agent_availability: availability?.salesAgent,
  });
}

/**
 * The body of a create or update. The default locale's content goes both to the top and into
 * `translated_content`: the default locale can be flipped in the UI at any time (docs/decisions.md).
 */
export function articleToWire(write: ArticleWrite, isCreate: boolean): Json {
  const main = write.translations[write.defaultLocale];
  const locales = Object.keys(write.translations);
  const isMonolingual = locales.length === 1 && main !== undefined && !write.isMultilingual;
  return defined({
    ...(main === undefined ? {} : contentToWire(main)),
    author_id: write.authorId === undefined ? undefined : integer(write.authorId),
    ...parentToWire(write.parentId, isCreate),
    audience_ids: write.audienceIds?.map(integer),
    translated_content:
      locales.length === 0 || isMonolingual
        ? undefined
        : Object.fromEntries(
            Object.entries(write.translations).map(([locale, content]) => [
              locale,
              contentToWire(content),
            ]),
          ),
  });
}

/** `parent_id` is an integer on create and a string on update (API description 2.16). */
function parentToWire(parentId: string | null | undefined, isCreate: boolean): Json {
  if (parentId === undefined || parentId === null) return {};
  return { parent_id: isCreate ? integer(parentId) : parentId, parent_type: 'collection' };
}

export function collectionToWire(write: CollectionWrite): Json {
  const main = write.texts[write.defaultLocale];
  const locales = Object.keys(write.texts);
  return defined({
    name: main?.title,
    description: main?.description,
    parent_id: write.parentId,
    help_center_id: write.helpCenterId === undefined ? undefined : integer(write.helpCenterId),
    translated_content:
      locales.length === 0 || (locales.length === 1 && !write.isMultilingual)
        ? undefined
        : Object.fromEntries(
            Object.entries(write.texts).map(([locale, content]) => [
              locale,
              { name: content.title, description: content.description },
            ]),
          ),
  });
}

function defined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
