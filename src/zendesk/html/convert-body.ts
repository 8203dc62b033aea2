import { holdsTable } from '../../markdown/render/flatten-lists.ts';
import { bareVideo } from '../../markdown/videos.ts';
import type { Loss } from '../../model/finding.ts';
import type { Block, Heading, Target } from '../../model/tree.ts';
import { allBlocks, blockText } from '../../model/tree-text.ts';
import { blockNodes, losesAlignment } from './block-nodes.ts';
import type { BodyContext } from './body-context.ts';
import { BodyReader } from './body-reader.ts';
import { constructs } from './constructs/index.ts';
import { readTitledPairs } from './constructs/titled-pairs.ts';
import { parseBody } from './html-nodes.ts';
import { anchorHeadings, type FoundPlace, placesOf } from './landmarks.ts';
import { writeMarkdown } from './markdown-rules.ts';

/** A body as Markdown, and what of it has no form there. */
export interface ConvertedBody {
  /** Ends with a newline, unless it is empty. */
  markdown: string;
  /** In reading order; places are lines of the HTML. */
  losses: readonly Loss[];
  /** The anchor of the heading that each id of the body stands at. */
  anchors: ReadonlyMap<string, string>;
}

/**
 * Converts the HTML of a Zendesk article. Any text is HTML, so nothing is thrown: what the dialect
 * cannot say is in `losses`, each with its place, and everything a reader sees is in the Markdown.
 */
export function convertBody(html: string, context: BodyContext): ConvertedBody {
  const reader = newReader(context);
  const blocks = reader.read(parseBody(html));
  linkVideoAddresses(blocks, reader);
  noteLostAlignment(blocks, reader);
  noteTablesInLists(blocks, reader);
  const places = placesOf(reader.landmarks);
  const headings = headingsIn(blocks);
  const linked = [...reader.linkLines.keys()].map((target) => idFor(target, places) ?? '');
  const wanted = new Set([...linked, ...context.wantedIds]);
  const explicitAnchors = anchorHeadings(levelled(headings), places, wanted);
  noteLooseLinks(reader, places);
  const addressOf = (target: Target): string | null => address(target, places);
  const nodes = blockNodes(blocks, { addressOf, explicitAnchors });
  const markdown = writeMarkdown(nodes);
  return {
    markdown: markdown === '' ? '' : `${markdown}\n`,
    losses: reader.losses.all.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    anchors: anchorsIn(places),
  };
}

/** The address of a video as plain text would be a video in the dialect: as a link it stays to be read. */
function linkVideoAddresses(blocks: readonly Block[], reader: BodyReader): void {
  for (const block of allBlocks(blocks)) {
    if (block.type !== 'paragraph' || bareVideo(block.children) === null) continue;
    const [text] = block.children;
    if (text?.type !== 'text') continue;
    block.children = [{ ...text, link: { kind: 'url', url: text.text } }];
    reader.losses.add('video-address', 'transformed', null, text.text);
  }
}

/** A column of a pipe table has one alignment. */
function noteLostAlignment(blocks: readonly Block[], reader: BodyReader): void {
  for (const block of allBlocks(blocks)) {
    if (block.type === 'table' && losesAlignment(block))
      reader.losses.addLook('alignment', 'dropped', null, blockText(block));
  }
}

/** Items with tables are written as they were; the service shows them as paragraphs. */
function noteTablesInLists(blocks: readonly Block[], reader: BodyReader): void {
  for (const block of allBlocks(blocks)) {
    if (block.type === 'list' && holdsTable(block))
      reader.losses.addLook('nesting', 'transformed', null, blockText(block));
  }
}

/** Only the anchors: for bodies that others link into. */
export function anchorsOf(html: string, context: BodyContext): ReadonlyMap<string, string> {
  const reader = newReader(context);
  const blocks = reader.read(parseBody(html));
  const places = placesOf(reader.landmarks);
  const linked = [...reader.linkLines.keys()].map((target) => idFor(target, places) ?? '');
  anchorHeadings(levelled(headingsIn(blocks)), places, new Set([...linked, ...context.wantedIds]));
  return anchorsIn(places);
}

function newReader(context: BodyContext): BodyReader {
  return new BodyReader(context, { single: constructs, siblings: readTitledPairs });
}

function headingsIn(blocks: readonly Block[]): Heading[] {
  return allBlocks(blocks).filter((block) => block.type === 'heading');
}

/** The title is the page's first heading, so the uppermost of the text becomes the second level. */
function levelled(headings: readonly Heading[]): readonly Heading[] {
  const uppermost = Math.min(...headings.map(({ level }) => level));
  for (const heading of headings) heading.level = Math.min(6, heading.level - uppermost + 2);
  return headings;
}

function anchorsIn(places: ReadonlyMap<string, FoundPlace>): Map<string, string> {
  return new Map([...places].map(([id, { heading }]) => [id, heading.anchor ?? '']));
}

function address(target: Target, places: ReadonlyMap<string, FoundPlace>): string | null {
  if (target.kind === 'url') return target.url;
  const id = idFor(target, places);
  const anchor = id === null ? null : (places.get(id)?.heading.anchor ?? null);
  return anchor === null ? null : `#${anchor}`;
}

/** The id that a link on the page means: as written, or decoded. */
function idFor(target: Target, places: ReadonlyMap<string, FoundPlace>): string | null {
  if (target.kind !== 'anchor') return null;
  return [target.anchor, decoded(target.anchor)].find((id) => places.has(id)) ?? null;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Links to places that are not there, or that are no headings. */
function noteLooseLinks(reader: BodyReader, places: ReadonlyMap<string, FoundPlace>): void {
  for (const [target, line] of reader.linkLines) {
    if (target.kind !== 'anchor') continue;
    const id = idFor(target, places);
    if (id === null) reader.losses.add('anchor', 'dropped', line, `#${target.anchor}`);
    else if (places.get(id)?.isExact === false)
      reader.losses.add('anchor', 'transformed', line, `#${target.anchor}`);
  }
}
