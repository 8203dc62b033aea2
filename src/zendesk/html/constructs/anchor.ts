import type { Inline } from '../../../model/tree.ts';
import { attributeOf, hasClass, lineTextOf } from '../html-nodes.ts';
import { marksOf } from '../marks.ts';
import type { Construct } from '../reading.ts';

const buttonClass = /^(?:btn|button)(?:$|[-_])|^(?:cta|wysiwyg-button|intercom-h2b-button)$/;

/** Links, buttons, and names that links point at. */
export const anchorConstruct: Construct = {
  name: 'link',
  matches: ({ tagName }) => tagName === 'a',
  read: (element, { reader, flow, around }) => {
    const href = attributeOf(element, 'href');
    const format = { ...around.format, ...marksOf(element) };
    const target = href === null ? null : reader.target(href, element);
    const text = lineTextOf(element);
    if (target === null) {
      reader.nodes(element.childNodes, flow, { ...around, format });
      return;
    }
    if (hasClass(element, buttonClass) && !around.inCell && text !== '' && isTextOnly(element)) {
      reader.text(' ', flow, around);
      const button: Inline = { type: 'button', text, target };
      flow.inline(button);
      return;
    }
    reader.nodes(element.childNodes, flow, { ...around, format: { ...format, link: target } });
  },
};

function isTextOnly(element: Parameters<Construct['matches']>[0]): boolean {
  return element.childNodes.every(
    (node) =>
      node.nodeName === '#text' ||
      ('childNodes' in node &&
        ['span', 'strong', 'b', 'em', 'i'].includes(node.nodeName) &&
        isTextOnly(node as Parameters<Construct['matches']>[0])),
  );
}
