import type { Approval, ProofRecord } from '../../model/review.ts';
import type { FileVerdict } from './prove-file.ts';

/** What stands behind a text under `review.require: github`. */
export type Proof =
  /** Found now, in git and on GitHub. */
  | {
      kind: 'approved';
      by: string;
      on: string;
      pullRequest: number;
      records: readonly ProofRecord[];
    }
  /** Found before: the ledger holds it for exactly this digest. */
  | { kind: 'recorded'; approval: Approval }
  /** `approval`: of another version, as far as the ledger knows. */
  | { kind: 'unproven'; reason: string; approval: Approval | null };

export function withoutProof(reason: string, approval: Approval | null = null): Proof {
  return { kind: 'unproven', reason, approval };
}

/**
 * The proof of a text: every file it is made of is approved, its own and what it pulls in. Who approved
 * it, and when, is said of its own file, which comes first.
 */
export function proveText(verdicts: readonly FileVerdict[], earlier: Approval | null): Proof {
  const unproven = verdicts.filter((verdict) => verdict.kind === 'unproven');
  const records = verdicts.flatMap((verdict) =>
    verdict.kind === 'approved' ? [verdict.record] : [],
  );
  const [first] = unproven;
  const [own] = records;
  if (first !== undefined || own === undefined) {
    const more = unproven.length > 1 ? ` (and ${unproven.length - 1} more of its files)` : '';
    const reason = first === undefined ? 'git has no file of it' : `${first.path} ${first.reason}`;
    return withoutProof(`${reason}${more}`, earlier);
  }
  const times = own.approvers.map(({ submittedAt }) => submittedAt).toSorted();
  return {
    kind: 'approved',
    by: own.approvers.map(({ login }) => login).join(', '),
    on: (times.at(-1) ?? '').slice(0, 10),
    pullRequest: own.pr,
    records,
  };
}
