import { type MarkdownContext, parseMarkdown } from '../markdown/index.ts';
import type { Loss } from '../model/finding.ts';
import type { ImageSource, Target, Tree } from '../model/tree.ts';
import { keyOf, withWrittenAnchors } from './keys.ts';
import { withMarkers } from './markers.ts';
import { type BlockConflict, mergeTrees } from './merge-trees.ts';
import { writeInto } from './write-into.ts';
import { type Writer, writerFor } from './writer.ts';

/** A three-way merge of one body. */
export interface MergeInput {
  /** What both sides began with. */
  base: Tree;
  /** The text that is merged into, without front matter. */
  ours: string;
  theirs: Tree;
  /** How `ours` is read. */
  context: MarkdownContext;
  /** The address to write for a link that is new here; null: its text stays. */
  link(target: Target): string | null;
  image(source: ImageSource): string;
  /** Names of the sides, for conflict markers. */
  labels: { ours: string; theirs: string };
}

/** A block that both sides changed differently. */
export interface MergeConflict extends BlockConflict {
  /** Line of the marker in the merged text, from 1. */
  line: number;
}

export interface MergeResult {
  text: string;
  /** Is the text another one than `ours`? */
  isChanged: boolean;
  conflicts: readonly MergeConflict[];
  /** What of theirs the dialect cannot say. */
  losses: readonly Loss[];
}

/**
 * Merges by blocks of the canonical tree, and writes into `ours` only the lines it must: wrapping,
 * comments and link style stay. Blocks that both sides changed differently stand between conflict
 * markers; everything else is merged.
 */
export function mergeBody(input: MergeInput): MergeResult {
  const lineBreak = /\r\n/.test(input.ours) ? '\r\n' : '\n';
  const ours = input.ours.replace(/\r\n?/g, '\n');
  const ourTree = withWrittenAnchors(parseMarkdown(ours, { ...input.context, firstLine: 0 }).tree);
  const [base, theirs] = [withWrittenAnchors(input.base), withWrittenAnchors(input.theirs)];
  const merged = mergeTrees(base, ourTree, theirs, 'ours');
  const writer = writerFor(ours, input.context, input, writeInto);
  const text = writeWhole(ours, merged.tree, writer);
  if (merged.conflicts.length === 0) return result(text, [], writer.losses, lineBreak, ours);
  const other = mergeTrees(base, ourTree, theirs, 'theirs');
  const theirText = writeWhole(text, other.tree, writer);
  const marked = withMarkers(text, theirText, input.labels);
  const conflicts = merged.conflicts.map((conflict, index) => ({
    ...conflict,
    line: marked.lines[Math.min(index, marked.lines.length - 1)] ?? 1,
  }));
  return result(marked.text, conflicts, writer.losses, lineBreak, ours);
}

function writeWhole(text: string, tree: Tree, writer: Writer): string {
  const written = writeInto(text, tree, writer);
  if (written !== null) return written;
  // What Markdown cannot say in this place: as near as it comes, and still in its own lines only.
  const whole = writer.write(tree);
  return writeInto(text, writer.read(whole), writer) ?? `${whole}\n`;
}

function result(
  text: string,
  conflicts: readonly MergeConflict[],
  losses: readonly Loss[],
  lineBreak: string,
  ours: string,
): MergeResult {
  const distinct = [...new Map(losses.map((loss) => [keyOf(loss), loss])).values()];
  return {
    text: text.replace(/\n/g, lineBreak),
    isChanged: text !== ours,
    conflicts,
    losses: distinct,
  };
}

/**
 * Merges three Markdown texts that are read alike (same file, same includes). Addresses that are new
 * are written as they are in `theirs`.
 */
export function mergeTexts(
  texts: { base: string; ours: string; theirs: string },
  context: MarkdownContext,
  labels: MergeInput['labels'],
): MergeResult {
  const links = new Map<string, string>();
  const images = new Map<string, string>();
  const noting: MarkdownContext = {
    ...context,
    link(href, include) {
      const target = context.link(href, include);
      if (include === null) links.set(keyOf(target), href);
      return target;
    },
    image(src, include) {
      const source = context.image(src, include);
      if (include === null) images.set(keyOf(source), src);
      return source;
    },
  };
  const treeOf = (text: string): Tree => parseMarkdown(text, noting).tree;
  // Read in this order, so that what theirs says of an address is what is known of it in the end.
  treeOf(texts.ours);
  const base = treeOf(texts.base);
  const theirs = treeOf(texts.theirs);
  return mergeBody({
    base,
    ours: texts.ours,
    theirs,
    context,
    link: (target) => links.get(keyOf(target)) ?? writtenAddress(target),
    image: (source) => images.get(keyOf(source)) ?? writtenImage(source),
    labels,
  });
}

/** An address that says by itself where it leads; null for what only files can tell. */
function writtenAddress(target: Target): string | null {
  switch (target.kind) {
    case 'url':
      return target.url;
    case 'anchor':
      return `#${target.anchor}`;
    case 'broken':
      return target.href;
    default:
      return null;
  }
}

function writtenImage(source: ImageSource): string {
  switch (source.kind) {
    case 'url':
      return source.url;
    case 'broken':
      return source.href;
    case 'asset':
      return '';
  }
}
