import type { Format } from '../../markdown/text-format.ts';
import { classesOf, type HtmlElement, styleOf } from './html-nodes.ts';

/** The marks an element adds to the text in it. */
export function marksOf(element: HtmlElement): Format {
  const marks: Format = {};
  const name = element.tagName;
  const weight = styleOf(element, 'font-weight');
  if ((name === 'b' || name === 'strong' || isBold(weight)) && !isLight(weight)) marks.bold = true;
  const style = styleOf(element, 'font-style');
  const isItalic = ['i', 'em', 'cite', 'dfn', 'var'].includes(name) || isSlanted(style);
  if (isItalic && style !== 'normal') marks.italic = true;
  const line = `${styleOf(element, 'text-decoration') ?? ''} ${styleOf(element, 'text-decoration-line') ?? ''}`;
  if (['s', 'del', 'strike'].includes(name) || line.includes('line-through')) marks.strike = true;
  if (['code', 'kbd', 'samp', 'tt'].includes(name) || isMonospace(element)) marks.code = true;
  return marks;
}

function isBold(weight: string | null): boolean {
  return weight !== null && (/^bold/.test(weight) || Number.parseInt(weight, 10) >= 600);
}

/** Google Docs wraps whole pastes in `<b style="font-weight:normal">`. */
function isLight(weight: string | null): boolean {
  return weight !== null && (weight === 'normal' || Number.parseInt(weight, 10) <= 500);
}

function isSlanted(style: string | null): boolean {
  return style !== null && /^(?:italic|oblique)/.test(style);
}

function isMonospace(element: HtmlElement): boolean {
  if (['pre', 'table', 'div', 'td', 'th', 'tr', 'ul', 'ol'].includes(element.tagName)) return false;
  if (classesOf(element).includes('wysiwyg-font-monospace')) return true;
  const family = styleOf(element, 'font-family');
  return (
    family !== null && /^(?:[^,]*(?:monospace|courier|consolas|menlo|monaco|mono\b))/.test(family)
  );
}
