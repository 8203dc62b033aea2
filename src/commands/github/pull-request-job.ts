import { resolve } from 'node:path';
import type { WorkflowEvent, WorkflowRun } from '../../github/workflow-run.ts';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import {
  type ChangedLines,
  checkAnnotations,
  type Note,
  noteCommands,
  notesOn,
} from '../../report/github/annotations.ts';
import { parseMarker } from '../../report/github/marker.ts';
import {
  commentBytes,
  type PullRequestReport,
  pullRequestComment,
  pullRequestMarkdown,
  pullRequestTitle,
  summaryBytes,
} from '../../report/github/pull-request.ts';
import { changedLines, readContent } from '../../repository/index.ts';
import { findingsOf, findingsReport } from '../check.ts';
import type { Context } from '../context.ts';
import { desiredOf, type ReadDesired } from '../desired.ts';
import { previewSettings } from '../preview.ts';
import { withBaseContent } from './base-content.ts';
import { githubOf, type JobResult, type JobWishes, repositoryFolder } from './job.ts';
import { onceApproved } from './pending-approval.ts';
import { planPullRequest } from './pull-request-plan.ts';
import { questionReport } from './question-report.ts';

type Proposal = Extract<WorkflowEvent, { kind: 'pull_request' | 'merge_group' }>;

/**
 * Tells what a pull request, or a group in the merge queue, would do to the help center: one comment,
 * one check, annotations on changed lines, a summary. What the token may not do is left out; the job
 * ends by what was found in the content alone.
 */
export async function pullRequestJob(
  context: Context,
  wishes: JobWishes,
  redact: (text: string) => string,
): Promise<JobResult> {
  const { readWorkflowRun } = await import('../../github/workflow-run.ts');
  const run = await readWorkflowRun(context.env);
  const { event } = run;
  if (event.kind === 'other') {
    throw new KbError('event', `kb github pr was started by "${event.name}".`, {
      hint: 'Start it on: pull_request and merge_group.',
    });
  }
  const proposal = await readProposal(context, event);
  const report = await reportOf(context, proposal, event, run, wishes);
  const changed = await changedLines(context.contentDir, event.base);
  const notes = notesOn(report.check.findings, changed, report.check.folder);
  const posted = await post(context, event, report, notes, redact);
  return resultOf(report, notes, changed, posted);
}

/** The proposed content and the base branch's, both as if the pull request were approved. */
async function readProposal(
  context: Context,
  event: Proposal,
): Promise<{ head: ReadDesired; base: ReadDesired | null }> {
  const { contentDir, today } = context;
  const pending = { today, pullRequest: event.kind === 'pull_request' ? event.number : null };
  const read = async (folder: string): Promise<ReadDesired> => {
    const content = await readContent(folder);
    const desired = desiredOf(content, today, event.head);
    return { content, desired: onceApproved(desired, content.config, pending) };
  };
  return {
    head: await read(contentDir),
    base: await withBaseContent(contentDir, event.base, read),
  };
}

async function reportOf(
  context: Context,
  sides: { head: ReadDesired; base: ReadDesired | null },
  event: Proposal,
  run: WorkflowRun,
  wishes: JobWishes,
): Promise<PullRequestReport> {
  const { content, desired } = sides.head;
  const folder = await repositoryFolder(context);
  return {
    today: context.today,
    head: event.head,
    name: folder === 'content' ? '' : folder,
    check: { ...findingsReport(content, findingsOf(content, context.today)), folder },
    plan: await planPullRequest(context, {
      ...sides,
      isFork: event.kind === 'pull_request' && event.isFork,
    }),
    questions: questionReport(desired, sides.base?.desired ?? null),
    links: { run: run.runUrl, preview: await previewAddress(context, run, wishes) },
  };
}

/** Where reviewers find the preview: where it was said to be, else among the files attached to this run. */
async function previewAddress(
  context: Context,
  { runUrl }: WorkflowRun,
  { previewUrl, preview }: JobWishes,
): Promise<string | null> {
  if (preview === null) return previewUrl;
  const isWritten = await tried(context, 'The preview', false, async () => {
    const { exportSite } = await preview.loadExport();
    await exportSite(previewSettings(context), resolve(context.cwd, preview.into));
    return true;
  });
  return previewUrl ?? (isWritten && runUrl !== null ? `${runUrl}#artifacts` : null);
}

/** What reached GitHub. */
interface Posted {
  comment: string;
  commentUrl: string | null;
  isChecked: boolean;
}

/** Comment and check, as far as the token may. Whatever fails is told, and changes no verdict. */
async function post(
  context: Context,
  event: Proposal,
  report: PullRequestReport,
  notes: readonly Note[],
  redact: (text: string) => string,
): Promise<Posted> {
  const nothing = { comment: 'none', commentUrl: null, isChecked: false };
  const github = await githubOf(context);
  if (github === null) return nothing;
  const [{ makeCheckRun }, { stickComment }] = await Promise.all([
    import('../../github/check-run.ts'),
    import('../../github/sticky-comment.ts'),
  ]);
  const isChecked = await tried(context, 'The check run', false, () =>
    makeCheckRun(github, {
      name: report.name === '' ? 'Help center' : `Help center ${report.name}`,
      head: event.head,
      conclusion: conclusionOf(report),
      title: pullRequestTitle(report),
      summary: redact(pullRequestMarkdown(report, commentBytes)),
      annotations: checkAnnotations(notes).map((note) => ({
        ...note,
        message: redact(note.message),
      })),
    }),
  );
  if (event.kind === 'merge_group') return { ...nothing, isChecked };
  const config = `${report.check.folder} ${context.workspaceName ?? ''}`.trim();
  const stuck = await tried(context, 'The comment', null, () =>
    stickComment(github, event.number, {
      body: redact(pullRequestComment(report, { config, head: event.head })),
      head: event.head,
      headOf(body) {
        const marker = parseMarker(body);
        return marker?.config === config ? marker.head : null;
      },
    }),
  );
  return { comment: stuck?.state ?? 'failed', commentUrl: stuck?.url ?? null, isChecked };
}

async function tried<T>(
  { warn }: Context,
  what: string,
  otherwise: T,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    warn(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
    return otherwise;
  }
}

function conclusionOf({ check }: PullRequestReport): 'success' | 'failure' {
  return check.summary.errors > 0 ? 'failure' : 'success';
}

function resultOf(
  report: PullRequestReport,
  notes: readonly Note[],
  changed: ChangedLines,
  posted: Posted,
): JobResult {
  const { check, plan, questions } = report;
  const { errors, warnings } = check.summary;
  const title = pullRequestTitle(report);
  const unknown =
    changed === null
      ? 'The changed lines are not known here (check out with fetch-depth: 0): no annotations.\n'
      : '';
  return {
    exitCode: errors > 0 ? exitCodes.findings : exitCodes.done,
    json: {
      check: check.summary,
      plan: plan.kind === 'planned' ? plan.plan : null,
      basis: plan.kind === 'planned' ? plan.basis : null,
      unplanned: plan.kind === 'unplanned' ? plan.reason : null,
      questions: questions === null ? null : { now: questions.now, before: questions.before },
      annotations: notes.length,
      ...posted,
    },
    summary: pullRequestMarkdown(report, summaryBytes),
    // A check run shows its own; commands would say everything twice.
    log: `${unknown}${posted.isChecked ? '' : noteCommands(notes)}`.trimEnd(),
    verdict: title,
    outputs: {
      errors: String(errors),
      warnings: String(warnings),
      changes: String(plan.kind === 'planned' ? plan.plan.changes.length : ''),
      withheld: String(plan.kind === 'planned' ? plan.plan.summary.withheld : ''),
      held: String(plan.kind === 'planned' ? plan.plan.summary.held : ''),
      'comment-url': posted.commentUrl ?? '',
    },
  };
}
