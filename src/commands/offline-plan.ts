import { defaultProfile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import { regionHosts } from '../model/region-hosts.ts';
import type { Tree } from '../model/tree.ts';
import { assumedAddress, assumedFrom, withoutUnknown } from '../plan/assumed.ts';
import { makePlan } from '../plan/make-plan.ts';
import { recordedAsPublished } from '../plan/recorded-as-published.ts';
import { chosenWorkspace } from './connect.ts';
import type { Context } from './context.ts';
import { approvalOpensAi, type ReadDesired } from './desired.ts';
import type { PlanResult } from './plan.ts';

/** What a plan without a token is made against. */
export type PlanBasis =
  | { kind: 'ledger'; recorded: Recorded; base: ReadDesired | null }
  | { kind: 'main'; base: ReadDesired };

/**
 * What publish would do, from git and the ledger alone: for pull requests that get no token. Where
 * there is no ledger either, what main says takes its place. Sends nothing.
 */
export function offlinePlan(
  context: Context,
  { content, desired }: ReadDesired,
  basis: PlanBasis,
): PlanResult {
  const workspace = chosenWorkspace(content.config, context.workspaceName);
  const recorded =
    basis.kind === 'ledger' ? basis.recorded : recordedAsPublished(basis.base.desired, workspace);
  const assumed = assumedFrom(recorded, desired, workspace, content.config.locales);
  const { plan } = makePlan({
    config: withoutUnknown(content.config),
    workspace,
    host: regionHosts[workspace.region],
    today: context.today,
    desired,
    ...assumed,
    profile: defaultProfile,
    assetAddress: (hash) => recorded.assets[hash]?.url ?? assumedAddress(hash),
    opensAi: approvalOpensAi(content.config, context.today),
    involvements: new Map(),
    options: { only: null, allow: [], recreate: [] },
  });
  const before = textsOf(basis.base);
  const after = textsOf({ content, desired });
  return {
    plan,
    texts(change) {
      if (change.kind !== 'article' || change.locale === null) return null;
      const key = `${change.id} ${change.locale}`;
      return { before: before.get(key) ?? null, after: after.get(key) ?? null };
    },
  };
}

function textsOf(read: ReadDesired | null): Map<string, Tree> {
  return new Map(
    (read?.desired.articles ?? []).flatMap((article) =>
      article.translations.map((text) => [`${article.id} ${text.locale}`, text.body] as const),
    ),
  );
}
