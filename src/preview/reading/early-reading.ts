import { realpath, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Content } from '../../model/content.ts';
import { assembleContent, plainMakers } from '../../repository/reading/assemble-content.ts';
import { indexAssets } from '../../repository/reading/asset-index.ts';
import {
  folderOf,
  includeFolder,
  localisedAsset,
  pathKind,
} from '../../repository/reading/content-path.ts';
import type { ConfigRead } from '../../repository/reading/read-config.ts';
import { readText, type TextFile } from '../../repository/reading/read-text.ts';
import { isInside, type TreeFile, walkTree } from '../../repository/reading/walk-tree.ts';

/**
 * As much of the content as one article's page shows: its texts, the collections above it, its
 * includes and images, and of the articles it links to who they are. So a big base shows its first
 * page before all of it is read.
 */
export async function readAround(
  root: string,
  articlePath: string,
  configRead: ConfigRead,
): Promise<Content> {
  const { config } = configRead;
  const own = config.locales.map((locale) => `${articlePath}.${locale}.md`);
  const texts = new Map<string, TextFile>();
  const files = new Map<string, TreeFile>();
  await add(own, (text) => text);
  await add(collectionsAbove(articlePath), (text) => text);
  const written = [...texts].flatMap(([file, text]) => ('text' in text ? [{ file, text }] : []));
  const bodies = written.map(({ file, text }) => ({ file, text: text.text }));
  const named = bodies.flatMap(({ text }) => includeNames(text));
  const pieces = config.locales.flatMap((locale) =>
    named.map((name) => `${includeFolder}/${name}.${locale}.md`),
  );
  await add(pieces, (text) => text);
  const linked = bodies.flatMap(({ file, text }) => relativePaths(file, text));
  const siblings = linked
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => {
      const base = path.replace(/\.[^./]+\.md$/, '');
      return config.locales.map((locale) => `${base}.${locale}.md`);
    });
  await add(siblings, frontMatterOnly);
  const others = linked.filter((path) => !path.endsWith('.md'));
  await add(
    others.flatMap((path) => [
      path,
      ...config.locales.map((locale) => localisedAsset(path, locale)),
    ]),
    (text) => text,
  );

  async function add(paths: readonly string[], cut: (text: string) => string): Promise<void> {
    const fresh = [...new Set(paths)].filter((path) => !files.has(path));
    await Promise.all(
      fresh.map(async (path) => {
        const file = await fileInside(root, path);
        if (file === null) return;
        files.set(path, file);
        if (!['article', 'collection', 'include'].includes(pathKind(path))) return;
        const text = await readText(file);
        texts.set(path, 'text' in text ? { text: cut(text.text) } : text);
      }),
    );
  }

  return assembled({ root, configRead }, [...files.values()], texts);
}

/** As much as the first page shows: the collections, and no article. */
export async function readCollections(root: string, configRead: ConfigRead): Promise<Content> {
  const { files } = await walkTree(root);
  const texts = new Map<string, TextFile>();
  const collections = files.filter(({ path }) => pathKind(path) === 'collection');
  await Promise.all(collections.map(async (file) => texts.set(file.path, await readText(file))));
  return assembled({ root, configRead }, collections, texts);
}

async function assembled(
  known: { root: string; configRead: ConfigRead },
  files: readonly TreeFile[],
  texts: ReadonlyMap<string, TextFile>,
): Promise<Content> {
  const inOrder = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = {
    ...known,
    tree: { files: inOrder, skipped: [] },
    texts: inOrder.flatMap(({ path }) => {
      const content = texts.get(path);
      return content === undefined ? [] : [{ path, content }];
    }),
    assets: await indexAssets(inOrder),
    only: null,
  };
  return (await assembleContent(parts, plainMakers)).content;
}

/** A regular file of the tree, if there is one at this path and it lies inside. */
async function fileInside(root: string, path: string): Promise<TreeFile | null> {
  const steps = path.split('/');
  if (steps.some((step) => step === '' || step.startsWith('.')) || /[\0\\]/.test(path)) return null;
  try {
    const absolute = await realpath(join(root, path));
    const found = await stat(absolute);
    const isOurs = found.isFile() && isInside(await realpath(root), absolute);
    return isOurs ? { path, absolute, bytes: found.size } : null;
  } catch {
    return null;
  }
}

function collectionsAbove(articlePath: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(articlePath); folder !== ''; folder = folderOf(folder)) {
    found.push(`${folder}/_collection.yaml`);
  }
  return found;
}

function includeNames(text: string): string[] {
  return [...text.matchAll(/\{\{>\s*([^}\s]+)\s*\}\}/g)].map(([, name = '']) => name);
}

/** What stands where addresses stand; one too many does no harm. */
function relativePaths(file: string, text: string): string[] {
  const written = [
    ...text.matchAll(/\]\(\s*<?([^)\s>#?]+)/g),
    ...text.matchAll(/(?:href|src)="([^"#?]+)/g),
  ].map(([, address = '']) => address);
  return written
    .filter((address) => !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(address))
    .map((address) => posix.join(folderOf(file), decoded(address)).normalize());
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function frontMatterOnly(text: string): string {
  const end = /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  return end?.[0] ?? text;
}
