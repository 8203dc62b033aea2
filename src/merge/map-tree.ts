import type { Block, ImageSource, Inline, Target, Tree } from '../model/tree.ts';

/** What identities become, and levels of headings where that is said. */
export interface Mapping {
  target(target: Target): Target;
  image(source: ImageSource): ImageSource;
  level?(level: number): number;
}

/** A tree with other identities of links and images. */
export function mapTree(tree: Tree, mapping: Mapping): Block[] {
  return tree.map((block) => mapBlock(block, mapping));
}

function mapBlock(block: Block, mapping: Mapping): Block {
  switch (block.type) {
    case 'paragraph':
      return { ...block, children: mapInlines(block.children, mapping) };
    case 'heading':
      return {
        ...block,
        level: mapping.level?.(block.level) ?? block.level,
        children: mapInlines(block.children, mapping),
      };
    case 'list':
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: mapTree(item.blocks, mapping) })),
      };
    case 'table':
      return {
        ...block,
        rows: block.rows.map((row) =>
          row.map((cell) => ({ ...cell, blocks: mapTree(cell.blocks, mapping) })),
        ),
      };
    case 'collapsible':
      return {
        ...block,
        title: mapInlines(block.title, mapping),
        blocks: mapTree(block.blocks, mapping),
      };
    case 'quote':
    case 'callout':
    case 'unknown':
      return { ...block, blocks: mapTree(block.blocks, mapping) };
    default:
      return block;
  }
}

function mapInlines(inlines: readonly Inline[], mapping: Mapping): Inline[] {
  return inlines.map((inline): Inline => {
    switch (inline.type) {
      case 'button':
        return { ...inline, target: mapping.target(inline.target) };
      case 'image':
        return {
          ...inline,
          source: mapping.image(inline.source),
          ...(inline.link === undefined ? {} : { link: mapping.target(inline.link) }),
        };
      case 'text':
        return inline.link === undefined
          ? inline
          : { ...inline, link: mapping.target(inline.link) };
      case 'break':
        return inline;
    }
  });
}
