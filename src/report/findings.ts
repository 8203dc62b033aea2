import type { Finding } from '../model/finding.ts';
import { annotation, markdownCode, markdownTable, markdownText } from './escape.ts';
import { grouped } from './grouped.ts';
import { columnsOf, padded, paddedLeft, type Style, wrapped } from './style.ts';
import { counted } from './wording.ts';

/** What `kb check` found. */
export interface CheckReport {
  findings: readonly Finding[];
  /** Findings that `--fix` mended. */
  fixed: readonly Pick<Finding, 'rule' | 'file' | 'line' | 'column' | 'message'>[];
  summary: { errors: number; warnings: number; articles: number };
  /** Articles with a finding. */
  articlesWithFindings: number;
  /** The content folder as people type it, put before file names. */
  folder: string;
}

/** The findings by file, worst news in the line of its place, the count and the next step last. */
export function checkText(report: CheckReport, style: Style): string {
  const files = grouped(report.findings, (finding) => finding.file);
  const ruleColumns = Math.max(0, ...report.findings.map(({ rule }) => columnsOf(rule)));
  const placeColumns = Math.max(0, ...report.findings.map((finding) => place(finding).length));
  const sections = [...files].map(([file, findings]) =>
    [
      style.paint('strong', inFolder(report.folder, file)),
      ...findings.map((finding) => findingText(finding, placeColumns, ruleColumns, style)),
    ].join('\n'),
  );
  const mended = report.fixed.map(
    ({ file, line, rule, message }) =>
      `${style.paint('good', 'mended')} ${inFolder(report.folder, file)}:${line}  ${rule}  ${message}`,
  );
  return [
    ...(mended.length === 0 ? [] : [mended.join('\n')]),
    ...sections,
    verdict(report, style),
  ].join('\n');
}

function place({ line, column }: Finding): string {
  return `${line}:${column}`;
}

function findingText(
  finding: Finding,
  placeColumns: number,
  ruleColumns: number,
  style: Style,
): string {
  const severity = style.paint(
    finding.severity === 'error' ? 'bad' : 'warning',
    finding.severity.padEnd(5),
  );
  const lead = `  ${paddedLeft(place(finding), placeColumns)}  ${severity}  ${padded(finding.rule, ruleColumns)}  `;
  const indent = columnsOf(lead);
  const mark = finding.fixable ? `   ${style.paint('note', 'fixable')}` : '';
  const hint =
    finding.hint === null
      ? ''
      : `\n${' '.repeat(indent)}${style.paint('quiet', wrapped(finding.hint, indent, style))}`;
  return `${lead}${wrapped(finding.message, indent, style)}${mark}${hint}`;
}

function verdict(
  { findings, fixed, summary, articlesWithFindings }: CheckReport,
  style: Style,
): string {
  const mended = fixed.length === 0 ? [] : [`mended ${fixed.length}`];
  if (findings.length === 0) {
    const all = style.paint('good', `✓ ${counted(summary.articles, 'article')}, nothing to mend`);
    return [all, ...mended].join(' · ');
  }
  const fixable = findings.filter((finding) => finding.fixable).length;
  const counts = [
    ...(summary.errors > 0 ? [style.paint('bad', counted(summary.errors, 'error'))] : []),
    ...(summary.warnings > 0 ? [style.paint('warning', counted(summary.warnings, 'warning'))] : []),
  ].join(', ');
  const where = `${counts} in ${articlesWithFindings} of ${counted(summary.articles, 'article')}`;
  const next = fixable === 0 ? [] : [`kb check --fix mends ${fixable}`];
  return `\n${[where, ...mended, ...next].join(' · ')}`;
}

/** A table for a pull request comment. */
export function checkMarkdown(report: CheckReport): string {
  const { summary, findings } = report;
  if (findings.length === 0) {
    return `**${counted(summary.articles, 'article')}, nothing to mend.**`;
  }
  const rows = findings.map((finding) => [
    finding.severity === 'error' ? '✗ error' : '! warning',
    markdownCode(`${inFolder(report.folder, finding.file)}:${finding.line}`),
    markdownText(finding.rule),
    markdownText(finding.message) +
      (finding.hint === null ? '' : `<br>${markdownText(finding.hint)}`),
  ]);
  return [
    `**${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}** in ${articlesOf(report)}`,
    '',
    markdownTable(['', 'where', 'rule', 'what'], rows),
  ].join('\n');
}

function articlesOf({ articlesWithFindings, summary }: CheckReport): string {
  return `${articlesWithFindings} of ${counted(summary.articles, 'article')}`;
}

/** Annotations that one step shows: more are dropped by the runner in silence. */
const shownAnnotations = 10;

/** The worst ten as annotations, then how many more there are, in words. */
export function checkGithub(report: CheckReport): string {
  const worst = [...report.findings].sort((a, b) => rank(a) - rank(b)).slice(0, shownAnnotations);
  const more = report.findings.length - worst.length;
  return [
    ...worst.map((finding) =>
      annotation({
        level: finding.severity === 'error' ? 'error' : 'warning',
        file: inFolder(report.folder, finding.file),
        line: finding.line,
        column: finding.column,
        title: finding.rule,
        message: finding.hint === null ? finding.message : `${finding.message}\n${finding.hint}`,
      }),
    ),
    ...(more > 0 ? [`${more} more: kb check lists them all`] : []),
    `${counted(report.summary.errors, 'error')}, ${counted(report.summary.warnings, 'warning')} in ${articlesOf(report)}`,
  ].join('\n');
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

/** A content path as people of the repository know it. */
export function inFolder(folder: string, file: string): string {
  return folder === '' || folder === '.' ? file : `${folder}/${file}`;
}
