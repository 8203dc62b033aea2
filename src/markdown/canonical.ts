import { digestOf } from '../model/hash.ts';
import type { Tree } from '../model/tree.ts';
import { headingIdsIn } from './heading-ids.ts';
import type { Identify } from './stored/identify.ts';
import { StoredReader } from './stored/read-stored.ts';
import { storedNodes } from './stored/stored-dom.ts';

export type { Identify } from './stored/identify.ts';

/**
 * A stored body as a canonical tree. It forgives only what may differ between two reads of one
 * stored body (class noise, generated ids, `target` and `rel`, wrappers without meaning, spellings
 * of equal marks); an element it does not know stays in the tree as such, so that no edit is missed.
 * Never throws on any text.
 */
export function canonical(html: string, identify: Identify): Tree {
  const root = storedNodes(html);
  const slugs = new Map<string, string>();
  for (const { id, slug } of headingIdsIn(root))
    if (id !== null && !slugs.has(id)) slugs.set(id, slug);
  return new StoredReader(identify, slugs).read(root);
}

/** The hash of a canonical tree, as ledgers hold it. */
export function canonicalHash(tree: Tree): string {
  return digestOf({ canonical: 1, tree });
}
