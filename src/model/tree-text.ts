import type { Block, Inline, Tree } from './tree.ts';

/** Visible text of a run of inlines; a break is a newline, an image its alt text. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.type) {
        case 'text':
          return inline.text;
        case 'button':
          return inline.text;
        case 'image':
          return inline.alt;
        case 'break':
          return '\n';
      }
    })
    .join('');
}

/** Visible text of one block and what it holds, blocks separated by newlines. */
export function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.children);
    case 'code':
      return block.text;
    case 'list':
      return block.items.map((item) => treeText(item.blocks)).join('\n');
    case 'table':
      return block.rows
        .map((row) => row.map((cell) => treeText(cell.blocks)).join('\t'))
        .join('\n');
    case 'collapsible':
      return [inlineText(block.title), treeText(block.blocks)].join('\n');
    case 'quote':
    case 'callout':
    case 'unknown':
      return treeText(block.blocks);
    case 'video':
    case 'rule':
      return '';
  }
}

/** Visible text of a tree, blocks separated by newlines. */
export function treeText(tree: Tree): string {
  return tree.map(blockText).join('\n');
}

/** The blocks directly inside a block, in reading order. */
export function innerBlocks(block: Block): Block[] {
  switch (block.type) {
    case 'list':
      return block.items.flatMap((item) => [...item.blocks]);
    case 'table':
      return block.rows.flatMap((row) => row.flatMap((cell) => [...cell.blocks]));
    case 'quote':
    case 'callout':
    case 'collapsible':
    case 'unknown':
      return [...block.blocks];
    default:
      return [];
  }
}

/** The inlines directly inside a block. */
export function innerInlines(block: Block): readonly Inline[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.children;
    case 'collapsible':
      return block.title;
    default:
      return [];
  }
}

/** Every block of a tree, parents before children, in reading order. */
export function allBlocks(tree: Tree): Block[] {
  return tree.flatMap((block) => [block, ...allBlocks(innerBlocks(block))]);
}

/** Every inline of a tree in reading order. */
export function allInlines(tree: Tree): Inline[] {
  return allBlocks(tree).flatMap((block) => [...innerInlines(block)]);
}
