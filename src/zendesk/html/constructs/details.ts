import type { Block, Inline } from '../../../model/tree.ts';
import { childElements, type HtmlElement, type HtmlNode } from '../html-nodes.ts';
import type { Around, Construct, Place } from '../reading.ts';
import { withoutWholeBold } from './heading.ts';

/** Collapsible sections as HTML has them. */
export const detailsConstruct: Construct = {
  name: 'details',
  matches: ({ tagName }) => tagName === 'details',
  read: (element, place) => {
    const summary = childElements(element).find(({ tagName }) => tagName === 'summary') ?? null;
    readCollapsible(
      element,
      summary,
      element.childNodes.filter((node) => node !== summary),
      place,
    );
  },
};

/** A title and what opens below it. Without a title there is nothing to click, so it is not closed. */
export function readCollapsible(
  element: HtmlElement,
  title: HtmlElement | null,
  nodes: readonly HtmlNode[],
  { reader, flow, around }: Place,
): void {
  const inside = around.inCell ? null : reader.nested(around, element);
  const plain: Around = inside ?? around;
  const { inlines, rest } =
    title === null ? { inlines: [], rest: [] } : reader.title(title, { ...plain, inCell: true });
  const blocks = [...rest, ...reader.content(nodes, plain)];
  pushCollapsible(inlines, blocks, inside === null, { reader, flow, around });
}

/** Puts a collapsible, or what stands for it where there can be none. */
export function pushCollapsible(
  inlines: readonly Inline[],
  blocks: readonly Block[],
  isFlat: boolean,
  { flow }: Place,
): void {
  const title = withoutWholeBold(inlines).filter(({ type }) => type !== 'break');
  const hasTitle = title.some(
    (inline) => inline.type === 'image' || /\S/.test(inlineWords(inline)),
  );
  if (hasTitle && !isFlat && blocks.length > 0) {
    flow.block({ type: 'collapsible', title, blocks });
    return;
  }
  if (hasTitle) {
    const children = title.map(
      (inline): Inline => (inline.type === 'text' ? { ...inline, bold: true } : inline),
    );
    flow.block({ type: 'paragraph', align: null, children });
  }
  for (const block of blocks) flow.block(block);
}

function inlineWords(inline: Inline): string {
  return inline.type === 'text' || inline.type === 'button' ? inline.text : '';
}
