import type { Content } from '../../model/content.ts';
import { assembleContent, plainMakers, type ReadFile } from './assemble-content.ts';
import { indexAssets } from './asset-index.ts';
import { boundedMap } from './bounded-map.ts';
import { pathKind } from './content-path.ts';
import { readConfig } from './read-config.ts';
import { readText } from './read-text.ts';
import { type TreeFile, walkTree } from './walk-tree.ts';

export interface ReadOptions {
  /**
   * Ids, article paths, files or folders: only these articles are read whole, the others are known
   * as link targets only. For views of single articles; a plan needs everything.
   */
  only?: readonly string[];
}

const filesAtOnce = 32;

/**
 * Reads the whole content tree. What cannot be read is a finding in `problems`, with its place, and
 * stops nothing else.
 *
 * @throws KbError `no-content` where there is no content folder or no kb.yaml
 */
export async function readContent(root: string, options: ReadOptions = {}): Promise<Content> {
  const configRead = await readConfig(root);
  const tree = await walkTree(root);
  const [texts, assets] = await Promise.all([readTexts(tree.files), indexAssets(tree.files)]);
  const parts = { root, configRead, tree, texts, assets, only: options.only ?? null };
  return (await assembleContent(parts, plainMakers)).content;
}

function readTexts(files: readonly TreeFile[]): Promise<ReadFile[]> {
  const texts = files.filter(({ path }) =>
    ['article', 'collection', 'include'].includes(pathKind(path)),
  );
  return boundedMap(texts, filesAtOnce, async (file) => ({
    path: file.path,
    content: await readText(file),
  }));
}
