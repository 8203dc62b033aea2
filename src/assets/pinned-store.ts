import type { Asset } from '../model/article.ts';
import { sha256 } from '../model/hash.ts';
import { exitCodes, KbError } from '../model/kb-error.ts';
import type { AssetStore } from '../publish/ports.ts';

/** A repository on GitHub whose files somebody serves to everybody. */
export interface PinnedSource {
  /** `owner/name`. */
  repository: string;
  /** The content folder's path in the repository with a final `/`; empty at the top. */
  folder: string;
  /** Content path → the last commit that changed it. */
  commits: ReadonlyMap<string, string>;
  /** Address of GitHub's REST API, asked why a file is not there. */
  apiUrl: string;
  fetch: typeof fetch;
}

/** How a host makes an address of repository, commit and file. */
export type PinnedAddress = (place: { repository: string; commit: string; file: string }) => string;

/** Stands in an address for a file that is in no commit; such an asset is never put. */
const uncommitted = 'uncommitted';

/**
 * Images that GitHub, or a host in front of it, serves out of the repository itself. The address holds
 * the last commit that changed the file: changed bytes get a new address, and no later commit can
 * change what an address shows. Nothing is uploaded; before an article shows an image, its bytes are
 * fetched and compared, as one missing image fails the whole article and a Git LFS pointer is no image.
 */
export function createPinnedStore(
  host: { name: string; addressOf: PinnedAddress },
  source: PinnedSource,
): AssetStore {
  const address = (asset: Asset): string =>
    host.addressOf({
      repository: source.repository,
      commit: source.commits.get(asset.path) ?? uncommitted,
      file: [...source.folder.split('/'), ...asset.path.split('/')]
        .filter((part) => part !== '')
        .map(encodeURIComponent)
        .join('/'),
    });
  return {
    address,
    async put(asset) {
      if (!source.commits.has(asset.path)) throw notCommitted(asset);
      const url = address(asset);
      const response = await source
        .fetch(url, { headers: { 'Accept-Encoding': 'identity' } })
        .catch(() => null);
      if (response === null || !response.ok) {
        throw await notServed(asset, url, response?.status ?? null, host.name, source);
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (sha256(bytes) !== asset.hash) throw otherBytes(asset, url, bytes);
    },
  };
}

function notCommitted(asset: Asset): KbError {
  return new KbError('asset-store', `${asset.path} is in no commit, so it has no public address.`, {
    hint: 'Commit and push it, then publish again.',
    exitCode: exitCodes.failed,
  });
}

/** A missing file can mean a private repository, a commit that was not pushed, or a host that is down. */
async function notServed(
  asset: Asset,
  url: string,
  status: number | null,
  hostName: string,
  { repository, apiUrl, fetch }: PinnedSource,
): Promise<KbError> {
  const found = status === null ? 'no answer' : String(status);
  const failed = (message: string, hint: string): KbError =>
    new KbError('asset-store', message, { hint, exitCode: exitCodes.failed });
  if (status !== 404 && status !== 403) {
    return failed(`${asset.path} is not at ${url} (${found}).`, 'Publish again later.');
  }
  // Without a token GitHub answers 404 for a private repository: that is how the others see it, too.
  const asked = await fetch(`${apiUrl}/repos/${repository}`, {
    headers: { Accept: 'application/vnd.github+json', 'User-Agent': 'reviewed-kb' },
  }).catch(() => null);
  if (asked?.status === 404) {
    return failed(
      `${repository} is private, so ${hostName} serves none of its files and Intercom cannot fetch ${asset.path}.`,
      'Make the repository public, or choose assets.store: base-url with an address that serves the files.',
    );
  }
  return failed(
    `${asset.path} is not at ${url} (${found}).`,
    `Push the commit to ${repository}; ${hostName} can take some minutes to see it.`,
  );
}

function otherBytes(asset: Asset, url: string, bytes: Uint8Array): KbError {
  const start = new TextDecoder().decode(bytes.subarray(0, 40));
  const isPointer = start.startsWith('version https://git-lfs.github.com/');
  return new KbError(
    'asset-store',
    isPointer
      ? `${url} is a Git LFS pointer, not the image ${asset.path}.`
      : `${url} has other bytes than ${asset.path} (${bytes.length}, expected ${asset.bytes}).`,
    {
      hint: isPointer
        ? 'Keep images out of Git LFS, or choose assets.store: base-url.'
        : 'Commit and push the file as it is here, then publish again.',
      exitCode: exitCodes.failed,
    },
  );
}
