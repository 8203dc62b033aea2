import { serialize } from 'parse5';
import type { Profile } from '../model/profile.ts';
import { flattenCallouts, flattenDetails } from './predict/flatten.ts';
import { replaceForeignIds, shiftHeadings } from './predict/headings.ts';
import { dropListStarts, stripTableHeads } from './predict/tables-and-lists.ts';
import { addEmptyParagraphs, collapseCodeNewlines, unwrapUndocumented } from './predict/text.ts';
import { type StoredParent, storedNodes } from './stored/stored-dom.ts';

/** What one habit does to a body that is being saved. */
type Rewriting = (root: StoredParent) => void;

const nothing: Rewriting = () => {};

/**
 * The habits that change what a body says, in the order a store has them take effect. Those that
 * change only what `canonical` forgives (classes, wrappers, entities, signatures) and the one that
 * refuses a body (`nestedLists`) are not in it.
 */
function rewritingsOf(profile: Profile): readonly Rewriting[] {
  return [
    profile.unsupportedTags === 'unwrapped' ? unwrapUndocumented : nothing,
    profile.callouts === 'flattened' ? flattenCallouts : nothing,
    profile.details === 'flattened' ? flattenDetails : nothing,
    profile.tableHead === 'stripped' ? stripTableHeads : nothing,
    profile.olStart === 'stripped' ? dropListStarts : nothing,
    (root) => shiftHeadings(root, profile.headingLevels),
    replaceForeignIds,
    profile.preNewlines === 'collapsed' ? collapseCodeNewlines : nothing,
    profile.emptyParagraphs === 'added' ? addEmptyParagraphs : nothing,
  ];
}

/**
 * The HTML that a workspace with these habits holds after this body was saved, as far as `canonical`
 * can see. Heading ids of the store's own form stay: where a workspace replaces ids, this is what it
 * holds once the body was sent with the ids it had given.
 */
export function predict(html: string, profile: Profile): string {
  const root = storedNodes(html);
  for (const rewrite of rewritingsOf(profile)) rewrite(root);
  return serialize(root);
}
