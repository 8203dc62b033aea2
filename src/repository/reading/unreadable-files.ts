import type { Unreadable } from '../../model/content.ts';
import type { ArticleGroup } from './article-group.ts';
import { configFile, pathKind } from './content-path.ts';
import { compareText } from './problem.ts';
import type { WalkedTree } from './walk-tree.ts';

/**
 * Which unread files might stand for something: while one of them is there, nothing that is missing
 * counts as removed. A translation of an article whose id is known stands for nothing else.
 */
export function unreadableFiles(found: {
  localesKnown: boolean;
  tree: WalkedTree;
  groups: readonly ArticleGroup[];
  named: readonly { path: string; base: string; isArticle: boolean }[];
  misnamed: readonly string[];
  includes: readonly string[];
  collections: readonly string[];
  articles: readonly string[];
}): Unreadable[] {
  const known = new Set(found.groups.flatMap(({ id, path }) => (id === null ? [] : [path])));
  const holding = new Map<string, boolean>();
  const add = (file: string, holdsRemovals: boolean): void => {
    holding.set(file, holdsRemovals || holding.get(file) === true);
  };
  if (!found.localesKnown) add(configFile, true);
  for (const { path, kind } of found.tree.skipped) {
    const what = pathKind(kind === 'folder' ? `${path}/_collection.yaml` : path);
    add(path, what === 'article' || what === 'collection');
  }
  for (const { path, base, isArticle } of found.named) add(path, isArticle && !known.has(base));
  for (const { files, path } of found.groups) {
    for (const file of files) if (file.parsed === null) add(file.path, !known.has(path));
  }
  for (const file of found.includes) add(file, false);
  for (const file of [...found.misnamed, ...found.collections, ...found.articles]) add(file, true);
  return [...holding]
    .map(([file, holdsRemovals]) => ({ file, holdsRemovals }))
    .sort((a, b) => compareText(a.file, b.file));
}
