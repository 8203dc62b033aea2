import type { RecordedCollection } from '../model/recorded.ts';
import { type Drift, isoTime, nameOf, unexplained } from './drift-kinds.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Collections that were made, renamed, moved or deleted there. */
export function collectionDrift({ recorded, actual }: WorkspaceState): Drift[] {
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
