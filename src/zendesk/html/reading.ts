import type { Format } from '../../markdown/text-format.ts';
import type { Block, Heading, Inline, Target } from '../../model/tree.ts';
import type { BodyContext } from './body-context.ts';
import type { Flow } from './flow.ts';
import type { HtmlElement, HtmlNode } from './html-nodes.ts';
import type { Losses } from './losses.ts';

/** What a node stands in. */
export interface Around {
  format: Format;
  /** Headings, callouts and collapsibles have no form in a cell. */
  inCell: boolean;
  /** Elements around it. */
  depth: number;
  /** Blocks that will stand around it in Markdown. */
  nesting: number;
}

/** Ids and headings in reading order: what the places that links point at are found by. */
export type Landmark =
  | { kind: 'id'; id: string }
  | { kind: 'heading'; heading: Heading }
  | { kind: 'text' };

/** What a construct may ask of the reading it is part of. */
export interface Reading {
  readonly context: BodyContext;
  readonly losses: Losses;
  readonly landmarks: Landmark[];
  /** The blocks of some nodes. */
  content(nodes: readonly HtmlNode[], around: Around): Block[];
  /** The inlines of an element that may hold only such; its other blocks come second. */
  title(element: HtmlElement, around: Around): { inlines: Inline[]; rest: Block[] };
  nodes(nodes: readonly HtmlNode[], flow: Flow, around: Around): void;
  node(node: HtmlNode, flow: Flow, around: Around): void;
  text(text: string, flow: Flow, around: Around): void;
  /** What is around the content of a block; null where blocks stand too deep in each other already. */
  nested(around: Around, element: HtmlElement): Around | null;
  /** Where a link leads; null where it may not lead anywhere, which is noted. */
  target(href: string, element: HtmlElement): Target | null;
  noteLooks(element: HtmlElement): void;
}

/** Where a construct is read into. */
export interface Place {
  reader: Reading;
  flow: Flow;
  around: Around;
}

/** One construct of Zendesk's HTML: how it is known, and what it is in the dialect. */
export interface Construct {
  name: string;
  matches(element: HtmlElement): boolean;
  read(element: HtmlElement, place: Place): void;
}

/**
 * A construct of several siblings: reads what begins at an index and gives the last index it took, or
 * null where nothing begins there.
 */
export type SiblingConstruct = (
  nodes: readonly HtmlNode[],
  index: number,
  place: Place,
) => number | null;
