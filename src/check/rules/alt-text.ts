import type { Image } from '../../model/tree.ts';
import { allInlines } from '../../model/tree-text.ts';
import type { Text } from '../facts.ts';
import type { Found, Rule } from '../rule.ts';

export const altText: Rule = {
  name: 'alt-text',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'an image without a description (alt text)',
  why: 'Who cannot see the image learns nothing from it, and neither does the AI.',
  mend: 'Say in a few words what it shows: `![The settings page, with Security open](…)`.',
  find(facts) {
    return facts.texts.flatMap(withoutAlt);
  },
};

/** References stand in reading order, as images do in the tree, so they belong together one by one. */
function withoutAlt(text: Text): Found[] {
  const { translation } = text;
  const images = allInlines(translation.body).filter(
    (inline): inline is Image => inline.type === 'image',
  );
  const links = text.links.filter(({ reference }) => reference.kind === 'image');
  return images.flatMap((image, index) => {
    if (image.alt.trim() !== '') return [];
    const link = images.length === links.length ? links[index] : undefined;
    const place = link?.place ?? { file: translation.file, line: 1, column: 1 };
    const name = link === undefined ? 'an image' : `the image "${link.reference.href}"`;
    return [{ ...place, message: `${name} has no alt text` }];
  });
}
