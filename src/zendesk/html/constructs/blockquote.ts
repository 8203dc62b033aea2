import type { Construct } from '../reading.ts';

export const blockquoteConstruct: Construct = {
  name: 'quote',
  matches: ({ tagName }) => tagName === 'blockquote',
  read: (element, { reader, flow, around }) => {
    const inside = around.inCell ? null : reader.nested(around, element);
    flow.close();
    const blocks = reader.content(element.childNodes, inside ?? around);
    if (blocks.length === 0) return;
    if (inside !== null) flow.block({ type: 'quote', blocks });
    else for (const block of blocks) flow.block(block);
  },
};
