import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type InvalidItems, invalidItems } from '../../src/check/index.ts';
import type { Content } from '../../src/model/content.ts';
import type { Finding } from '../../src/model/finding.ts';
import { readContent } from '../../src/repository/index.ts';
import { articleText, contentTree, type Files } from '../support/content-builder.ts';

export const today = '2026-11-22';

export interface Checked {
  root: string;
  content: Content;
  findings: Finding[];
  invalid: InvalidItems;
  /** `file:line message` of a rule's findings. */
  told(rule: string): string[];
}

/** A content tree written to disk, read and checked, the way the command does it. */
export async function checked(files: Files): Promise<Checked> {
  const root = await contentTree(files);
  const content = await readContent(root);
  const sources = {
    get: (file: string) =>
      existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined,
  };
  const findings = check(content, today, sources);
  const told = (rule: string) =>
    findings
      .filter((finding) => finding.rule === rule)
      .map(({ file, line, message }) => `${file}:${line} ${message}`);
  return { root, content, findings, invalid: invalidItems(findings, content), told };
}

/** An article in German: the body begins in line 6. */
export function german(id: string, body: string, keys: Record<string, string> = {}): string {
  return articleText({ id, title: `Titel ${id}`, ...keys }, body);
}

/** Its English translation: the body begins in line 5. */
export function english(id: string, body: string, keys: Record<string, string> = {}): string {
  return articleText({ title: `Title ${id}`, ...keys }, body);
}

/** A text with one finding's fix put in. */
export function fixed(text: string, finding: Finding | undefined): string {
  if (finding?.fix?.kind !== 'edit') return 'no fix';
  return [...finding.fix.edits]
    .sort((a, b) => b.start - a.start)
    .reduce((out, { start, end, text: put }) => out.slice(0, start) + put + out.slice(end), text);
}
