import { contentTypeOf } from '../images/content-type.ts';
import type { StoredCollection, StoredRedirect } from '../state/entities.ts';
import { type Op, put } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { type DumpItem, idOf, itemOf, numberOf, textOf, type WorkspaceDump } from './dump.ts';
import { createArticleFiller, movedHere } from './fill-articles.ts';

/** What was left out, one sentence for each. */
export type SkippedItems = readonly string[];

/**
 * Fills an empty workspace with a dump: ids, times and states as they are there. All or nothing.
 * @throws Error naming the first item that makes no sense.
 */
export function fillWorkspace(workspace: Workspace, dump: WorkspaceDump): SkippedItems {
  const skipped: string[] = [];
  putAssets(workspace, dump);
  const collections = collectionRows(workspace, dump.collections, skipped);
  const collectionIds = new Set(collections.map(({ id }) => id));
  const tags = dump.tags.map((item) => ({
    id: idOf(item, 'tag'),
    updatedAt: workspace.now(),
    name: textOf(item, 'name', `tag ${String(item.id)}`) ?? '',
  }));
  const filler = createArticleFiller(workspace, dump, collectionIds);
  const articles = dump.articles.map((item) => filler.article(item));
  const internals = dump.internalArticles.map((item) => filler.internalArticle(item));
  const redirects = redirectRows(workspace, dump);
  const ops: readonly Op[] = [
    ...collections.map((row) => put('collections', row)),
    ...tags.map((row) => put('tags', row)),
    ...dump.audiences.map((item) => audienceOp(workspace, item)),
    ...filler.ops(),
    ...articles.map((row) => put('articles', row)),
    ...internals.map((row) => put('internalArticles', row)),
    ...redirects.map((row) => put('redirects', row)),
  ];
  reserveIds(workspace, ops);
  workspace.store.commit(ops);
  for (const { id, scheduledPublishAt, scheduledUnpublishAt } of articles)
    if (scheduledPublishAt !== null || scheduledUnpublishAt !== null) workspace.scheduled.add(id);
  return skipped;
}

function putAssets(workspace: Workspace, { assets }: WorkspaceDump): void {
  const updatedAt = workspace.now();
  workspace.store.commit(
    assets.map(({ name, bytes }) =>
      put('assets', {
        id: name,
        updatedAt,
        sha256: workspace.blobs.keep(bytes),
        contentType: contentTypeOf(name),
      }),
    ),
  );
}

/** New items get ids above those of the dump. */
function reserveIds(workspace: Workspace, ops: readonly Op[]): void {
  const sequences = [
    'articles',
    'versions',
    'collections',
    'internalArticles',
    'tags',
    'audiences',
    'redirects',
  ] as const;
  for (const sequence of sequences) {
    const ids = ops.filter(({ table }) => table === sequence).map(({ id }) => Number(id));
    workspace.store.reserveIds(
      sequence,
      ids.reduce((most, id) => Math.max(most, id), 0),
    );
  }
}

function collectionRows(
  workspace: Workspace,
  items: readonly DumpItem[],
  skipped: string[],
): readonly StoredCollection[] {
  const { helpCenter } = workspace.settings;
  const here = items.filter((item) => {
    const center = item.help_center_id;
    const isHere = center === undefined || center === null || String(center) === helpCenter.id;
    if (!isHere)
      skipped.push(`collection ${String(item.id)} belongs to help center ${String(center)}`);
    return isHere;
  });
  const ids = new Set(here.map((item) => idOf(item, 'collection')));
  const rows = here.map((item, index) => collectionRow(workspace, item, index));
  return rows.map((row) =>
    row.parentId === null || ids.has(row.parentId) ? row : { ...row, parentId: null },
  );
}

function collectionRow(workspace: Workspace, item: DumpItem, index: number): StoredCollection {
  const id = idOf(item, 'collection');
  const place = `collection ${id}`;
  const parentId = numberOf(item, 'parent_id');
  const texts = Object.entries(itemOf(item.translated_content) ?? {}).flatMap(
    ([locale, value]): [string, StoredCollection['texts'][string]][] => {
      const text = itemOf(value);
      return text === null ? [] : [[locale, collectionText(text, place)]];
    },
  );
  return {
    id,
    createdAt: numberOf(item, 'created_at') ?? workspace.now(),
    updatedAt: numberOf(item, 'updated_at') ?? workspace.now(),
    parentId: parentId === null ? null : String(parentId),
    order: numberOf(item, 'order') ?? index,
    icon: textOf(item, 'icon', place) ?? 'book-bookmark',
    texts:
      texts.length > 0
        ? Object.fromEntries(texts)
        : { [workspace.settings.defaultLocale]: collectionText(item, place) },
  };
}

function collectionText(item: DumpItem, place: string): StoredCollection['texts'][string] {
  return {
    name: textOf(item, 'name', place) ?? '',
    description: textOf(item, 'description', place) ?? '',
  };
}

function audienceOp(workspace: Workspace, item: DumpItem): Op {
  const id = idOf(item, 'audience');
  const { predicates, role_predicates: rolePredicates } = item;
  return put('audiences', {
    id,
    createdAt: numberOf(item, 'created_at') ?? workspace.now(),
    updatedAt: numberOf(item, 'updated_at') ?? workspace.now(),
    name: textOf(item, 'name', `audience ${id}`) ?? '',
    predicates: Array.isArray(predicates) ? predicates : [],
    rolePredicates: Array.isArray(rolePredicates) ? rolePredicates : [],
  });
}

function redirectRows(workspace: Workspace, dump: WorkspaceDump): readonly StoredRedirect[] {
  return dump.redirects.map((item) => {
    const id = idOf(item, 'redirect');
    const place = `redirect ${id}`;
    const fromUrl = textOf(item, 'from_url', place);
    if (fromUrl === null) throw new Error(`${place}: from_url is missing`);
    return {
      id,
      createdAt: numberOf(item, 'created_at') ?? workspace.now(),
      updatedAt: numberOf(item, 'updated_at') ?? workspace.now(),
      fromUrl: movedHere(workspace, dump, fromUrl),
      locale: textOf(item, 'locale', place) ?? workspace.settings.defaultLocale,
      targetType: item.target_type === 'collection' ? 'collection' : 'article',
      targetId: String(item.target_id ?? ''),
    };
  });
}
