import { attributeOf, hasClass, lineOf, lineTextOf } from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

const fields = new Set(['input', 'select', 'textarea', 'button']);
const copyClass = /(?:^|[-_])(?:copy|clipboard)(?:$|[-_])/;

/** Fields that a person fills in; buttons that copy something are of no use elsewhere. */
export const formConstruct: Construct = {
  name: 'form',
  matches: (element) =>
    fields.has(element.tagName) ||
    (hasClass(element, copyClass) && ['a', 'span', 'div'].includes(element.tagName)),
  read: (element, { reader, flow, around }) => {
    const text = lineTextOf(element);
    const type = attributeOf(element, 'type')?.toLowerCase();
    const isCopy =
      hasClass(element, copyClass) || /^(?:copy|kopieren|copier|copiar|コピー)\b/i.test(text);
    if (element.tagName === 'input' && (type === 'hidden' || type === 'checkbox')) return;
    if (isCopy && text.length < 40) {
      reader.losses.addLook('copy-button', 'dropped', lineOf(element), text || 'copy');
      return;
    }
    if (fields.has(element.tagName))
      reader.losses.add(
        'form',
        element.tagName === 'button' ? 'transformed' : 'dropped',
        lineOf(element),
        text || `<${element.tagName}>`,
      );
    if (element.tagName === 'select' || element.tagName === 'textarea') return;
    // What stands beside a button is another word.
    if (element.tagName === 'button') reader.text(' ', flow, around);
    reader.nodes(element.childNodes, flow, around);
    if (element.tagName === 'button') reader.text(' ', flow, around);
  },
};
