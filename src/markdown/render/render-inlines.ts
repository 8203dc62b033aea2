import type { Image, Inline, Text } from '../../model/tree.ts';
import { isImageAddress, isLinkAddress } from '../address-scheme.ts';
import { strikeText } from '../struck-text.ts';
import { isSameTarget } from '../text-format.ts';
import { escapeHtml } from './escape-html.ts';
import type { RenderOptions } from './render-options.ts';

/** Inlines as Intercom HTML; neighbours with one link stand in one `<a>`. */
export function renderInlines(inlines: readonly Inline[], options: RenderOptions): string {
  let html = '';
  for (let index = 0; index < inlines.length; ) {
    const inline = inlines[index];
    if (inline === undefined) break;
    const link = linkOf(inline);
    const end = link === undefined ? index + 1 : endOfLink(inlines, index);
    const content = inlines
      .slice(index, end)
      .map((part) => renderInline(part, options))
      .join('');
    const href = link === undefined ? null : usableAddress(options.link(link));
    html += href === null ? content : `<a href="${escapeHtml(href)}">${content}</a>`;
    index = end;
  }
  return html;
}

/** A button as Intercom writes it; its text alone where its address is not known. */
export function renderButton(
  button: Extract<Inline, { type: 'button' }>,
  options: RenderOptions,
): string {
  const href = usableAddress(options.link(button.target));
  const text = escapeHtml(button.text);
  return href === null
    ? text
    : `<a class="intercom-h2b-button" href="${escapeHtml(href)}">${text}</a>`;
}

/** Is this paragraph's one content something that Intercom gives a container of its own? */
export function isContained(inlines: readonly Inline[]): boolean {
  const [only, ...others] = inlines;
  return others.length === 0 && (only?.type === 'image' || only?.type === 'button');
}

function linkOf(inline: Inline) {
  return inline.type === 'text' || inline.type === 'image' ? inline.link : undefined;
}

function endOfLink(inlines: readonly Inline[], start: number): number {
  const first = inlines[start];
  const link = first === undefined ? undefined : linkOf(first);
  let end = start + 1;
  for (let next = inlines[end]; next !== undefined; next = inlines[end]) {
    if (linkOf(next) === undefined || !isSameTarget(linkOf(next), link)) break;
    end++;
  }
  return end;
}

function renderInline(inline: Inline, options: RenderOptions): string {
  switch (inline.type) {
    case 'text':
      return renderText(inline, options);
    case 'image':
      return renderImage(inline, options);
    case 'button':
      return renderButton(inline, options);
    case 'break':
      return '<br>';
  }
}

function renderText(run: Text, options: RenderOptions): string {
  const isStrikeKept = options.profile.unsupportedTags === 'kept';
  const text = run.strike && !isStrikeKept ? strikeText(run.text) : run.text;
  let html = escapeHtml(text);
  if (run.code) html = `<code>${html}</code>`;
  if (run.strike && isStrikeKept) html = `<s>${html}</s>`;
  if (run.italic) html = `<i>${html}</i>`;
  if (run.bold) html = `<b>${html}</b>`;
  return html;
}

function renderImage(image: Image, options: RenderOptions): string {
  const src = options.image(image.source);
  if (src === null || !isImageAddress(src)) return escapeHtml(image.alt);
  const width = image.width === null ? '' : ` width="${image.width}"`;
  const height = image.height === null ? '' : ` height="${image.height}"`;
  return `<img src="${escapeHtml(src)}" alt="${escapeHtml(image.alt)}"${width}${height}>`;
}

// The tree may come from anywhere: whatever made it, no other scheme leaves here.
function usableAddress(href: string | null): string | null {
  return href !== null && isLinkAddress(href) ? href : null;
}
