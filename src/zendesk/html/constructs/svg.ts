import { lineOf, lineTextOf } from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

/** Drawings and formulas that stand in the HTML itself. */
export const svgConstruct: Construct = {
  name: 'svg',
  matches: ({ tagName }) => tagName === 'svg' || tagName === 'math' || tagName === 'canvas',
  read: (element, { reader, flow, around }) => {
    const isFormula = element.tagName === 'math';
    reader.losses.add(
      isFormula ? 'math' : 'svg',
      isFormula ? 'transformed' : 'dropped',
      lineOf(element),
      lineTextOf(element) || `<${element.tagName}>`,
    );
    if (isFormula) reader.text(lineTextOf(element), flow, around);
  },
};
