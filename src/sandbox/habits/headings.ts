import { elementsOf, type HtmlElement, type HtmlNode, mapElements } from './html-tree.ts';

const HEADING = /^h([1-6])$/;

export function isHeading(node: HtmlElement): boolean {
  return HEADING.test(node.tag);
}

function levelOf(node: HtmlElement): number {
  return Number(HEADING.exec(node.tag)?.[1] ?? 0);
}

/** `headingLevels: others-to-h2` */
export function levelOthersToTwo(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return mapElements(nodes, (node) => (levelOf(node) > 2 ? [{ ...node, tag: 'h2' }] : [node]));
}

/** `headingLevels: relative`: without an h1 every heading moves up by one. */
export function promoteHeadings(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const headings = [...elementsOf(nodes)].filter(isHeading);
  if (headings.some((node) => node.tag === 'h1')) return nodes;
  return mapElements(nodes, (node) =>
    isHeading(node) ? [{ ...node, tag: `h${levelOf(node) - 1}` }] : [node],
  );
}

export interface HeadingIds {
  readonly nodes: readonly HtmlNode[];
  /** Ids that were made in this run. */
  readonly generated: readonly string[];
}

/** Gives an id to each heading whose own one does not count. */
export function identifyHeadings(
  nodes: readonly HtmlNode[],
  counts: (id: string) => boolean,
  nextId: () => string,
): HeadingIds {
  const generated: string[] = [];
  const identified = mapElements(nodes, (node) => {
    if (!isHeading(node)) return [node];
    const { id, ...others } = node.attributes;
    if (id !== undefined && counts(id)) return [{ ...node, attributes: { id, ...others } }];
    const made = nextId();
    generated.push(made);
    return [{ ...node, attributes: { id: made, ...others } }];
  });
  return { nodes: identified, generated };
}

/** The form of an id the store makes. */
export function isStoreId(id: string): boolean {
  return /^h_[0-9a-f]{10}$/.test(id);
}
