import { assetName } from '../model/asset-name.ts';
import { exitCodes, KbError } from '../model/kb-error.ts';
import type { AssetStore } from '../publish/ports.ts';

/**
 * Images that somebody else puts under a public address, named by content. Nothing is uploaded; each
 * is asked for before an article that shows it is written, because one missing image fails the whole
 * article.
 */
export function createBaseUrlStore(options: { url: string; fetch: typeof fetch }): AssetStore {
  const base = options.url.replace(/\/+$/, '');
  const address = (asset: Parameters<AssetStore['address']>[0]) =>
    `${base}/${encodeURIComponent(assetName(asset))}`;
  return {
    address,
    async put(asset) {
      const url = address(asset);
      const response = await options
        .fetch(url, { method: 'HEAD' })
        .catch((error: unknown) => error);
      if (response instanceof Response && response.ok) return;
      const found = response instanceof Response ? `${response.status}` : 'no answer';
      throw new KbError('asset-store', `${asset.path} is not at ${url} (${found}).`, {
        hint: `Upload content/${asset.path} to that address.`,
        exitCode: exitCodes.failed,
      });
    },
  };
}
