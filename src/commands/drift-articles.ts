import type { RecordedArticle, RecordedTranslation } from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { driftedFields, isBlank } from '../plan/live.ts';
import type { FieldChange } from '../plan/plan.ts';
import { type Drift, type DriftKind, isoTime, movedDrift, unexplained } from './drift-kinds.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Articles that were edited, made, moved, published, unpublished or deleted there. */
export function articlesDrift(state: WorkspaceState): Drift[] {
  const { recorded, actual } = state;
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
      articleDrift(id, entry, live.get(entry.intercomId) ?? null, { paths, state }),
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
  { paths, state }: { paths: ReadonlyMap<string, string>; state: WorkspaceState },
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
      : [movedDrift({ ...base, at, title }, entry.parentIntercomId, live.parentId, paths)];
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
  const whole = articleFields(entry, live, state);
  const labels: Drift[] =
    whole.length === 0 ? [] : [{ ...base, locale: null, kind: 'edited', fields: whole, at, title }];
  return [...moved, ...labels, ...texts, ...added];
}

/** Author and tags, where they are ours. */
function articleFields(
  entry: RecordedArticle,
  live: LiveArticle,
  { content, actual }: WorkspaceState,
): FieldChange[] {
  const { uiOwned } = content.config;
  const nameOfTeammate = (id: string | null) =>
    actual.teammates.find((teammate) => teammate.id === id)?.email ?? id;
  const tags = live.tags.map(({ name }) => name).sort();
  const isRetagged = entry.tags !== null && entry.tags.join('\n') !== tags.join('\n');
  return [
    ...(entry.authorId === live.authorId || uiOwned.includes('author')
      ? []
      : [
          {
            name: 'author',
            before: nameOfTeammate(entry.authorId),
            after: nameOfTeammate(live.authorId),
          },
        ]),
    ...(isRetagged && !uiOwned.includes('tags')
      ? [{ name: 'tags', before: entry.tags ?? [], after: tags }]
      : []),
  ];
}

/** What of a text differs from what the service answered after our last write. */
export function changedFields(recorded: RecordedTranslation, live: LiveTranslation): FieldChange[] {
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

/** An article that is not from here. */
export function createdDrift(live: LiveArticle): Drift {
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
