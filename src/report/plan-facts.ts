import type { Guard, Plan } from '../plan/plan.ts';

/** Guards that refuse the run. */
export function refusingGuards({ guards }: Pick<Plan, 'guards'>): Guard[] {
  return guards.filter(({ tripped }) => tripped);
}

/** Is there anything to write to the workspace? Adoption writes only the ledger. */
export function writesSomething({ changes }: Pick<Plan, 'changes'>): boolean {
  return changes.some(({ action }) => action !== 'adopt');
}
