import type { AssetStore } from '../publish/ports.ts';
import { createPinnedStore, type PinnedSource } from './pinned-store.ts';

/** Images straight from the public repository, as raw.githubusercontent.com serves them. */
export function createGitHubRawStore(source: PinnedSource, url: string | null): AssetStore {
  const base = (url ?? 'https://raw.githubusercontent.com').replace(/\/+$/, '');
  return createPinnedStore(
    {
      name: new URL(base).host,
      addressOf: ({ repository, commit, file }) => `${base}/${repository}/${commit}/${file}`,
    },
    source,
  );
}
