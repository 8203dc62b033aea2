import { KbError } from '../model/kb-error.ts';
import type { LedgerPatch } from '../model/recorded.ts';
import { intentKey } from './intents.ts';
import type { RequestContext } from './requests.ts';
import { createRedirectResolved, isAmbiguous } from './resolve.ts';
import type { Run } from './run.ts';
import type { Step } from './steps.ts';

/** Creates a redirect, or leads it elsewhere: deleted and created, as the API has no update. */
export async function applyRedirect(
  step: Step,
  run: Run,
  context: RequestContext,
): Promise<LedgerPatch> {
  const [change] = step.changes;
  const articleId = String(change?.fields.find((field) => field.name === 'target')?.after ?? '');
  const targetId = context.state.articleIntercomId(articleId);
  const locale = change?.locale ?? context.defaultLocale;
  if (targetId === null || context.helpCenterId === null) {
    throw new KbError('redirect', `The article that ${step.id} leads to is not live.`);
  }
  const there = run.actual.redirects.find((redirect) => redirect.fromUrl === step.id);
  if (there !== undefined) await deleteOnce(run, context.helpCenterId, there.intercomId);
  const { intercomId } = await createRedirectResolved(run.workspace, run.clock, {
    helpCenterId: context.helpCenterId,
    fromUrl: step.id,
    locale,
    targetId,
  });
  return {
    key: intentKey(step),
    redirects: { [step.id]: { intercomId, articleId, locale } },
  };
}

export async function deleteRedirect(
  step: Step,
  run: Run,
  context: RequestContext,
): Promise<LedgerPatch> {
  const known = run.recorded.redirects[step.id];
  if (known !== undefined && context.helpCenterId !== null) {
    await deleteOnce(run, context.helpCenterId, known.intercomId);
  }
  return { key: intentKey(step), redirects: { [step.id]: null } };
}

/** How often a delete is sent whose answers are lost. */
const deletions = 3;

/** Gone already is what was wanted: a delete whose answer was lost. */
async function deleteOnce(run: Run, helpCenterId: string, intercomId: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await run.workspace.deleteRedirect(helpCenterId, intercomId);
      return;
    } catch (error) {
      if (error instanceof KbError && error.code === 'not-found') return;
      if (!isAmbiguous(error) || tried >= deletions) throw error;
    }
  }
}
