import type { Token } from 'markdown-it';
import type { Inline, Target, Text } from '../../model/tree.ts';
import { inlineText } from '../../model/tree-text.ts';
import { markOf, pixelsOf } from '../html-values.ts';
import { attributePairs, insteadOf, isUnreadable, tagFaults } from './html-policy.ts';
import { type HtmlTag, parseTag } from './html-tag.ts';
import type { SourceReading } from './reading.ts';
import type { Place } from './source-text.ts';

const buttonMarker = '{.button}';

/** Where inlines go, and what a tag does that is not of inline content. */
export interface InlineSink {
  inline(inline: Inline): void;
  /** A tag of a block (details, summary, p, div) inside running text; false when it can not stand here. */
  blockTag(tag: HtmlTag, place: Place): boolean;
}

interface OpenLink {
  target: Target;
  href: string;
  place: Place;
  /** Where its inlines begin among those not yet handed on. */
  start: number;
  isHtml: boolean;
}

/** Turns the children of one inline token into inlines, in reading order. */
export class InlineBuilder {
  private readonly source: SourceReading;
  private readonly sink: InlineSink;
  private readonly token: Token;
  private readonly line: number;
  private pending: Inline[] = [];
  private readonly marks = { bold: 0, italic: 0, strike: 0, code: 0 };
  private readonly links: OpenLink[] = [];
  private readonly openTags: { name: string; place: Place }[] = [];
  /** The element whose content is dropped until it closes. */
  private dropped: string | null = null;
  /** The text of such a link is its address, variables included. */
  private isInAutolink = false;
  private place: Place;

  constructor(source: SourceReading, token: Token, line: number, sink: InlineSink) {
    this.source = source;
    this.token = token;
    this.line = line;
    this.sink = sink;
    this.place = source.text.lineStart(line);
  }

  build(): void {
    const tokens = this.token.children ?? [];
    for (const [index, token] of tokens.entries()) {
      if (this.dropped === null || token.type === 'html_inline')
        this.read(token, tokens[index + 1]);
    }
    for (const { name, place } of this.openTags) this.reportHtml(`<${name}> is not closed`, place);
    this.handOn();
  }

  private read(token: Token, next: Token | undefined): void {
    switch (token.type) {
      case 'text':
        this.text(
          this.isInAutolink ? this.source.substitute(token.content, this.place) : token.content,
        );
        break;
      case 'text_special':
        this.text(token.content);
        break;
      case 'variable':
        this.text(this.variableText(token));
        break;
      case 'code_inline':
        this.push({ ...this.styled(token.content), code: true });
        break;
      case 'softbreak':
        this.text(' ');
        break;
      case 'hardbreak':
        this.push({ type: 'break' });
        break;
      case 'strong_open':
      case 'em_open':
      case 's_open':
        this.mark(token.tag, 1);
        break;
      case 'strong_close':
      case 'em_close':
      case 's_close':
        this.mark(token.tag, -1);
        break;
      case 'link_open':
        this.openLink(String(token.attrGet('href') ?? ''), this.placeOf(token), false);
        this.isInAutolink = token.info === 'auto';
        break;
      case 'link_close':
        this.closeLink(false, next);
        this.isInAutolink = false;
        break;
      case 'image':
        this.image(token);
        break;
      case 'html_inline':
        this.html(token);
        break;
      default:
        this.text(token.content);
    }
  }

  private placeOf(token: Token): Place {
    const offset = token.map?.[0];
    if (offset !== undefined)
      this.place = this.source.text.inlinePlace(this.token, this.line, offset);
    return this.place;
  }

  private text(text: string): void {
    if (text !== '') this.push(this.styled(text));
  }

  private styled(text: string): Text {
    const run: Text = { type: 'text', text };
    if (this.marks.bold > 0) run.bold = true;
    if (this.marks.italic > 0) run.italic = true;
    if (this.marks.strike > 0) run.strike = true;
    if (this.marks.code > 0) run.code = true;
    const link = this.links.at(-1);
    if (link !== undefined) run.link = link.target;
    return run;
  }

  private push(inline: Inline): void {
    this.pending.push(inline);
  }

  private handOn(): void {
    for (const inline of this.pending) this.sink.inline(inline);
    this.pending = [];
    for (const link of this.links) link.start = 0;
  }

  private mark(element: string, step: 1 | -1): void {
    const mark = markOf(element);
    if (mark !== null) this.marks[mark] = Math.max(0, this.marks[mark] + step);
  }

  private variableText(token: Token): string {
    if (this.marks.code > 0) return token.markup;
    return this.source.variable(token.content, this.placeOf(token)) ?? token.markup;
  }

  private openLink(written: string, place: Place, isHtml: boolean): void {
    const { href, target } = this.source.link(written, place);
    this.links.push({ target, href, place, start: this.pending.length, isHtml });
  }

  private closeLink(isHtml: boolean, next: Token | undefined): void {
    const index = this.links.findLastIndex((open) => open.isHtml === isHtml);
    const [link] = index < 0 ? [] : this.links.splice(index, 1);
    if (link === undefined) return;
    const isButton = !isHtml && next?.type === 'text' && next.content.startsWith(buttonMarker);
    this.source.refer(isButton ? 'button' : 'link', link.href, link.place);
    if (!isButton) return;
    next.content = next.content.slice(buttonMarker.length);
    const text = inlineText(this.pending.splice(link.start)).replace(/\s+/g, ' ').trim();
    this.push({ type: 'button', text, target: link.target });
  }

  private image(token: Token): void {
    const place = this.placeOf(token);
    this.pushImage({
      src: String(token.attrGet('src') ?? ''),
      alt: this.altText(token.children ?? [], place),
      width: null,
      height: null,
      place,
    });
  }

  private pushImage(image: {
    src: string;
    alt: string;
    width: number | null;
    height: number | null;
    place: Place;
  }): void {
    const link = this.links.at(-1);
    this.push({
      type: 'image',
      source: this.source.image(image.src, image.place),
      alt: image.alt,
      width: image.width,
      height: image.height,
      ...(link === undefined ? {} : { link: link.target }),
    });
  }

  private altText(tokens: readonly Token[], place: Place): string {
    return tokens
      .map((token) => {
        switch (token.type) {
          case 'variable':
            return this.source.variable(token.content, place) ?? token.markup;
          case 'softbreak':
          case 'hardbreak':
            return ' ';
          case 'image':
            return this.altText(token.children ?? [], place);
          case 'html_inline':
            return '';
          default:
            return token.content;
        }
      })
      .join('');
  }

  private html(token: Token): void {
    if (token.content.startsWith('<!--')) return;
    const tag = parseTag(token.content);
    if (this.dropped !== null) {
      if (tag?.isClosing && tag.name === this.dropped) this.dropped = null;
      return;
    }
    const place = this.placeOf(token);
    if (tag === null) {
      this.reportHtml(`${token.content.slice(0, 20)} is not allowed in an article`, place);
    } else if (tag.isClosing) {
      this.closeTag(tag, place);
    } else {
      this.openTag(tag, place);
    }
  }

  private openTag(tag: HtmlTag, place: Place): void {
    const faults = tagFaults(tag.name, attributePairs(tag), 'text');
    for (const fault of faults) this.reportHtml(fault, place, insteadOf(tag.name));
    if (isUnreadable(tag.name)) {
      this.dropped = tag.name;
      return;
    }
    switch (tag.name) {
      case 'br':
        this.push({ type: 'break' });
        return;
      case 'img':
        this.htmlImage(tag, place);
        return;
      case 'details':
      case 'summary':
      case 'p':
      case 'div':
        if (!this.blockTag(tag, place) && faults.length === 0)
          this.reportHtml(`<${tag.name}> cannot stand here`, place);
        return;
      case 'a':
        this.openTags.push({ name: 'a', place });
        this.openLink(tag.attributes.get('href') ?? '', place, true);
        return;
    }
    if (markOf(tag.name) === null) return;
    this.openTags.push({ name: tag.name, place });
    this.mark(tag.name, 1);
  }

  private closeTag(tag: HtmlTag, place: Place): void {
    if (['details', 'summary', 'p', 'div'].includes(tag.name)) {
      this.blockTag(tag, place);
      return;
    }
    if (markOf(tag.name) === null && tag.name !== 'a') return;
    const index = this.openTags.findLastIndex((open) => open.name === tag.name);
    if (index < 0) {
      this.reportHtml(`</${tag.name}> closes nothing`, place);
      return;
    }
    this.openTags.splice(index, 1);
    if (tag.name === 'a') this.closeLink(true, undefined);
    else this.mark(tag.name, -1);
  }

  private blockTag(tag: HtmlTag, place: Place): boolean {
    this.handOn();
    return this.sink.blockTag(tag, place);
  }

  private htmlImage(tag: HtmlTag, place: Place): void {
    this.pushImage({
      src: tag.attributes.get('src') ?? '',
      alt: this.source.substitute(tag.attributes.get('alt') ?? '', place),
      width: pixelsOf(tag.attributes.get('width')),
      height: pixelsOf(tag.attributes.get('height')),
      place,
    });
  }

  private reportHtml(message: string, place: Place, hint: string | null = null): void {
    this.source.report(place, { rule: 'html-allowed', message, hint });
  }
}
