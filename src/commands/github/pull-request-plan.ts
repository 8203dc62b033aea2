import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceConfig } from '../../model/config.ts';
import { KbError } from '../../model/kb-error.ts';
import type { PlannedReport, PullRequestReport } from '../../report/github/pull-request.ts';
import { chosenWorkspace } from '../connect.ts';
import type { Context } from '../context.ts';
import type { ReadDesired } from '../desired.ts';
import { offlinePlan } from '../offline-plan.ts';
import { planOpened } from '../plan.ts';
import { openWorkspaceWith, readRecorded } from '../workspace-state.ts';

/** What a pull request's plan is made from. */
export interface PlanSides {
  /** The proposed content, as if it were approved. */
  head: ReadDesired;
  /** The base branch's; null: not readable here. */
  base: ReadDesired | null;
  isFork: boolean;
}

type Plan = PullRequestReport['plan'];

/**
 * What merging would do. With a token: against what is live. Without one, as on forks: against the
 * ledger, else against the base branch. A failure is a reason in the report, never the job's.
 */
export async function planPullRequest(context: Context, sides: PlanSides): Promise<Plan> {
  try {
    const workspace = chosenWorkspace(sides.head.content.config, context.workspaceName);
    const reason = whyOffline(context, sides, workspace);
    if (reason === null) return await livePlan(context, sides.head);
    context.warn(`Planning without Intercom: ${reason}.`);
    return await planOffline(context, sides, workspace);
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
    return { kind: 'unplanned', reason: error.message };
  }
}

/**
 * Why the token is not used, null when it is. A pull request could name another address, or another
 * variable, and be handed the token: it goes only where the base branch sends it.
 */
function whyOffline(
  { env }: Context,
  { base, isFork }: PlanSides,
  workspace: WorkspaceConfig,
): string | null {
  if (isFork) return 'the pull request comes from a fork';
  if (!env[workspace.tokenEnv]?.trim()) return `${workspace.tokenEnv} is not set`;
  if (base === null) return 'the base branch cannot be read, so nobody vouches for the address';
  const trusted = base.content.config.workspaces[workspace.name];
  return trusted !== undefined && isDeepStrictEqual(placeOfToken(trusted), placeOfToken(workspace))
    ? null
    : `this pull request changes where workspaces.${workspace.name} is`;
}

function placeOfToken({ region, endpoint, tokenEnv, workspaceId, helpCenter }: WorkspaceConfig) {
  return { region, endpoint, tokenEnv, workspaceId, helpCenter };
}

async function livePlan(context: Context, head: ReadDesired): Promise<PlannedReport> {
  const opened = await openWorkspaceWith(context, head);
  const result = await planOpened(context, opened, { only: [], allow: [], recreate: [] });
  return { kind: 'planned', ...result, basis: 'workspace' };
}

async function planOffline(
  context: Context,
  { head, base }: PlanSides,
  workspace: WorkspaceConfig,
): Promise<Plan> {
  const recorded = await readRecorded(context, head.content.config, workspace.name);
  if (recorded !== null) {
    const result = offlinePlan(context, head, { kind: 'ledger', recorded, base });
    return { kind: 'planned', ...result, basis: 'ledger' };
  }
  if (base === null) {
    return {
      kind: 'unplanned',
      reason:
        'there is neither a token nor a ledger, and the base branch cannot be read; check out with fetch-depth: 0',
    };
  }
  const result = offlinePlan(context, head, { kind: 'main', base });
  return { kind: 'planned', ...result, basis: 'main' };
}
