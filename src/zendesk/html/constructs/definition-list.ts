import { lineOf, lineTextOf } from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

/** Terms are bold paragraphs, what is said of them follows. */
export const definitionConstruct: Construct = {
  name: 'definition',
  matches: ({ tagName }) => tagName === 'dt',
  read: (element, { reader, flow, around }) => {
    const before = flow.begin(flow.alignment);
    reader.losses.addLook('definition-list', 'transformed', lineOf(element), lineTextOf(element));
    const format = { ...around.format, bold: true as const };
    reader.nodes(element.childNodes, flow, { ...around, format });
    flow.begin(before);
  },
};
