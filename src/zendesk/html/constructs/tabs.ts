import {
  attributeOf,
  childElements,
  descendants,
  type HtmlElement,
  hasClass,
  isElement,
  lineOf,
  lineTextOf,
} from '../html-nodes.ts';
import type { Construct, Place } from '../reading.ts';
import { pushCollapsible } from './details.ts';

const frame =
  /^(?:js-)?tabs?(?:-?(?:container|wrapper|group|set|box|component|block))?$|^(?:js-)?tabs__?(?:container|wrapper)$/;
const menu =
  /^(?:js-)?(?:tabs?|nav)(?:[-_]+(?:menu|nav|list|links|labels|header|headers|bar|titles|tabs))$|^nav-tabs$/;
const panel = /^(?:js-)?tabs?(?:[-_]+(?:pane|panel|content|item|body))?$/;
const label = /^(?:js-)?tabs?(?:[-_]+(?:link|label|title|button|header|trigger))$|^nav-link$/;

interface Panel {
  element: HtmlElement;
  /** The label that only an attribute holds. */
  title: string | null;
}

/** Tabs become collapsibles with the labels as titles: all of them can be read, none needs a script. */
export const tabsConstruct: Construct = {
  name: 'tabs',
  matches: (element) =>
    ['div', 'section', 'ul'].includes(element.tagName) &&
    hasClass(element, frame) &&
    panelsOf(element).length > 0 &&
    (menuOf(element) !== null || panelsOf(element).every(({ title }) => title !== null)),
  read: (element, place) => {
    const { reader, flow, around } = place;
    const menuElement = menuOf(element);
    const labels = menuElement === null ? [] : labelsOf(menuElement);
    const panels = panelsOf(element);
    const line = lineOf(element);
    reader.losses.add(
      'tabs',
      'transformed',
      line,
      panels.map(({ title }, index) => title ?? labelText(labels[index])).join(' | '),
    );
    const inside = around.inCell ? null : reader.nested(around, element);
    flow.close();
    for (const node of element.childNodes) {
      const index = panels.findIndex((candidate) => candidate.element === node);
      if (node === menuElement) continue;
      if (index < 0) {
        reader.node(node, flow, around);
        continue;
      }
      readPanel(
        panels[index],
        labels[index],
        { ...place, around: inside ?? around },
        inside === null,
      );
    }
    for (const rest of labels.slice(panels.length)) {
      flow.close();
      reader.nodes(rest.childNodes, flow, around);
      flow.close();
    }
  },
};

function readPanel(
  found: Panel | undefined,
  labelElement: HtmlElement | undefined,
  place: Place,
  isFlat: boolean,
): void {
  if (found === undefined) return;
  const { reader, around } = place;
  const { inlines } =
    labelElement !== undefined
      ? reader.title(labelElement, { ...around, inCell: true })
      : { inlines: found.title === null ? [] : [{ type: 'text' as const, text: found.title }] };
  const blocks = reader.content(found.element.childNodes, around);
  pushCollapsible(inlines, blocks, isFlat, place);
}

function panelsOf(element: HtmlElement): Panel[] {
  return childElements(element)
    .filter(
      (child) =>
        ['div', 'section', 'li', 'article'].includes(child.tagName) &&
        (attributeOf(child, 'role') === 'tabpanel' || (hasClass(child, panel) && !isMenu(child))),
    )
    .filter(
      (child) => !(hasClass(child, frame) && panelsOf(child).length > 0 && menuOf(child) !== null),
    )
    .map((child) => ({
      element: child,
      title:
        ['title', 'data-title', 'data-label', 'aria-label', 'data-tab-title']
          .map((name) => attributeOf(child, name)?.trim())
          .find((text) => text !== undefined && text !== '') ?? null,
    }));
}

function isMenu(element: HtmlElement): boolean {
  return attributeOf(element, 'role') === 'tablist' || hasClass(element, menu);
}

function menuOf(element: HtmlElement): HtmlElement | null {
  const found = childElements(element).find(isMenu);
  return found !== undefined && labelsOf(found).length > 0 ? found : null;
}

/** The labels of a menu; a menu that holds panels is none. */
function labelsOf(element: HtmlElement): HtmlElement[] {
  const labels: HtmlElement[] = [];
  for (const node of descendants(element.childNodes)) {
    if (!isElement(node)) continue;
    if (hasClass(node, frame)) return [];
    if (hasClass(node, label) || attributeOf(node, 'role') === 'tab') labels.push(node);
  }
  if (labels.length > 0) return labels;
  const items = childElements(element).filter((child) => lineTextOf(child) !== '');
  return items.every(({ tagName }) => ['li', 'a', 'span', 'button'].includes(tagName)) ? items : [];
}

function labelText(element: HtmlElement | undefined): string {
  return element === undefined ? '' : lineTextOf(element);
}
