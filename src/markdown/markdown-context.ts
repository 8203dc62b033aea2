import type { MarkdownProblem, OutlineHeading, Reference } from '../model/article.ts';
import type { ImageSource, Target, Tree } from '../model/tree.ts';

/** What a text is read with: how its addresses, variables and includes resolve. */
export interface MarkdownContext {
  locale: string;
  /** File line of the body's first line, 1-based. */
  firstLine: number;
  /**
   * Where a link leads. `href` is as written, variables resolved; it is relative to the article's
   * file or, with a name in `include`, to that include's file.
   */
  link(href: string, include: string | null): Target;
  image(src: string, include: string | null): ImageSource;
  /** The value in this locale; null for an unknown name. */
  variable(name: string): string | null;
  variableNames: readonly string[];
  /** The Markdown body of an include in this locale, without front matter; null when there is none. */
  include(name: string): string | null;
  includeNames: readonly string[];
}

/** A body as readers get it, and what its readers and checkers need to know of it. */
export interface ParsedMarkdown {
  tree: Tree;
  /** The headings of `tree` in document order, nested ones included. */
  outline: OutlineHeading[];
  references: Reference[];
  problems: MarkdownProblem[];
  /** Names of the includes pulled in, nested ones included, each once. */
  includes: string[];
  /** Hashes of the assets linked or shown, each once. */
  assets: string[];
  /** File line of each top-level block of `tree`; of an include, the line that names it. */
  blockLines: number[];
}
