import type { Tree } from '../model/tree.ts';
import type { FieldChange } from '../plan/plan.ts';

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

/** A drift of which nobody has told yet who did it. */
export const unexplained = { by: null, via: null, at: null, texts: null };

/** Something that stands in another collection than it should, by their Intercom ids. */
export function movedDrift(
  what: Pick<Drift, 'id' | 'path' | 'intercomId' | 'at' | 'title'>,
  from: string | null,
  to: string | null,
  paths: ReadonlyMap<string, string>,
): Drift {
  const collection = {
    name: 'collection',
    before: nameOf(from, paths),
    after: nameOf(to, paths),
  };
  return { ...unexplained, ...what, locale: null, kind: 'moved', fields: [collection] };
}

/** Seconds as ISO time; null for none. */
export function isoTime(seconds: number): string | null {
  return seconds === 0 ? null : new Date(seconds * 1000).toISOString();
}

/** How a collection is called: its path, where it is ours. */
export function nameOf(
  intercomId: string | null,
  paths: ReadonlyMap<string, string>,
): string | null {
  return intercomId === null ? null : (paths.get(intercomId) ?? intercomId);
}
