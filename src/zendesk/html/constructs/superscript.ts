import { type HtmlElement, lineOf, lineTextOf } from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

const raised: Readonly<Record<string, string>> = {
  ...{ 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' },
  ...{ '+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', n: 'ⁿ', i: 'ⁱ' },
};
const lowered: Readonly<Record<string, string>> = {
  ...{ 0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉' },
  ...{ '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎' },
};

/** Raised and lowered text: `10²` must not become `102`, so the characters that exist are used. */
export const scriptsConstruct: Construct = {
  name: 'superscript',
  matches: ({ tagName }) => tagName === 'sup' || tagName === 'sub',
  read: (element, { reader, flow, around }) => {
    const text = lineTextOf(element);
    const characters = isPlain(element) ? converted(element.tagName, text) : null;
    if (characters !== null) {
      reader.losses.add('superscript', 'transformed', lineOf(element), text);
      reader.text(characters, flow, around);
      return;
    }
    if (text !== '' && isPlain(element))
      reader.losses.add('superscript', 'dropped', lineOf(element), text);
    reader.nodes(element.childNodes, flow, around);
  },
};

function isPlain(element: HtmlElement): boolean {
  return element.childNodes.every((node) => node.nodeName === '#text');
}

function converted(tag: string, text: string): string | null {
  const table = tag === 'sup' ? raised : lowered;
  const characters = [...text].map((character) => table[character]);
  if (text === '' || characters.includes(undefined)) return null;
  return characters.join('');
}
