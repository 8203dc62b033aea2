import type { Finding, Fix, Severity } from '../../model/finding.ts';
import { fileStart, type Place } from './line-index.ts';

/** The rules that reading itself applies, with what each is about. Check's own table adds to these. */
export const readingRules = {
  path: 'files and folders that are not read: links that leave the content folder or loop, names that collide',
  size: 'a text file that is too big to be an article',
  encoding: 'a text file that is not UTF-8',
  unreadable: 'a file the system does not let us read',
  'front-matter': 'front matter is missing, not closed, or not YAML',
  yaml: 'YAML that cannot be parsed, duplicate keys, aliases',
  schema: 'unknown keys, missing keys, wrong types and values',
  'locale-missing': 'a Markdown file whose name has no locale',
  'locale-unknown': 'a locale that Intercom does not have',
  'locale-unlisted': 'a locale that kb.yaml does not list',
  'source-locale': 'more than one file of an article has an id',
  'id-missing': 'an article or a collection without id',
  'id-duplicate': 'two articles, or two collections, with the same id',
  'collection-missing': 'a folder with articles and without a readable _collection.yaml',
  'collection-depth': 'collections nested deeper than Intercom allows',
} as const satisfies Record<string, string>;

/** `variable-unknown` is Markdown's rule; it is applied to the texts of collections, too. */
export type ReadingRule = keyof typeof readingRules | 'variable-unknown';

export interface Problem extends Place {
  rule: ReadingRule;
  severity: Severity;
  message: string;
  hint: string | null;
  fix: Fix | null;
}

/** A problem at a place of a file that is not named yet. */
export function problem(
  rule: ReadingRule,
  message: string,
  options: { at?: Place; hint?: string | null; severity?: Severity; fix?: Fix | null } = {},
): Problem {
  const { line, column } = options.at ?? fileStart;
  return {
    rule,
    severity: options.severity ?? 'error',
    line,
    column,
    message,
    hint: options.hint ?? null,
    fix: options.fix ?? null,
  };
}

/** A problem becomes a finding by the file it lies in. */
export function findingIn(file: string, { fix, ...rest }: Problem): Finding {
  return { ...rest, file, fixable: fix !== null, fix };
}

/** By file, then by place. */
export function sortedFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
