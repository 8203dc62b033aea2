import GithubSlugger from 'github-slugger';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Block, Tree } from '../model/tree.ts';
import { inlineText } from '../model/tree-text.ts';

const slugger = new GithubSlugger();

/** A block by its value: equal keys, equal blocks. */
export function keyOf(value: unknown): string {
  return canonicalJson(value);
}

/**
 * A tree in which only written anchors are left: those that a heading's own text gives it follow the
 * text, and are no content.
 * @param kept anchors to leave although they are implied, because something links to them
 */
export function withWrittenAnchors(tree: Tree, kept: ReadonlySet<string> = new Set()): Tree {
  return tree.map((block) => withWrittenAnchor(block, kept));
}

function withWrittenAnchor(block: Block, kept: ReadonlySet<string>): Block {
  switch (block.type) {
    case 'heading': {
      const { anchor } = block;
      const isFree = anchor !== null && !kept.has(anchor) && isImplied(anchor, block);
      return { ...block, anchor: isFree ? null : anchor };
    }
    case 'list':
      return {
        ...block,
        items: block.items.map((item) => ({
          ...item,
          blocks: withWrittenAnchors(item.blocks, kept),
        })),
      };
    case 'table':
      return {
        ...block,
        rows: block.rows.map((row) =>
          row.map((cell) => ({ ...cell, blocks: withWrittenAnchors(cell.blocks, kept) })),
        ),
      };
    case 'quote':
    case 'callout':
    case 'collapsible':
    case 'unknown':
      return { ...block, blocks: withWrittenAnchors(block.blocks, kept) };
    default:
      return block;
  }
}

function isImplied(anchor: string, heading: Extract<Block, { type: 'heading' }>): boolean {
  const text = inlineText(heading.children).replace(/\s+/g, ' ').trim();
  slugger.reset();
  const slug = slugger.slug(text === '' ? 'section' : text);
  return (
    anchor === slug ||
    (anchor.startsWith(`${slug}-`) && /^\d+$/.test(anchor.slice(slug.length + 1)))
  );
}
