/**
 * The canonical tree: what a reader gets, whatever it was written in. Markdown and stored HTML both
 * become this tree; digests hash it, comparison compares it, renderers walk it.
 */

/** Where a link leads. Everything that may differ between two addresses of one thing is gone. */
export type Target =
  /** An article; `locale` is null when it is the locale of the linking text. `anchor` names a heading of it. */
  | { kind: 'article'; id: string; locale: string | null; anchor: string | null }
  /** A heading on the same page, by its anchor. */
  | { kind: 'anchor'; anchor: string }
  /** A file of the knowledge base, by the SHA-256 of its bytes (hex). */
  | { kind: 'asset'; hash: string }
  | { kind: 'url'; url: string }
  /** A link that leads nowhere: kept as written, reported by check. */
  | { kind: 'broken'; href: string };

export type ImageSource =
  | { kind: 'asset'; hash: string }
  | { kind: 'url'; url: string }
  | { kind: 'broken'; href: string };

/** A run of text with its marks. Nesting order of marks is not meaning, so marks are a flat set. */
export interface Text {
  type: 'text';
  text: string;
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
  /** Tags outside the dialect found around this text in stored HTML, sorted, joined by `+`. */
  other?: string;
  link?: Target;
}
export interface Image {
  type: 'image';
  source: ImageSource;
  alt: string;
  /** Pixels. */
  width: number | null;
  height: number | null;
  link?: Target;
}
export interface Button {
  type: 'button';
  text: string;
  target: Target;
}
export interface Break {
  type: 'break';
}
export type Inline = Text | Image | Button | Break;

export type Align = 'left' | 'center' | 'right';

export interface Paragraph {
  type: 'paragraph';
  align: Align | null;
  children: readonly Inline[];
}
export interface Heading {
  type: 'heading';
  /** 1 to 6, as written. */
  level: number;
  /** The name links use (without `#`); null where the source tells none (stored HTML). */
  anchor: string | null;
  align: Align | null;
  children: readonly Inline[];
}
export interface ListItem {
  /** Task list state; null for an ordinary item. */
  checked: boolean | null;
  blocks: readonly Block[];
}
export interface List {
  type: 'list';
  ordered: boolean;
  start: number;
  items: readonly ListItem[];
}
export interface Code {
  type: 'code';
  language: string | null;
  /** Without a final newline; line breaks are `\n`. */
  text: string;
}
export interface Quote {
  type: 'quote';
  blocks: readonly Block[];
}
export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const;
export type CalloutKind = (typeof calloutKinds)[number];
export interface Callout {
  type: 'callout';
  /** `custom` only from stored HTML, with its raw `style`. */
  kind: CalloutKind | 'custom';
  style: string | null;
  blocks: readonly Block[];
}
export interface Cell {
  header: boolean;
  align: Align | null;
  colspan: number;
  rowspan: number;
  /** Presentational style of stored cells (background, width), normalised; null from Markdown. */
  style: string | null;
  blocks: readonly Block[];
}
export interface Table {
  type: 'table';
  rows: readonly (readonly Cell[])[];
}
export interface Collapsible {
  type: 'collapsible';
  title: readonly Inline[];
  blocks: readonly Block[];
}
export const videoProviders = [
  'youtube',
  'vimeo',
  'wistia',
  'loom',
  'vidyard',
  'streamio',
] as const;
export type VideoProvider = (typeof videoProviders)[number];
export interface Video {
  type: 'video';
  provider: VideoProvider;
  id: string;
}
export interface Rule {
  type: 'rule';
}
/** An element that the dialect does not know, found in stored HTML: kept, so that no change to it is missed. */
export interface Unknown {
  type: 'unknown';
  tag: string;
  /** Attributes, normalised to one string. */
  attributes: string;
  blocks: readonly Block[];
}
export type Block =
  | Paragraph
  | Heading
  | List
  | Code
  | Quote
  | Callout
  | Table
  | Collapsible
  | Video
  | Rule
  | Unknown;

export type Tree = readonly Block[];
