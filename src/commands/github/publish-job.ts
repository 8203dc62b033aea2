import { type ExitCode, exitCodes, KbError } from '../../model/kb-error.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PublishResult } from '../../publish/outcome.ts';
import {
  quarantineSummary,
  refusalSummary,
  supersededSummary,
} from '../../report/github/publish.ts';
import { publishGithub } from '../../report/plan-github.ts';
import { publishMarkdown } from '../../report/plan-markdown.ts';
import type { Context } from '../context.ts';
import { publishCommand } from '../publish.ts';
import { quarantineCommand } from '../quarantine.ts';
import { githubOf, type JobResult, type JobWishes } from './job.ts';
import { assertNewestContent, superseded } from './newest-content.ts';
import { noteTakenIn } from './taken-in.ts';

/**
 * Publishes the merged content: what is proven or stamped goes out, what is held is a warning, and a
 * refusal fails the job. Started again it does the rest, or nothing. A manual run can take items from
 * the AI instead.
 */
export async function publishJob(context: Context, wishes: JobWishes): Promise<JobResult> {
  if (wishes.quarantine.length > 0) return quarantineJob(context, wishes);
  const github = await githubOf(context);
  if (github === null) {
    throw new KbError('github-token', 'GITHUB_TOKEN is not set, so nobody knows what main says.', {
      hint: 'In a workflow: permissions: contents: write, and the input github-token (its default).',
    });
  }
  const isNewest = () => assertNewestContent(context, github);
  try {
    await isNewest();
    const takenIn = await noteTakenIn(context);
    if (takenIn > 0) context.warn(`${takenIn} texts had taken in what was edited in Intercom.`);
    const { only, allow, recreate, breakGlass } = wishes;
    const { result, plan } = await publishCommand(context, {
      ...{ planFile: null, only, allow, recreate, breakGlass, beforeReading: isNewest },
      onProgress: () => undefined,
    });
    return publishedResult(result, plan);
  } catch (error) {
    if (!(error instanceof KbError) || error.exitCode !== exitCodes.refused) throw error;
    return error.code === superseded ? supersededResult(error) : refusedResult(error);
  }
}

function publishedResult(result: PublishResult, plan: Plan): JobResult {
  const { summary } = result;
  return {
    // Held items wait for a person, not for another run: they are warnings.
    exitCode: summary.failed + summary.skipped > 0 ? exitCodes.failed : exitCodes.done,
    json: { result },
    summary: publishMarkdown(result, plan.workspace.name, plan.today),
    log: publishGithub(result),
    verdict: `${summary.applied} applied, ${summary.failed} failed, ${summary.held} held, ${summary.withheld} withheld`,
    outputs: outputsOf('published', summary),
  };
}

function outputsOf(
  state: string,
  summary: Partial<PublishResult['summary']> = {},
): Record<string, string> {
  const { applied = 0, failed = 0, skipped = 0, held = 0, withheld = 0 } = summary;
  return {
    state,
    applied: String(applied),
    failed: String(failed + skipped),
    held: String(held),
    withheld: String(withheld),
  };
}

function refusedResult(error: KbError): JobResult {
  return told(error, 'refused', exitCodes.refused, refusalSummary(error));
}

/** Nothing is wrong: somebody else publishes a newer text. */
function supersededResult(error: KbError): JobResult {
  return told(error, 'superseded', exitCodes.done, supersededSummary(error));
}

function told(
  { code, message, hint }: KbError,
  state: string,
  exitCode: ExitCode,
  { markdown, log }: { markdown: string; log: string },
): JobResult {
  return {
    exitCode,
    json: { [state]: { code, message, hint } },
    summary: markdown,
    log,
    verdict: message,
    outputs: outputsOf(state),
  };
}

async function quarantineJob(context: Context, wishes: JobWishes): Promise<JobResult> {
  const result = await quarantineCommand(context, { items: wishes.quarantine, undo: null });
  const failed = result.changes.filter(({ error }) => error !== null);
  const { markdown, log } = quarantineSummary(result.changes);
  return {
    exitCode: failed.length > 0 ? exitCodes.failed : exitCodes.done,
    json: { ...result },
    summary: markdown,
    log,
    verdict: `${result.changes.length - failed.length} texts taken from the AI`,
    outputs: {
      ...outputsOf('quarantined'),
      applied: String(result.changes.length - failed.length),
    },
  };
}
