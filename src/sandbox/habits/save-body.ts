import {
  dropListStarts,
  markLinks,
  markParagraphs,
  readdressImages,
  restyleImages,
} from './attributes.ts';
import { inParagraphs } from './blocks.ts';
import { identifyHeadings, isStoreId, levelOthersToTwo, promoteHeadings } from './headings.ts';
import { elementsOf, type HtmlNode, parseHtml } from './html-tree.ts';
import type { HabitName, Profile } from './profile.ts';
import { sanitise } from './sanitise.ts';
import { serialise } from './serialise.ts';
import * as structure from './structure.ts';
import { isSupportedVideo } from './video-hosts.ts';

/** A body the store does not take: the whole article is refused. */
export class RefusedBody extends Error {
  override readonly name = 'RefusedBody';
}

export interface SaveContext {
  readonly profile: Profile;
  /** Ids generated here before. */
  readonly knownHeadingIds: readonly string[];
  readonly nextHeadingId: () => string;
  /** The address an image is stored under. @throws RefusedBody when it cannot be fetched. */
  readonly hostImage: (source: string) => string;
}

export interface SavedBody {
  readonly html: string;
  readonly generatedHeadingIds: readonly string[];
}

type Rewrite = (nodes: readonly HtmlNode[]) => readonly HtmlNode[];

/** The structural and attribute habits in the order in which they apply: value of a habit → rewrite. */
const REWRITES: readonly (readonly [HabitName, string, Rewrite])[] = [
  ['emptyParagraphs', 'added', (nodes) => structure.settleWhiteSpace(nodes, true)],
  ['emptyParagraphs', 'none', (nodes) => structure.settleWhiteSpace(nodes, false)],
  ['unsupportedTags', 'unwrapped', structure.unwrapUnsupported],
  ['callouts', 'flattened', structure.flattenCallouts],
  ['details', 'flattened', structure.flattenDetails],
  ['headingLevels', 'others-to-h2', levelOthersToTwo],
  ['headingLevels', 'relative', promoteHeadings],
  ['tableHead', 'stripped', structure.stripTableHeads],
  ['tableContainer', 'added', structure.wrapTables],
  ['cellParagraphs', 'added', structure.wrapCellText],
  ['videoWrapper', 'added', structure.wrapVideos],
  ['preNewlines', 'collapsed', structure.collapsePreNewlines],
  ['olStart', 'stripped', dropListStarts],
  ['imageStyle', 'rewritten', restyleImages],
  ['linkAttributes', 'added', markLinks],
];

/**
 * What the store makes of a body: parsed, made harmless, rewritten by its habits.
 * @throws RefusedBody when a habit refuses it, or an image cannot be fetched.
 */
export function saveBody(html: string, context: SaveContext): SavedBody {
  const { profile } = context;
  const sent = parseHtml(html);
  assertStorable(sent, profile);
  const known = structure.unwrapUnknownDivs(sanitise(sent));
  const rewritten = inParagraphs(rewrite(known, profile));
  const marked = profile.paragraphClass === 'added' ? markParagraphs(rewritten) : rewritten;
  const hosted = readdressImages(marked, context.hostImage);
  const headings = identifyHeadings(hosted, countingIds(context), context.nextHeadingId);
  return {
    html: serialise(headings.nodes, profile.entities),
    generatedHeadingIds: headings.generated,
  };
}

function rewrite(nodes: readonly HtmlNode[], profile: Profile): readonly HtmlNode[] {
  return REWRITES.reduce(
    (tree, [habit, value, change]) => (profile[habit] === value ? change(tree) : tree),
    nodes,
  );
}

function countingIds({ profile, knownHeadingIds }: SaveContext): (id: string) => boolean {
  return profile.headingIds === 'kept' ? isStoreId : (id) => knownHeadingIds.includes(id);
}

function assertStorable(nodes: readonly HtmlNode[], profile: Profile): void {
  if (profile.nestedLists === 'refused' && structure.hasNestedList(nodes)) {
    throw new RefusedBody('Nested lists are not supported');
  }
  if (profile.unsupportedBlocks === 'removed') return;
  for (const node of elementsOf(nodes)) {
    if (node.tag === 'dl') throw new RefusedBody('Definition lists are not supported');
    if (node.tag === 'iframe' && !isSupportedVideo(node.attributes.src ?? '')) {
      throw new RefusedBody('Frames of this host are not supported');
    }
  }
}
