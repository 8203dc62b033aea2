import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Asset } from '../../model/article.ts';
import type { Finding } from '../../model/finding.ts';
import { boundedMap } from './bounded-map.ts';
import { pathKind } from './content-path.ts';
import { findingIn, problem } from './problem.ts';
import { errorCode, type TreeFile } from './walk-tree.ts';

/** The files that texts may show or offer, by path and by what is in them. */
export interface AssetIndex {
  /** The asset at a content path, or null where no such file is. Files outside assets/ count once asked for. */
  at(path: string): Asset | null;
  /** Every asset of assets/, and those outside that were asked for. */
  byHash(): ReadonlyMap<string, Asset>;
  problems(): readonly Finding[];
}

const filesAtOnce = 16;
const pieceBytes = 64 * 1024;

/** Hashes everything in assets/ once. Other files are hashed when a text refers to them. */
export async function indexAssets(files: readonly TreeFile[]): Promise<AssetIndex> {
  const outside = new Map<string, TreeFile>();
  const assets = new Map<string, Asset | null>();
  const problems: Finding[] = [];
  const inside: TreeFile[] = [];
  for (const file of files) {
    const kind = pathKind(file.path);
    if (kind === 'asset') inside.push(file);
    else if (kind === 'other') outside.set(file.path, file);
  }
  const report = (file: TreeFile, error: unknown): null => {
    const message = `the file cannot be read (${errorCode(error)})`;
    problems.push(findingIn(file.path, problem('unreadable', message)));
    return null;
  };
  const hashed = await boundedMap(inside, filesAtOnce, async (file) => {
    try {
      return assetOf(file, await hashOf(file.absolute));
    } catch (error) {
      return report(file, error);
    }
  });
  for (const [index, file] of inside.entries()) assets.set(file.path, hashed[index] ?? null);

  function at(path: string): Asset | null {
    const known = assets.get(path);
    if (known !== undefined) return known;
    const file = outside.get(path);
    if (file === undefined) return null;
    const asset = assetNow(file);
    assets.set(path, asset);
    return asset;
  }

  function assetNow(file: TreeFile): Asset | null {
    try {
      return assetOf(file, hashNow(file.absolute));
    } catch (error) {
      return report(file, error);
    }
  }

  return {
    at,
    byHash: () => {
      const byHash = new Map<string, Asset>();
      for (const asset of assets.values()) {
        if (asset !== null && !byHash.has(asset.hash)) byHash.set(asset.hash, asset);
      }
      return byHash;
    },
    problems: () => problems,
  };
}

function assetOf(file: TreeFile, hash: string): Asset {
  return { hash, path: file.path, bytes: file.bytes };
}

/** In pieces, through one buffer: a film must not be held in memory, nor its pieces until they are collected. */
async function hashOf(absolute: string): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  const file = await open(absolute);
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Markdown is parsed synchronously, so what it refers to outside assets/ has to be hashed so. */
function hashNow(absolute: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  const handle = openSync(absolute, 'r');
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
