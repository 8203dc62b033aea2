import type { Config } from '../../model/config.ts';
import type { Approval, ReviewDecision } from '../../model/review.ts';
import type { Desired } from '../../plan/desired.ts';
import { gates } from '../../review/index.ts';

/**
 * The content as it will be judged once the pull request is approved and merged. Where proof is asked
 * of GitHub nothing unmerged has any, and a plan that withholds everything tells a reviewer nothing.
 */
export function onceApproved(
  desired: Desired,
  config: Config,
  pending: { today: string; pullRequest: number | null },
): Desired {
  if (config.review.require !== 'github') return desired;
  const decided = (digest: string, now: ReviewDecision): ReviewDecision => {
    if (now.status === 'proven') return now;
    const approval: Approval = {
      kind: 'proven',
      by: 'this pull request, once it is approved and merged',
      on: pending.today,
      until: null,
      pullRequest: pending.pullRequest,
      digest,
    };
    return { status: 'proven', approval, reason: 'waits for this pull request' };
  };
  return {
    ...desired,
    articles: desired.articles.map((article) => ({
      ...article,
      translations: article.translations.map((text) => {
        const decision = decided(text.articleDigest, text.decision);
        const { outdated } = text;
        return { ...text, decision, gates: gates({ decision, config, outdated }) };
      }),
    })),
    collections: desired.collections.map((collection) => ({
      ...collection,
      texts: collection.texts.map((text) => {
        const decision = decided(text.textDigest, text.decision);
        return { ...text, decision, gates: gates({ decision, config, outdated: false }) };
      }),
    })),
  };
}
