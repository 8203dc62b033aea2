import { isImageAddress } from '../../../markdown/address-scheme.ts';
import type { Inline } from '../../../model/tree.ts';
import { attributeOf, type HtmlElement, lineOf, styleOf } from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

/** Images with their size. Where a script loads the picture later, its address stands in `data-src`. */
export const imageConstruct: Construct = {
  name: 'image',
  matches: ({ tagName }) => tagName === 'img',
  read: (element, { reader, flow, around }) => {
    const alt = (attributeOf(element, 'alt') ?? '').replace(/\s+/g, ' ').trim();
    const src = sourceOf(element);
    if (src === null) {
      reader.losses.add('image', 'dropped', lineOf(element), alt || '<img>');
      return;
    }
    const answer = reader.context.image(src);
    if (answer.loss !== null)
      reader.losses.add(
        answer.loss.construct,
        answer.loss.action,
        lineOf(element),
        src.startsWith('data:') ? `${alt} data:…` : `${alt} ${src}`,
      );
    if (answer.address !== '' && !isImageAddress(answer.address)) {
      reader.losses.add('image', 'dropped', lineOf(element), `${alt} ${src.slice(0, 60)}`);
      return;
    }
    if (answer.address === '') return;
    reader.landmarks.push({ kind: 'text' });
    const { link } = around.format;
    const image: Inline = {
      type: 'image',
      source: { kind: 'url', url: answer.address },
      alt,
      width: pixels(element, 'width'),
      height: pixels(element, 'height'),
      ...(link === undefined ? {} : { link }),
    };
    flow.inline(image);
  },
};

function sourceOf(element: HtmlElement): string | null {
  for (const name of ['src', 'data-src', 'data-original', 'data-lazy-src']) {
    const value = attributeOf(element, name)
      ?.replace(/[\t\r\n]/g, '')
      .trim();
    const isPlaceholder = name === 'src' && attributeOf(element, 'data-src') !== null;
    if (value !== undefined && value !== '' && !isPlaceholder) return value;
  }
  return attributeOf(element, 'src')?.trim() || null;
}

function pixels(element: HtmlElement, name: 'width' | 'height'): number | null {
  const value = attributeOf(element, name) ?? styleOf(element, name);
  const found = value === null ? null : /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/i.exec(value);
  const size = found === null ? 0 : Number(found[1]);
  return size > 0 ? size : null;
}
