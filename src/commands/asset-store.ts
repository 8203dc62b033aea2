import type { Config } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { AssetStore } from '../publish/ports.ts';
import type { Connection } from './connect.ts';

/** The configured store of images. @throws KbError `asset-store` for one this release does not have */
export async function assetStoreFor(config: Config, connection: Connection): Promise<AssetStore> {
  switch (config.assets.store) {
    case 'sandbox': {
      const { createSandboxStore } = await import('../assets/sandbox-store.ts');
      const { endpoint, token } = connection;
      return createSandboxStore({ endpoint, token, fetch: globalThis.fetch });
    }
    case 'base-url': {
      const { createBaseUrlStore } = await import('../assets/base-url-store.ts');
      if (config.assets.url === null) {
        throw new KbError('asset-store', 'assets.store is base-url, and assets.url is missing.', {
          hint: 'Add assets.url to kb.yaml: the public address the images lie under.',
          location: { file: 'kb.yaml' },
        });
      }
      return createBaseUrlStore({ url: config.assets.url, fetch: globalThis.fetch });
    }
    default:
      throw new KbError(
        'asset-store',
        `assets.store: ${config.assets.store} is not part of this release.`,
        {
          hint: 'Use base-url with an address that serves content/assets by hashed name, or sandbox for a trial.',
          location: { file: 'kb.yaml' },
        },
      );
  }
}
