import { helpCenterUrl, localPath } from '../api/help-centers.ts';
import { isHeading } from '../habits/headings.ts';
import {
  element,
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  mapElements,
  parseHtml,
  textNode,
  textOf,
  withAttribute,
  withoutAttribute,
} from '../habits/html-tree.ts';
import { sanitise } from '../habits/sanitise.ts';
import { serialise } from '../habits/serialise.ts';
import type { Workspace } from '../workspace.ts';
import { pageTexts } from './page-texts.ts';

export interface PageBody {
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly text: string }[];
}

/**
 * A stored body as the help center shows it. Sanitised once more, since bodies kept on disk may be
 * older than the list of what may pass; images come from here, and a video is a link to it, so that
 * a page loads nothing from elsewhere.
 */
export function pageBody(workspace: Workspace, stored: string, locale: string): PageBody {
  const nodes = sanitise(parseHtml(workspace.images.localise(stored)));
  const lowered = lowerHeadings(nodes);
  const shown = mapElements(lowered, (node) => shownElement(workspace, node, locale));
  const headings = [...elementsOf(lowered)]
    .filter((node) => node.tag === 'h2' && node.attributes.id !== undefined)
    .map((node) => ({ id: node.attributes.id ?? '', text: textOf(node).trim() }));
  return { html: serialise(shown, 'plain'), headings };
}

/** The page's title is the h1: a body with its own h1 moves down by one. */
function lowerHeadings(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  if (![...elementsOf(nodes)].some(({ tag }) => tag === 'h1')) return nodes;
  return mapElements(nodes, (node) =>
    isHeading(node) ? [{ ...node, tag: `h${Math.min(6, Number(node.tag.slice(1)) + 1)}` }] : [node],
  );
}

function shownElement(
  workspace: Workspace,
  node: HtmlElement,
  locale: string,
): readonly HtmlNode[] {
  if (node.tag === 'a') return [localLink(workspace, node)];
  if (node.tag === 'iframe') return [videoLink(node, locale)];
  if (node.tag === 'img')
    return [
      withAttribute({ ...node, attributes: { alt: '', ...node.attributes } }, 'loading', 'lazy'),
    ];
  if (hasClass(node, 'intercom-interblocks-callout')) return [colouredCallout(node)];
  if (node.tag === 'td' || node.tag === 'th') return [opaque(node)];
  // Wide tables and code scroll inside the article; who has no mouse must reach them too.
  if (hasClass(node, 'intercom-interblocks-table-container') || node.tag === 'pre') {
    return [withAttribute(node, 'tabindex', '0')];
  }
  return [node];
}

/** A link into the help center leads to its page here, whatever domain it is written with. */
function localLink(workspace: Workspace, node: HtmlElement): HtmlElement {
  const { href } = node.attributes;
  const isOwn = href?.startsWith(`${helpCenterUrl(workspace)}/`) === true;
  return isOwn ? withAttribute(node, 'href', localPath(workspace, href)) : node;
}

function videoLink(node: HtmlElement, locale: string): HtmlElement {
  const src = node.attributes.src ?? '';
  const url = URL.parse(src.startsWith('//') ? `https:${src}` : src);
  const label = pageTexts(locale).video(url?.hostname.replace(/^www\./, '') ?? src);
  return element('a', { class: 'video', href: url?.href ?? '#', rel: 'noreferrer' }, [
    textNode(`▶ ${label}`),
  ]);
}

const CALLOUT_COLOURS: Readonly<Record<string, string>> = {
  '#e8e8e8': 'gray',
  '#e3e7fa': 'blue',
  '#d7efdc': 'green',
  '#fed9da': 'red',
  '#fed9db': 'red',
  '#feedaf': 'yellow',
};

/** The five colours have a light and a dark form here; any other stays as it was written. */
function colouredCallout(node: HtmlElement): HtmlElement {
  const background =
    /background-color:\s*(#[0-9a-f]{6})/i.exec(node.attributes.style ?? '')?.[1]?.toLowerCase() ??
    '';
  const colour = CALLOUT_COLOURS[background];
  const marked = withAttribute(node, 'class', `callout callout-${colour ?? 'other'}`);
  return colour === undefined ? opaque(marked) : withoutAttribute(marked, 'style');
}

/** A half-transparent colour over a dark page is unreadable: it goes solid, its text light or dark. */
function opaque(node: HtmlElement): HtmlElement {
  const { style } = node.attributes;
  const background = /background-color:\s*#([0-9a-f]{6})/i.exec(style ?? '')?.[1];
  if (style === undefined || background === undefined) return node;
  const solid = style.replace(/#([0-9a-f]{6})[0-9a-f]{2}\b/gi, '#$1').replace(/;?\s*$/, ';');
  return withAttribute(
    node,
    'style',
    `${solid} color: ${isDark(background) ? '#fff' : '#16181d'};`,
  );
}

/** Relative luminance as WCAG 2 defines it; below this, white stands out more than black. */
function isDark(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18;
}
