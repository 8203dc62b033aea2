import type {
  Account,
  FileFacts,
  FileVersion,
  Ownership,
  ProofPolicy,
  PullRequestFacts,
  PullRequestReview,
  WritingCommit,
} from './proof-facts.ts';

/** One condition of the proof. All of them must hold; a test drops each and expects another verdict. */
export interface Rule<T> {
  name: string;
  holds(facts: T): boolean;
  /** Why not, as a clause that can follow the name of the file. */
  reason(facts: T): string;
}

/** A pull request that may have brought the file. */
export interface Candidate {
  file: FileFacts;
  pull: PullRequestFacts;
  policy: ProofPolicy;
}

/** A review of it. */
export interface Reviewed extends Candidate {
  review: PullRequestReview;
}

/** The whole pull request, with the reviews that count. */
export interface Judged extends Candidate {
  approvals: readonly PullRequestReview[];
  /** Everybody's last word before the merge. */
  opinions: readonly PullRequestReview[];
  ownership: Ownership;
}

/** The rules of the proof, by what they judge. */
export interface Rules {
  file: readonly Rule<FileFacts>[];
  candidate: readonly Rule<Candidate>[];
  /** Which reviews are looked at at all. */
  timely: readonly Rule<Reviewed>[];
  approval: readonly Rule<Reviewed>[];
  pull: readonly Rule<Judged>[];
}

/** The file as the reviewer saw it; null where the commit is unknown. */
export function versionOf({ file, review }: Reviewed): FileVersion | null {
  return review.commit === null ? null : (file.versions.get(review.commit) ?? null);
}

/**
 * Commits of the pull request that touched the file: as the reviewer saw it, and as it was merged. A
 * force-push can hide who wrote the bytes from either, not from both. null: they are not all known.
 */
export function writingOf(facts: Reviewed): readonly WritingCommit[] | null {
  const reviewed = versionOf(facts)?.writing ?? null;
  const merged = facts.file.versions.get(facts.pull.headCommit)?.writing ?? null;
  return reviewed === null || merged === null ? null : [...reviewed, ...merged];
}

export function isSame(a: Account | null | undefined, b: Account | null | undefined): boolean {
  return a != null && b != null && a.id !== null && a.id === b.id;
}

/** Did the first author commit it: by hand, or by a button on GitHub? */
export function isOwnCommit({ authors, committer, isViaWeb }: WritingCommit): boolean {
  return isViaWeb || isSame(authors[0]?.account, committer.account);
}

export function isPerson(account: Account | null | undefined): boolean {
  return account?.kind === 'User' && account.id !== null;
}

/** `anna`, for a reason; an account that is gone has no name. */
export function nameOf(account: Account | null): string {
  return account?.login ?? 'a deleted account';
}

/** A commit or blob as people read it. */
export function short(oid: string | null): string {
  return oid === null ? 'a commit that is gone' : oid.slice(0, 7);
}
