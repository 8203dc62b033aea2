import type { Align } from '../../model/tree.ts';
import { attributeOf, classesOf, descendants, type HtmlElement, styleOf } from './html-nodes.ts';

/** How an element aligns its text; null for the usual way. */
export function alignmentOf(element: HtmlElement): Align | null {
  const byClass = classesOf(element)
    .map(
      (name) =>
        /^(?:(?:wysiwyg-)?text-(?:align-)?|intercom-align-)(center|right|left)$/.exec(name)?.[1],
    )
    .find((found) => found !== undefined);
  const align =
    byClass ??
    styleOf(element, 'text-align') ??
    (element.tagName === 'center' ? 'center' : attributeOf(element, 'align')?.toLowerCase());
  return align === 'center' || align === 'right' ? align : null;
}

const colours = /^wysiwyg-(?:color|background-color|font-size)-/;

/** Is it coloured, sized, underlined: a look that the dialect has no form for? */
export function isStyled(element: HtmlElement): boolean {
  if (['u', 'ins', 'mark', 'big', 'small', 'font'].includes(element.tagName)) return true;
  if (classesOf(element).some((name) => colours.test(name) || name === 'wysiwyg-underline'))
    return true;
  const colour = styleOf(element, 'color');
  const isDark =
    colour === null ||
    /^(?:black|inherit|initial|windowtext|#0{3,6}|#[1-3][0-9a-f]{2}|#([1-3][0-9a-f]){3}|rgb\(\s*\d{1,2},\s*\d{1,2},\s*\d{1,2}\s*\))$/.test(
      colour,
    );
  return !isDark || styleOf(element, 'text-decoration')?.includes('underline') === true;
}

/** Is it moved to the right by the editor? */
export function isIndented(element: HtmlElement): boolean {
  return classesOf(element).some((name) => /^wysiwyg-indent[\d.]+$/.test(name));
}

/** Does anything below hold such an element? */
export function holds(element: HtmlElement, names: ReadonlySet<string>): boolean {
  for (const node of descendants(element.childNodes)) if (names.has(node.nodeName)) return true;
  return false;
}
