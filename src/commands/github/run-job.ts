import { exitCodes } from '../../model/kb-error.ts';
import { annotation, withoutCommands } from '../../report/escape.ts';
import type { Context } from '../context.ts';
import type { JobResult, JobWishes } from './job.ts';
import type { Job } from './job-names.ts';
import { readRedactor } from './redaction.ts';
import { workflowWorkspace } from './workflow-workspace.ts';

/** Runs one of the workflow's jobs; no token leaves it. Each loads what it needs. */
export async function runJob(context: Context, job: Job, wishes: JobWishes): Promise<JobResult> {
  const redact = await readRedactor(context);
  const result = await run(context, job, wishes, redact);
  const { summary, log, verdict, outputs } = result;
  return {
    ...result,
    summary: redact(summary),
    log: redact(log),
    verdict: withoutCommands(redact(verdict)),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, text]) => [name, redact(text)]),
    ),
  };
}

const notYet =
  'kb.yaml has only the sandbox so far: add the workspace of your help center, and its token as a secret.';

/** A knowledge base that was just begun: its workflows wait for a workspace. */
const idle: JobResult = {
  exitCode: exitCodes.done,
  json: { idle: notYet },
  summary: notYet,
  log: annotation({ level: 'notice', title: 'nothing to do yet', message: notYet }),
  verdict: 'nothing to do yet',
  outputs: { state: 'idle' },
};

async function run(
  context: Context,
  job: Job,
  wishes: JobWishes,
  redact: (text: string) => string,
): Promise<JobResult> {
  const placed = await workflowWorkspace(context);
  if (job === 'pr') {
    const { pullRequestJob } = await import('./pull-request-job.ts');
    return pullRequestJob(placed ?? context, wishes, redact);
  }
  if (placed === null) return idle;
  switch (job) {
    case 'publish':
      return (await import('./publish-job.ts')).publishJob(placed, wishes);
    case 'nightly':
      return (await import('./nightly-job.ts')).nightlyJob(placed, wishes, redact);
  }
}
