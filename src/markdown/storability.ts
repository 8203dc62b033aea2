import type { Profile } from '../model/profile.ts';
import type { Block, Inline, Tree } from '../model/tree.ts';
import { allBlocks, inlineText, innerInlines } from '../model/tree-text.ts';
import { levelsOf, sentLevel, storedLevel } from './render/heading-levels.ts';

/**
 * What a workspace with these habits cannot hold and no other form can save: one sentence each,
 * empty when the tree can be stored without loss of meaning.
 */
export function storability(tree: Tree, profile: Profile): string[] {
  const blocks = allBlocks(tree);
  return [
    ...mergedLevels(tree, profile),
    ...blocks.flatMap(blockFaults),
    ...blocks.flatMap((block) => innerInlines(block).flatMap(inlineFaults)),
  ];
}

/** Heading levels that readers could no longer tell apart. */
function mergedLevels(tree: Tree, profile: Profile): string[] {
  const levels = levelsOf(tree);
  const [smallest = 1] = levels;
  return levels.slice(1).flatMap((level, index) => {
    const above = levels[index] ?? smallest;
    const stored = storedLevel(sentLevel(level, smallest), profile);
    return stored === storedLevel(sentLevel(above, smallest), profile)
      ? [`headings of level ${above} and ${level} would look the same`]
      : [];
  });
}

function blockFaults(block: Block): string[] {
  switch (block.type) {
    case 'unknown':
      return [`<${block.tag}> is no element that Intercom stores`];
    case 'table':
      return block.rows.some((row) => row.some((cell) => allBlocks(cell.blocks).some(isTable)))
        ? ['a table inside a table']
        : [];
    default:
      return [];
  }
}

function inlineFaults(inline: Inline): string[] {
  if (inline.type !== 'text' || inline.other === undefined) return [];
  return [`<${inline.other}> around "${inlineText([inline]).slice(0, 30)}"`];
}

function isTable(block: Block): boolean {
  return block.type === 'table';
}
