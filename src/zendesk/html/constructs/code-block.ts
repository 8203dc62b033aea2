import {
  attributeOf,
  childElements,
  classesOf,
  descendants,
  type HtmlElement,
  isElement,
  isText,
  lineOf,
  lineTextOf,
  styleOf,
  textOf,
} from '../html-nodes.ts';
import { holds } from '../looks.ts';
import type { Construct } from '../reading.ts';

const proseElements = new Set(['img', 'table', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'iframe']);
const noLanguage = new Set([
  'auto',
  'none',
  'text',
  'txt',
  'plain',
  'plaintext',
  'undefined',
  'nohighlight',
]);

/** `pre` in all its forms; where one holds running text with links or images, it is running text. */
export const codeBlockConstruct: Construct = {
  name: 'code',
  matches: (element) =>
    ['pre', 'listing', 'xmp', 'plaintext'].includes(element.tagName) || isLooseBlock(element),
  read: (element, { reader, flow, around }) => {
    if (isProse(element)) {
      reader.losses.add('code-as-prose', 'transformed', lineOf(element), lineTextOf(element));
      flow.close();
      for (const node of element.childNodes) {
        if (isText(node)) {
          for (const [index, line] of node.value.split('\n').entries()) {
            if (index > 0) flow.inline({ type: 'break' });
            reader.text(line, flow, around);
          }
        } else reader.node(node, flow, around);
      }
      flow.close();
      return;
    }
    const text = codeText(element);
    if (!/[^\s\u200b]/.test(text)) return;
    reader.landmarks.push({ kind: 'text' });
    flow.block({ type: 'code', language: languageOf(element), text });
  },
};

/** `code` that keeps its line breaks is a block of code without `pre`. */
function isLooseBlock(element: HtmlElement): boolean {
  if (element.tagName !== 'code') return false;
  const text = textOf(element).trim();
  return /^pre/.test(styleOf(element, 'white-space') ?? '') && text.includes('\n');
}

function isProse(element: HtmlElement): boolean {
  if (holds(element, proseElements)) return true;
  for (const node of descendants(element.childNodes)) {
    if (!isElement(node) || node.tagName !== 'a') continue;
    const href = attributeOf(node, 'href');
    if (href === null || href === '') continue;
    if (withoutScheme(href) !== withoutScheme(lineTextOf(node))) return true;
  }
  return false;
}

function withoutScheme(address: string): string {
  return address.replace(/^(?:https?:)?\/\/|\/+$/gi, '');
}

/** Blocks inside a `pre` (one for each line) end their line. */
function codeText(element: HtmlElement): string {
  const text = linesOf(element)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0]/g, ' ')
    .replace(/[\ufeff\u200b]/g, '');
  return text.replace(/^(?:[ \t]*\n)+/, '').replace(/\s+$/, '');
}

function linesOf(element: HtmlElement): string {
  let text = '';
  for (const node of element.childNodes) {
    if (isText(node)) text += node.value;
    else if (node.nodeName === 'br') text += '\n';
    else if (isElement(node)) {
      const isLine = ['p', 'div', 'li', 'tr'].includes(node.tagName);
      if (isLine && text !== '' && !text.endsWith('\n')) text += '\n';
      text += node.tagName === 'script' ? '' : linesOf(node);
      if (isLine) text += '\n';
    }
  }
  return text;
}

function languageOf(element: HtmlElement): string | null {
  const [inner] = childElements(element);
  for (const candidate of inner === undefined ? [element] : [inner, element]) {
    const named =
      attributeOf(candidate, 'data-lang') ??
      attributeOf(candidate, 'data-language') ??
      classesOf(candidate)
        .map((name) => /^(?:language|lang|highlight-source|brush:?)-?([\w+#.-]+)$/.exec(name)?.[1])
        .find((found) => found !== undefined);
    if (named === null || named === undefined) continue;
    const language = named.toLowerCase().trim();
    return noLanguage.has(language) || !/^[\w+#.-]{1,30}$/.test(language) ? null : language;
  }
  return null;
}
