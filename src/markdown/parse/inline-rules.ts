import type { MarkdownIt, StateInline } from 'markdown-it';

const variable = /\{\{[ \t]*([^\s{}>](?:[^{}\n]*[^\s{}])?)[ \t]*\}\}/y;
/** What follows the scheme, up to punctuation that ends a sentence. */
const addressRest =
  /:\/\/(?:\{\{[ \t]*[^\s{}>](?:[^{}\n]*[^\s{}])?[ \t]*\}\}|[^\s<>{}"'()*_`~[\]|.,;:!?]|[.,;:!?](?=[^\s<>"'()*_`~[\]|.,;:!?]))+/y;
const maxParentheses = 32;

/** Adds variables, and positions: each inline token's `map` holds its offset in the block's text. */
export function useInlineRules(md: MarkdownIt): void {
  md.inline.ruler.after('text', 'variable', variableRule);
  md.inline.ruler.before('linkify', 'variable_address', variableAddress);
  md.helpers.parseLinkDestination = (text, start, max) => linkDestination(md, text, start, max);
  md.inline.State = class extends md.inline.State {
    override push(...args: Parameters<StateInline['push']>): ReturnType<StateInline['push']> {
      const token = super.push(...args);
      token.map = [this.pos, this.pos];
      return token;
    }
  };
}

function variableRule(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x7b) return false;
  variable.lastIndex = state.pos;
  const match = variable.exec(state.src);
  if (match === null || state.pos + match[0].length > state.posMax) return false;
  if (!silent) {
    const token = state.push('variable', '', 0);
    token.content = match[1] ?? '';
    token.markup = match[0];
  }
  state.pos += match[0].length;
  return true;
}

/** A bare http(s) address with variables in it: linkify would end it at the first brace. */
function variableAddress(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3a || state.linkLevel > 0) return false;
  const scheme = /(?:^|[^A-Za-z0-9+.-])(https?)$/i.exec(state.pending.slice(-6))?.[1];
  addressRest.lastIndex = state.pos;
  const rest = scheme === undefined ? undefined : addressRest.exec(state.src)?.[0];
  if (scheme === undefined || rest === undefined || !rest.includes('{{')) return false;
  if (state.pos + rest.length > state.posMax) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    const open = state.push('link_open', 'a', 1);
    open.attrs = [['href', scheme + rest]];
    open.info = 'auto';
    state.push('text', '', 0).content = scheme + rest;
    state.push('link_close', 'a', -1).info = 'auto';
  }
  state.pos += rest.length;
  return true;
}

/** A link destination as in CommonMark, in which variables may hold spaces. */
function linkDestination(
  md: MarkdownIt,
  text: string,
  start: number,
  max: number,
): { ok: boolean; pos: number; str: string } {
  const failed = { ok: false, pos: start, str: '' };
  const isBracketed = text.charCodeAt(start) === 0x3c;
  const end = isBracketed ? bracketedEnd(text, start + 1, max) : bareEnd(text, start, max);
  if (end === null || end === start) return failed;
  const written = isBracketed ? text.slice(start + 1, end) : text.slice(start, end);
  return {
    ok: true,
    pos: isBracketed ? end + 1 : end,
    // An escaped `{{` in an address must not become a variable once its backslash is gone.
    str: md.utils.unescapeAll(written.replaceAll('\\{{', '%7B%7B')),
  };
}

/** Where `>` closes the destination; null when nothing does. */
function bracketedEnd(text: string, start: number, max: number): number | null {
  for (let position = start; position < max; position++) {
    const character = text[position];
    if (character === '\n' || character === '<') return null;
    if (character === '>') return position;
    if (character === '\\') position++;
  }
  return null;
}

function bareEnd(text: string, start: number, max: number): number | null {
  let depth = 0;
  let position = start;
  while (position < max) {
    const code = text.charCodeAt(position);
    if (code === 0x7b) {
      variable.lastIndex = position;
      const length = variable.exec(text)?.[0].length ?? 1;
      position += length;
      continue;
    }
    if (code <= 0x20 || code === 0x7f) break;
    if (code === 0x5c && position + 1 < max) {
      if (text.charCodeAt(position + 1) === 0x20) break;
      position += 2;
      continue;
    }
    if (code === 0x28 && ++depth > maxParentheses) return null;
    if (code === 0x29 && --depth < 0) break;
    position++;
  }
  return depth > 0 ? null : Math.min(position, max);
}
