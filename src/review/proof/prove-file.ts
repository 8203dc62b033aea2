import type { Approver, MergeMethod, ProofRecord } from '../../model/review.ts';
import { pullRules } from './approval-rules.ts';
import type {
  FileFacts,
  Ownership,
  ProofPolicy,
  PullRequestFacts,
  PullRequestReview,
} from './proof-facts.ts';
import { candidateRules, fileRules } from './pull-request-rules.ts';
import { approvalRules, timelyRules } from './review-rules.ts';
import { type Candidate, type Reviewed, type Rule, type Rules, short } from './rule.ts';

/** Is this file approved in exactly these bytes, and by whom? If not: the rule that says so, and why. */
export type FileVerdict =
  | { kind: 'approved'; record: ProofRecord }
  | { kind: 'unproven'; path: string; rule: string; reason: string };

export const allRules: Rules = {
  file: fileRules,
  candidate: candidateRules,
  timely: timelyRules,
  approval: approvalRules,
  pull: pullRules,
};

/** What a verdict needs beside the file's own facts. */
export interface ProofQuestion {
  file: FileFacts;
  policy: ProofPolicy;
  ownershipOf(pull: PullRequestFacts, path: string): Ownership;
  /** ISO date, recorded. */
  today: string;
}

/**
 * The proof of review of one file. Total and pure: in doubt the answer is no, with the reason.
 * @param rules all of them, but in the test that drops each in turn
 */
export function proveFile(question: ProofQuestion, rules: Rules = allRules): FileVerdict {
  const { file, policy } = question;
  const no = (rule: string, reason: string): FileVerdict => ({
    kind: 'unproven',
    path: file.path,
    rule,
    reason,
  });
  const wrong = broken(rules.file, file);
  if (wrong !== null) return no(wrong.name, wrong.reason(file));
  const candidates = file.pulls.map((pull): Candidate => ({ file, pull, policy }));
  const fitting = candidates.filter((candidate) => broken(rules.candidate, candidate) === null);
  const [candidate, another] = fitting;
  if (candidate === undefined) return no(...noPullRequest(file, candidates, rules));
  if (another !== undefined) {
    const numbers = fitting.map(({ pull }) => `#${pull.number}`).join(', ');
    return no(
      'one-pull-request',
      `may have come by any of ${numbers}; change it in a pull request of its own`,
    );
  }
  return judged(question, candidate, rules, no);
}

function judged(
  { ownershipOf, today }: ProofQuestion,
  candidate: Candidate,
  rules: Rules,
  no: (rule: string, reason: string) => FileVerdict,
): FileVerdict {
  const { file, pull, policy } = candidate;
  const reviewed = pull.reviews.map((review): Reviewed => ({ ...candidate, review }));
  const timely = reviewed.filter((facts) => broken(rules.timely, facts) === null);
  const opinions = latestOf(timely);
  const approvals = opinions.filter((facts) => broken(rules.approval, facts) === null);
  if (approvals.length === 0) return no(...noApproval(candidate, reviewed, opinions, rules));
  const ownership = ownershipOf(pull, file.path);
  const facts = {
    ...candidate,
    approvals: approvals.map(({ review }) => review),
    opinions: opinions.map(({ review }) => review),
    ownership,
  };
  const wrong = broken(rules.pull, facts);
  if (wrong !== null) return no(wrong.name, wrong.reason(facts));
  return {
    kind: 'approved',
    record: {
      path: file.path,
      blob: file.blob,
      commit: file.commit,
      pr: pull.number,
      mergeMethod: mergeMethodOf(file, pull),
      approvers: facts.approvals.flatMap(approverOf),
      codeownersBlob: 'blob' in ownership ? ownership.blob : null,
      policyVersion: policyVersion(policy),
      checkedAt: today,
    },
  };
}

/** By what policy something was found approved, for whoever reads the record later. */
export function policyVersion({ approvals, codeOwners, strict }: ProofPolicy): string {
  return `1 approvals=${approvals} codeOwners=${codeOwners} strict=${strict}`;
}

function broken<T>(rules: readonly Rule<T>[], facts: T): Rule<T> | null {
  return rules.find((rule) => !rule.holds(facts)) ?? null;
}

/** Everybody's last word; an account that is gone speaks for itself each time. */
function latestOf(reviewed: readonly Reviewed[]): Reviewed[] {
  const latest = new Map<number, Reviewed>();
  for (const facts of reviewed.toSorted((a, b) => earlier(a.review, b.review))) {
    latest.set(facts.review.author?.id ?? -facts.review.id, facts);
  }
  return [...latest.values()];
}

function earlier(a: PullRequestReview, b: PullRequestReview): number {
  if (a.submittedAt === b.submittedAt) return a.id - b.id;
  return a.submittedAt < b.submittedAt ? -1 : 1;
}

/** The reason of the pull request that came furthest: that is the one people mean. */
function noPullRequest(
  file: FileFacts,
  candidates: readonly Candidate[],
  { candidate: rules }: Rules,
): [string, string] {
  const found = furthest(rules, candidates);
  if (found !== null) return [found.rule.name, found.rule.reason(found.facts)];
  return [
    'pull-request',
    `came to main by commit ${short(file.commit)} without a pull request; bring a change of it in by one, and have it approved`,
  ];
}

function noApproval(
  candidate: Candidate,
  reviewed: readonly Reviewed[],
  opinions: readonly Reviewed[],
  rules: Rules,
): [string, string] {
  const found = furthest(rules.approval, opinions);
  const late = furthest(
    rules.timely,
    reviewed.filter(({ review }) => review.state === 'APPROVED'),
  );
  const isLate = late !== null && (found === null || found.rule.name === 'approves');
  const told = isLate ? late : found;
  if (told !== null) return [told.rule.name, told.rule.reason(told.facts)];
  return [
    'approves',
    `was merged in #${candidate.pull.number} without an approval; have it reviewed in a new pull request`,
  ];
}

/** Of several that fail: the one whose broken rule stands last, with that rule. */
function furthest<T>(
  rules: readonly Rule<T>[],
  facts: readonly T[],
): { rule: Rule<T>; facts: T } | null {
  const failed = facts.flatMap((item) => {
    const rule = broken(rules, item);
    return rule === null ? [] : [{ rule, facts: item, at: rules.indexOf(rule) }];
  });
  return failed.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

function mergeMethodOf(file: FileFacts, pull: PullRequestFacts): MergeMethod {
  if (file.isMerge) return 'merge';
  const isLast = pull.mergeCommit === file.commit;
  return isLast && pull.headAuthoredAt !== file.authoredAt ? 'squash' : 'rebase';
}

function approverOf({ id, author, commit, submittedAt }: PullRequestReview): Approver[] {
  if (author === null || author.id === null || commit === null) return [];
  return [{ id: author.id, login: author.login, reviewId: id, commit, submittedAt }];
}
