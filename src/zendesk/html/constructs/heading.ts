import type { Heading, Inline } from '../../../model/tree.ts';
import { lineOf, lineTextOf } from '../html-nodes.ts';
import { alignmentOf } from '../looks.ts';
import type { Construct } from '../reading.ts';

/** Level as written; levels are moved when the whole body is read. A heading is bold by itself. */
export const headingConstruct: Construct = {
  name: 'heading',
  matches: ({ tagName }) => /^h[1-6]$/.test(tagName),
  read: (element, { reader, flow, around }) => {
    if (around.inCell) {
      flow.close();
      const bold = { ...around, format: { ...around.format, bold: true as const } };
      if (lineTextOf(element) !== '')
        reader.losses.addLook(
          'heading-in-cell',
          'transformed',
          lineOf(element),
          lineTextOf(element),
        );
      reader.nodes(element.childNodes, flow, bold);
      flow.close();
      return;
    }
    reader.noteLooks(element);
    const heading: Heading = {
      type: 'heading',
      level: Number(element.tagName.slice(1)),
      anchor: null,
      align: alignmentOf(element) ?? flow.alignment,
      children: [],
    };
    const place = reader.landmarks.length;
    const { inlines, rest } = reader.title(element, around);
    const hasText = inlines.some(
      (inline) => inline.type === 'text' && /[^\s\u200b]/.test(inline.text),
    );
    if (hasText) {
      heading.children = withoutWholeBold(inlines);
      reader.landmarks.splice(place, 0, { kind: 'heading', heading });
      flow.block(heading);
    } else if (inlines.length > 0) {
      flow.block({ type: 'paragraph', align: heading.align, children: inlines });
    }
    for (const block of rest) flow.block(block);
  },
};

/** Bold that covers all of a text that is bold anyway. */
export function withoutWholeBold(inlines: readonly Inline[]): Inline[] {
  const texts = inlines.filter((inline) => inline.type === 'text' && /\S/.test(inline.text));
  if (!texts.every((inline) => inline.type === 'text' && inline.bold)) return [...inlines];
  return inlines.map((inline) => {
    if (inline.type !== 'text') return inline;
    const { bold: _bold, ...plain } = inline;
    return plain;
  });
}
