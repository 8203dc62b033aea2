import type { Loss } from '../model/finding.ts';
import type { Locale } from '../model/locale.ts';
import { type LossKind, lossKinds, type Skipped, type SourceFailure } from '../zendesk/index.ts';

/** What became of one text of an import. */
export type ImportAction = 'created' | 'updated' | 'merged' | 'conflict' | 'unchanged' | 'kept';

export interface ImportedRow {
  id: string;
  sourceId: string;
  path: string;
  locale: Locale;
  title: string;
  action: ImportAction;
  visibility: string;
}

export interface LossRow extends Loss {
  article: string;
  locale: Locale;
  construct: LossKind;
}

/** One text as it was and as it is, for the report. */
export interface ImportedPage {
  row: ImportedRow;
  source: string;
  markdown: string;
  losses: readonly LossRow[];
}

/** A piece of text that stands in several articles, and could be one include. */
export interface RepeatedText {
  /** The include it could become, without locale and extension. */
  include: string;
  locale: Locale;
  /** Markdown of the piece. */
  text: string;
  count: number;
  /** Some of the articles it stands in. */
  articles: readonly string[];
}

export interface ImportResult {
  articles: readonly ImportedRow[];
  collections: readonly { id: string; path: string; title: string }[];
  assets: readonly { path: string; bytes: number }[];
  redirects: readonly { from: string; id: string; locale: Locale }[];
  losses: readonly LossRow[];
  skipped: readonly Skipped[];
  failures: readonly SourceFailure[];
  repeated: readonly RepeatedText[];
  dryRun: boolean;
}

export interface ImportOptions {
  from: string;
  dryRun: boolean;
  /** Which of a live help center's locales; left out: all of them. */
  locales?: readonly string[];
  /** Is told of each text, one after the other, for a report. */
  page?: (page: ImportedPage) => Promise<void>;
  progress?: (done: number, total: number) => void;
}

/** The kinds of losses that a reader would miss. */
export const contentKinds: ReadonlySet<string> = new Set(
  Object.entries(lossKinds).flatMap(([kind, weight]) => (weight === 'content' ? [kind] : [])),
);

/** Is it something that a reader misses, not only said in another form? */
export function isContentLoss({ construct, action }: Loss): boolean {
  return contentKinds.has(construct) && action !== 'transformed';
}

/** Are there losses that a reader would miss? Looks are not counted. */
export function losesContent({ losses }: Pick<ImportResult, 'losses'>): boolean {
  return losses.some(isContentLoss);
}
