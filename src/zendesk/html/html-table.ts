import { videoAddress } from '../../markdown/videos.ts';
import type { Block, Cell, Inline, Table } from '../../model/tree.ts';
import { destination, escapeAttribute } from './escape-markdown.ts';
import type { AddressOf } from './inline-nodes.ts';

/**
 * A table that no pipe table can hold (spans, lists, code in cells, header cells below the first row)
 * as HTML of the allow-list, a cell a line.
 */
export function htmlTable(table: Table, addressOf: AddressOf): string {
  const rows = table.rows.map((row) => {
    const cells = row.map((cell) => `    ${cellHtml(cell, addressOf)}`);
    return ['  <tr>', ...cells, '  </tr>'].join('\n');
  });
  return ['<table>', ...rows, '</table>'].join('\n');
}

function cellHtml(cell: Cell, addressOf: AddressOf): string {
  const name = cell.header ? 'th' : 'td';
  const attributes = [
    cell.colspan > 1 ? ` colspan="${cell.colspan}"` : '',
    cell.rowspan > 1 ? ` rowspan="${cell.rowspan}"` : '',
    cell.align === null ? '' : ` align="${cell.align}"`,
  ].join('');
  return `<${name}${attributes}>${contentHtml(cell.blocks, addressOf)}</${name}>`;
}

/** One paragraph needs no tags around it. */
function contentHtml(blocks: readonly Block[], addressOf: AddressOf): string {
  const [only, ...others] = blocks;
  if (only?.type === 'paragraph' && others.length === 0)
    return inlinesHtml(only.children, addressOf);
  return blocks.map((block) => blockHtml(block, addressOf)).join('');
}

function blockHtml(block: Block, addressOf: AddressOf): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return `<p>${inlinesHtml(block.children, addressOf)}</p>`;
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul';
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : '';
      const items = block.items.map((item) => `<li>${contentHtml(item.blocks, addressOf)}</li>`);
      return `<${name}${start}>${items.join('')}</${name}>`;
    }
    case 'code':
      return `<pre>${escapeText(block.text, false)}</pre>`;
    case 'video':
      return `<p>${escapeText(videoAddress(block), true)}</p>`;
    case 'quote':
    case 'callout':
    case 'collapsible':
    case 'unknown':
      return block.blocks.map((inner) => blockHtml(inner, addressOf)).join('');
    case 'table':
    case 'rule':
      return '';
  }
}

function inlinesHtml(inlines: readonly Inline[], addressOf: AddressOf): string {
  return inlines.map((inline) => inlineHtml(inline, addressOf)).join('');
}

function inlineHtml(inline: Inline, addressOf: AddressOf): string {
  switch (inline.type) {
    case 'break':
      return '<br>';
    case 'button':
      return linked(escapeText(inline.text, true), addressOf(inline.target));
    case 'image': {
      const size = [
        inline.width === null ? '' : ` width="${inline.width}"`,
        inline.height === null ? '' : ` height="${inline.height}"`,
      ].join('');
      const src = inline.source.kind === 'url' ? destination(inline.source.url) : '';
      const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(inline.alt)}"${size}>`;
      return inline.link === undefined ? image : linked(image, addressOf(inline.link));
    }
    case 'text': {
      let html = escapeText(inline.text, !inline.code);
      if (inline.code) html = `<code>${html}</code>`;
      if (inline.strike) html = `<s>${html}</s>`;
      if (inline.italic) html = `<em>${html}</em>`;
      if (inline.bold) html = `<strong>${html}</strong>`;
      return inline.link === undefined ? html : linked(html, addressOf(inline.link));
    }
  }
}

function linked(html: string, address: string | null): string {
  return address === null ? html : `<a href="${escapeAttribute(destination(address))}">${html}</a>`;
}

/** `{{` would be a variable here, except in code. */
function escapeText(text: string, hasVariables: boolean): string {
  const escaped = text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\u00a0/g, '&nbsp;');
  return hasVariables ? escaped.replace(/\{\{/g, '\\{{') : escaped;
}
