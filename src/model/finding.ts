export type Severity = 'error' | 'warn';

/** One edit of a file, as data: replace the characters from `start` to `end` (UTF-16 offsets) by `text`. */
export interface TextEdit {
  file: string;
  start: number;
  end: number;
  text: string;
}

/** A problem in the content tree. Paths are relative to the content folder, with `/`. */
export interface Finding {
  rule: string;
  severity: Severity;
  file: string;
  /** 1-based. */
  line: number;
  column: number;
  message: string;
  hint: string | null;
  fixable: boolean;
  /** What `kb check --fix` would do; null where only a person can. */
  fix: Fix | null;
}

/** A fix is data: text edits, or a front-matter value to set (made format-preserving by the repository). */
export type Fix =
  | { kind: 'edit'; edits: readonly TextEdit[] }
  | { kind: 'front-matter'; file: string; path: readonly string[]; value: unknown };

/** What a conversion could not carry over. */
export interface Loss {
  construct: string;
  /** kept: left as it was; transformed: said in another form; dropped: gone. */
  action: 'kept' | 'transformed' | 'dropped';
  line: number | null;
  excerpt: string;
}
