import { type ExitCode, exitCodes } from '../model/kb-error.ts';
import { type Plan, trippedGuards } from '../plan/plan.ts';
import type { PublishResult } from '../publish/outcome.ts';

/** How `plan` ends: as `publish` would, were every call to succeed. */
export function exitCodeOfPlan(plan: Plan): ExitCode {
  if (trippedGuards(plan).length > 0) return exitCodes.refused;
  return plan.held.length > 0 ? exitCodes.held : exitCodes.done;
}

/** How `publish` ends: failures need a second run, held items need a person. */
export function exitCodeOfPublish(result: PublishResult): ExitCode {
  if (result.outcomes.some((outcome) => outcome.status === 'failed')) return exitCodes.failed;
  return result.held.length > 0 ? exitCodes.held : exitCodes.done;
}
