import type { CollectionText, StoredCollection } from '../state/entities.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { invalid, missing, notFound } from './api-error.ts';
import { readId, readText, readTranslations } from './fields.ts';
import { helpCenterUrl, slugOf } from './help-centers.ts';
import { listOf, pageOfTable, readPage } from './paging.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, type JsonObject, ok } from './route.ts';

const PAGE_SIZES = { usual: 20, most: 100 };
const MOST_LEVELS = 3;

export const collectionRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/help_center/collections',
    answer: ({ workspace, query }) =>
      ok(
        listOf(
          pageOfTable(workspace.store.tables.collections, readPage(query, PAGE_SIZES, workspace)),
          (row) => collection(workspace, row),
        ),
      ),
  },
  { method: 'POST', path: '/help_center/collections', answer: createCollection },
  {
    method: 'GET',
    path: '/help_center/collections/{collection_id}',
    answer: ({ workspace, params }) =>
      ok(collection(workspace, collectionOf(workspace, params.collection_id))),
  },
  { method: 'PUT', path: '/help_center/collections/{collection_id}', answer: updateCollection },
  { method: 'DELETE', path: '/help_center/collections/{collection_id}', answer: deleteCollection },
];

function createCollection({ workspace, body }: ApiCall): ApiAnswer {
  const helpCenterId = readId(body, 'help_center_id');
  if (
    helpCenterId !== undefined &&
    helpCenterId !== null &&
    helpCenterId !== workspace.settings.helpCenter.id
  ) {
    throw notFound('Help center not found');
  }
  const parentId = readId(body, 'parent_id') ?? null;
  const texts = textsAfter(workspace, body, {});
  if ((texts[workspace.settings.defaultLocale]?.name ?? '') === '')
    throw missing('Name is a required parameter.');
  assertDepth(workspace, parentId, 1);
  const now = workspace.now();
  const created: StoredCollection = {
    id: workspace.store.nextId('collections'),
    createdAt: now,
    updatedAt: now,
    parentId,
    order: childrenOf(workspace, parentId).length,
    icon: 'book-bookmark',
    texts,
  };
  workspace.store.commit([put('collections', created)]);
  return ok(collection(workspace, created));
}

function updateCollection({ workspace, params, body }: ApiCall): ApiAnswer {
  const found = collectionOf(workspace, params.collection_id);
  const parentId = readId(body, 'parent_id');
  const texts = textsAfter(workspace, body, found.texts);
  if (mainText(workspace, { ...found, texts }).name === '')
    throw invalid('name must not be blank', 'name');
  if (parentId !== undefined) assertMovable(workspace, found, parentId);
  const updated: StoredCollection = {
    ...found,
    updatedAt: workspace.now(),
    parentId: parentId === undefined ? found.parentId : parentId,
    texts,
  };
  workspace.store.commit([put('collections', updated)]);
  return ok(collection(workspace, updated));
}

/** What was inside stays and stands alone: articles without collection, collections on the top level. */
function deleteCollection({ workspace, params }: ApiCall): ApiAnswer {
  const found = collectionOf(workspace, params.collection_id);
  const { articles } = workspace.store.tables;
  const orphans = [...articles.rows()].filter(({ parentId }) => parentId === found.id);
  const children = childrenOf(workspace, found.id);
  workspace.store.commit([
    removal('collections', found.id),
    ...orphans.map((article) => put('articles', { ...article, parentId: null })),
    ...children.map((child) => put('collections', { ...child, parentId: null })),
  ]);
  return ok({ id: found.id, object: 'collection', deleted: true });
}

/** @throws ApiError 404 when there is none. */
export function collectionOf(workspace: Workspace, id = ''): StoredCollection {
  const found = workspace.store.tables.collections.find(id);
  if (found === undefined) throw notFound();
  return found;
}

function textsAfter(
  workspace: Workspace,
  body: JsonObject,
  before: Readonly<Record<string, CollectionText>>,
): Readonly<Record<string, CollectionText>> {
  const { locales, defaultLocale } = workspace.settings;
  const translations = readTranslations(body, locales);
  const top = { ...translations.get(defaultLocale), ...definedTexts(body) };
  const changes = new Map([[defaultLocale, top], ...translations, [defaultLocale, top]]);
  const after = [...changes].flatMap(([locale, change]): [string, CollectionText][] => {
    const text = textAfter(
      locale,
      change,
      before[locale],
      locale === defaultLocale ? '' : `translated_content.${locale}.`,
    );
    return text === undefined ? [] : [[locale, text]];
  });
  return { ...before, ...Object.fromEntries(after) };
}

function definedTexts({ name, description }: JsonObject): JsonObject {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

function textAfter(
  locale: string,
  change: JsonObject,
  before: CollectionText | undefined,
  place: string,
): CollectionText | undefined {
  const name = readText(change, 'name', place) ?? before?.name;
  const description = readText(change, 'description', place) ?? before?.description ?? '';
  if (name === undefined) {
    if (place === '' || Object.keys(change).every((key) => key === 'type')) return undefined;
    throw missing(
      `translated_content.${locale}.name is required`,
      `translated_content.${locale}.name`,
    );
  }
  return { name, description };
}

function childrenOf(workspace: Workspace, parentId: string | null): StoredCollection[] {
  return [...workspace.store.tables.collections.rows()].filter(
    (other) => other.parentId === parentId,
  );
}

function assertMovable(
  workspace: Workspace,
  moved: StoredCollection,
  parentId: string | null,
): void {
  if (parentId !== null && ancestry(workspace, parentId).includes(moved.id)) {
    throw invalid('A collection cannot be inside itself', 'parent_id');
  }
  assertDepth(workspace, parentId, heightOf(workspace, moved.id));
}

/** @throws ApiError when `height` levels below `parentId` are more than there can be. */
function assertDepth(workspace: Workspace, parentId: string | null, height: number): void {
  if (parentId === null) return;
  if (workspace.store.tables.collections.find(parentId) === undefined)
    throw notFound('Parent collection not found');
  if (ancestry(workspace, parentId).length + height > MOST_LEVELS) {
    throw invalid(`Collections can be nested ${MOST_LEVELS} levels deep`, 'parent_id');
  }
}

/** The collection and those around it, innermost first. */
export function ancestry(workspace: Workspace, id: string | null): string[] {
  const found = id === null ? undefined : workspace.store.tables.collections.find(id);
  return found === undefined ? [] : [found.id, ...ancestry(workspace, found.parentId)];
}

function heightOf(workspace: Workspace, id: string): number {
  return (
    1 + Math.max(0, ...childrenOf(workspace, id).map((child) => heightOf(workspace, child.id)))
  );
}

/** The text a collection's top level shows; see `mainContent` of articles for the fallback. */
export function mainText(workspace: Workspace, { texts }: StoredCollection): CollectionText {
  const text = texts[workspace.settings.defaultLocale] ?? Object.values(texts)[0];
  return text ?? { name: '', description: '' };
}

export function collectionUrl(
  workspace: Workspace,
  collection: StoredCollection,
  locale: string,
): string {
  const { id, texts } = collection;
  const slug = slugOf((texts[locale] ?? mainText(workspace, collection)).name);
  return `${helpCenterUrl(workspace)}/${locale}/collections/${id}${slug === '' ? '' : `-${slug}`}`;
}

function collection(workspace: Workspace, row: StoredCollection): unknown {
  const { defaultLocale, workspaceId, helpCenter } = workspace.settings;
  const text = mainText(workspace, row);
  const translations = Object.fromEntries(
    Object.entries(row.texts).map(([locale, { name, description }]) => [
      locale,
      { type: 'group_content', name, description },
    ]),
  );
  return {
    id: row.id,
    workspace_id: workspaceId,
    name: text.name,
    description: text.description,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    url: collectionUrl(workspace, row, defaultLocale),
    icon: row.icon,
    order: row.order,
    parent_id: row.parentId,
    help_center_id: Number(helpCenter.id),
    ...(workspace.isMultilingual
      ? {
          default_locale: defaultLocale,
          translated_content: { type: 'group_translated_content', ...translations },
        }
      : {}),
  };
}
