import type { Loss } from '../../model/finding.ts';
import type { Block, Callout, Heading, List, ListItem, Tree } from '../../model/tree.ts';
import { blockText } from '../../model/tree-text.ts';
import { videoAddress } from '../videos.ts';
import { writeInlines } from './write-inlines.ts';
import { plainStyle, type WriteOptions, type WriteStyle, type Writing } from './write-options.ts';
import { writeTable } from './write-table.ts';

/** What `toMarkdown` needs; without a style the plain one is written. */
export type MarkdownWish = Omit<WriteOptions, 'style' | 'anchor'> &
  Partial<Pick<WriteOptions, 'anchor'>> & { style?: Partial<WriteStyle> };

/**
 * A tree as Markdown of the dialect, blocks separated by blank lines, without a final newline. What
 * the dialect cannot say is in `losses`; text, links and images are never among what is dropped.
 */
export function toMarkdown(tree: Tree, wish: MarkdownWish): { value: string; losses: Loss[] } {
  const writing: Writing = {
    link: wish.link,
    image: wish.image,
    anchor: wish.anchor ?? (() => null),
    style: { ...plainStyle, ...wish.style },
    losses: [],
  };
  return { value: writeBlocks(tree, writing, false).join('\n'), losses: writing.losses };
}

/** Lines of blocks; `isTight` leaves the blank lines between them out. */
function writeBlocks(blocks: readonly Block[], writing: Writing, isTight: boolean): string[] {
  const lines: string[] = [];
  let previous: { list: List; style: WriteStyle } | null = null;
  for (const block of blocks) {
    const style: WriteStyle =
      previous === null ? writing.style : besideList(previous, block, writing.style);
    const written = writeBlock(block, { ...writing, style });
    previous = block.type === 'list' ? { list: block, style } : null;
    if (written.length === 0) continue;
    if (lines.length > 0 && !isTight) lines.push('');
    lines.push(...written);
  }
  return lines;
}

/** A list right after another one of its kind is told apart by another marker. */
function besideList(
  previous: { list: List; style: WriteStyle },
  block: Block,
  style: WriteStyle,
): WriteStyle {
  if (block.type !== 'list' || block.ordered !== previous.list.ordered) return style;
  return {
    ...style,
    bullet: previous.style.bullet === '-' ? '*' : '-',
    delimiter: previous.style.delimiter === '.' ? ')' : '.',
  };
}

function writeBlock(block: Block, writing: Writing): string[] {
  switch (block.type) {
    case 'paragraph':
      return writeParagraph(block, writing);
    case 'heading':
      return writeHeading(block, writing);
    case 'list':
      return writeList(block, writing);
    case 'code':
      return writeCode(block.text, block.language, writing);
    case 'quote':
      return quoted(writeBlocks(block.blocks, writing, false));
    case 'callout':
      return writeCallout(block, writing);
    case 'table':
      if (block.rows.length === 0) return [];
      return writeTable(block, writing).split('\n');
    case 'collapsible': {
      const title = writeInlines(block.title, writing, { breaks: 'tags', isLineStart: false });
      const inner = writeBlocks(block.blocks, writing, false);
      const content = inner.length === 0 ? [] : ['', ...inner, ''];
      return ['<details>', `<summary>${title}</summary>`, ...content, '</details>'];
    }
    case 'video':
      return [videoAddress(block)];
    case 'rule':
      return ['---'];
    case 'unknown':
      lose(writing, block.tag, block.blocks.length === 0 ? 'dropped' : 'transformed', block);
      return writeBlocks(block.blocks, writing, false);
  }
}

function writeParagraph(block: Extract<Block, { type: 'paragraph' }>, writing: Writing): string[] {
  if (block.children.length === 0) {
    lose(writing, 'empty paragraph', 'dropped', block);
    return [];
  }
  if (block.align !== null) {
    const text = writeInlines(block.children, writing, { breaks: 'tags', isLineStart: false });
    return [`<p align="${block.align}">${text}</p>`];
  }
  return writeInlines(block.children, writing, { breaks: 'lines', isLineStart: true }).split('\n');
}

function writeHeading(heading: Heading, writing: Writing): string[] {
  const text = writeInlines(heading.children, writing, { breaks: 'tags', isLineStart: false });
  const anchor = writing.anchor(heading);
  const marker = anchor === null ? '' : ` {#${anchor}}`;
  // A text that ends like an anchor or like closing signs would be read as one.
  const safe = text.replace(/\{(#[^\s{}]+\})$/, '\\{$1').replace(/#$/, '\\#');
  const line = `${'#'.repeat(heading.level)} ${safe}${marker}`.trimEnd();
  return heading.align === null
    ? [line]
    : [`<div align="${heading.align}">`, '', line, '', '</div>'];
}

function writeList(list: List, writing: Writing): string[] {
  const isTight = list.items.every(isTightItem);
  const lines: string[] = [];
  for (const [index, item] of list.items.entries()) {
    const { bullet, delimiter } = writing.style;
    const marker = list.ordered ? `${list.start + index}${delimiter} ` : `${bullet} `;
    const written = itemLines(item, marker, isTight, writing);
    if (lines.length > 0 && !isTight) lines.push('');
    lines.push(...written);
  }
  return lines;
}

function itemLines(item: ListItem, marker: string, isTight: boolean, writing: Writing): string[] {
  const [head] = item.blocks;
  // A task's box stands before a paragraph only.
  const isBoxed = item.checked !== null && (head?.type !== 'paragraph' || head.align !== null);
  const content = writeBlocks(item.blocks, writing, isTight);
  const blocks = (
    isBoxed ? ['<br>', ...(head === undefined ? [] : ['', ...content])] : content
  ).map((line) =>
    // `- ---` would be a rule instead of an item.
    line === '---' ? '___' : line,
  );
  const [first = '', ...others] = blocks;
  const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
  const indent = ' '.repeat(marker.length);
  return [
    // Two spaces at the end of a line are a line break.
    first === '' ? `${marker}${box}`.trimEnd() : `${marker}${box}${first}`,
    ...others.map((line) => (line === '' ? '' : indent + line)),
  ];
}

function isTightItem({ blocks }: ListItem): boolean {
  const [first, ...others] = blocks;
  if (first === undefined) return true;
  if (first.type !== 'paragraph') return others.length === 0;
  return (
    others.every((block) => block.type === 'list' && (!block.ordered || block.start === 1)) &&
    others.length <= 1
  );
}

function writeCode(text: string, language: string | null, writing: Writing): string[] {
  const sign = writing.style.fence[0] ?? '`';
  const runs = [...text.matchAll(sign === '~' ? /~+/g : /`+/g)].map(([run]) => run.length);
  const fence = sign.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language ?? ''}`, ...text.split('\n'), fence];
}

function writeCallout(callout: Callout, writing: Writing): string[] {
  if (callout.kind === 'custom') lose(writing, 'callout colour', 'transformed', callout);
  const kind = callout.kind === 'custom' ? 'important' : callout.kind;
  const inner = writeBlocks(callout.blocks, writing, false);
  const [first] = callout.blocks;
  const isPlain = first?.type === 'paragraph' && first.align === null;
  return quoted([
    `[!${kind.toUpperCase()}]`,
    ...(isPlain || inner.length === 0 ? [] : ['']),
    ...inner,
  ]);
}

function quoted(lines: readonly string[]): string[] {
  if (lines.length === 0) return ['>'];
  return lines.map((line) => (line === '' ? '>' : `> ${line}`));
}

function lose(writing: Writing, construct: string, action: Loss['action'], block: Block): void {
  writing.losses.push({
    construct,
    action,
    line: null,
    excerpt: blockText(block).replace(/\s+/g, ' ').slice(0, 60),
  });
}
