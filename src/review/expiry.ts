import type { ReviewPolicy } from '../model/config.ts';
import type { Approval } from '../model/review.ts';
import { daysAfter } from './day.ts';

/**
 * The last day an approval counts; null when it does not end. A baseline counts until its date, and
 * like every review no longer than `maxAge`: a far date must not outlive the policy.
 */
export function expiresOn(
  approval: Pick<Approval, 'kind' | 'on' | 'until'>,
  policy: Pick<ReviewPolicy, 'maxAgeDays'>,
): string | null {
  const byAge = policy.maxAgeDays === null ? null : daysAfter(approval.on, policy.maxAgeDays);
  const byDate = approval.kind === 'baseline' ? approval.until : null;
  const days = [byAge, byDate].filter((day) => day !== null);
  return days.sort()[0] ?? null;
}
