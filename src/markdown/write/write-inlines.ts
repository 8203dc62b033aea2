import type { Image, Inline, Target, Text } from '../../model/tree.ts';
import { isSameTarget } from '../text-format.ts';
import { escapeAttribute, escapeText } from './escape-text.ts';
import type { Writing } from './write-options.ts';

/** How inlines are written: breaks and escapes depend on what they stand in. */
export interface InlinePlace {
  /** May a line break be a line break of the file? */
  breaks: 'lines' | 'tags';
  /** Does the text begin a block? */
  isLineStart: boolean;
}

type Mark = 'bold' | 'italic' | 'strike';
const tags: Readonly<Record<Mark, string>> = { bold: 'b', italic: 'i', strike: 's' };

/** Inlines as Markdown. */
export function writeInlines(
  inlines: readonly Inline[],
  writing: Writing,
  place: InlinePlace,
): string {
  return new InlineWriter(writing, place).write(inlines);
}

class InlineWriter {
  private readonly writing: Writing;
  private readonly place: InlinePlace;
  private out = '';

  constructor(writing: Writing, place: InlinePlace) {
    this.writing = writing;
    this.place = place;
  }

  write(inlines: readonly Inline[]): string {
    this.links(inlines);
    return this.out;
  }

  private links(inlines: readonly Inline[]): void {
    for (let index = 0; index < inlines.length; ) {
      const link = linkOf(inlines[index]);
      let end = index + 1;
      while (end < inlines.length && isSameLink(link, inlines[end])) end++;
      const part = inlines.slice(index, end);
      if (link === null) this.marked(part, [], false, inlines[end]);
      else this.link(link, part, inlines[end]);
      index = end;
    }
  }

  private link(target: Target, part: readonly Inline[], next: Inline | undefined): void {
    const href = this.writing.link(target);
    if (href === null) {
      this.marked(part, [], false, next);
      return;
    }
    const [only] = part;
    if (part.length === 1 && only?.type === 'text' && isAutolink(only, href)) {
      this.out += `<${href}>`;
      return;
    }
    // Marks that all of a link has stand around it, as people write them.
    const outer = sharedMarks(part);
    this.wrapped(outer, part, next, () => {
      this.out += '[';
      this.marked(part, outer, true, undefined);
      this.out += `](${destination(href)})`;
    });
  }

  /** Writes what `write` does, in marks. */
  private wrapped(
    marks: readonly Mark[],
    part: readonly Inline[],
    next: Inline | undefined,
    write: () => void,
  ): void {
    const [mark, ...others] = marks;
    if (mark === undefined) {
      write();
      return;
    }
    const before = this.out;
    const sign = this.signOf(mark);
    this.out = '';
    this.wrapped(others, part, undefined, write);
    const content = this.out;
    const isSafe = isFlanking(before, content, firstVisible(next), sign);
    this.out = isSafe
      ? `${before}${sign}${content}${sign}`
      : `${before}<${tags[mark]}>${content}</${tags[mark]}>`;
  }

  private signOf(mark: Mark): string {
    const { style } = this.writing;
    return mark === 'bold' ? style.strong : mark === 'italic' ? style.emphasis : '~~';
  }

  private marked(
    inlines: readonly Inline[],
    open: readonly Mark[],
    isLinkText: boolean,
    after: Inline | undefined,
  ): void {
    for (let index = 0; index < inlines.length; ) {
      const inline = inlines[index];
      if (inline === undefined) break;
      const mark = widestMark(inlines, index, open);
      if (mark === null) {
        this.inline(inline, isLinkText);
        index++;
        continue;
      }
      const { end } = mark;
      const part = inlines.slice(index, end);
      this.wrapped([mark.mark], part, inlines[end] ?? after, () =>
        this.marked(part, [...open, mark.mark], isLinkText, undefined),
      );
      index = end;
    }
  }

  private inline(inline: Inline, isLinkText: boolean): void {
    switch (inline.type) {
      case 'text':
        this.text(inline, isLinkText);
        break;
      case 'image':
        this.out += writeImage(inline, this.writing);
        break;
      case 'button': {
        const href = this.writing.link(inline.target);
        const text = escapeText(inline.text, { isLinkText: true, isLineStart: false });
        this.out += href === null ? text : `[${text}](${destination(href)}){.button}`;
        break;
      }
      case 'break':
        this.break();
        break;
    }
  }

  private text(inline: Text, isLinkText: boolean): void {
    if (inline.other !== undefined) {
      this.writing.losses.push({
        construct: inline.other.replace(/\[.*/s, ''),
        action: 'transformed',
        line: null,
        excerpt: inline.text.slice(0, 60),
      });
    }
    if (inline.code) {
      this.out += codeSpan(inline.text);
      return;
    }
    const isLineStart = (this.out === '' && this.place.isLineStart) || this.out.endsWith('\n');
    const escaped = escapeText(inline.text, { isLinkText, isLineStart });
    // `!` before a link would make it an image, and `]{` a button.
    if (escaped.startsWith('[') && this.out.endsWith('!')) this.out = `${this.out.slice(0, -1)}\\!`;
    this.out += this.out.endsWith(')') ? escaped.replace(/^\{/, '\\{') : escaped;
  }

  private break(): void {
    const { style } = this.writing;
    const isInline =
      this.place.breaks === 'tags' || this.out === '' || /(?:\n|<br>)$/.test(this.out);
    if (isInline || style.hardBreak === '<br>') this.out += '<br>';
    else this.out += `${style.hardBreak}\n`;
  }
}

/** The mark that the inline at `index` begins and that goes on longest. */
function widestMark(
  inlines: readonly Inline[],
  index: number,
  open: readonly Mark[],
): { mark: Mark; end: number } | null {
  let widest: { mark: Mark; end: number } | null = null;
  for (const mark of ['strike', 'bold', 'italic'] as const) {
    if (open.includes(mark) || !has(inlines[index], mark)) continue;
    let end = index + 1;
    while (has(inlines[end], mark)) end++;
    if (widest === null || end > widest.end) widest = { mark, end };
  }
  return widest;
}

function has(inline: Inline | undefined, mark: Mark): boolean {
  return inline?.type === 'text' && inline[mark] === true;
}

function sharedMarks(part: readonly Inline[]): Mark[] {
  return (['strike', 'bold', 'italic'] as const).filter((mark) =>
    part.every((inline) => has(inline, mark)),
  );
}

function linkOf(inline: Inline | undefined): Target | null {
  if (inline?.type !== 'text' && inline?.type !== 'image') return null;
  return inline.link ?? null;
}

function isSameLink(link: Target | null, inline: Inline | undefined): boolean {
  return isSameTarget(link ?? undefined, linkOf(inline) ?? undefined);
}

function isAutolink(text: Text, href: string): boolean {
  const isPlain = !text.bold && !text.italic && !text.strike && !text.code;
  return isPlain && text.text === href && /^https?:\/\/[^\s<>{}\\]+$/.test(href);
}

const space = /^[\s\u00a0]$/u;
const punctuation = /^[\p{P}\p{S}]$/u;

/**
 * Will CommonMark take these signs as the mark's beginning and end here? Next to punctuation it often
 * does not, between letters `_` never.
 */
function isFlanking(before: string, content: string, next: string, sign: string): boolean {
  const character = sign[0] ?? '';
  const previous = [...before].at(-1) ?? '';
  const first = [...content][0] ?? '';
  const last = [...content].at(-1) ?? '';
  if (content === '' || space.test(first) || space.test(last)) return false;
  if (content.startsWith('&nbsp;') || content.endsWith('&nbsp;')) return false;
  if (previous === character || next === character || last === '\\') return false;
  if (character !== '~' && (first === character || last === character)) {
    // Nested marks of one sign read well only where letters or spaces surround them all.
    if (/[*_]{3,}/.test(`${sign}${content.match(/^[*_]+/)?.[0] ?? ''}`)) {
      if (!isEdge(previous) || !isEdge(next)) return false;
    }
  }
  if (character === '_' && (/[\p{L}\p{N}]$/u.test(previous) || /^[\p{L}\p{N}]/u.test(next))) {
    return false;
  }
  const opens = !punctuation.test(first) || isEdge(previous) || punctuation.test(previous);
  const closes = !punctuation.test(last) || isEdge(next) || punctuation.test(next);
  return opens && closes;
}

function isEdge(character: string): boolean {
  return character === '' || space.test(character);
}

/** The first character that follows, as it will be written. */
function firstVisible(next: Inline | undefined): string {
  switch (next?.type) {
    case 'text':
      if (next.link !== undefined) return '[';
      if (next.code) return '`';
      if (next.bold || next.italic) return '*';
      return next.strike ? '~' : ([...next.text][0] ?? '');
    case 'image':
      return '!';
    case 'button':
      return '[';
    default:
      return '';
  }
}

/** Text between backticks, more of them than stand in it. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** An image; one with a size as a tag, since Markdown has no sizes. */
export function writeImage(image: Image, writing: Writing): string {
  const src = writing.image(image.source);
  if (image.width === null && image.height === null) {
    const alt = escapeText(image.alt, { isLinkText: true, isLineStart: false });
    return `![${alt}](${destination(src)})`;
  }
  return imageTag(image, src);
}

export function imageTag(image: Image, src: string): string {
  const width = image.width === null ? '' : ` width="${image.width}"`;
  const height = image.height === null ? '' : ` height="${image.height}"`;
  const alt = escapeAttribute(image.alt).replace(/\{\{/g, '\\{{');
  return `<img src="${escapeAttribute(src)}" alt="${alt}"${width}${height}>`;
}

/** An address as a link destination. */
export function destination(href: string): string {
  const isPlain = /^[^\s<>()\\{}]+$/.test(href) && !entityIn(href);
  if (isPlain) return href;
  const safe = href
    .replace(/\\/g, '\\\\')
    .replace(/[<>]/g, '\\$&')
    .replace(/&(?=#?[A-Za-z0-9]+;)/g, '&amp;')
    .replace(/\{\{/g, '%7B%7B')
    .replace(/\s/g, (character) => encodeURIComponent(character));
  return `<${safe}>`;
}

function entityIn(href: string): boolean {
  return /&(?=#?[A-Za-z0-9]+;)/.test(href);
}
