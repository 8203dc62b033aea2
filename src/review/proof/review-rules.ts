import {
  isOwnCommit,
  isPerson,
  isSame,
  nameOf,
  type Reviewed,
  type Rule,
  short,
  versionOf,
  writingOf,
} from './rule.ts';

/** Reviews after the merge, approving or not, are about something that is published already. */
export const timelyRules: readonly Rule<Reviewed>[] = [
  {
    name: 'before-merge',
    holds: ({ review, pull }) => pull.mergedAt !== null && review.submittedAt <= pull.mergedAt,
    reason: ({ review, pull }) =>
      `was approved by ${nameOf(review.author)} only after #${pull.number} was merged; have it reviewed in a new pull request`,
  },
];

/** What makes somebody's last word before the merge an approval of these bytes. */
export const approvalRules: readonly Rule<Reviewed>[] = [
  {
    name: 'approves',
    holds: ({ review }) => review.state === 'APPROVED' || review.dismissal?.from === 'APPROVED',
    reason: ({ pull }) =>
      `was not approved in #${pull.number}; have it reviewed in a new pull request`,
  },
  {
    name: 'not-dismissed',
    holds: ({ review }) => review.state !== 'DISMISSED',
    reason: ({ review, pull }) =>
      `had an approval by ${nameOf(review.author)} in #${pull.number}, which was dismissed; have it reviewed in a new pull request`,
  },
  {
    name: 'a-person',
    holds: ({ review }) => isPerson(review.author),
    reason: ({ review, pull }) =>
      `was approved in #${pull.number} by ${nameOf(review.author)}, which is no person; a person must approve it`,
  },
  {
    name: 'may-push',
    holds: ({ review }) => review.canPush,
    reason: ({ review, pull }) =>
      `was approved in #${pull.number} by ${nameOf(review.author)}, who may not push to this repository; somebody with write access must approve it`,
  },
  {
    name: 'same-bytes',
    holds: (facts) => versionOf(facts)?.blob === facts.file.blob,
    reason: ({ review, pull }) =>
      `was changed after ${nameOf(review.author)} approved #${pull.number} at ${short(review.commit)}; have what is on main now reviewed in a new pull request`,
  },
  {
    // What came from the former base was in no diff that the reviewer was shown.
    name: 'after-retarget',
    holds: ({ review, pull }) =>
      pull.retargetedAt === null || review.submittedAt > pull.retargetedAt,
    reason: ({ review, pull }) =>
      `was approved by ${nameOf(review.author)} before #${pull.number} was pointed at ${pull.baseBranch}; have it reviewed in a new pull request`,
  },
  {
    name: 'last-commit',
    holds: ({ review, pull, policy }) => !policy.strict || review.commit === pull.headCommit,
    reason: ({ review, pull }) =>
      `was approved at ${short(review.commit)}, not at the last commit of #${pull.number} (review.strict); approve the last commit`,
  },
  {
    name: 'not-opener',
    holds: ({ review, pull }) => !isSame(review.author, pull.author),
    reason: ({ review, pull }) =>
      `was approved by ${nameOf(review.author)}, who opened #${pull.number}; somebody else must approve it`,
  },
  {
    name: 'writers-read',
    holds: (facts) => writingOf(facts) !== null,
    reason: ({ pull }) =>
      `has more commits or co-authors in #${pull.number} than can be read; have it reviewed in a smaller pull request`,
  },
  {
    name: 'not-author',
    holds: (facts) =>
      (writingOf(facts) ?? []).every(
        ({ authors }) => !isSame(authors[0]?.account, facts.review.author),
      ),
    reason: wrote,
  },
  {
    name: 'not-committer',
    holds: (facts) =>
      (writingOf(facts) ?? []).every(
        ({ committer }) => !isSame(committer.account, facts.review.author),
      ),
    reason: wrote,
  },
  {
    // A suggestion makes its reviewer co-author. Another person committed it, so two stand behind it.
    name: 'not-co-author',
    holds: (facts) =>
      (writingOf(facts) ?? []).every((commit) => {
        const others = commit.authors.slice(1);
        const isCoAuthor = others.some(({ account }) => isSame(account, facts.review.author));
        const isSuggestion = isPerson(commit.authors[0]?.account) && isOwnCommit(commit);
        return !isCoAuthor || (isSuggestion && !facts.policy.strict);
      }),
    reason: wrote,
  },
];

function wrote({ review, pull }: Reviewed): string {
  return `was approved by ${nameOf(review.author)}, who wrote a part of it in #${pull.number}; somebody else must approve it`;
}
