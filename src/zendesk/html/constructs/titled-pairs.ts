import {
  attributeOf,
  childElements,
  classesOf,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  isElement,
  isText,
  lineTextOf,
} from '../html-nodes.ts';
import type { Place } from '../reading.ts';
import { readCollapsible } from './details.ts';

const titleName = /(?:title|header|heading|toggle|trigger|question|label|button|summary|head)$/;
const contentName = /(?:content|body|panel|answer|collapse|inner|text|details|data)$/;
const frameName = /(?:accordion|collapsible|collapse|expand(?:er|able)?|toggle|faq|spoiler)/;

/**
 * Accordions: an element whose class calls it the title of one, followed by its content. Gives the
 * index of the content, or null where the nodes here are no such pair.
 */
export function readTitledPairs(
  nodes: readonly HtmlNode[],
  index: number,
  place: Place,
): number | null {
  const title = nodes[index];
  if (title === undefined || !isElement(title) || !isTitle(title)) return null;
  const next = nextElement(nodes, index);
  if (next === null || !isContent(next.element, title) || lineTextOf(title) === '') return null;
  readCollapsible(title, title, next.element.childNodes, place);
  return next.index;
}

function isTitle(element: HtmlElement): boolean {
  if (element.tagName === 'dt') return isMenu(element.parentNode);
  const names = classesOf(element);
  if (names.some((name) => frameName.test(name) && titleName.test(name))) return true;
  const controls = attributeOf(element, 'data-toggle') ?? attributeOf(element, 'data-bs-toggle');
  return controls === 'collapse';
}

function isContent(element: HtmlElement, title: HtmlElement): boolean {
  if (title.tagName === 'dt') return element.tagName === 'dd';
  if (
    hasClass(element, titleName) &&
    hasClass(element, frameName) &&
    !hasClass(element, contentName)
  )
    return false;
  return hasClass(element, contentName) || hasClass(element, frameName);
}

/** A definition list that a script makes an accordion. */
function isMenu(parent: HtmlElement['parentNode']): boolean {
  return (
    parent !== null &&
    'tagName' in parent &&
    hasClass(parent, frameName) &&
    childElements(parent).length > 1
  );
}

function nextElement(
  nodes: readonly HtmlNode[],
  index: number,
): { element: HtmlElement; index: number } | null {
  for (let at = index + 1; at < nodes.length; at++) {
    const node = nodes[at];
    if (node === undefined) return null;
    if (isElement(node)) return { element: node, index: at };
    if (isText(node) && /\S/.test(node.value)) return null;
  }
  return null;
}
