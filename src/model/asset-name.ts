import type { Asset } from './article.ts';

/**
 * The name of an asset in a store: its content's hash and a readable rest. Intercom does not fetch
 * the same address twice, so changed bytes need a new name.
 */
export function assetName(asset: Asset): string {
  const base = asset.path.split('/').at(-1) ?? 'file';
  const readable = base.normalize('NFC').replace(/[^A-Za-z0-9._-]+/g, '-');
  return `${asset.hash.slice(0, 16)}-${readable}`;
}

/** The start of the hash in an address made by {@link assetName}; null in any other address. */
export function hashStartIn(address: string): string | null {
  const name = address.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  return /^([0-9a-f]{16})-/.exec(name)?.[1] ?? null;
}
