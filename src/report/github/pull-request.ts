import type { Plan } from '../../plan/plan.ts';
import { markdownCode, markdownText } from '../escape.ts';
import type { CheckReport } from '../findings.ts';
import { inFolder } from '../findings.ts';
import {
  type Entry,
  planEntries,
  planHeading,
  summaryText,
  type TextsOf,
} from '../plan-entries.ts';
import { refusingGuards } from '../plan-facts.ts';
import { entryCells, entryDifference } from '../plan-markdown.ts';
import { clipped, plainStyle } from '../style.ts';
import { counted, roughly } from '../wording.ts';
import { type Marker, markerLine } from './marker.ts';
import { type QuestionReport, questionParts, questionsLine } from './questions.ts';
import { bytesOf, fitted, type Part, tablePart } from './room.ts';

/** What a pull request would do to the help center. */
export interface PullRequestReport {
  /** ISO date. */
  today: string;
  /** The commit that was read. */
  head: string;
  /** Its name in kb.yaml, where several help centers live in one repository; else empty. */
  name: string;
  check: CheckReport;
  plan: PlannedReport | { kind: 'unplanned'; reason: string };
  /** null: there are no questions, or nothing to compare. */
  questions: QuestionReport | null;
  links: { run: string | null; preview: string | null };
}

/** A plan, and what it was made against. */
export interface PlannedReport {
  kind: 'planned';
  plan: Plan;
  texts: TextsOf;
  /** `workspace`: a look at what is live; `ledger`: what was recorded; `main`: what main says. */
  basis: 'workspace' | 'ledger' | 'main';
}

/** Below GitHub's 65,536 characters of a comment, with room for what it may add. */
export const commentBytes = 60_000;
/** Below the 1 MiB of a job summary, which may hold those of several steps. */
export const summaryBytes = 900_000;

/** The one comment: hidden marker, counts, tables, differences, link. */
export function pullRequestComment(report: PullRequestReport, marker: Marker): string {
  const line = markerLine(marker);
  return `${line}\n${pullRequestMarkdown(report, commentBytes - bytesOf(line) - 1)}`;
}

/** The same without marker, for the job's summary and the check run. */
export function pullRequestMarkdown(report: PullRequestReport, limitBytes: number): string {
  const { plan, today } = report;
  const entries =
    plan.kind === 'planned' ? planEntries(plan.plan, plan.texts, plainStyle(today)) : [];
  const head = headOf(report).join('\n\n');
  const foot = footOf(report);
  const room = limitBytes - bytesOf(head) - bytesOf(foot) - 8;
  return [head, ...fitted(partsOf(report, entries), room), ...(foot === '' ? [] : [foot])].join(
    '\n\n',
  );
}

/** One line that says how it stands: a check run's title. */
export function pullRequestTitle({ check, plan }: PullRequestReport): string {
  const { errors, warnings } = check.summary;
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  const counts = plan.kind === 'planned' ? summaryText(plan.plan.summary, plan.plan.changes) : '';
  const changes = counts === '' && plan.kind === 'planned' ? 'nothing to publish' : counts;
  return [...found, ...(changes === '' ? [] : [changes])].join(' · ') || 'Nothing to mend';
}

function headOf(report: PullRequestReport): string[] {
  const { check, plan, name } = report;
  const { errors, warnings, articles } = check.summary;
  const of = name === '' ? 'Help center' : `Help center ${markdownCode(name)}`;
  const findings =
    errors + warnings === 0
      ? `✓ ${counted(articles, 'article')} checked, nothing to mend`
      : `${errors > 0 ? '✗' : '!'} ${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${counted(articles, 'article')}`;
  const questions = report.questions === null ? [] : [questionsLine(report.questions)];
  return [
    `### ${of}`,
    [...planLines(plan), findings, ...questions].join('<br>\n'),
    ...refusals(plan),
  ];
}

function planLines(report: PullRequestReport['plan']): string[] {
  if (report.kind === 'unplanned')
    return [`! No plan: ${markdownText(clipped(report.reason, 300))}`];
  const { plan, basis } = report;
  const counts = summaryText(plan.summary, plan.changes);
  const headline = `**${counts === '' ? 'Nothing changes in the help center' : counts}**`;
  if (basis === 'workspace') {
    const cost = `${counted(plan.calls, 'call')}, ${roughly(plan.seconds)}`;
    return [headline, `${markdownText(planHeading(plan))} · ${cost}`];
  }
  const against =
    basis === 'ledger'
      ? 'Planned without a token, against what was recorded at the last publish'
      : 'Planned without a token and without a ledger, against what the base branch says';
  return [headline, `${against}: edits made in Intercom since are not seen.`];
}

function refusals(report: PullRequestReport['plan']): string[] {
  if (report.kind === 'unplanned') return [];
  return refusingGuards(report.plan).map(
    ({ message, override }) =>
      `> **✗ Publishing this will be refused:** ${markdownText(clipped(message, 300))}.${
        override === null ? '' : ` Override: ${markdownCode(`kb publish ${override}`)}`
      }`,
  );
}

function partsOf(report: PullRequestReport, entries: readonly Entry[]): Part[] {
  const waiting = entries.filter(({ verb }) => verb === 'held' || verb === 'withheld');
  const changes = entries.filter((entry) => !waiting.includes(entry));
  const row = (entry: Entry) => ({ cells: entryCells(entry, report.today), name: entry.name });
  const differing = changes.filter(({ lines }) => lines.length > 0);
  return [
    tablePart(0.3, '#### What changes', ['', 'item', ''], changes.map(row)),
    findingsPart(report.check),
    tablePart(0.15, '#### What waits', ['', 'item', ''], waiting.map(row)),
    ...(report.questions === null ? [] : questionParts(report.questions)),
    {
      share: 1,
      opening: `<details>\n<summary>What changes in ${counted(differing.length, 'text')}, in words</summary>\n`,
      items: differing.map((entry) => ({ text: `${entryDifference(entry)}\n`, name: entry.name })),
      closing: '\n</details>',
    },
  ];
}

function findingsPart({ findings, folder }: CheckReport): Part {
  const rank = (severity: string): number => (severity === 'error' ? 0 : 1);
  const worst = [...findings].sort((a, b) => rank(a.severity) - rank(b.severity));
  return tablePart(
    0.2,
    '#### What to mend',
    ['', 'where', 'rule', 'what'],
    worst.map((finding) => ({
      name: inFolder(folder, finding.file),
      cells: [
        finding.severity === 'error' ? '✗ error' : '! warning',
        markdownCode(clipped(`${inFolder(folder, finding.file)}:${finding.line}`, 200)),
        markdownText(finding.rule),
        [finding.message, finding.hint ?? '']
          .filter((text) => text !== '')
          .map((text) => markdownText(clipped(text.slice(0, 1200), 300)))
          .join('<br>'),
      ],
    })),
  );
}

function footOf({ links, head }: PullRequestReport): string {
  const parts = [
    ...(links.preview === null ? [] : [linkTo('preview of the help center', links.preview)]),
    ...(links.run === null ? [] : [linkTo('all of it', links.run)]),
    `for ${head.slice(0, 12)}`,
  ];
  return `<sub>${parts.filter((part) => part !== '').join(' · ')}</sub>`;
}

/** A link to an address of the web; nothing for any other. */
export function linkTo(text: string, address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return '';
  return `[${text}](${href.replace(/\(/g, '%28').replace(/\)/g, '%29')})`;
}
