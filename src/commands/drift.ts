import { canonicalHash } from '../markdown/index.ts';
import type {
  RecordedArticle,
  RecordedCollection,
  RecordedTranslation,
} from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import type { Tree } from '../model/tree.ts';
import { driftedFields, isBlank, storedTree } from '../plan/live.ts';
import type { FieldChange } from '../plan/plan.ts';
import type { Context } from './context.ts';
import { readWorkspaceState, type WorkspaceState } from './workspace-state.ts';

export const driftKinds = [
  'edited',
  'created',
  'moved',
  'unpublished',
  'deleted',
  'published',
] as const;
export type DriftKind = (typeof driftKinds)[number];

/** Something that changed outside git. */
export interface Drift {
  /** Our id; for what was created there, Intercom's. */
  id: string;
  locale: string | null;
  kind: DriftKind;
  fields: FieldChange[];
  by: string | null;
  via: string | null;
  /** ISO time. */
  at: string | null;
  title: string;
  /** Content path; for what was created there, its Intercom id. */
  path: string;
  intercomId: string;
  /** The body as we left it and as it is; null where no version tells, or it did not change. */
  texts: { before: Tree | null; after: Tree | null } | null;
}

/**
 * What was changed in Intercom since we last wrote it. Without a ledger nothing is known to compare
 * with, and `ledger` says so.
 */
export async function driftCommand(context: Context): Promise<{ drift: Drift[]; ledger: boolean }> {
  const state = await readWorkspaceState(context);
  const isKnown = state.recorded.workspace !== null;
  return isKnown ? { drift: await driftIn(state), ledger: true } : { drift: [], ledger: false };
}

/** The same for a state that is read already, and known to have a ledger. */
export async function driftIn(state: WorkspaceState): Promise<Drift[]> {
  const drift: Drift[] = [];
  for (const item of driftOf(state)) drift.push(await explained(item, state));
  return [...drift, ...collectionDrift(state)];
}

/** Adds who made a text what it is, and what it was before, as far as its versions tell. */
async function explained(item: Drift, state: WorkspaceState): Promise<Drift> {
  const { workspace } = state.connection;
  if (item.locale === null || item.kind === 'deleted' || workspace.versions === undefined) {
    return item;
  }
  const { intercomId, locale } = item;
  const [newest, ...older] = await workspace.versions(intercomId, locale);
  if (newest === undefined) return item;
  const teammate = state.actual.teammates.find(({ id }) => id === newest.by);
  const origin = {
    by: teammate === undefined ? newest.by : teammate.name || teammate.email,
    via: newest.via,
    at: isoTime(newest.createdAt) ?? item.at,
  };
  if (!item.fields.some(({ name }) => name === 'body')) return { ...item, ...origin };
  const echo = state.recorded.articles[item.id]?.translations[locale]?.echo.body ?? null;
  const live = state.actual.articles.find((article) => article.intercomId === intercomId);
  const after = storedTree(live?.translations[locale]?.body ?? '');
  const published = older.find(({ via }) => via === 'api') ?? older.at(-1);
  if (published === undefined || workspace.versionBody === undefined) {
    return { ...item, ...origin, texts: { before: null, after } };
  }
  const before = storedTree(await workspace.versionBody(intercomId, locale, published.id));
  // A version of somebody else's program tells nothing of what we left there.
  const isOurs = canonicalHash(before) === echo;
  return { ...item, ...origin, texts: { before: isOurs ? before : null, after } };
}

/** Collections that were made, renamed, moved or deleted there. */
function collectionDrift({ recorded, actual }: WorkspaceState): Drift[] {
  const live = new Map(actual.collections.map((item) => [item.intercomId, item]));
  const managed = new Set([
    ...Object.values(recorded.collections).map((entry) => entry.intercomId),
    ...Object.values(recorded.tombstones.collections).map((stone) => stone.last.intercomId),
  ]);
  const paths = new Map(
    Object.values(recorded.collections).map((entry) => [entry.intercomId, `${entry.path}/`]),
  );
  const known = Object.entries(recorded.collections).flatMap(([id, entry]) => {
    const base = { ...unexplained, id, path: `${entry.path}/`, intercomId: entry.intercomId };
    const there = live.get(entry.intercomId);
    const title = Object.values(entry.texts)[0]?.title ?? entry.path;
    if (there === undefined) {
      return [{ ...base, locale: null, kind: 'deleted' as const, fields: [], title }];
    }
    const at = isoTime(there.updatedAt);
    const moved: Drift[] =
      there.parentId === entry.parentIntercomId
        ? []
        : [
            {
              ...base,
              at,
              title,
              locale: null,
              kind: 'moved',
              fields: [
                {
                  name: 'parent',
                  before: nameOf(entry.parentIntercomId, paths),
                  after: nameOf(there.parentId, paths),
                },
              ],
            },
          ];
    return [...moved, ...collectionEdits(entry, there.texts, { ...base, at })];
  });
  const created = actual.collections
    .filter((item) => !managed.has(item.intercomId))
    .map((item): Drift => {
      const title = Object.values(item.texts)[0]?.title ?? '';
      const path = `Intercom ${item.intercomId}/`;
      const at = isoTime(item.createdAt);
      const { intercomId } = item;
      return {
        ...unexplained,
        id: intercomId,
        locale: null,
        kind: 'created',
        fields: [],
        at,
        title,
        path,
        intercomId,
      };
    });
  return [...known, ...created];
}

const unexplained = { by: null, via: null, at: null, texts: null };

function collectionEdits(
  entry: RecordedCollection,
  there: Readonly<Record<string, { title: string; description: string }>>,
  base: Omit<Drift, 'locale' | 'kind' | 'fields' | 'title'>,
): Drift[] {
  return Object.entries(entry.texts).flatMap(([locale, { echo, title }]): Drift[] => {
    const live = there[locale];
    if (live === undefined) return [{ ...base, locale, kind: 'deleted', fields: [], title }];
    const fields = (['title', 'description'] as const).flatMap((name) =>
      live[name] === echo[name] ? [] : [{ name, before: echo[name], after: live[name] }],
    );
    return fields.length === 0
      ? []
      : [{ ...base, locale, kind: 'edited', fields, title: live.title }];
  });
}

function driftOf({ recorded, actual }: WorkspaceState): Drift[] {
  const live = new Map(actual.articles.map((article) => [article.intercomId, article]));
  const managed = new Set([
    ...Object.values(recorded.articles).map((entry) => entry.intercomId),
    ...Object.values(recorded.tombstones.articles).map((stone) => stone.last.intercomId),
  ]);
  const paths = new Map(
    Object.entries(recorded.collections).map(([, entry]) => [entry.intercomId, entry.path]),
  );
  return [
    ...Object.entries(recorded.articles).flatMap(([id, entry]) =>
      articleDrift(id, entry, live.get(entry.intercomId) ?? null, paths),
    ),
    ...actual.articles
      .filter((article) => !managed.has(article.intercomId))
      .map((article) => createdDrift(article)),
  ];
}

function articleDrift(
  id: string,
  entry: RecordedArticle,
  live: LiveArticle | null,
  paths: ReadonlyMap<string, string>,
): Drift[] {
  const title = Object.values(entry.translations)[0]?.title ?? entry.path;
  const base = { ...unexplained, id, path: entry.path, intercomId: entry.intercomId };
  if (live === null) {
    return [{ ...base, locale: null, kind: 'deleted', fields: [], at: null, title }];
  }
  const at = isoTime(live.updatedAt);
  const moved: Drift[] =
    live.parentId === entry.parentIntercomId
      ? []
      : [
          {
            ...base,
            locale: null,
            kind: 'moved',
            fields: [
              {
                name: 'collection',
                before: nameOf(entry.parentIntercomId, paths),
                after: nameOf(live.parentId, paths),
              },
            ],
            at,
            title,
          },
        ];
  const texts = Object.entries(entry.translations).flatMap(([locale, recorded]): Drift[] => {
    const stored = live.translations[locale];
    if (stored === undefined) {
      return [{ ...base, locale, kind: 'deleted', fields: [], at, title: recorded.title }];
    }
    const fields = changedFields(recorded, stored);
    if (fields.length === 0) return [];
    return [{ ...base, locale, kind: kindOf(fields), fields, at, title: stored.title }];
  });
  const added = Object.values(live.translations)
    .filter((text) => entry.translations[text.locale] === undefined && !isBlank(text))
    .map(
      (text): Drift => ({
        ...base,
        locale: text.locale,
        kind: 'created',
        fields: [],
        at,
        title: text.title,
      }),
    );
  return [...moved, ...texts, ...added];
}

function changedFields(recorded: RecordedTranslation, live: LiveTranslation): FieldChange[] {
  const { echo } = recorded;
  return driftedFields(live, echo).map((name) => {
    switch (name) {
      case 'title':
        return { name, before: echo.title, after: live.title };
      case 'description':
        return { name, before: echo.description, after: live.description };
      case 'body':
        return { name, before: echo.body, after: live.body };
      case 'publication':
        return { name, before: echo.publication, after: live.publication };
      case 'fin':
        return { name, before: echo.availability, after: live.availability };
    }
  });
}

function kindOf(fields: readonly FieldChange[]): DriftKind {
  const publication = fields.find((field) => field.name === 'publication');
  if (fields.length === 1 && publication !== undefined) {
    return publication.after === 'published' ? 'published' : 'unpublished';
  }
  return 'edited';
}

function createdDrift(live: LiveArticle): Drift {
  const [first] = Object.values(live.translations);
  return {
    id: live.intercomId,
    ...unexplained,
    locale: null,
    kind: 'created',
    fields: [],
    at: isoTime(live.createdAt),
    title: first?.title ?? '',
    path: `Intercom ${live.intercomId}`,
    intercomId: live.intercomId,
  };
}

function nameOf(intercomId: string | null, paths: ReadonlyMap<string, string>): string | null {
  return intercomId === null ? null : (paths.get(intercomId) ?? intercomId);
}

function isoTime(seconds: number): string | null {
  return seconds === 0 ? null : new Date(seconds * 1000).toISOString();
}
