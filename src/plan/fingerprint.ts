import { digestOf } from '../model/hash.ts';
import type { PlanInput } from './input.ts';
import { type Change, type Guard, planVersion } from './plan.ts';

/**
 * What a saved plan stands for: its changes, with what they start from and lead to, and its guards.
 * Order, wording and approval dates do not count, nor does anything the plan leaves alone.
 */
export function fingerprint(
  changes: readonly Change[],
  guards: readonly Guard[],
  input: PlanInput,
): string {
  const touched = changes
    .map((change) => ({
      action: change.action,
      kind: change.kind,
      id: change.id,
      locale: change.locale,
      fields: change.fields,
      recorded: recordedDigest(change, input),
    }))
    .map((change) => digestOf(change))
    .sort();
  return digestOf({
    version: planVersion,
    workspace: input.actual.workspace.id,
    changes: touched,
    // Whether a guard trips is not part of it: --allow may be given now or then.
    guards: guards.map(({ name, value, limit }) => ({ name, value, limit })),
  });
}

function recordedDigest(change: Change, input: PlanInput): string | null {
  if (change.kind !== 'article' || change.locale === null) return null;
  const recorded = input.recorded.articles[change.id]?.translations[change.locale];
  return recorded === undefined ? null : digestOf([recorded.articleDigest, recorded.echo]);
}
