import { stat } from 'node:fs/promises';
import type { Asset } from '../../model/article.ts';
import { type AssetIndex, indexAssets } from '../../repository/reading/asset-index.ts';
import { boundedMap } from '../../repository/reading/bounded-map.ts';
import { type PathKind, pathKind } from '../../repository/reading/content-path.ts';
import { readText, type TextFile } from '../../repository/reading/read-text.ts';
import { type TreeFile, type WalkedTree, walkTree } from '../../repository/reading/walk-tree.ts';

/** What is known to have happened to a folder. */
export interface FolderChange {
  /** Content paths whose content may be another one. */
  paths: ReadonlySet<string>;
  /** Did files or folders come or go? Then the folder is walked anew. */
  walk: boolean;
}

/** The files of a content folder as they were read last; only what changed is read again. */
export interface FileStore {
  readonly tree: WalkedTree;
  /** Are there files outside assets/ that a text may show? */
  readonly hasOthers: boolean;
  /** By content path, in the order of the tree. */
  readonly texts: ReadonlyMap<string, TextFile>;
  readonly assets: AssetIndex;
  /** The content paths of a real file; several where links lead to it, none where the tree has it not. */
  pathsOf(absolute: string): readonly string[];
  /** Reads what changed; the first call must walk. Returns the paths that were read again or are gone. */
  refresh(change: FolderChange): Promise<ReadonlySet<string>>;
}

const filesAtOnce = 32;
const textKinds: readonly PathKind[] = ['article', 'collection', 'include'];

/** An empty store for a folder. */
export function createFileStore(root: string): FileStore {
  let tree: WalkedTree = { files: [], skipped: [] };
  let byPath = new Map<string, TreeFile>();
  let hasOthers = false;
  let paths = new Map<string, string[]>();
  let texts = new Map<string, TextFile>();
  const indexes = new Map<string, AssetIndex>();

  async function refresh(change: FolderChange): Promise<Set<string>> {
    const before = byPath;
    if (change.walk) await walk();
    else await restat(change.paths);
    const candidates = change.walk
      ? tree.files
      : [...change.paths].flatMap((path) => byPath.get(path) ?? []);
    const read = candidates.filter(
      (file) => change.paths.has(file.path) || differs(before.get(file.path), file),
    );
    const gone = change.walk ? [...before.keys()].filter((path) => !byPath.has(path)) : [];
    for (const path of gone) indexes.delete(path);
    const fresh = new Map<string, TextFile>();
    await boundedMap(read, filesAtOnce, async (file) => {
      const kind = pathKind(file.path);
      if (textKinds.includes(kind))
        fresh.set(file.path, kept(texts.get(file.path), await readText(file)));
      if (kind === 'asset' || kind === 'other') indexes.set(file.path, await indexAssets([file]));
    });
    if (change.walk) texts = inTreeOrder(fresh);
    else for (const [path, text] of fresh) texts.set(path, text);
    return new Set([...read.map(({ path }) => path), ...gone]);
  }

  async function walk(): Promise<void> {
    tree = await walkTree(root);
    byPath = new Map(tree.files.map((file) => [file.path, file]));
    hasOthers = tree.files.some(({ path }) => pathKind(path) === 'other');
    paths = new Map();
    for (const { path, absolute } of tree.files) {
      const known = paths.get(absolute);
      if (known === undefined) paths.set(absolute, [path]);
      else known.push(path);
    }
  }

  async function restat(changed: ReadonlySet<string>): Promise<void> {
    const resized = new Map<string, TreeFile>();
    for (const path of changed) {
      const file = byPath.get(path);
      if (file === undefined) continue;
      const bytes = await stat(file.absolute).then(
        ({ size }) => size,
        () => file.bytes,
      );
      if (bytes !== file.bytes) resized.set(path, { ...file, bytes });
    }
    for (const [path, file] of resized) byPath.set(path, file);
    if (resized.size > 0) {
      tree = { ...tree, files: tree.files.map((file) => resized.get(file.path) ?? file) };
    }
  }

  function inTreeOrder(fresh: ReadonlyMap<string, TextFile>): Map<string, TextFile> {
    return new Map(
      tree.files.flatMap(({ path }) => {
        const text = fresh.get(path) ?? texts.get(path);
        return text === undefined ? [] : [[path, text] as const];
      }),
    );
  }

  return {
    get tree() {
      return tree;
    },
    get hasOthers() {
      return hasOthers;
    },
    get texts() {
      return texts;
    },
    pathsOf: (absolute) => paths.get(absolute) ?? [],
    refresh,
    assets: {
      at: (path) => indexes.get(path)?.at(path) ?? null,
      byHash: () => merged(tree.files, indexes),
      problems: () => tree.files.flatMap(({ path }) => [...(indexes.get(path)?.problems() ?? [])]),
    },
  };
}

/** The object that is known already, when it says the same: what was made of it stays true. */
function kept(before: TextFile | undefined, now: TextFile): TextFile {
  if (before === undefined || !('text' in before) || !('text' in now)) return now;
  return before.text === now.text ? before : now;
}

function differs(before: TreeFile | undefined, now: TreeFile): boolean {
  return before === undefined || before.bytes !== now.bytes || before.absolute !== now.absolute;
}

/** Those of assets/ first: of two files with the same bytes the first one names the asset. */
function merged(
  files: readonly TreeFile[],
  indexes: ReadonlyMap<string, AssetIndex>,
): Map<string, Asset> {
  const byHash = new Map<string, Asset>();
  const inside = files.filter(({ path }) => pathKind(path) === 'asset');
  const outside = files.filter(({ path }) => pathKind(path) === 'other');
  for (const { path } of [...inside, ...outside]) {
    for (const [hash, asset] of indexes.get(path)?.byHash() ?? []) {
      if (!byHash.has(hash)) byHash.set(hash, asset);
    }
  }
  return byHash;
}
