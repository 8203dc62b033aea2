import type { Stamp } from '../model/article.ts';
import type { ReviewPolicy } from '../model/config.ts';
import type { Approval, ReviewDecision } from '../model/review.ts';
import { daysBetween, isDay } from './day.ts';
import { expiresOn } from './expiry.ts';
import type { Proof } from './proof/prove-text.ts';

/** The facts one review decision rests on. */
export interface ReviewFacts {
  /** The stamp in the file, or null. */
  stamp: Stamp | null;
  /** Digest of the text as it is now: an article's, or a collection's. */
  digest: string;
  policy: ReviewPolicy;
  /** ISO date. */
  today: string;
  /** What git and GitHub say, where `require` is `github`; null: nobody asked. */
  proof?: Proof | null;
}

/**
 * What stands behind a text, and since when (design: "Review status"). Total; in doubt the answer is
 * `unreviewed`. An edited text is `edited` even when its review has expired too: what people
 * approved is not what would be published.
 */
export function decide(facts: ReviewFacts): ReviewDecision {
  const { stamp, digest, policy } = facts;
  if (policy.require === 'github') return decideByProof(facts, facts.proof ?? null);
  if (stamp === null) return unreviewed('nobody has reviewed it');
  const doubt = doubtAbout(stamp);
  if (doubt !== null) return unreviewed(doubt);
  const approval = approvalOf(stamp);
  if (stamp.digest !== digest) {
    return {
      status: 'edited',
      approval,
      reason: `edited after its review by ${stamp.by} on ${stamp.on}`,
    };
  }
  return judgedByAge(approval, facts, `reviewed by ${stamp.by} on ${stamp.on}`);
}

/** An approval of exactly this text, as it counts today. */
function judgedByAge(approval: Approval, facts: ReviewFacts, reason: string): ReviewDecision {
  const lastDay = expiresOn(approval, facts.policy);
  if (lastDay !== null && facts.today > lastDay) {
    return { status: 'expired', approval, reason: expiredReason(approval, lastDay, facts) };
  }
  if (approval.kind !== 'baseline') return { status: approval.kind, approval, reason };
  const until = lastDay === null ? '' : `, until ${lastDay}`;
  return {
    status: 'baseline',
    approval,
    reason: `accepted as migrated by ${approval.by} on ${approval.on}${until}`,
  };
}

/** Under `require: github`: what a pull request proves, and nothing else. */
function decideByProof(facts: ReviewFacts, proof: Proof | null): ReviewDecision {
  if (proof === null) return unreviewed(githubReason(facts.policy));
  switch (proof.kind) {
    case 'approved': {
      const approval = provenBy(proof, facts);
      return judgedByAge(approval, facts, approvedReason(approval));
    }
    case 'recorded':
      return judgedByAge(proof.approval, facts, approvedReason(proof.approval));
    case 'unproven':
      return proof.approval === null
        ? unreviewed(proof.reason)
        : { status: 'edited', approval: proof.approval, reason: proof.reason };
  }
}

/**
 * The approval a proof makes. A pull request that brings a text as migrated, with a baseline's stamp of
 * exactly this text, says itself that nobody has read it: it proves the acceptance, not a reading.
 */
function provenBy(proof: Extract<Proof, { kind: 'approved' }>, facts: ReviewFacts): Approval {
  const { stamp, digest } = facts;
  const { by, on, pullRequest, records } = proof;
  const isMigrated =
    stamp?.baseline === true && stamp.digest === digest && doubtAbout(stamp) === null;
  return {
    kind: isMigrated ? 'baseline' : 'proven',
    by,
    on,
    until: isMigrated ? stamp.until : null,
    pullRequest,
    digest,
    proof: records,
  };
}

function approvedReason({ by, on, pullRequest, breakGlass }: Approval): string {
  if (breakGlass !== undefined) {
    return `published in an emergency by ${by} on ${on} (${breakGlass.reason}); its review is missing`;
  }
  return `approved by ${by} on ${on}${pullRequest === null ? '' : ` (#${pullRequest})`}`;
}

function unreviewed(reason: string): ReviewDecision {
  return { status: 'unreviewed', approval: null, reason };
}

/** A stamp is text that anybody can type, so under this policy it is no evidence at all. */
function githubReason(policy: ReviewPolicy): string {
  const approvals =
    policy.approvals > 1 ? `a merged pull request with ${policy.approvals} approvals` : oneApproval;
  const owners = policy.codeOwners ? ' by its code owners' : '';
  return `review.require: github needs ${approvals}${owners}; a stamp in the file proves nothing`;
}

const oneApproval = 'a merged, approved pull request';

function doubtAbout(stamp: Stamp): string | null {
  if (stamp.by.trim() === '') return 'its review stamp names nobody';
  if (!isDay(stamp.on)) return `its review stamp has no valid date ("${stamp.on}")`;
  if (!stamp.baseline) return null;
  if (stamp.until === null) return 'its baseline has no end date (`until`)';
  return isDay(stamp.until) ? null : `its baseline has no valid end date ("${stamp.until}")`;
}

function approvalOf(stamp: Stamp): Approval {
  return {
    kind: stamp.baseline ? 'baseline' : 'declared',
    by: stamp.by,
    on: stamp.on,
    until: stamp.baseline ? stamp.until : null,
    pullRequest: null,
    digest: stamp.digest,
  };
}

function expiredReason(approval: Approval, lastDay: string, facts: ReviewFacts): string {
  if (approval.kind === 'baseline' && approval.until === lastDay) {
    return `accepted as migrated by ${approval.by} until ${lastDay}, which has passed`;
  }
  const age = daysBetween(approval.on, facts.today);
  return `its review by ${approval.by} on ${approval.on} is ${age} days old (limit ${facts.policy.maxAgeDays})`;
}
