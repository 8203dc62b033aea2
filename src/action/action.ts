import { resolve } from 'node:path';
import * as core from '@actions/core';
import type { Context } from '../commands/context.ts';
import { isJob, jobs } from '../commands/github/job-names.ts';
import { runJob } from '../commands/github/run-job.ts';
import { todayFrom } from '../commands/today.ts';
import { exitCodes, KbError } from '../model/kb-error.ts';
import { annotation, withoutCommands } from '../report/escape.ts';

/** Runs the job that the step's inputs name. Ends the process with the job's exit code. */
async function main(): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  process.exitCode = await runStep(controller.signal).catch(tellFailure);
}

async function runStep(signal: AbortSignal): Promise<number> {
  const job = core.getInput('job', { required: true });
  if (!isJob(job)) {
    throw new KbError('usage', `The input job is "${job}", expected ${jobs.join(', ')}.`);
  }
  const appToken = core.getInput('app-token') || null;
  const context = contextFrom(signal);
  for (const secret of [context.env.GITHUB_TOKEN, appToken]) if (secret) core.setSecret(secret);
  const into = core.getInput('preview');
  const result = await runJob(context, job, {
    previewUrl: core.getInput('preview-url') || null,
    preview: into === '' ? null : { into, loadExport },
    quarantine: list('quarantine'),
    only: list('only'),
    allow: list('allow'),
    recreate: list('recreate'),
    breakGlass: core.getInput('break-glass') || null,
    appToken,
  });
  print(result.log);
  print(result.verdict);
  for (const [name, value] of Object.entries(result.outputs)) core.setOutput(name, value);
  await writeSummary(result.summary);
  return result.exitCode;
}

const loadExport = () => import('../preview/export/export-site.ts');

function contextFrom(signal: AbortSignal): Context {
  const cwd = process.env.GITHUB_WORKSPACE || process.cwd();
  const ledger = core.getInput('ledger');
  return {
    contentDir: resolve(cwd, core.getInput('content') || 'content'),
    ledgerPath: ledger === '' ? null : resolve(cwd, ledger),
    cwd,
    today: todayFrom(core.getInput('today') || null, new Date()),
    workspaceName: core.getInput('workspace') || null,
    env: {
      ...process.env,
      GITHUB_TOKEN: core.getInput('github-token') || process.env.GITHUB_TOKEN,
    },
    signal,
    verbose: core.debug,
    warn: (line) => core.info(withoutCommands(line)),
  };
}

/** An input that is a list: by commas or lines. */
function list(name: string): string[] {
  return core
    .getInput(name)
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** What the job told is escaped already: commands among its lines are meant. */
function print(text: string): void {
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** A job without a summary file is no workflow's; there the log says it. */
async function writeSummary(markdown: string): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(markdown, true).write();
}

/** @returns the exit code */
async function tellFailure(error: unknown): Promise<number> {
  if (!(error instanceof KbError)) {
    core.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.bug;
  }
  const { code, message, hint, location } = error;
  print(
    annotation({
      level: 'error',
      title: code,
      message: hint === null ? message : `${message}\n${hint}`,
      ...(location === null ? {} : { file: location.file }),
    }),
  );
  const { refusalSummary } = await import('../report/github/publish.ts');
  await writeSummary(refusalSummary(error).markdown);
  return error.exitCode;
}

await main();
