import type { Align, Block, Cell, Inline, List, Table, Tree } from '../model/tree.ts';
import { calloutStyle, calloutStyles, normaliseStyle } from './callout-styles.ts';
import { escapeHtml } from './render/escape-html.ts';
import {
  holdsTable,
  itemBlocks,
  listAsParagraphs,
  losesStart,
  prefixed,
} from './render/flatten-lists.ts';
import { levelsOf, sentLevel } from './render/heading-levels.ts';
import { isContained, renderInlines } from './render/render-inlines.ts';
import type { RenderOptions } from './render/render-options.ts';
import { embedAddress } from './videos.ts';

export type { RenderOptions } from './render/render-options.ts';

/** Where a block stands. */
interface Position {
  options: RenderOptions;
  smallestLevel: number;
  /** Alignment of the cell around it. */
  align: Align | null;
  isInItem: boolean;
  /** How many lists around it have become paragraphs. */
  flatDepth: number;
}

/**
 * A tree as the HTML that Intercom stores: one line, as white space between blocks becomes empty
 * paragraphs there. Where the workspace's habits would destroy a meaning, a form that survives is
 * sent instead; `storability` tells what has none. Only elements, attributes and address schemes of
 * a fixed list come out, whatever the tree holds.
 */
export function renderHtml(tree: Tree, options: RenderOptions): string {
  const [smallestLevel = 1] = levelsOf(tree);
  const top = { options, smallestLevel, align: null, isInItem: false, flatDepth: 0 };
  return renderBlocks(tree, top);
}

function renderBlocks(blocks: readonly Block[], position: Position): string {
  return blocks.map((block) => renderBlock(block, position)).join('');
}

function renderBlock(block: Block, position: Position): string {
  const { options } = position;
  switch (block.type) {
    case 'paragraph':
      return renderParagraph(block.children, block.align ?? position.align, options);
    case 'heading': {
      const level = sentLevel(block.level, position.smallestLevel);
      const id =
        block.anchor === null ? '' : ` id="${escapeHtml(options.headingId(block.anchor))}"`;
      const align = alignClass(block.align ?? position.align);
      const content = renderInlines(block.children, options);
      return `<h${level}${id}${align}>${content}</h${level}>`;
    }
    case 'list':
      return renderList(block, position);
    case 'code':
      return `<pre><code>${block.text.split('\n').map(escapeHtml).join('<br>')}</code></pre>`;
    case 'quote':
      return renderCallout(calloutStyle('important'), '', block.blocks, position);
    case 'callout': {
      const kind = block.kind === 'custom' ? null : block.kind;
      const style = kind === null ? customStyle(block.style) : calloutStyle(kind);
      const sign = kind === null ? '' : `${calloutStyles[kind].sign} `;
      return renderCallout(style, sign, block.blocks, position);
    }
    case 'table':
      return renderTable(block, position);
    case 'collapsible':
      return renderCollapsible(block.title, block.blocks, position);
    case 'video':
      return `<div class="intercom-h2b-video"><iframe src="${escapeHtml(embedAddress(block))}" frameborder="0" allowfullscreen></iframe></div>`;
    case 'rule':
      return '<hr>';
    case 'unknown':
      return renderBlocks(block.blocks, position);
  }
}

function renderParagraph(
  children: readonly Inline[],
  align: Align | null,
  options: RenderOptions,
): string {
  const content = renderInlines(children, options);
  // An image or button whose address is not known is text, and text stands in a paragraph.
  if (isContained(children) && content.startsWith('<')) {
    const classes = align === null ? '' : ` intercom-align-${align}`;
    return `<div class="intercom-container${classes}">${content}</div>`;
  }
  return `<p${alignClass(align)}>${content}</p>`;
}

function alignClass(align: Align | null): string {
  return align === null ? '' : ` class="intercom-align-${align}"`;
}

function renderList(list: List, position: Position): string {
  const { profile } = position.options;
  const isRefused = profile.nestedLists === 'refused' && position.isInItem;
  if (isRefused || holdsTable(list)) {
    const inside = { ...position, flatDepth: position.flatDepth + 1 };
    return renderBlocks(listAsParagraphs(list, position.flatDepth), inside);
  }
  if (losesStart(list, profile)) return renderBlocks(listAsParagraphs(list, 0), position);
  const tag = list.ordered ? 'ol' : 'ul';
  const start = list.ordered && list.start !== 1 ? ` start="${list.start}"` : '';
  const inside = { ...position, isInItem: true, flatDepth: 0 };
  const items = list.items.map((item) => `<li>${renderContent(itemBlocks(item), inside)}</li>`);
  return `<${tag}${start}>${items.join('')}</${tag}>`;
}

/** Blocks of an item or cell, which always hold at least one. */
function renderContent(blocks: readonly Block[], position: Position): string {
  return blocks.length === 0 ? '<p></p>' : renderBlocks(blocks, position);
}

function renderCallout(
  style: string,
  sign: string,
  blocks: readonly Block[],
  position: Position,
): string {
  if (position.options.profile.callouts === 'flattened') {
    return renderBlocks(sign === '' ? blocks : prefixed(sign, blocks), position);
  }
  const content = renderContent(blocks, position);
  return `<div class="intercom-interblocks-callout" style="${style}">${content}</div>`;
}

function renderCollapsible(
  title: readonly Inline[],
  blocks: readonly Block[],
  position: Position,
): string {
  const { options } = position;
  if (options.profile.details === 'flattened') {
    const heading = renderParagraph(title.map(emboldened), position.align, options);
    return heading + renderBlocks(blocks, position);
  }
  const summary = `<summary><h2>${renderInlines(title, options)}</h2></summary>`;
  const content = renderBlocks(blocks, position);
  return `<details>${summary}<div class="collapsible-section-content">${content}</div></details>`;
}

function renderTable(table: Table, position: Position): string {
  const rows = table.rows.map(
    (row) => `<tr>${row.map((cell) => renderCell(cell, position)).join('')}</tr>`,
  );
  return `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody>${rows.join('')}</tbody></table></div>`;
}

function renderCell(cell: Cell, position: Position): string {
  const colspan = cell.colspan > 1 ? ` colspan="${cell.colspan}"` : '';
  const rowspan = cell.rowspan > 1 ? ` rowspan="${cell.rowspan}"` : '';
  const css = cellStyle(cell.style);
  const style = css === '' ? '' : ` style="${css}"`;
  const blocks = cell.header ? cell.blocks.map(withBoldText) : cell.blocks;
  const inside = { ...position, align: cell.align };
  return `<td${colspan}${rowspan}${style}>${renderContent(blocks, inside)}</td>`;
}

/** A header cell's block: Intercom stores no header cells, so their text is bold. */
function withBoldText(block: Block): Block {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return { ...block, children: block.children.map(emboldened) };
    case 'list':
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: item.blocks.map(withBoldText) })),
      };
    case 'quote':
    case 'callout':
    case 'collapsible':
      return { ...block, blocks: block.blocks.map(withBoldText) };
    default:
      return block;
  }
}

function emboldened(inline: Inline): Inline {
  return inline.type === 'text' ? { ...inline, bold: true } : inline;
}

/** Only colours and sizes of stored styles are sent back. */
function safeDeclarations(style: string | null, property: RegExp): string {
  return normaliseStyle(style ?? '')
    .split('; ')
    .filter((declaration) => property.test(declaration))
    .map((declaration) => `${declaration};`)
    .join(' ');
}

function cellStyle(style: string | null): string {
  return safeDeclarations(
    style,
    /^(?:background-color: #[0-9a-f]{3,8}|(?:min-)?(?:width|height): \d+(?:\.\d+)?(?:px|%))$/,
  );
}

function customStyle(style: string | null): string {
  const safe = safeDeclarations(style, /^(?:background|border)-color: #[0-9a-f]{3,8}$/);
  return safe === '' ? calloutStyle('important') : safe;
}
