import { dimension } from '../html-values.ts';
import type { HtmlTag } from './html-tag.ts';

/** Where a tag stands: in Markdown text, or inside a raw HTML table. */
export type HtmlPlace = 'text' | 'table';

type AttributeRules = Readonly<Record<string, RegExp>>;

const alignment = /^\s*(?:left|center|right)\s*$/i;
const anyValue = /^[\s\S]*$/;
const span = /^\s*\d{1,4}\s*$/;
/** Colours and sizes of cells, as Intercom stores them. */
const cellStyle =
  /^\s*(?:(?:background-color\s*:\s*#[0-9a-f]{3,8}|(?:min-)?(?:width|height)\s*:\s*\d{1,5}(?:\.\d+)?(?:px|%))\s*;?\s*)+$/i;

const inlineElements: Readonly<Record<string, AttributeRules>> = {
  br: {},
  img: { src: anyValue, alt: anyValue, width: dimension, height: dimension },
  b: {},
  strong: {},
  i: {},
  em: {},
  s: {},
  del: {},
  strike: {},
  code: {},
  a: { href: anyValue },
};

/**
 * The allow-list: elements and attributes that articles may hold, by place. Nothing outside it ever
 * becomes markup. Addresses in href and src are checked for their scheme as well.
 */
const allowed: Readonly<Record<HtmlPlace, Readonly<Record<string, AttributeRules>>>> = {
  text: {
    ...inlineElements,
    details: {},
    summary: {},
    p: { align: alignment },
    div: { align: alignment },
  },
  table: {
    ...inlineElements,
    table: {},
    thead: {},
    tbody: {},
    tr: {},
    th: { colspan: span, rowspan: span, align: alignment, style: cellStyle },
    td: { colspan: span, rowspan: span, align: alignment, style: cellStyle },
    p: { align: alignment },
    ul: {},
    ol: { start: /^\s*\d{1,9}\s*$/ },
    li: {},
    pre: {},
    a: { href: anyValue, class: /^button$/ },
    blockquote: {},
    details: {},
    summary: {},
    hr: {},
    h1: {},
    h2: {},
    h3: {},
    h4: {},
    h5: {},
    h6: {},
  },
};

/** Elements whose content is no text for readers. */
const unreadable = new Set(['script', 'style']);

/** Is the content of this element code or rules instead of text? Then it is dropped with its tags. */
export function isUnreadable(name: string): boolean {
  return unreadable.has(name);
}

/** May this element stand in this place? */
export function isAllowedElement(name: string, place: HtmlPlace): boolean {
  return Object.hasOwn(allowed[place], name);
}

/** What is wrong with an opening tag in this place; empty when nothing is. */
export function tagFaults(
  name: string,
  attributes: Iterable<readonly [string, string]>,
  place: HtmlPlace,
): string[] {
  const rules = Object.hasOwn(allowed[place], name) ? allowed[place][name] : undefined;
  if (rules === undefined) return [`<${name}> is not allowed in an article`];
  const given = [...attributes];
  const faults = given.flatMap(([attribute, value]) => {
    const pattern = Object.hasOwn(rules, attribute) ? rules[attribute] : undefined;
    if (pattern === undefined) return [`attribute ${attribute} of <${name}> is not allowed`];
    return pattern.test(value) ? [] : [`attribute ${attribute} of <${name}> has no usable value`];
  });
  const isAlignedBlock = name === 'div' || (name === 'p' && place === 'text');
  if (isAlignedBlock && !given.some(([attribute]) => attribute === 'align'))
    faults.push(`<${name}> is allowed only to align, with align="center" or align="right"`);
  return faults;
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^h[1-6]$/, 'write a heading with #'],
  [/^(?:ul|ol|li)$/, 'write a list with - or 1.; HTML lists are for HTML tables'],
  [/^(?:iframe|video|embed|object)$/, 'put the address of a video alone on a line'],
  [/^(?:blockquote|q)$/, 'write a quote with >'],
  [/^(?:pre|samp|kbd|tt)$/, 'write code between backticks'],
  [/^hr$/, 'write a rule with ---'],
  [/^center$/, 'use <p align="center">'],
  [/^(?:u|ins|mark|font|big|small|span)$/, 'use **bold** or *italic*'],
  [/^(?:script|style|link|meta)$/, 'articles hold no code: take it out'],
  [/^caption$/, 'write the caption as a paragraph above the table'],
];

/** What to write instead of an element that is not allowed; null where nothing stands for it. */
export function insteadOf(name: string): string | null {
  return hints.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Attributes of a parsed tag as pairs. */
export function attributePairs(tag: HtmlTag): [string, string][] {
  return [...tag.attributes];
}
