import { readFile } from 'node:fs/promises';
import type { Asset } from '../../model/article.ts';
import { sha256 } from '../../model/hash.ts';
import { KbError } from '../../model/kb-error.ts';
import { contentFile } from '../editing/content-file.ts';

/**
 * The bytes of an asset, the same that were read with the content.
 *
 * @throws KbError `no-file`, `path`, or `asset-changed` where the file is another one by now
 */
export async function readAsset(
  root: string,
  asset: Pick<Asset, 'path' | 'hash'>,
): Promise<Uint8Array> {
  const bytes = await readFile(await contentFile(root, asset.path));
  if (sha256(bytes) === asset.hash) return bytes;
  throw new KbError('asset-changed', `${asset.path} has changed since the content was read.`, {
    hint: 'Run the command again.',
    location: { file: asset.path },
  });
}
