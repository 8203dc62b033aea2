import type { Profile } from '../../model/profile.ts';
import type { Tree } from '../../model/tree.ts';
import { allBlocks } from '../../model/tree-text.ts';

const deepest = 4;

/** The heading levels a body uses, smallest first. */
export function levelsOf(tree: Tree): number[] {
  const levels = allBlocks(tree).flatMap((block) =>
    block.type === 'heading' ? [block.level] : [],
  );
  return [...new Set(levels)].sort((a, b) => a - b);
}

/**
 * The level a heading is sent with: the smallest level of the body is h1, because a body with an h1
 * reads the same whether a workspace promotes headings or not; nothing is deeper than h4.
 */
export function sentLevel(level: number, smallest: number): number {
  return Math.min(level - smallest + 1, deepest);
}

/** The level a heading sent with this level is stored with. */
export function storedLevel(sent: number, profile: Profile): number {
  return profile.headingLevels === 'others-to-h2' ? Math.min(sent, 2) : sent;
}
