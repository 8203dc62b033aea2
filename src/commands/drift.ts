import type { RecordedArticle, RecordedTranslation } from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { driftedFields } from '../plan/live.ts';
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
}

/**
 * What was changed in Intercom since we last wrote it. Without a ledger nothing is known to compare
 * with, and `ledger` says so.
 */
export async function driftCommand(context: Context): Promise<{ drift: Drift[]; ledger: boolean }> {
  const state = await readWorkspaceState(context);
  const isKnown = state.recorded.workspace !== null;
  return { drift: isKnown ? driftOf(state) : [], ledger: isKnown };
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
  const base = { id, by: null, via: null, path: entry.path, intercomId: entry.intercomId };
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
    .filter((text) => entry.translations[text.locale] === undefined && text.body !== '')
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
    locale: null,
    kind: 'created',
    fields: [],
    by: null,
    via: null,
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
