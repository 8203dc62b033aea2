import { changedFields } from './drift-articles.ts';
import { type Drift, isoTime, unexplained } from './drift-kinds.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Articles for teammates that were edited or deleted there. */
export function internalsDrift({ recorded, actual }: WorkspaceState): Drift[] {
  const live = new Map(actual.internals.map((item) => [item.intercomId, item]));
  return Object.entries(recorded.internals).flatMap(([id, { path, texts }]) =>
    Object.entries(texts).flatMap(([locale, { intercomId, entry }]): Drift[] => {
      const base = { ...unexplained, id, locale, path, intercomId };
      const there = live.get(intercomId);
      if (there === undefined)
        return [{ ...base, kind: 'deleted', fields: [], title: entry.title }];
      const fields = changedFields(entry, there.text);
      const at = isoTime(there.updatedAt);
      return fields.length === 0
        ? []
        : [{ ...base, at, kind: 'edited', fields, title: there.text.title }];
    }),
  );
}
