import type { LedgerPatch, Recorded } from './recorded.ts';

/** The recorded state after one patch. */
export function patched(recorded: Recorded, patch: LedgerPatch): Recorded {
  return {
    ...recorded,
    workspace: patch.workspace === undefined ? recorded.workspace : patch.workspace,
    articles: merged(recorded.articles, patch.articles),
    collections: merged(recorded.collections, patch.collections),
    internals: merged(recorded.internals, patch.internals),
    redirects: merged(recorded.redirects, patch.redirects),
    assets: merged(recorded.assets, patch.assets),
    tombstones: {
      articles: merged(recorded.tombstones.articles, patch.articleTombstones),
      collections: merged(recorded.tombstones.collections, patch.collectionTombstones),
    },
  };
}

/** Many patches at once, without copying the whole state for each. */
export function patchedAll(recorded: Recorded, patches: readonly LedgerPatch[]): Recorded {
  const all: { -readonly [K in keyof LedgerPatch]: LedgerPatch[K] } = { key: null };
  for (const patch of patches) {
    if (patch.workspace !== undefined) all.workspace = patch.workspace;
  }
  all.articles = folded(patches.map((patch) => patch.articles));
  all.collections = folded(patches.map((patch) => patch.collections));
  all.internals = folded(patches.map((patch) => patch.internals));
  all.redirects = folded(patches.map((patch) => patch.redirects));
  all.assets = folded(patches.map((patch) => patch.assets));
  all.articleTombstones = folded(patches.map((patch) => patch.articleTombstones));
  all.collectionTombstones = folded(patches.map((patch) => patch.collectionTombstones));
  return patched(recorded, all);
}

function folded<T>(parts: readonly (Readonly<Record<string, T>> | undefined)[]): Record<string, T> {
  return Object.assign({}, ...parts);
}

function merged<T>(
  base: Readonly<Record<string, T>>,
  changes: Readonly<Record<string, T | null>> | undefined,
): Readonly<Record<string, T>> {
  if (changes === undefined) return base;
  const result: Record<string, T> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}
