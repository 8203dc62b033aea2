import type { Block, Cell, Inline, List, Target } from '../../model/tree.ts';
import { isSameTarget } from '../text-format.ts';
import { videoAddress } from '../videos.ts';
import { escapeAttribute, escapeHtmlText } from './escape-text.ts';
import { imageTag } from './write-inlines.ts';
import type { Writing } from './write-options.ts';

/** A cell of an HTML table: everything in it is HTML of the allow-list. */
export function writeHtmlCell(cell: Cell, writing: Writing): string {
  const tag = cell.header ? 'th' : 'td';
  const attributes = [
    cell.colspan === 1 ? '' : ` colspan="${cell.colspan}"`,
    cell.rowspan === 1 ? '' : ` rowspan="${cell.rowspan}"`,
    cell.align === null ? '' : ` align="${cell.align}"`,
    cell.style === null ? '' : ` style="${escapeAttribute(cell.style)}"`,
  ].join('');
  const [only, ...others] = cell.blocks;
  const isBare = only?.type === 'paragraph' && only.align === null && others.length === 0;
  const content = isBare ? inlines(only.children, writing) : blocks(cell.blocks, writing);
  return `<${tag}${attributes}>${content}</${tag}>`;
}

function blocks(list: readonly Block[], writing: Writing): string {
  return list.map((block) => htmlBlock(block, writing)).join('');
}

function htmlBlock(block: Block, writing: Writing): string {
  switch (block.type) {
    case 'paragraph': {
      const align = block.align === null ? '' : ` align="${block.align}"`;
      return `<p${align}>${inlines(block.children, writing)}</p>`;
    }
    case 'heading': {
      const anchor = writing.anchor(block);
      const marker = anchor === null ? '' : ` {#${anchor}}`;
      return `<h${block.level}>${inlines(block.children, writing)}${marker}</h${block.level}>`;
    }
    case 'list':
      return htmlList(block, writing);
    case 'code':
      return `<pre>${block.text
        .split('\n')
        .map((line) => escapeHtmlText(line, true))
        .join('<br>')}</pre>`;
    case 'quote':
      return `<blockquote>${blocks(block.blocks, writing)}</blockquote>`;
    case 'callout': {
      const kind = block.kind === 'custom' ? 'important' : block.kind;
      return `<blockquote>[!${kind.toUpperCase()}]${blocks(block.blocks, writing)}</blockquote>`;
    }
    case 'collapsible':
      return `<details><summary>${inlines(block.title, writing)}</summary>${blocks(block.blocks, writing)}</details>`;
    case 'video':
      return `<p>${escapeHtmlText(videoAddress(block), false)}</p>`;
    case 'rule':
      return '<hr>';
    case 'table':
    case 'unknown': {
      writing.losses.push({
        construct: block.type === 'table' ? 'nested table' : block.tag,
        action: 'transformed',
        line: null,
        excerpt: '',
      });
      return block.type === 'table'
        ? block.rows.map((row) => row.map((cell) => blocks(cell.blocks, writing)).join('')).join('')
        : blocks(block.blocks, writing);
    }
  }
}

function htmlList(list: List, writing: Writing): string {
  const tag = list.ordered ? 'ol' : 'ul';
  const start = list.ordered && list.start !== 1 ? ` start="${list.start}"` : '';
  const items = list.items.map((item) => {
    const box = item.checked === null ? '' : item.checked ? '☑ ' : '☐ ';
    const [first, ...others] = item.blocks;
    const head =
      first?.type === 'paragraph' &&
      first.align === null &&
      others.every(({ type }) => type === 'list')
        ? inlines(first.children, writing)
        : first === undefined
          ? ''
          : htmlBlock(first, writing);
    return `<li>${box}${head}${blocks(others, writing)}</li>`;
  });
  return `<${tag}${start}>${items.join('')}</${tag}>`;
}

function inlines(list: readonly Inline[], writing: Writing): string {
  let html = '';
  for (let index = 0; index < list.length; ) {
    const link = linkOf(list[index]);
    let end = index + 1;
    while (link !== undefined && end < list.length && isSameTarget(link, linkOf(list[end]))) end++;
    const content = list
      .slice(index, end)
      .map((inline) => htmlInline(inline, writing))
      .join('');
    const href = link === undefined ? null : writing.link(link);
    html += href === null ? content : `<a href="${address(href)}">${content}</a>`;
    index = end;
  }
  return html;
}

function linkOf(inline: Inline | undefined): Target | undefined {
  return inline?.type === 'text' || inline?.type === 'image' ? inline.link : undefined;
}

function htmlInline(inline: Inline, writing: Writing): string {
  switch (inline.type) {
    case 'break':
      return '<br>';
    case 'image':
      return imageTag(inline, writing.image(inline.source));
    case 'button': {
      const href = writing.link(inline.target);
      const text = escapeHtmlText(inline.text, false);
      return href === null ? text : `<a href="${address(href)}" class="button">${text}</a>`;
    }
    case 'text': {
      if (inline.other !== undefined) {
        writing.losses.push({
          construct: inline.other.replace(/\[.*/s, ''),
          action: 'transformed',
          line: null,
          excerpt: inline.text.slice(0, 60),
        });
      }
      const marks = [
        inline.strike ? 's' : '',
        inline.bold ? 'b' : '',
        inline.italic ? 'i' : '',
        inline.code ? 'code' : '',
      ].filter((tag) => tag !== '');
      const text = escapeHtmlText(inline.text, inline.code === true);
      return marks.reduceRight((inner, tag) => `<${tag}>${inner}</${tag}>`, text);
    }
  }
}

function address(href: string): string {
  return escapeAttribute(href.replace(/\{\{/g, '%7B%7B'));
}
