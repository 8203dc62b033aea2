import type { Profile } from '../../model/profile.ts';
import { attributeOf, type StoredParent } from '../stored/stored-dom.ts';
import { elementsWhere, renameElement } from './edit-dom.ts';

const headingTag = /^h[1-6]$/;
/** The form of the ids that the store gives. */
const ownId = /^h_[0-9a-f]{10}$/;

/** Heading levels as a workspace stores them, those of titles of collapsibles included. */
export function shiftHeadings(root: StoredParent, habit: Profile['headingLevels']): void {
  const headings = elementsWhere(root, ({ tagName }) => headingTag.test(tagName));
  if (habit === 'others-to-h2') {
    for (const heading of headings) if (heading.tagName !== 'h1') renameElement(heading, 'h2');
  }
  if (habit === 'relative' && !headings.some(({ tagName }) => tagName === 'h1')) {
    for (const heading of headings)
      renameElement(heading, `h${Number(heading.tagName.slice(1)) - 1}`);
  }
}

/** An id that is not of the store's form is replaced by one that nobody knows: links to it lead nowhere. */
export function replaceForeignIds(root: StoredParent): void {
  for (const heading of elementsWhere(root, ({ tagName }) => headingTag.test(tagName))) {
    const id = attributeOf(heading, 'id');
    if (id !== null && !ownId.test(id))
      heading.attrs = heading.attrs.filter(({ name }) => name !== 'id');
  }
}
