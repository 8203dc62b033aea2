/** What stands behind a text. Proven and declared are never shown as the same thing. */
export const reviewStatuses = [
  'proven',
  'declared',
  'baseline',
  'expired',
  'edited',
  'unreviewed',
] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** Who approved, as it is recorded and shown. */
export interface Approval {
  kind: 'proven' | 'declared' | 'baseline';
  by: string;
  /** ISO date. */
  on: string;
  /** ISO date; only for baselines. */
  until: string | null;
  /** Pull request number, where proven. */
  pullRequest: number | null;
  digest: string;
}

/** The review decision about one text. */
export interface ReviewDecision {
  status: ReviewStatus;
  /** null where nobody approved anything that still counts or once counted. */
  approval: Approval | null;
  /** One sentence: why this status. */
  reason: string;
}

/** What the two gates let through. */
export interface Gates {
  helpCenter: boolean;
  ai: boolean;
  /** Why a gate is closed; null when both are open. */
  reason: string | null;
}
