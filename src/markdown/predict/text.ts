import {
  elementsIn,
  isText,
  type StoredElement,
  type StoredNode,
  type StoredParent,
} from '../stored/stored-dom.ts';
import { elementsWhere, isBlock, paragraphAround, unwrapElement } from './edit-dom.ts';

/** The elements that Intercom documents or was seen to store (facts on its HTML). */
const documented = new Set(
  `p br hr h1 h2 h3 h4 h5 h6 a img ul ol li table thead tbody tfoot tr th td pre code b strong i em
  iframe div details summary`.split(/\s+/),
);

/** Undocumented tags go, their text stays. */
export function unwrapUndocumented(root: StoredParent): void {
  for (const element of elementsWhere(root, ({ tagName }) => !documented.has(tagName)))
    unwrapElement(element);
}

/** A newline in preformatted text becomes a space; a `<br>` stays. */
export function collapseCodeNewlines(root: StoredParent): void {
  for (const pre of elementsWhere(root, ({ tagName }) => tagName === 'pre')) {
    for (const parent of [pre, ...elementsIn(pre)])
      for (const node of parent.childNodes)
        if (isText(node)) node.value = node.value.replace(/\r\n|\n|\r/g, ' ');
  }
}

const flowTags = new Set(['div', 'td', 'th', 'li', 'details', 'blockquote']);

/** White space between blocks becomes empty paragraphs. */
export function addEmptyParagraphs(root: StoredParent): void {
  const parents = elementsWhere(root, ({ tagName }) => flowTags.has(tagName));
  for (const parent of [root, ...parents]) {
    parent.childNodes = parent.childNodes.map((node, index, siblings) =>
      isBlankBetweenBlocks(node, siblings[index - 1], siblings[index + 1])
        ? emptyParagraphIn(parent)
        : node,
    );
  }
}

function isBlankBetweenBlocks(
  node: StoredNode,
  before: StoredNode | undefined,
  after: StoredNode | undefined,
): boolean {
  return isText(node) && /^[ \t\n\r\f]+$/.test(node.value) && isBlock(before) && isBlock(after);
}

function emptyParagraphIn(parent: StoredParent): StoredElement {
  const paragraph = paragraphAround([]);
  paragraph.parentNode = parent;
  return paragraph;
}
