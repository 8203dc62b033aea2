import GithubSlugger from 'github-slugger';
import {
  attributeOf,
  elementsIn,
  isInSummary,
  type StoredParent,
  storedNodes,
  textOf,
} from './stored/stored-dom.ts';

const headingTag = /^h[1-6]$/;

/** A heading of a stored body: its id there, and the name its text gives it. */
export interface StoredHeading {
  id: string | null;
  /** GitHub's slug of its text, each only once in a body. */
  slug: string;
}

/**
 * The headings of a stored body in document order, so that a caller can map the outline's anchors to
 * live ids by position. Headings inside a summary are titles of collapsibles and are not listed.
 */
export function headingIds(html: string): StoredHeading[] {
  return headingIdsIn(storedNodes(html));
}

/** The headings below a parsed node, as `headingIds` gives them. */
export function headingIdsIn(root: StoredParent): StoredHeading[] {
  const slugger = new GithubSlugger();
  const headings: StoredHeading[] = [];
  for (const element of elementsIn(root)) {
    if (!headingTag.test(element.tagName) || isInSummary(element)) continue;
    const text = textOf(element).replace(/\s+/g, ' ').trim();
    const id = attributeOf(element, 'id');
    headings.push({
      id: id === '' ? null : id,
      slug: slugger.slug(text === '' ? 'section' : text),
    });
  }
  return headings;
}
