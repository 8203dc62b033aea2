import { extname } from 'node:path/posix';
import type { Link } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** What Intercom fetches (its documentation of images in articles). */
const imageTypes = ['.png', '.jpg', '.jpeg', '.svg', '.gif'];

export const assetType: Rule = {
  name: 'asset-type',
  severity: 'error',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'an image that is not PNG, JPEG, SVG or GIF',
  why: 'The service takes no other images and refuses the whole article.',
  mend: 'Save the image as one of these.',
  find(facts) {
    return facts.texts.flatMap(({ links }) =>
      links
        .filter(({ reference }) => reference.kind === 'image')
        .flatMap((link) => {
          const type = imageType(link);
          if (type === null || imageTypes.includes(type)) return [];
          return [
            {
              ...link.place,
              message: `"${link.reference.href}" is ${type === '' ? 'a file without a type' : `a ${type} file`}: images are PNG, JPEG, SVG or GIF`,
            },
          ];
        }),
    );
  },
};

/** The extension; null where the name tells nothing (addresses often have none). */
function imageType({ leads, reference, broken }: Link): string | null {
  if (leads.kind === 'file') return broken ? null : extname(leads.path).toLowerCase();
  if (leads.kind !== 'elsewhere' || !URL.canParse(reference.href)) return null;
  const extension = extname(new URL(reference.href).pathname).toLowerCase();
  return otherImages.includes(extension) ? extension : null;
}

const otherImages = ['.webp', '.avif', '.bmp', '.tif', '.tiff', '.heic', '.ico'];
