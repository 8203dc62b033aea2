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

/** Somebody who approved a file in a pull request. */
export interface Approver {
  id: number;
  login: string;
  reviewId: number;
  /** The commit the review was given for. */
  commit: string;
  /** ISO time. */
  submittedAt: string;
}

export const mergeMethods = ['merge', 'squash', 'rebase'] as const;
export type MergeMethod = (typeof mergeMethods)[number];

/** What proves one file of a text: kept with the approval, so that a later dismissal cannot unsay it. */
export interface ProofRecord {
  /** From the top of the repository. */
  path: string;
  blob: string;
  /** The commit that brought these bytes to the main branch. */
  commit: string;
  /** Number of the pull request. */
  pr: number;
  mergeMethod: MergeMethod;
  approvers: readonly Approver[];
  /** null: the policy asks for no code owners. */
  codeownersBlob: string | null;
  policyVersion: string;
  /** ISO date. */
  checkedAt: string;
}

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
  /** One record for each file that a proven text is made of. */
  proof?: readonly ProofRecord[];
  /** Published in an emergency, without the review that the policy asks for: why. */
  breakGlass?: { reason: string };
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
