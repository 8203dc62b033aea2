import type { PinnedSource } from '../assets/pinned-store.ts';
import type { Config } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { AssetStore } from '../publish/ports.ts';
import { folderInRepository, lastCommitsOfAssets } from '../repository/index.ts';
import type { Connection } from './connect.ts';
import type { Context } from './context.ts';
import { gitHubRepositoryOf } from './git-hub-repository.ts';

/** The configured store of images. @throws KbError `asset-store` for one this release does not have */
export async function assetStoreFor(
  config: Config,
  connection: Connection,
  context: Pick<Context, 'contentDir' | 'env'>,
): Promise<AssetStore> {
  const { store, url } = config.assets;
  switch (store) {
    case 'sandbox': {
      const { createSandboxStore } = await import('../assets/sandbox-store.ts');
      const { endpoint, token } = connection;
      return createSandboxStore({ endpoint, token, fetch: globalThis.fetch });
    }
    case 'base-url': {
      const { createBaseUrlStore } = await import('../assets/base-url-store.ts');
      if (url === null) {
        throw new KbError('asset-store', 'assets.store is base-url, and assets.url is missing.', {
          hint: 'Add assets.url to kb.yaml: the public address the images lie under.',
          location: { file: 'kb.yaml' },
        });
      }
      return createBaseUrlStore({ url, fetch: globalThis.fetch });
    }
    case 'github-raw': {
      const { createGitHubRawStore } = await import('../assets/github-raw-store.ts');
      return createGitHubRawStore(await pinnedSource(store, context), url);
    }
    case 'jsdelivr': {
      const { createJsDelivrStore } = await import('../assets/jsdelivr-store.ts');
      return createJsDelivrStore(await pinnedSource(store, context), url);
    }
    default:
      throw new KbError('asset-store', `assets.store: ${store} is not part of this release.`, {
        hint: 'Use github-raw or jsdelivr from a public repository, or base-url with an address that serves content/assets by hashed name.',
        location: { file: 'kb.yaml' },
      });
  }
}

async function pinnedSource(
  store: string,
  { contentDir, env }: Pick<Context, 'contentDir' | 'env'>,
): Promise<PinnedSource> {
  const repository = await gitHubRepositoryOf(contentDir, env);
  if (repository === null) {
    throw new KbError(
      'asset-store',
      `assets.store is ${store}, and the content lies in no repository on GitHub.`,
      {
        hint: 'Add the remote origin, or set GITHUB_REPOSITORY=owner/name; base-url needs no repository.',
        location: { file: 'kb.yaml' },
      },
    );
  }
  return {
    repository,
    folder: (await folderInRepository(contentDir)) ?? '',
    commits: await lastCommitsOfAssets(contentDir),
    apiUrl: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    fetch: globalThis.fetch,
  };
}
