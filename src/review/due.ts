import type { ReviewPolicy } from '../model/config.ts';
import { sha256 } from '../model/hash.ts';
import type { Approval } from '../model/review.ts';
import { daysAfter } from './day.ts';
import { expiresOn } from './expiry.ts';

/** A text whose review ends. */
export interface DueReview {
  id: string;
  locale: string;
  path: string;
  approval: Approval;
  /** ISO date. */
  lastDay: string;
  hasExpired: boolean;
}

/** What was reviewed on one day ends on one day; these many days before it, the work is handed out. */
const aheadDays = 30;

/**
 * The reviews to be renewed, the most urgent first. Those that end together, as after a migration, come
 * up one after another in the month before: each on a day of its own, told by its id.
 */
export function dueReviews(
  texts: readonly { id: string; locale: string; path: string; approval: Approval | null }[],
  policy: ReviewPolicy,
  today: string,
): DueReview[] {
  return texts
    .flatMap(({ approval, ...text }): DueReview[] => {
      const lastDay = approval === null ? null : expiresOn(approval, policy);
      if (approval === null || lastDay === null) return [];
      const offsetDays = Number.parseInt(sha256(`${text.id} ${text.locale}`).slice(0, 8), 16);
      const comesUpOn = daysAfter(lastDay, -(offsetDays % aheadDays));
      if (today < comesUpOn) return [];
      return [{ ...text, approval, lastDay, hasExpired: today > lastDay }];
    })
    .sort(
      (a, b) =>
        compare(a.lastDay, b.lastDay) || compare(a.path, b.path) || compare(a.locale, b.locale),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
