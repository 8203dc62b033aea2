import TurndownService from 'turndown';
import {
  codeSpan,
  destination,
  escapeAttribute,
  escapeLineStart,
  escapeMarkdown,
} from './escape-markdown.ts';
import { MarkdownNode } from './markdown-node.ts';

type Replacement = (content: string, node: MarkdownNode) => string;

const block = (content: string): string => `\n\n${content}\n\n`;

/** One rule for each kind of node; nothing else comes to turndown. */
const rules: Readonly<Record<string, Replacement>> = {
  p: paragraph,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  strong: (content) => `**${content}**`,
  em: (content) => `*${content}*`,
  s: (content) => `~~${content}~~`,
  b: (content) => `<b>${content}</b>`,
  i: (content) => `<i>${content}</i>`,
  del: (content) => `<s>${content}</s>`,
  code: (_content, node) => codeSpan(node.textContent),
  // A bracket in backticks could end the link around it.
  samp: (content) => `<code>${content}</code>`,
  a: link,
  img: image,
  br: (_content, node) => (node.getAttribute('form') === 'tag' ? '<br>' : '\\\n'),
  hr: (_content, node) => block(isInItem(node) ? '***' : '---'),
  pre: codeBlock,
  blockquote: quote,
  details: (content) => block(`<details>\n${content.trim()}\n\n</details>`),
  summary: (content) => `<summary>${content}</summary>\n\n`,
  ul: list,
  ol: list,
  li: item,
  table: (content, node) => {
    const [first = '', ...others] = content.split('\n');
    const rows = node.getAttribute('head') === '' ? others : [first, ...others];
    const head = node.getAttribute('head') === '' ? first : (node.getAttribute('head') ?? '');
    return block([head, node.getAttribute('rules') ?? '', ...rows].filter(Boolean).join('\n'));
  },
  tr: (content) => `|${content}\n`,
  td: (content) => ` ${content.replace(/\|/g, '\\|')} |`,
  'x-verbatim': (_content, node) => block(node.textContent),
};

const service = markdownService();

/** Nodes as Markdown, written by turndown. */
export function writeMarkdown(nodes: readonly MarkdownNode[]): string {
  if (nodes.length === 0) return '';
  // turndown leaves the white space of a PRE alone: here it is right already, in code above all.
  const root: unknown = MarkdownNode.element('PRE', nodes);
  return service.turndown(root as Parameters<TurndownService['turndown']>[0]);
}

function markdownService(): TurndownService {
  const turndown = new TurndownService();
  // Text was escaped where its neighbours are known; turndown would see each piece alone.
  turndown.escape = (text) => text;
  for (const [name, replacement] of Object.entries(rules)) {
    turndown.addRule(name, {
      filter: (node) => (node as unknown as MarkdownNode).nodeName === name.toUpperCase(),
      replacement: (content, node) => replacement(content, node as unknown as MarkdownNode),
    });
  }
  return turndown;
}

function paragraph(content: string, node: MarkdownNode): string {
  const text = content.split('\n').map(escapeLineStart).join('\n');
  const align = node.getAttribute('align');
  if (align !== null) return block(`<p align="${align}">${text}</p>`);
  return node.parentNode?.getAttribute('tight') === 'yes' ? `\n${text}\n` : block(text);
}

function heading(content: string, node: MarkdownNode): string {
  const level = '#'.repeat(Number(node.nodeName.slice(1)));
  const anchor = node.getAttribute('anchor');
  const text = content.replace(/(^|[ \t])(#+)[ \t]*$/, '$1\\$2');
  const line = `${level} ${text}${anchor === null ? '' : ` {#${anchor}}`}`;
  const align = node.getAttribute('align');
  return block(align === null ? line : `<div align="${align}">\n\n${line}\n\n</div>`);
}

function link(content: string, node: MarkdownNode): string {
  const address = destination(node.getAttribute('href') ?? '');
  const button = node.getAttribute('button') === null ? '' : '{.button}';
  return `[${content}](${address})${button}`;
}

/** With a size as a tag: Markdown's own form has none. */
function image(_content: string, node: MarkdownNode): string {
  const src = destination(node.getAttribute('src') ?? '');
  const alt = node.getAttribute('alt') ?? '';
  const width = node.getAttribute('width');
  const height = node.getAttribute('height');
  if (width === null && height === null)
    return `![${escapeMarkdown(alt, { inLink: true, beforeBracket: false })}](${src})`;
  const size = [
    width === null ? '' : ` width="${width}"`,
    height === null ? '' : ` height="${height}"`,
  ].join('');
  return `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}"${size}>`;
}

function codeBlock(_content: string, node: MarkdownNode): string {
  const text = node.textContent;
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return block(`${fence}${node.getAttribute('language') ?? ''}\n${text}\n${fence}`);
}

function quote(content: string, node: MarkdownNode): string {
  const kind = node.getAttribute('callout');
  const lines = content.trim().split('\n');
  const gap = needsGap(content.trim()) ? [''] : [];
  const marked = kind === null ? lines : [`[!${kind}]`, ...gap, ...lines];
  return block(marked.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n'));
}

/** A list in a tight item follows its text at once. */
function list(content: string, node: MarkdownNode): string {
  const isTight = node.parentNode?.getAttribute('tight') === 'yes';
  return isTight && !needsGap(content.trim()) ? `\n${content.trim()}\n` : block(content.trim());
}

/** A list that does not begin with 1 is read as more of the line before (CommonMark 5.3). */
function needsGap(content: string): boolean {
  return /^\d+[.)]\s/.test(content) && !/^0*1[.)]/.test(content);
}

function item(content: string, node: MarkdownNode): string {
  const prefix = `${node.getAttribute('sign') ?? '-'} `;
  const indent = ' '.repeat(prefix.length);
  const text = `${node.getAttribute('task') ?? ''}${content.trim()}`;
  const lines = text.split('\n').map((line, index) => {
    if (index === 0) return prefix + line;
    return line === '' ? '' : indent + line;
  });
  const end = node.getAttribute('tight') === 'yes' ? '\n' : '\n\n';
  return lines.join('\n').trimEnd() + end;
}

function isInItem(node: MarkdownNode): boolean {
  return node.parentNode?.nodeName === 'LI' && node.previousSibling === null;
}
