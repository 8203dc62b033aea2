import type { MarkdownContext } from '../markdown/index.ts';
import type { Locale } from '../model/locale.ts';
import { assembleContent, plainMakers } from '../repository/reading/assemble-content.ts';
import { indexAssets } from '../repository/reading/asset-index.ts';
import { pathKind } from '../repository/reading/content-path.ts';
import { readConfig } from '../repository/reading/read-config.ts';
import { readText } from '../repository/reading/read-text.ts';
import { walkTree } from '../repository/reading/walk-tree.ts';

/** How the body of a file of this tree is read. */
export type ContextOf = (text: {
  file: string;
  articleId: string | null;
  locale: Locale;
}) => MarkdownContext;

/** Makes what reads single bodies: links, images, includes and variables as the whole tree has them. */
export async function readContexts(root: string): Promise<ContextOf> {
  const [configRead, tree] = [await readConfig(root), await walkTree(root)];
  const isText = (path: string) => ['article', 'collection', 'include'].includes(pathKind(path));
  const files = tree.files.filter(({ path }) => isText(path));
  const texts = await Promise.all(
    files.map(async (file) => ({ path: file.path, content: await readText(file) })),
  );
  const assets = await indexAssets(tree.files);
  const parts = { root, configRead, tree, texts, assets, only: [] };
  const { contextOf } = await assembleContent(parts, plainMakers);
  return ({ file, articleId, locale }) => contextOf({ file, articleId, locale, firstLine: 0 });
}
