import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { check, type Sources } from '../check/index.ts';
import type { Content } from '../model/content.ts';
import type { Finding, Fix, TextEdit } from '../model/finding.ts';
import { KbError } from '../model/kb-error.ts';
import { applyEdits, readContent, writeFrontMatter } from '../repository/index.ts';
import type { Context } from './context.ts';

/** A finding that was mended: where it was and what it said. */
export type Mended = Pick<Finding, 'rule' | 'file' | 'line' | 'column' | 'message'>;

export interface CheckResult {
  findings: Finding[];
  fixed: Mended[];
  summary: { errors: number; warnings: number; articles: number };
  /** Articles with a finding. */
  articlesWithFindings: number;
}

/** A fix can make room for the next one; more rounds than this mean that two fixes undo each other. */
const mostRounds = 10;

/**
 * All findings of the content tree, or those below some paths; with `fix`, after mending what can be
 * mended safely, until nothing more can.
 * @throws KbError `no-content`, and `usage` for a path that is not there.
 */
export async function checkCommand(
  context: Context,
  options: { paths: readonly string[]; fix: boolean },
): Promise<CheckResult> {
  const isAsked = pathFilter(context, options.paths);
  const fixed: Mended[] = [];
  let content = await readContent(context.contentDir);
  let findings = findingsOf(content, context.today).filter(isAsked);
  for (let round = 0; options.fix && round < mostRounds; round += 1) {
    const mended = await applyFixes(context.contentDir, findings);
    if (mended.length === 0) break;
    fixed.push(...mended.map(placeOf));
    content = await readContent(context.contentDir);
    findings = findingsOf(content, context.today).filter(isAsked);
  }
  return { findings, fixed, ...countsOf(content, findings) };
}

/** Findings of a content tree that is already read. */
export function findingsOf(content: Content, today: string): Finding[] {
  return check(content, today, sourcesOf(content.root));
}

/** Texts are read when a rule asks for one: most trees need none. */
function sourcesOf(root: string): Sources {
  const texts = new Map<string, string | undefined>();
  return {
    get: (file) => {
      if (!texts.has(file)) texts.set(file, textOf(join(root, file)));
      return texts.get(file);
    },
  };
}

/** Files above this were not read as texts either, so no rule can have a place in them. */
const largestTextBytes = 5 * 1024 * 1024;

function textOf(file: string): string | undefined {
  try {
    if (statSync(file).size > largestTextBytes) return undefined;
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The findings of a whole tree with their counts. */
export function findingsReport(content: Content, findings: Finding[]): CheckResult {
  return { findings, fixed: [], ...countsOf(content, findings) };
}

function countsOf(
  content: Content,
  findings: readonly Finding[],
): Pick<CheckResult, 'summary' | 'articlesWithFindings'> {
  const files = new Set(findings.map(({ file }) => file));
  return {
    summary: {
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: findings.filter(({ severity }) => severity === 'warn').length,
      articles: content.articles.length,
    },
    articlesWithFindings: content.articles.filter(({ translations }) =>
      translations.some(({ file }) => files.has(file)),
    ).length,
  };
}

function placeOf({ rule, file, line, column, message }: Finding): Mended {
  return { rule, file, line, column, message };
}

/**
 * Applies what can be applied at once: edits of one file that do not touch each other, and front
 * matter of files without edits, as both are told by places that a first change would move.
 */
async function applyFixes(root: string, findings: readonly Finding[]): Promise<Finding[]> {
  const mended: Finding[] = [];
  const edits: TextEdit[] = [];
  const values: { finding: Finding; fix: Fix & { kind: 'front-matter' } }[] = [];
  for (const finding of findings) {
    const { fix } = finding;
    if (fix?.kind === 'front-matter') values.push({ finding, fix });
    if (fix?.kind !== 'edit' || fix.edits.some((edit) => edits.some(touches(edit)))) continue;
    edits.push(...fix.edits);
    mended.push(finding);
  }
  if (edits.length > 0) await applyEdits(root, edits);
  const edited = new Set(edits.map(({ file }) => file));
  for (const { finding, fix } of values) {
    if (edited.has(fix.file)) continue;
    await writeFrontMatter(root, fix.file, [{ path: [...fix.path], value: fix.value }]);
    mended.push(finding);
  }
  return mended;
}

function touches(edit: TextEdit): (other: TextEdit) => boolean {
  return (other) => other.file === edit.file && other.start <= edit.end && edit.start <= other.end;
}

function pathFilter(context: Context, paths: readonly string[]): (finding: Finding) => boolean {
  if (paths.length === 0) return () => true;
  const asked = paths.map((path) => contentPath(context, path));
  return ({ file }) =>
    asked.some((path) => path === '' || file === path || file.startsWith(`${path}/`));
}

/** The path inside the content folder; a path may be typed from here or from there. */
function contentPath({ contentDir, cwd }: Context, path: string): string {
  const candidates = [resolve(cwd, path), resolve(contentDir, path)];
  const found = candidates.find(
    (candidate) => isInside(contentDir, candidate) && exists(candidate),
  );
  if (found === undefined) {
    throw new KbError('usage', `There is no ${path} in the content folder ${contentDir}.`, {
      hint: 'Name a file or folder of the content, or none to check everything.',
    });
  }
  return relative(contentDir, found).split(sep).join('/').normalize('NFC');
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
