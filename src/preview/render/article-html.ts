import type {
  Block,
  CalloutKind,
  Cell,
  Image,
  ImageSource,
  Inline,
  List,
  Table,
  Target,
  Text,
  Tree,
  Video,
} from '../../model/tree.ts';
import { allBlocks } from '../../model/tree-text.ts';
import { html, joined, type Markup, nothing } from './markup.ts';
import type { Change } from './merge-trees.ts';
import { videoLink } from './video-link.ts';

/** Where a link goes in the preview. */
export interface ShownLink {
  href: string;
  /** Out of the help center. */
  external: boolean;
}

/** How an image is shown: from here, or only told of, as nothing is loaded from elsewhere. */
export type ShownImage =
  | { kind: 'own'; src: string }
  | { kind: 'foreign'; url: string }
  | { kind: 'missing'; href: string };

/** What a tree is shown with. */
export interface Showing {
  /** null: it leads nowhere. */
  link(target: Target): ShownLink | null;
  image(source: ImageSource): ShownImage;
  words: {
    video: string;
    zoom: string;
    foreignImage: string;
    missingImage: string;
    code: string;
    table: string;
  };
  changes?: WeakMap<Block | Inline, Change>;
  /** Put before anchors, where several texts stand on one page. */
  idPrefix?: string;
}

interface Place {
  showing: Showing;
  /** The level of the smallest heading: it becomes h2, as the title is the page's h1. */
  smallest: number;
}

/** A tree as inert HTML: a fixed list of elements and attributes, styles as classes, nothing that loads from elsewhere. */
export function articleHtml(tree: Tree, showing: Showing): Markup {
  const levels = allBlocks(tree).flatMap((block) =>
    block.type === 'heading' ? [block.level] : [],
  );
  return blocks(tree, { showing, smallest: Math.min(6, ...levels) });
}

/** Inlines alone, for titles. */
export function inlineHtml(inlines: readonly Inline[], showing: Showing): Markup {
  return inlineRun(inlines, showing);
}

function blocks(tree: readonly Block[], place: Place): Markup {
  return joined(tree.map((block) => changedBlock(block, place)));
}

function changedBlock(block: Block, place: Place): Markup {
  const change = place.showing.changes?.get(block);
  const shown = blockHtml(block, place);
  if (change === undefined) return shown;
  return change === 'added'
    ? html`<ins class="block">${shown}</ins>`
    : html`<del class="block">${shown}</del>`;
}

function blockHtml(block: Block, place: Place): Markup {
  const { showing } = place;
  switch (block.type) {
    case 'paragraph':
      return html`<p${alignClass(block.align)}>${inlineRun(block.children, showing)}</p>`;
    case 'heading': {
      const tag = `h${Math.min(block.level - place.smallest + 2, 6)}`;
      const id = block.anchor === null ? nothing : html` id="${anchorId(block.anchor, showing)}"`;
      const text = inlineRun(block.children, showing);
      return html`<${raw(tag)}${id}${alignClass(block.align)}>${text}</${raw(tag)}>`;
    }
    case 'list':
      return listHtml(block, place);
    case 'code':
      return html`<pre tabindex="0" role="group" aria-label="${showing.words.code}"><code>${block.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${blocks(block.blocks, place)}</blockquote>`;
    case 'callout':
      return calloutHtml(block.kind, block.blocks, place);
    case 'table':
      return tableHtml(block, place);
    case 'collapsible':
      return html`<details class="collapsible"><summary>${inlineRun(block.title, showing)}</summary><div class="inside">${blocks(block.blocks, place)}</div></details>`;
    case 'video':
      return videoHtml(block, showing);
    case 'rule':
      return html`<hr>`;
    case 'unknown':
      return blocks(block.blocks, place);
  }
}

/** A tag's name, which never comes from content. */
function raw(name: string): Markup {
  return { html: name };
}

/** The id of a heading in the page. */
export function anchorId(anchor: string, showing: Pick<Showing, 'idPrefix'>): string {
  return `${showing.idPrefix ?? ''}${anchor}`;
}

function alignClass(align: 'left' | 'center' | 'right' | null): Markup {
  return align === null ? nothing : html` class="align-${align}"`;
}

function listHtml(list: List, place: Place): Markup {
  const isTasks = list.items.some(({ checked }) => checked !== null);
  const items = list.items.map((item) => {
    const content = itemContent(item.blocks, place);
    if (item.checked === null) return html`<li>${content}</li>`;
    const sign = item.checked ? '☑' : '☐';
    return html`<li class="task"><span class="sign">${sign}</span><div>${content}</div></li>`;
  });
  const className = isTasks ? html` class="tasks"` : nothing;
  if (!list.ordered) return html`<ul${className}>${items}</ul>`;
  const start = list.start === 1 ? nothing : html` start="${list.start}"`;
  return html`<ol${className}${start}>${items}</ol>`;
}

/** The one paragraph of a tight item stands without its own space around. */
function itemContent(inside: readonly Block[], place: Place): Markup {
  return blocks(inside, place);
}

const calloutSigns: Readonly<Record<CalloutKind, string>> = {
  note: 'ℹ️',
  tip: '💡',
  important: '❗',
  warning: '⚠️',
  caution: '⛔',
};

function calloutHtml(kind: CalloutKind | 'custom', inside: readonly Block[], place: Place): Markup {
  const sign = kind === 'custom' ? '' : calloutSigns[kind];
  return html`<div class="callout callout-${kind}"><span class="sign" aria-hidden="true">${sign}</span><div>${blocks(inside, place)}</div></div>`;
}

function tableHtml(table: Table, place: Place): Markup {
  const rows = table.rows.map((row) => html`<tr>${row.map((cell) => cellHtml(cell, place))}</tr>`);
  return html`<div class="table" tabindex="0" role="group" aria-label="${place.showing.words.table}"><table><tbody>${rows}</tbody></table></div>`;
}

function cellHtml(cell: Cell, place: Place): Markup {
  const colspan = cell.colspan > 1 ? html` colspan="${cell.colspan}"` : nothing;
  const rowspan = cell.rowspan > 1 ? html` rowspan="${cell.rowspan}"` : nothing;
  const tag = raw(cell.header ? 'th' : 'td');
  const inside = blocks(cell.blocks, place);
  return html`<${tag}${colspan}${rowspan}${alignClass(cell.align)}>${inside}</${tag}>`;
}

function videoHtml(video: Video, { words }: Showing): Markup {
  const { href, name } = videoLink(video);
  return html`<a class="video" href="${href}" target="_blank" rel="noopener noreferrer"><span class="play" aria-hidden="true"></span><span>${words.video} <span class="where">${name}</span></span></a>`;
}

/** Neighbours with one link stand in one `<a>`. */
function inlineRun(inlines: readonly Inline[], showing: Showing): Markup {
  const parts: Markup[] = [];
  for (let index = 0; index < inlines.length; ) {
    const link = linkOf(inlines[index]);
    let end = index + 1;
    while (link !== null && end < inlines.length && linkOf(inlines[end]) === link) end += 1;
    const content = inlines.slice(index, end).map((inline) => changedInline(inline, showing, link));
    const target = linkTarget(inlines[index]);
    parts.push(target === null ? joined(content) : linkHtml(target, joined(content), showing));
    index = end;
  }
  return joined(parts);
}

function linkTarget(inline: Inline | undefined): Target | null {
  return inline?.type === 'text' || inline?.type === 'image' ? (inline.link ?? null) : null;
}

function linkOf(inline: Inline | undefined): string | null {
  const target = linkTarget(inline);
  return target === null ? null : JSON.stringify(target);
}

function linkHtml(target: Target, content: Markup, showing: Showing, className = ''): Markup {
  const link = showing.link(target);
  const css = className === '' ? nothing : html` class="${className}"`;
  if (link === null)
    return html`<span class="${`${className} dead-link`.trim()}">${content}</span>`;
  const leaves = link.external ? html` target="_blank" rel="noopener noreferrer"` : nothing;
  return html`<a${css} href="${link.href}"${leaves}>${content}</a>`;
}

function changedInline(inline: Inline, showing: Showing, link: string | null): Markup {
  const change = showing.changes?.get(inline);
  const shown = inlineHtmlOf(inline, showing, link !== null);
  if (change === undefined) return shown;
  return change === 'added' ? html`<ins>${shown}</ins>` : html`<del>${shown}</del>`;
}

function inlineHtmlOf(inline: Inline, showing: Showing, isLinked: boolean): Markup {
  switch (inline.type) {
    case 'text':
      return textHtml(inline);
    case 'image':
      return imageHtml(inline, showing, isLinked);
    case 'button':
      return linkHtml(inline.target, html`${inline.text}`, showing, 'button');
    case 'break':
      return html`<br>`;
  }
}

function textHtml(run: Text): Markup {
  let shown = html`${run.text}`;
  if (run.code) shown = html`<code>${shown}</code>`;
  if (run.strike) shown = html`<s>${shown}</s>`;
  if (run.italic) shown = html`<em>${shown}</em>`;
  if (run.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}

function imageHtml(image: Image, showing: Showing, isLinked: boolean): Markup {
  const shown = showing.image(image.source);
  const { words } = showing;
  if (shown.kind === 'foreign') {
    return html`<span class="no-image">${words.foreignImage}: ${image.alt} <code>${shown.url}</code></span>`;
  }
  if (shown.kind === 'missing') {
    return html`<span class="no-image">${words.missingImage}: ${image.alt} <code>${shown.href}</code></span>`;
  }
  const width = image.width === null ? nothing : html` width="${image.width}"`;
  const height = image.height === null ? nothing : html` height="${image.height}"`;
  const picture = html`<img src="${shown.src}" alt="${image.alt}"${width}${height} loading="lazy" decoding="async">`;
  const isSmall = image.width !== null && image.width < 80;
  if (isLinked || isSmall) return picture;
  const label = image.alt === '' ? words.zoom : `${words.zoom}: ${image.alt}`;
  return html`<a class="zoom" href="${shown.src}" aria-label="${label}">${picture}</a>`;
}
