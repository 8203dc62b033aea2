import type { Tree } from '../model/tree.ts';
import { treeText } from '../model/tree-text.ts';

/** Share of the shorter text that must stand in the longer one. */
const mostOfIt = 0.5;

/**
 * Do two texts share most of what they say? By runs of three letters, which need no words and so no
 * language; the shorter text counts, so an addition to a text leaves it alike.
 */
export function isAlike(a: Tree, b: Tree): boolean {
  const [shorter, longer] = [trigrams(a), trigrams(b)].sort((x, y) => x.size - y.size);
  if (shorter === undefined || longer === undefined || shorter.size === 0) return false;
  const shared = [...shorter].filter((trigram) => longer.has(trigram)).length;
  return shared / shorter.size >= mostOfIt;
}

function trigrams(tree: Tree): Set<string> {
  const letters = [
    ...treeText(tree)
      .toLowerCase()
      .replace(/\P{L}+/gu, ''),
  ];
  return new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')));
}
