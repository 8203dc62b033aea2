import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headingId } from '../model/address.ts';
import type { Asset } from '../model/article.ts';
import { assetName } from '../model/asset-name.ts';
import type { Availability } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import { defaultProfile } from '../model/profile.ts';
import { type Addresses, bodyHtml } from '../plan/addresses.ts';
import type { DesiredArticle, DesiredCollection, DesiredTranslation } from '../plan/desired.ts';
import { redirectsInside } from '../plan/help-center.ts';
import type { Context } from './context.ts';
import { type ReadDesired, readDesired } from './desired.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

type Item = Record<string, unknown>;

/** Content as a workspace would answer it: plain data, as the sandbox shares no code with us. */
export interface ContentSeed {
  collections: Item[];
  articles: Item[];
  internalArticles: Item[];
  tags: Item[];
  audiences: Item[];
  redirects: Item[];
  assets: { name: string; bytes: Uint8Array }[];
  helpCenterUrl: null;
  bodies: 'sent';
}

const firstIds = { article: 1001, collection: 201, internal: 8001, tag: 301, redirect: 21 };

/**
 * The knowledge base as publishing it to an empty workspace would leave it there: approved texts,
 * and the AI only where its gate is open. No ledger is written, so `kb adopt` takes it over.
 * @param url where the sandbox is served
 * @throws KbError `no-content` when there is no knowledge base
 */
export async function contentSeed(
  context: Context,
  settings: SandboxSettings,
  url: string,
): Promise<ContentSeed> {
  const read = await readDesired(context.contentDir, context.today);
  const assets = await Promise.all(
    [...read.desired.assets.values()].map((asset) => assetFile(read.content.root, asset)),
  );
  return { ...itemsOf(read, settings, url), assets };
}

async function assetFile(root: string, asset: Asset): Promise<ContentSeed['assets'][number]> {
  try {
    return { name: assetName(asset), bytes: await readFile(join(root, asset.path)) };
  } catch (error) {
    throw new KbError('unreadable', `${asset.path} cannot be read.`, { cause: error });
  }
}

/** What all items need to know of each other. */
interface Seeding {
  settings: SandboxSettings;
  helpCenterUrl: string;
  addresses: Addresses;
  collectionIds: ReadonlyMap<string, string>;
  tagIds: ReadonlyMap<string, string>;
  audienceIds: ReadonlyMap<string, string>;
}

function itemsOf(
  { desired }: ReadDesired,
  settings: SandboxSettings,
  url: string,
): Omit<ContentSeed, 'assets'> {
  const publics = desired.articles.filter((one) => one.visibility !== 'internal');
  const shown = publics.filter((one) => isShown(one, settings));
  const internals = desired.articles.filter(
    (one) => one.visibility === 'internal' && one.invalid === null && shownTexts(one).length > 0,
  );
  const collections = desired.collections.filter((one) => one.invalid === null);
  const articleIds = numbered(shown, firstIds.article);
  const seeding: Seeding = {
    settings,
    helpCenterUrl: `${url}/help`,
    addresses: {
      helpCenterUrl: `${url}/help`,
      intercomId: (id) => articleIds.get(id) ?? null,
      headingId: (articleId, _locale, anchor) => headingId(articleId, anchor),
      asset: (hash) => {
        const asset = desired.assets.get(hash);
        return asset === undefined ? null : `${url}/_sandbox/assets/${assetName(asset)}`;
      },
    },
    collectionIds: numbered(collections, firstIds.collection),
    tagIds: numberedNames(
      [...shown, ...internals].flatMap(({ tags }) => tags ?? []),
      firstIds.tag,
    ),
    audienceIds: numberedNames(
      [...shown, ...internals].flatMap(({ finAudiences }) => finAudiences),
      1,
    ),
  };
  return {
    collections: collections.map((one) => collectionItem(one, seeding)),
    articles: shown.map((one) => articleItem(one, articleIds.get(one.id) ?? '', seeding)),
    internalArticles: internals
      .flatMap((one) => shownTexts(one).map((text) => ({ one, text })))
      .map(({ one, text }, index) => internalItem(one, text, firstIds.internal + index, seeding)),
    tags: [...seeding.tagIds].map(([name, id]) => ({ type: 'tag', id, name })),
    audiences: [...seeding.audienceIds].map(([name, id]) => ({ id, name, predicates: [] })),
    redirects: shown
      .flatMap((one) => redirectsOf(one, articleIds.get(one.id) ?? '', seeding))
      .map((redirect, index) => ({ ...redirect, id: String(firstIds.redirect + index) })),
    helpCenterUrl: null,
    bodies: 'sent',
  };
}

/** An article is there from its default locale on: without that text it cannot be created. */
function isShown(article: DesiredArticle, { defaultLocale }: SandboxSettings): boolean {
  const texts = shownTexts(article);
  return article.invalid === null && texts.some(({ locale }) => locale === defaultLocale);
}

function shownTexts({ translations }: DesiredArticle): DesiredTranslation[] {
  return translations.filter(({ gates, invalid }) => gates.helpCenter && invalid === null);
}

function numbered(items: readonly { id: string }[], first: number): Map<string, string> {
  return new Map(items.map(({ id }, index) => [id, String(first + index)]));
}

function numberedNames(names: readonly string[], first: number): Map<string, string> {
  return new Map([...new Set(names)].sort().map((name, index) => [name, String(first + index)]));
}

function collectionItem(
  { id, parentId, texts }: DesiredCollection,
  { settings, collectionIds }: Seeding,
): Item {
  const shown = texts.filter(
    ({ gates, locale }) => gates.helpCenter || locale === settings.defaultLocale,
  );
  return {
    id: collectionIds.get(id),
    parent_id: parentId === null ? null : (collectionIds.get(parentId) ?? null),
    translated_content: Object.fromEntries(
      shown.map(({ locale, title, description }) => [locale, { name: title, description }]),
    ),
  };
}

function articleItem(article: DesiredArticle, id: string, seeding: Seeding): Item {
  const { collectionId, visibility } = article;
  const parentId = collectionId === null ? undefined : seeding.collectionIds.get(collectionId);
  return {
    id,
    parent_ids: parentId === undefined ? [] : [Number(parentId)],
    author_id: authorId(article, seeding),
    help_center_audience: visibility === 'users' ? 'all_users' : 'everyone',
    audience_ids: audienceIdsOf(article, seeding),
    tags: tagsOf(article, seeding),
    translated_content: Object.fromEntries(
      shownTexts(article).map((text) => [
        text.locale,
        {
          title: text.title,
          description: text.description,
          body: bodyHtml(text, seeding.addresses, defaultProfile),
          state: text.publication,
          ...availabilityFields(text),
        },
      ]),
    ),
  };
}

function internalItem(
  article: DesiredArticle,
  text: DesiredTranslation,
  id: number,
  seeding: Seeding,
): Item {
  return {
    id: String(id),
    title: text.title,
    body: bodyHtml(text, seeding.addresses, defaultProfile),
    locale: text.locale,
    author_id: authorId(article, seeding),
    audience_ids: audienceIdsOf(article, seeding),
    tags: tagsOf(article, seeding),
    ...availabilityFields(text),
  };
}

/** What the writer wants, where the AI gate is open. */
function availabilityFields({ fin, gates }: DesiredTranslation): Item {
  const isOpen = (agent: keyof Availability): boolean => gates.ai && fin[agent];
  return {
    ai_chatbot_availability: isOpen('agent'),
    ai_copilot_availability: isOpen('copilot'),
    ai_sales_agent_availability: isOpen('salesAgent'),
  };
}

function authorId({ author }: DesiredArticle, { settings }: Seeding): number | null {
  const { teammates } = settings;
  return (teammates.find(({ email }) => email === author) ?? teammates[0])?.id ?? null;
}

function audienceIdsOf({ finAudiences }: DesiredArticle, { audienceIds }: Seeding): number[] {
  return finAudiences.map((name) => Number(audienceIds.get(name)));
}

function tagsOf({ tags }: DesiredArticle, { tagIds }: Seeding): Item {
  const applied = (tags ?? []).map((name) => ({ type: 'tag', id: tagIds.get(name), name }));
  return { type: 'tag.list', tags: applied };
}

function redirectsOf(article: DesiredArticle, id: string, { helpCenterUrl }: Seeding): Item[] {
  return shownTexts(article).flatMap(({ redirects, locale }) =>
    redirectsInside(redirects, helpCenterUrl).map((from_url) => ({
      from_url,
      locale,
      target_type: 'article',
      target_id: id,
    })),
  );
}
