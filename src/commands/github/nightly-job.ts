import { readDefaultBranch } from '../../github/current-commit.ts';
import type { ProposedFile } from '../../github/edits-branch.ts';
import type { Requested } from '../../github/edits-request.ts';
import type { GithubClient } from '../../github/github-client.ts';
import { readWorkflowRun } from '../../github/workflow-run.ts';
import { agents } from '../../model/config.ts';
import { digestOf, sha256 } from '../../model/hash.ts';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import { annotation } from '../../report/escape.ts';
import { markerLine, parseMarker } from '../../report/github/marker.ts';
import { type NightlyReport, nightlyMarkdown, nightlyTitle } from '../../report/github/nightly.ts';
import { commentBytes, summaryBytes } from '../../report/github/pull-request.ts';
import { folderInRepository, headCommit } from '../../repository/index.ts';
import { dueReviews } from '../../review/index.ts';
import type { Context } from '../context.ts';
import { driftIn } from '../drift.ts';
import { pullState } from '../pull.ts';
import type { PulledImages } from '../pull-images.ts';
import type { Outcome } from '../pull-outcome.ts';
import { readWorkspaceState, type WorkspaceState } from '../workspace-state.ts';
import { githubOf, type JobResult, type JobWishes } from './job.ts';

/** New files of one night: a help center that is managed in part must not arrive in one pull request. */
const mostNewFiles = 50;

const label = 'reviewed-kb';

/** What a night found, with the files that would take it in. */
interface Night {
  report: NightlyReport;
  files: readonly ProposedFile[];
}

/**
 * Looks for what changed in Intercom and not from here, and for reviews that end. Edits come as one
 * pull request, what no file can hold as one issue; both are kept up to date and closed once nothing is
 * left. Nothing is written to Intercom or to the ledger: until the pull request is merged, an edit stays
 * an edit.
 */
export async function nightlyJob(
  context: Context,
  wishes: JobWishes,
  redact: (text: string) => string,
): Promise<JobResult> {
  const run = await readWorkflowRun(context.env);
  const night = await readNight(context, run.runUrl);
  const github = await githubOf(context, wishes.appToken ?? context.env.GITHUB_TOKEN ?? null);
  if (github === null) {
    throw new KbError('github-token', 'GITHUB_TOKEN is not set, so nothing can be proposed.', {
      hint: 'In a workflow: permissions: contents, pull-requests and issues: write.',
    });
  }
  const told = await tell(context, github, night, redact);
  return resultOf(night.report, told);
}

async function readNight(context: Context, runUrl: string | null): Promise<Night> {
  const state = await readWorkspaceState(context);
  const workspace = state.connection.config.name;
  const links = { run: runUrl };
  const due = dueReviews(approvalsIn(state), state.content.config.review, context.today);
  const base = { today: context.today, workspace, due, links };
  if (state.recorded.workspace === null) {
    context.warn('There is no ledger yet: nothing tells what was published from here.');
    return { report: { ...base, drift: [], files: [], left: [], more: 0 }, files: [] };
  }
  const isRead = createdFilter(state);
  const drift = (await driftIn(state)).filter(
    ({ kind, intercomId, id }) => kind !== 'created' || id !== intercomId || isRead(intercomId),
  );
  const { outcomes, left, images } = await pullState(
    context,
    state,
    (id) => state.recorded.articles[id] !== undefined || isRead(id),
  );
  const written = outcomes.filter(({ isWritten }) => isWritten);
  const taken = firstOf(written);
  const prefix = (await folderInRepository(context.contentDir)) ?? '';
  return {
    report: {
      ...base,
      drift,
      left,
      files: taken.map(({ pulled }) => ({ ...pulled, file: `${prefix}${pulled.file}` })),
      more: written.length - taken.length,
    },
    files: proposedFiles(taken, images).map(({ path, content }) => ({
      path: `${prefix}${path}`,
      content,
    })),
  };
}

/** The files as the pull would leave them, each once: moved ones leave their old place, images come along. */
function proposedFiles(outcomes: readonly Outcome[], images: PulledImages): ProposedFile[] {
  const files = new Map<string, ProposedFile['content']>();
  for (const { file, source, pulled } of outcomes) {
    if (pulled.from !== undefined && !files.has(pulled.from)) files.set(pulled.from, null);
    files.set(file, source);
    if (source === null) continue;
    for (const { path, content } of images.filesFor(source, file)) files.set(path, content);
  }
  return [...files].map(([path, content]) => ({ path, content }));
}

/** Bytes are named by their hash, so that the same images make the same digest. */
function namedContent({ path, content }: ProposedFile): [string, string | null] {
  return [path, content === null || typeof content === 'string' ? content : sha256(content)];
}

/** All edits, and new files up to a bound. */
function firstOf(outcomes: readonly Outcome[]): Outcome[] {
  const isNew = ({ pulled }: Outcome): boolean => pulled.action === 'created';
  return [
    ...outcomes.filter((outcome) => !isNew(outcome)),
    ...outcomes.filter(isNew).slice(0, mostNewFiles),
  ];
}

/** Articles made there count when the AI reads them: others are left alone, as publishing leaves them. */
function createdFilter({ actual }: WorkspaceState): (intercomId: string) => boolean {
  const read = new Set(
    actual.articles
      .filter(({ translations }) =>
        Object.values(translations).some(
          ({ publication, availability }) =>
            publication === 'published' && agents.some((agent) => availability[agent]),
        ),
      )
      .map(({ intercomId }) => intercomId),
  );
  return (intercomId) => read.has(intercomId);
}

/** The approval each live text has: the file's where it is newer, else the recorded one. */
function approvalsIn({ desired, recorded }: WorkspaceState) {
  return desired.articles.flatMap((article) =>
    article.translations.flatMap((text) => {
      const live = recorded.articles[article.id]?.translations[text.locale];
      if (live === undefined) return [];
      const own = text.decision.approval;
      const isRenewed = own !== null && own.digest === text.articleDigest;
      const approval = isRenewed ? own : live.approval;
      return [{ id: article.id, locale: text.locale, path: article.path, approval }];
    }),
  );
}

/** Where people find what was found. */
interface Told {
  request: Requested | null;
  issueUrl: string | null;
  isForbidden: boolean;
}

async function tell(
  context: Context,
  github: GithubClient,
  night: Night,
  redact: (text: string) => string,
): Promise<Told> {
  const [requests, issues] = await Promise.all([
    import('../../github/edits-request.ts'),
    import('../../github/work-issue.ts'),
  ]);
  const { report, files } = night;
  const config = `nightly ${context.workspaceName ?? report.workspace}`;
  const headOf = (body: string): string | null => {
    const marker = parseMarker(body);
    return marker?.config === config ? marker.head : null;
  };
  const issue = { label, isOurs: (body: string) => headOf(body) !== null };
  const branch = `kb/edits-in-intercom-${report.workspace}`;
  const here = await headCommit(context.contentDir);
  const body = (head: string, limit: number): string =>
    redact(`${markerLine({ config, head })}\n${nightlyMarkdown(report, limit)}`);
  let request: Requested | null = null;
  if (files.length > 0 && here !== null) {
    const into = (await readDefaultBranch(github, ''))?.name ?? 'main';
    request = await requests.updateEditsRequest(github, {
      ...{ branch, into, base: here, files, headOf, digest: digestOf(files.map(namedContent)) },
      title: nightlyTitle(report),
      message: `Bring edits made in Intercom into the files\n\nNot reviewed yet.`,
      bodyFor: (head) => body(head, commentBytes - 300),
    });
  } else {
    request = await requests.closeEditsRequest(github, { branch, headOf });
  }
  const hasWork = report.drift.length + report.left.length + report.due.length > 0;
  const isTold = request !== null && files.length > 0 && request.state !== 'forbidden';
  if (!hasWork || isTold) {
    await issues.closeIssue(github, issue);
    return { request, issueUrl: null, isForbidden: false };
  }
  const issued = await issues.updateIssue(github, {
    ...issue,
    title: nightlyTitle(report),
    body: body('0'.repeat(40), commentBytes - 300),
  });
  return { request, issueUrl: issued.url, isForbidden: issued.state === 'forbidden' };
}

function resultOf(report: NightlyReport, { request, issueUrl, isForbidden }: Told): JobResult {
  const title = nightlyTitle(report);
  const places = [request?.url, issueUrl].filter((url) => url != null);
  const isTouched = request?.state === 'touched';
  const notes = [
    ...(isTouched
      ? [
          annotation({
            level: 'warning',
            title: 'pull request left alone',
            message: `Somebody has pushed to the branch of ${request?.url ?? 'the pull request'}: merge or close it, and the next run brings what is left.`,
          }),
        ]
      : []),
    ...(isForbidden || request?.state === 'forbidden'
      ? [
          annotation({
            level: 'warning',
            title: 'not permitted',
            message:
              'The token may not open pull requests or issues. Allow it in the settings of Actions, or hand in a token of a GitHub App.',
          }),
        ]
      : []),
  ];
  return {
    exitCode: exitCodes.done,
    json: {
      drift: report.drift.map(({ texts: _texts, ...row }) => row),
      files: report.files.map(({ file, action }) => ({ file, action })),
      left: report.left,
      due: report.due.map(({ id, locale, lastDay, hasExpired }) => ({
        ...{ id, locale, lastDay, hasExpired },
      })),
      pullRequest: request?.url ?? null,
      issue: issueUrl,
    },
    summary: nightlyMarkdown(report, summaryBytes) || `**${title}**`,
    log: [...notes, ...places].join('\n'),
    verdict: title,
    outputs: {
      drift: String(report.drift.length),
      due: String(report.due.length),
      'pull-request-url': request?.url ?? '',
      'issue-url': issueUrl ?? '',
    },
  };
}
