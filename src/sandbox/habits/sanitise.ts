import { element, type HtmlElement, type HtmlNode, isBlock } from './html-tree.ts';
import { isSupportedVideo } from './video-hosts.ts';

/**
 * Removes whatever could act: the help center shows articles to everybody, so this is a list of what
 * may pass, and it is applied to every body whatever the habits say.
 */
export function sanitise(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return nodes.flatMap((node) => (node.kind === 'text' ? [node] : sanitiseElement(node)));
}

/** Their content is no text for readers, or belongs to another language. */
const REMOVED_WITH_CONTENT: ReadonlySet<string> = new Set([
  ...[
    'script',
    'style',
    'noscript',
    'template',
    'object',
    'embed',
    'applet',
    'svg',
    'math',
    'head',
  ],
  ...['title', 'link', 'meta', 'base', 'input', 'select', 'textarea', 'option', 'canvas'],
  ...[
    'audio',
    'video',
    'source',
    'track',
    'frame',
    'frameset',
    'noframes',
    'noembed',
    'plaintext',
    'xmp',
  ],
  ...['param', 'area', 'map'],
]);

const SUPPORTED: ReadonlySet<string> = new Set([
  ...[
    'p',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'a',
    'img',
    'ul',
    'ol',
    'li',
    'pre',
    'code',
  ],
  ...['b', 'strong', 'i', 'em', 'iframe', 'div', 'details', 'summary'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'colgroup', 'col'],
]);

/** Harmless, not documented: the habit `unsupportedTags` decides. */
const TOLERATED: ReadonlySet<string> = new Set([
  ...['s', 'del', 'strike', 'ins', 'u', 'sub', 'sup', 'mark', 'kbd', 'blockquote', 'span', 'small'],
  ...[
    'abbr',
    'cite',
    'q',
    'var',
    'samp',
    'figure',
    'figcaption',
    'dl',
    'dt',
    'dd',
    'section',
    'article',
  ],
]);

export function isSupportedTag(tag: string): boolean {
  return SUPPORTED.has(tag);
}

function sanitiseElement(node: HtmlElement): readonly HtmlNode[] {
  if (REMOVED_WITH_CONTENT.has(node.tag)) return [];
  if (node.tag === 'iframe') return sanitiseFrame(node);
  const children = sanitise(node.children);
  if (!SUPPORTED.has(node.tag) && !TOLERATED.has(node.tag)) return unwrapped(node, children);
  return [element(node.tag, safeAttributes(node), children)];
}

/** An element replaced by its content; a block's bare text stays a paragraph of its own. */
export function unwrapped(node: HtmlElement, children: readonly HtmlNode[]): readonly HtmlNode[] {
  const isBareBlock = isBlock(node) && !children.some(isBlock) && children.length > 0;
  return isBareBlock ? [element('p', {}, children)] : children;
}

function sanitiseFrame(node: HtmlElement): readonly HtmlNode[] {
  const { src } = node.attributes;
  return src !== undefined && isSupportedVideo(src)
    ? [element('iframe', safeAttributes(node), [])]
    : [];
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title', 'target', 'class'],
  img: ['src', 'alt', 'title', 'width', 'height', 'style', 'class'],
  iframe: [
    'src',
    'width',
    'height',
    'frameborder',
    'allowfullscreen',
    'webkitallowfullscreen',
    'mozallowfullscreen',
  ],
  ol: ['start', 'class'],
  td: ['colspan', 'rowspan', 'style', 'class'],
  th: ['colspan', 'rowspan', 'style', 'class'],
  table: ['role', 'class', 'style'],
  col: ['span', 'style'],
  div: ['class', 'style'],
  details: ['open', 'class'],
  h1: ['id', 'class'],
  h2: ['id', 'class'],
  h3: ['id', 'class'],
  h4: ['id', 'class'],
  h5: ['id', 'class'],
  h6: ['id', 'class'],
};

function safeAttributes(node: HtmlElement): Record<string, string> {
  const allowed = ATTRIBUTES[node.tag] ?? ['class'];
  return Object.fromEntries(
    Object.entries(node.attributes)
      .filter(([name]) => allowed.includes(name))
      .flatMap(([name, value]) => safeAttribute(name, value)),
  );
}

function safeAttribute(name: string, value: string): [string, string][] {
  if (name === 'href') return isSafeLink(value) ? [[name, value.trim()]] : [];
  if (name === 'class') return pairUnlessEmpty(name, safeClasses(value));
  if (name === 'style') return pairUnlessEmpty(name, safeStyle(value));
  if (name === 'id') return /^[\w:.-]{1,200}$/.test(value) ? [[name, value]] : [];
  if (name === 'width' || name === 'height')
    return /^\d+(?:\.\d+)?(?:px|%)?$/.test(value) ? [[name, value]] : [];
  return [[name, value]];
}

function pairUnlessEmpty(name: string, value: string): [string, string][] {
  return value === '' ? [] : [[name, value]];
}

/** White space and control characters inside a scheme are ignored by browsers, so they are here. */
function isSafeLink(href: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(
    href.replace(/[\u0000-\u0020\u007f-\u00a0]/g, ''),
  )?.[1];
  return scheme === undefined || /^(?:https?|mailto|tel|sms|ftp|chrome|edge|about)$/i.test(scheme);
}

function safeClasses(value: string): string {
  return value
    .split(/\s+/)
    .filter((name) =>
      /^(?:intercom-[\w-]+|no-margin|collapsible-section-content|language-[\w-]+)$/.test(name),
    )
    .join(' ');
}

const STYLES: ReadonlySet<string> = new Set([
  ...[
    'background-color',
    'border-color',
    'width',
    'min-width',
    'height',
    'max-width',
    'text-align',
  ],
  ...['vertical-align', 'color', 'border'],
]);

function safeStyle(value: string): string {
  return value
    .split(';')
    .map((declaration) => declaration.trim())
    .filter((declaration) => {
      const [property = '', text = ''] = declaration.split(/:(.*)/s);
      return STYLES.has(property.trim().toLowerCase()) && /^[\w\s#%.,-]+$/.test(text);
    })
    .map((declaration) => `${declaration};`)
    .join(' ');
}
