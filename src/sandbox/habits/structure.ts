import { CALLOUT, holdsOnlyParts, holdsParagraphs, inParagraphs } from './blocks.ts';
import {
  element,
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  isBlank,
  isBlock,
  mapElements,
  textNode,
} from './html-tree.ts';
import { isSupportedTag, unwrapped } from './sanitise.ts';
import { isSupportedVideo } from './video-hosts.ts';

/** Habits that change which blocks a body is made of. Each takes a tree and returns another. */
type Rewrite = (nodes: readonly HtmlNode[]) => readonly HtmlNode[];

/** `unsupportedTags: unwrapped`, and a div without a meaning of its own becomes its paragraphs. */
export const unwrapUnsupported: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    isSupportedTag(node.tag) ? [node] : unwrapped(node, node.children),
  );

/** A div the store does not know is unwrapped whatever the habits: only its own are kept. */
export const unwrapUnknownDivs: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    node.tag === 'div' && node.attributes.class === undefined
      ? unwrapped(node, node.children)
      : [node],
  );

/** `callouts: flattened` */
export const flattenCallouts: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    node.tag === 'div' && hasClass(node, CALLOUT) ? inParagraphs(node.children) : [node],
  );

/** `details: flattened`: the summary becomes a paragraph, the content follows. */
export const flattenDetails: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    node.tag === 'details' ? node.children.flatMap(flattenedPart) : [node],
  );

function flattenedPart(part: HtmlNode): readonly HtmlNode[] {
  if (part.kind === 'text') return [part];
  if (part.tag === 'summary') return [element('p', {}, inlineContent(part.children))];
  return part.tag === 'div' ? part.children : [part];
}

function inlineContent(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'element' && isBlock(node) ? inlineContent(node.children) : [node],
  );
}

const TABLE_CONTAINER = 'intercom-interblocks-table-container';

/** `tableContainer: added` */
export const wrapTables: Rewrite = (nodes) => wrapTablesIn(nodes, false);

function wrapTablesIn(nodes: readonly HtmlNode[], inContainer: boolean): readonly HtmlNode[] {
  return nodes.map((node) => {
    if (node.kind === 'text') return node;
    const children = wrapTablesIn(node.children, hasClass(node, TABLE_CONTAINER));
    if (node.tag !== 'table') return { ...node, children };
    const table = element('table', { ...node.attributes, role: 'presentation' }, children);
    return inContainer ? table : element('div', { class: TABLE_CONTAINER }, [table]);
  });
}

/** `tableHead: stripped`: all rows in one body, all cells alike. */
export const stripTableHeads: Rewrite = (nodes) =>
  mapElements(nodes, (node) => {
    if (node.tag === 'th') return [{ ...node, tag: 'td' }];
    return node.tag === 'table' ? [{ ...node, children: withOneBody(node.children) }] : [node];
  });

function withOneBody(parts: readonly HtmlNode[]): readonly HtmlNode[] {
  const isRows = (part: HtmlNode): part is HtmlElement =>
    part.kind === 'element' && ['thead', 'tbody', 'tfoot'].includes(part.tag);
  const others = parts.filter((part) => !isRows(part));
  return [
    ...others,
    element(
      'tbody',
      {},
      parts.filter(isRows).flatMap((part) => part.children),
    ),
  ];
}

/** `videoWrapper: added`; a paragraph that holds nothing but videos gives way to them. */
export const wrapVideos: Rewrite = (nodes) => wrapVideosIn(nodes, false);

function wrapVideosIn(nodes: readonly HtmlNode[], inWrapper: boolean): readonly HtmlNode[] {
  return nodes.flatMap((node): readonly HtmlNode[] => {
    if (node.kind === 'text') return [node];
    if (isVideo(node))
      return [inWrapper ? node : element('div', { class: 'intercom-h2b-video' }, [node])];
    if (node.tag === 'p' && isOnlyVideos(node.children)) return wrapVideosIn(node.children, false);
    const wrapsItself = node.tag === 'p' || hasClass(node, 'intercom-h2b-video');
    return [{ ...node, children: wrapVideosIn(node.children, wrapsItself) }];
  });
}

function isVideo(node: HtmlNode): boolean {
  return (
    node.kind === 'element' && node.tag === 'iframe' && isSupportedVideo(node.attributes.src ?? '')
  );
}

function isOnlyVideos(nodes: readonly HtmlNode[]): boolean {
  return nodes.some(isVideo) && nodes.every((node) => isVideo(node) || isBlank(node));
}

/** `cellParagraphs: added` */
export const wrapCellText: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    holdsCellText(node) ? [{ ...node, children: inParagraphs(node.children) }] : [node],
  );

function holdsCellText(node: HtmlElement): boolean {
  return ['td', 'th', 'li'].includes(node.tag) || hasClass(node, CALLOUT);
}

/**
 * `emptyParagraphs: added`: white space between two block tags becomes a paragraph, where a
 * paragraph can stand. Otherwise it is dropped.
 */
export function settleWhiteSpace(nodes: readonly HtmlNode[], added: boolean): readonly HtmlNode[] {
  return settledChildren(nodes, added, false);
}

function settledChildren(
  nodes: readonly HtmlNode[],
  added: boolean,
  atEdges: boolean,
): readonly HtmlNode[] {
  return nodes.flatMap((node, index): readonly HtmlNode[] => {
    if (node.kind === 'element') return [settledElement(node, added)];
    if (!isBlank(node) || !isBetweenBlocks(nodes, index, atEdges)) return [node];
    return added ? [element('p', {}, [])] : [];
  });
}

function settledElement(node: HtmlElement, added: boolean): HtmlElement {
  if (node.tag === 'pre') return node;
  if (holdsOnlyParts(node)) {
    const parts = node.children.filter((child) => !isBlank(child));
    return { ...node, children: settledChildren(parts, added, false) };
  }
  const holds = holdsParagraphs(node);
  return { ...node, children: settledChildren(node.children, added && holds, holds) };
}

function isBetweenBlocks(nodes: readonly HtmlNode[], index: number, atEdges: boolean): boolean {
  const before = nodes[index - 1];
  const after = nodes[index + 1];
  if (before === undefined && after === undefined) return false;
  const isBoundary = (node: HtmlNode | undefined, isEdge: boolean): boolean =>
    node === undefined ? isEdge : isBlock(node);
  return isBoundary(before, atEdges) && isBoundary(after, atEdges);
}

/** `preNewlines: collapsed` */
export const collapsePreNewlines: Rewrite = (nodes) =>
  mapElements(nodes, (node) =>
    node.tag === 'pre' ? [{ ...node, children: collapsed(node.children) }] : [node],
  );

function collapsed(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return nodes.map((node) =>
    node.kind === 'text'
      ? textNode(node.text.replace(/\r\n?|\n/g, ' '))
      : { ...node, children: collapsed(node.children) },
  );
}

/** Is there a list inside a list item? `nestedLists: refused` answers 400 then. */
export function hasNestedList(nodes: readonly HtmlNode[]): boolean {
  const isList = (node: HtmlElement): boolean => node.tag === 'ul' || node.tag === 'ol';
  return [...elementsOf(nodes)].some(
    (node) => isList(node) && [...elementsOf(node.children)].some(isList),
  );
}
