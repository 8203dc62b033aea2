import { assetName } from '../model/asset-name.ts';
import { exitCodes, KbError } from '../model/kb-error.ts';
import type { AssetStore } from '../publish/ports.ts';

/** Puts images into the sandbox itself, so that a trial needs no storage of its own. */
export function createSandboxStore(options: {
  endpoint: string;
  token: string;
  fetch: typeof fetch;
}): AssetStore {
  const { endpoint, token } = options;
  const address = (asset: Parameters<AssetStore['address']>[0]) =>
    `${endpoint}/_sandbox/assets/${encodeURIComponent(assetName(asset))}`;
  return {
    address,
    async put(asset, bytes) {
      const response = await options.fetch(address(asset), {
        method: 'PUT',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/octet-stream',
        },
        body: bytes as Uint8Array<ArrayBuffer>,
      });
      if (response.ok) return;
      throw new KbError(
        'asset-store',
        `The sandbox did not take ${asset.path} (${response.status}).`,
        {
          hint: 'assets.store: sandbox works with kb sandbox only. Choose another store in kb.yaml for a real workspace.',
          exitCode: exitCodes.failed,
        },
      );
    },
  };
}
