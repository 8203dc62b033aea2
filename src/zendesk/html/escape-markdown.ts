const addressStart = /(https?|ftp):(?=\/\/)/gi;
const email = /([\p{L}\p{N}._%+-])@(?=[\p{L}\p{N}-]+\.[\p{L}\p{N}])/gu;

/** What stands right behind a text, as far as escaping depends on it. */
export interface TextSurroundings {
  inLink: boolean;
  /** A link or image follows at once: `!` would make it an image. */
  beforeBracket: boolean;
}

/**
 * Running text as Markdown that reads as this text and nothing else. Only what would mean something
 * is escaped: what nobody has to escape by hand stays as it is.
 */
export function escapeMarkdown(text: string, { inLink, beforeBracket }: TextSurroundings): string {
  const escaped = text
    .replace(/\\(?=[!-/:-@[-`{-~]|\s*$)/g, '\\\\')
    .replace(/[*`]/g, '\\$&')
    .replace(/_/g, (sign, at: number, whole: string) =>
      isIntraword(whole, at) ? sign : `\\${sign}`,
    )
    .replace(/~(?=~|$)|(?<=~|^)~/g, '\\~')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\{(?=\{)/g, '\\{')
    .replace(/\{(?=#\S|\.button\})/g, '\\{')
    .replace(/!(?=\[)/g, '\\!')
    .replace(beforeBracket ? /!$/ : /(?!)/, '\\!');
  const bracketed = inLink
    ? escaped.replace(/[[\]]/g, '\\$&')
    : escaped.replace(/\[(?=[\^!]|[ xX]\]|[^\]]*$)/g, '\\[').replace(/\](?=[([:])/g, '\\]');
  // A reader that looks for addresses takes a backslash for a part of one, and the bracket with it.
  const isPlain = inLink && !bracketed.includes('\\');
  return isPlain ? bracketed : bracketed.replace(addressStart, '$1\\:').replace(email, '$1\\@');
}

function isIntraword(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}

/** The first characters of a line, so that they open no block. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^([ \t]*)([-+])(?=[ \t]|$)/, '$1\\$2')
    .replace(/^([ \t]*)(-)(?=(?:[ \t]*-)+[ \t]*$)/, '$1\\$2')
    .replace(/^([ \t]*)(#{1,6})(?=[ \t]|$)/, '$1\\$2')
    .replace(/^([ \t]*)([>|])/, '$1\\$2')
    .replace(/^([ \t]*)(=+)[ \t]*$/, '$1\\$2')
    .replace(/^([ \t]*):(?=-)/, '$1\\:')
    .replace(/^([ \t]*\d{1,9})([.)])(?=[ \t]|$)/, '$1\\$2');
}

/** Inline code that holds any text. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const isPadded = /^`|`$/.test(text) || /^ .*\S.* $/.test(text);
  const pad = isPadded ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A link or image address: in angle brackets where it could not stand bare. */
export function destination(address: string): string {
  const encoded = address
    .replace(/[\s\u0000-\u001f]/g, (space) => encodeURIComponent(space))
    .replace(/[<>"`\\^{|}]/g, (sign) => encodeURIComponent(sign));
  return hasBalancedParentheses(encoded)
    ? encoded
    : encoded.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}

function hasBalancedParentheses(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth++;
    if (sign === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

export function escapeAttribute(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\{\{/g, '\\{{');
}
