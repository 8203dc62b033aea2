import { withoutCommands } from '../../report/escape.ts';
import type { Context } from '../context.ts';
import type { JobResult, JobWishes } from './job.ts';
import { readRedactor } from './redaction.ts';

export const jobs = ['pr', 'publish', 'nightly'] as const;
export type Job = (typeof jobs)[number];

export function isJob(name: string): name is Job {
  return (jobs as readonly string[]).includes(name);
}

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

async function run(
  context: Context,
  job: Job,
  wishes: JobWishes,
  redact: (text: string) => string,
): Promise<JobResult> {
  switch (job) {
    case 'pr':
      return (await import('./pull-request-job.ts')).pullRequestJob(context, wishes, redact);
    case 'publish':
      return (await import('./publish-job.ts')).publishJob(context, wishes);
    case 'nightly':
      return (await import('./nightly-job.ts')).nightlyJob(context, wishes, redact);
  }
}
