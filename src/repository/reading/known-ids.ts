import { articleFile } from './article-file.ts';
import { boundedMap } from './bounded-map.ts';
import { readCollectionFile } from './collection-files.ts';
import { localisedName, pathKind } from './content-path.ts';
import { readText } from './read-text.ts';
import { walkTree } from './walk-tree.ts';

/** The ids in use, in the two spaces they are unique in, with the files that hold them. */
export interface KnownIds {
  articles: ReadonlyMap<string, string>;
  collections: ReadonlyMap<string, string>;
}

/** Reads front matter only: what new ids must differ from, and which file an id means. */
export async function readKnownIds(root: string): Promise<KnownIds> {
  const { files } = await walkTree(root);
  const articles = new Map<string, string>();
  const collections = new Map<string, string>();
  await boundedMap(files, 32, async (file) => {
    const kind = pathKind(file.path);
    const name = localisedName(file.path);
    if (kind === 'article' && name.kind === 'localised') {
      const { parsed } = articleFile(file.path, name.locale, await readText(file));
      if (parsed !== null && parsed.id !== null) articles.set(parsed.id, file.path);
    }
    if (kind === 'collection') {
      const { parsed } = readCollectionFile(file.path, await readText(file));
      if (parsed !== null && parsed.idText !== null) collections.set(parsed.idText, file.path);
    }
  });
  return { articles, collections };
}
