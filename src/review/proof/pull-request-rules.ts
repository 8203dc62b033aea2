import type { FileFacts } from './proof-facts.ts';
import { type Candidate, type Rule, short } from './rule.ts';

/** What would be published must be what is committed. */
export const fileRules: readonly Rule<FileFacts>[] = [
  {
    name: 'as-committed',
    holds: ({ isAsCommitted }) => isAsCommitted,
    reason: () => 'differs from the last commit; commit it and bring it to main by a pull request',
  },
  {
    name: 'known-commit',
    holds: ({ origin }) => origin !== 'unknown',
    reason: ({ commit }) =>
      `was last changed by commit ${short(commit)}, which GitHub does not know; bring it to main by a pull request`,
  },
  {
    name: 'few-pull-requests',
    holds: ({ origin }) => origin !== 'too-many',
    reason: ({ commit }) =>
      `was last changed by commit ${short(commit)}, which belongs to more than ten pull requests; change it in one of its own`,
  },
];

/** Which pull request brought the file as it is: exactly one must pass. */
export const candidateRules: readonly Rule<Candidate>[] = [
  {
    name: 'merged',
    holds: ({ pull }) => pull.mergedAt !== null && pull.mergeCommit !== null,
    reason: ({ pull }) =>
      `belongs to #${pull.number}, which is not merged; merge it when it is approved`,
  },
  {
    name: 'same-repository',
    holds: ({ pull, policy }) => pull.repository.toLowerCase() === policy.repository.toLowerCase(),
    reason: ({ pull }) =>
      `came by #${pull.number} of ${pull.repository}, another repository; bring it in by a pull request here`,
  },
  {
    name: 'base-is-main',
    holds: ({ pull, policy }) => pull.baseBranch === policy.mainBranch,
    reason: ({ pull, policy }) =>
      `came by #${pull.number}, which went to ${pull.baseBranch}; bring it to ${policy.mainBranch} by a pull request of its own`,
  },
  {
    // A merge and a squash name their commit. A rebase makes many, and names the last one only.
    name: 'brought-it',
    holds: ({ file, pull }) =>
      pull.mergeCommit === file.commit || (!file.isMerge && (pull.files ?? []).includes(file.path)),
    reason: ({ file, pull }) =>
      `was changed by commit ${short(file.commit)}, which #${pull.number} did not bring; change it by a pull request`,
  },
];
