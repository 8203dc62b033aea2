import type { Block, ListItem } from '../../../model/tree.ts';
import {
  attributeOf,
  descendants,
  type HtmlElement,
  isElement,
  isText,
  lineOf,
  lineTextOf,
} from '../html-nodes.ts';
import type { Around, Construct, Reading } from '../reading.ts';

const listNames = new Set(['ul', 'ol', 'menu', 'dir']);

/**
 * Lists, also those that editors leave behind: a list straight in a list belongs to the item before
 * it, and so does whatever else stands between two items.
 */
export const listConstruct: Construct = {
  name: 'list',
  matches: ({ tagName }) => listNames.has(tagName),
  read: (element, { reader, flow, around }) => {
    const inside = reader.nested(around, element);
    flow.close();
    const { lead, items } = itemsOf(element, reader, inside ?? around);
    for (const block of lead) flow.block(block);
    if (inside === null) {
      for (const item of items) for (const block of item.blocks) flow.block(block);
      return;
    }
    if (items.length === 0) return;
    const ordered = element.tagName === 'ol';
    noteStyle(element, reader);
    flow.block({ type: 'list', ordered, start: ordered ? startOf(element) : 1, items });
  },
};

function itemsOf(
  element: HtmlElement,
  reader: Reading,
  around: Around,
): { lead: Block[]; items: ListItem[] } {
  const lead: Block[] = [];
  const items: ListItem[] = [];
  for (const node of element.childNodes) {
    if (isText(node) && !/\S/.test(node.value)) continue;
    if (isElement(node) && node.tagName === 'li') {
      reader.landmarks.push(...idsOf(node));
      const blocks = reader.content(node.childNodes, around);
      if (blocks.length > 0) items.push({ checked: checkedOf(node), blocks });
      continue;
    }
    const blocks = reader.content([node], around);
    const last = items.at(-1);
    if (blocks.length === 0) continue;
    if (last === undefined) lead.push(...blocks);
    else items[items.length - 1] = { ...last, blocks: [...last.blocks, ...blocks] };
  }
  return { lead, items };
}

function idsOf(element: HtmlElement): { kind: 'id'; id: string }[] {
  const id = attributeOf(element, 'id');
  return id === null || id === '' ? [] : [{ kind: 'id', id }];
}

function startOf(element: HtmlElement): number {
  const start = Number.parseInt(attributeOf(element, 'start') ?? '1', 10);
  return Number.isSafeInteger(start) && start >= 0 && start < 1e9 ? start : 1;
}

function noteStyle(element: HtmlElement, reader: Reading): void {
  const type = attributeOf(element, 'type');
  const hasValues = element.childNodes.some(
    (node) => isElement(node) && node.tagName === 'li' && attributeOf(node, 'value') !== null,
  );
  const isReversed = attributeOf(element, 'reversed') !== null;
  const isLettered = element.tagName === 'ol' && type !== null && type !== '1';
  if (isLettered || isReversed || (element.tagName === 'ol' && hasValues))
    reader.losses.addLook('list-style', 'dropped', lineOf(element), lineTextOf(element));
}

/** A box to tick at the start of an item; one of an item inside is not its own. */
function checkedOf(item: HtmlElement): boolean | null {
  for (const node of descendants(item.childNodes)) {
    if (isText(node) && /\S/.test(node.value)) return null;
    if (isElement(node) && ['ul', 'ol', 'table'].includes(node.tagName)) return null;
    if (isElement(node) && node.tagName === 'input')
      return attributeOf(node, 'type') === 'checkbox'
        ? attributeOf(node, 'checked') !== null
        : null;
  }
  return null;
}
