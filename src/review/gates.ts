import type { Config } from '../model/config.ts';
import type { Gates, ReviewDecision } from '../model/review.ts';

/** What the two gates depend on. */
export interface GateFacts {
  decision: ReviewDecision;
  config: Pick<Config, 'review' | 'translations' | 'ai'>;
  /** Is it a translation whose source text moved on? */
  outdated: boolean;
}

/**
 * The two gates (design: "Review status"): the help center shows proven, declared, baseline and
 * expired texts; the AI reads proven and declared ones, others only as kb.yaml allows. The AI never
 * reads what readers are not shown. A reason says why a gate is closed, in one sentence.
 */
export function gates(facts: GateFacts): Gates {
  const helpCenter = helpCenterReason(facts);
  if (helpCenter !== null) return { helpCenter: false, ai: false, reason: helpCenter };
  const ai = aiReason(facts);
  return { helpCenter: true, ai: ai === null, reason: ai };
}

/** Why the help center does not show a text; null when it does. */
function helpCenterReason({ decision, config }: GateFacts): string | null {
  switch (decision.status) {
    case 'proven':
    case 'declared':
    case 'baseline':
    case 'expired':
      return null;
    case 'edited':
    case 'unreviewed':
      return config.review.unreviewed === 'withhold' ? decision.reason : null;
  }
}

/** Why the AI may not read a text that readers see; null when it may. */
function aiReason(facts: GateFacts): string | null {
  const { decision, config } = facts;
  switch (decision.status) {
    case 'proven':
    case 'declared':
      return outdatedReason(facts);
    case 'baseline':
      return baselineReason(facts) ?? outdatedReason(facts);
    case 'expired':
      if (config.review.onExpiry === 'withhold-from-ai') return decision.reason;
      return baselineReason(facts) ?? outdatedReason(facts);
    case 'edited':
    case 'unreviewed':
      return decision.reason;
  }
}

/** An expired baseline is still a baseline: nobody has read it for the AI. */
function baselineReason({ decision, config }: GateFacts): string | null {
  const migrated = decision.status === 'baseline' || decision.approval?.kind === 'baseline';
  return migrated && !config.ai.baseline
    ? `${decision.reason}; the AI reads migrated text only with ai.baseline: true`
    : null;
}

function outdatedReason({ config, outdated }: GateFacts): string | null {
  return outdated && config.translations.onOutdated === 'withhold-from-ai'
    ? 'its source text has changed since it was translated'
    : null;
}
