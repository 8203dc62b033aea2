import type { AssetStore } from '../publish/ports.ts';
import { createPinnedStore, type PinnedSource } from './pinned-store.ts';

/** Images of the public repository from jsDelivr's caches, which serve repositories of up to 50 MB. */
export function createJsDelivrStore(source: PinnedSource, url: string | null): AssetStore {
  const base = (url ?? 'https://cdn.jsdelivr.net').replace(/\/+$/, '');
  return createPinnedStore(
    {
      name: new URL(base).host,
      addressOf: ({ repository, commit, file }) => `${base}/gh/${repository}@${commit}/${file}`,
    },
    source,
  );
}
