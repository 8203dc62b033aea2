/** Where a text stands: what has a meaning there differs. */
export interface TextPlace {
  isLinkText: boolean;
  isLineStart: boolean;
}

const entityLike = /&(?=#?[A-Za-z0-9]+;)/g;
const tagLike = /<(?=[A-Za-z/!?])/g;

/** Text as it stands in Markdown, so that it is read as that text and nothing else. */
export function escapeText(text: string, place: TextPlace): string {
  const inner = text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(entityLike, '\\&')
    .replace(tagLike, '\\<')
    .replace(/~(?=~)|(?<=~)~/g, '\\~')
    .replace(/\{\{/g, '\\{{')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/\u00a0/g, '&nbsp;');
  // Inside an address a backslash is read as a part of it, and what it escapes is not escaped.
  const isPlain = place.isLinkText && !inner.includes('\\');
  const unlinked = isPlain ? inner : withoutAutolinks(inner);
  return place.isLineStart ? escapeLineStart(unlinked) : unlinked;
}

/** An address that is no link must not become one. */
function withoutAutolinks(text: string): string {
  return text.replace(/(https?|mailto):/gi, '$1\\:').replace(/(?<=[\w.+-])@(?=[\w-]+\.\w)/g, '\\@');
}

/** What begins a block at the start of a line. */
export function escapeLineStart(text: string): string {
  return text
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^([-+>=]|~~~|:(?=-))/, '\\$1')
    .replace(/^\|/, '\\|')
    .replace(/^(?:&nbsp;)/, '&nbsp;');
}

/** Text as it stands in HTML inside Markdown; variables are looked for there too. */
export function escapeHtmlText(text: string, isCode: boolean): string {
  const escaped = text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\u00a0/g, '&nbsp;');
  return isCode ? escaped : escaped.replace(/\{\{/g, '\\{{');
}

export function escapeAttribute(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
