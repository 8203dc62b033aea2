import { describe, expect, it } from 'vitest';
import type {
  Account,
  FileFacts,
  Ownership,
  ProofPolicy,
  PullRequestFacts,
  PullRequestReview,
  WritingCommit,
} from '../../src/review/index.ts';
import { allRules, type ProofQuestion, proveFile } from '../../src/review/proof/prove-file.ts';
import type { Rules } from '../../src/review/proof/rule.ts';

const anna: Account = { id: 1, login: 'anna', kind: 'User' };
const jo: Account = { id: 2, login: 'jo', kind: 'User' };
const mia: Account = { id: 3, login: 'mia', kind: 'User' };
const bot: Account = { id: 9, login: 'bot', kind: 'Bot' };
const blob = 'b'.repeat(40);

/** A squash of anna's pull request that jo approved at its head: everything is as it should be. */
interface Example {
  file?: Partial<FileFacts>;
  pull?: Partial<PullRequestFacts>;
  review?: Partial<PullRequestReview>;
  reviews?: readonly Partial<PullRequestReview>[];
  writing?: Partial<WritingCommit> | null;
  /** Bytes at the reviewed commit. */
  reviewedBlob?: string;
  policy?: Partial<ProofPolicy>;
  ownership?: Ownership;
  /** Further pull requests of the commit. */
  more?: readonly Partial<PullRequestFacts>[];
}

const writer = (account: Account | null) => ({ email: `${account?.login}@example.com`, account });

function questionOf(example: Example): ProofQuestion {
  const review: PullRequestReview = {
    id: 70,
    author: jo,
    state: 'APPROVED',
    submittedAt: '2026-11-20T10:00:00Z',
    commit: 'head',
    canPush: true,
    dismissal: null,
    ...example.review,
  };
  const pull: PullRequestFacts = {
    number: 5,
    repository: 'example/help',
    mergedAt: '2026-11-20T12:00:00Z',
    mergeCommit: 'merge',
    baseBranch: 'main',
    baseCommit: 'base',
    headCommit: 'head',
    headAuthoredAt: '2026-11-20T09:00:00Z',
    author: anna,
    retargetedAt: null,
    files: null,
    reviews: [
      review,
      ...(example.reviews ?? []).map((more, index) => ({ ...review, id: 71 + index, ...more })),
    ],
    ...example.pull,
  };
  const commit: WritingCommit = {
    oid: 'head',
    authors: [writer(anna)],
    committer: writer(anna),
    isViaWeb: false,
    ...example.writing,
  };
  const writing = example.writing === null ? null : [commit];
  const reviewed = { blob: example.reviewedBlob ?? blob, writing };
  return {
    file: {
      path: 'content/a.de.md',
      blob,
      isAsCommitted: true,
      commit: 'merge',
      isMerge: false,
      authoredAt: '2026-11-20T12:00:00Z',
      origin: 'read',
      pulls: [pull, ...(example.more ?? []).map((more) => ({ ...pull, ...more }))],
      versions: new Map([
        ['head', reviewed],
        ['early', { ...reviewed, blob }],
      ]),
      ...example.file,
    },
    policy: {
      repository: 'Example/Help',
      mainBranch: 'main',
      approvals: 1,
      codeOwners: false,
      strict: false,
      ...example.policy,
    },
    ownershipOf: () => example.ownership ?? { kind: 'not-asked' },
    today: '2026-11-22',
  };
}

const owned: Ownership = {
  kind: 'owned',
  blob: 'c0',
  owners: ['@mia'],
  logins: ['mia'],
  memberIds: [],
  unknown: [],
};
const suggestion = { authors: [writer(anna), writer(jo)], committer: writer(null), isViaWeb: true };

/** What is not approved, by the rule that must say so. */
const refused: readonly (Example & { rule: string })[] = [
  { rule: 'as-committed', file: { isAsCommitted: false } },
  { rule: 'known-commit', file: { origin: 'unknown' } },
  { rule: 'few-pull-requests', file: { origin: 'too-many' } },
  { rule: 'pull-request', file: { pulls: [] } },
  { rule: 'merged', pull: { mergedAt: null, mergeCommit: 'merge' }, review: { submittedAt: '' } },
  { rule: 'same-repository', pull: { repository: 'fork/help' } },
  { rule: 'base-is-main', pull: { baseBranch: 'next' } },
  { rule: 'brought-it', file: { commit: 'other' } },
  {
    rule: 'brought-it',
    file: { commit: 'other', isMerge: true },
    pull: { files: ['content/a.de.md'] },
  },
  { rule: 'one-pull-request', more: [{ number: 6 }] },
  { rule: 'before-merge', review: { submittedAt: '2026-11-20T12:00:01Z' } },
  { rule: 'approves', review: { state: 'CHANGES_REQUESTED', canPush: false } },
  { rule: 'approves', pull: { reviews: [] } },
  {
    rule: 'not-dismissed',
    review: { state: 'DISMISSED', dismissal: { at: '2026-11-20T11:00:00Z', from: 'APPROVED' } },
  },
  { rule: 'a-person', review: { author: bot } },
  { rule: 'a-person', review: { author: null } },
  { rule: 'may-push', review: { canPush: false } },
  { rule: 'same-bytes', reviewedBlob: 'a'.repeat(40) },
  { rule: 'same-bytes', review: { commit: null } },
  { rule: 'after-retarget', pull: { retargetedAt: '2026-11-20T10:30:00Z' } },
  { rule: 'last-commit', review: { commit: 'early' }, policy: { strict: true } },
  { rule: 'not-opener', pull: { author: jo } },
  { rule: 'writers-read', writing: null },
  { rule: 'not-author', writing: { authors: [writer(jo)] } },
  { rule: 'not-committer', writing: { committer: writer(jo) } },
  {
    rule: 'not-co-author',
    writing: { authors: [writer(bot), writer(jo)], committer: writer(bot) },
  },
  { rule: 'not-co-author', writing: suggestion, policy: { strict: true } },
  { rule: 'not-co-author', writing: { ...suggestion, isViaWeb: false } },
  { rule: 'enough-approvals', policy: { approvals: 2 } },
  {
    rule: 'enough-approvals',
    policy: { approvals: 2 },
    reviews: [{ submittedAt: '2026-11-20T10:05:00Z' }],
  },
  { rule: 'no-changes-requested', reviews: [{ author: mia, state: 'CHANGES_REQUESTED' }] },
  {
    rule: 'no-changes-requested',
    reviews: [
      {
        author: mia,
        state: 'DISMISSED',
        dismissal: { at: '2026-11-20T12:30:00Z', from: 'CHANGES_REQUESTED' },
      },
    ],
  },
  { rule: 'known-writers', pull: { author: bot }, writing: { authors: [writer(null)] } },
  { rule: 'code-owner', ownership: owned },
  { rule: 'code-owner', ownership: { kind: 'unreadable', reason: 'has no CODEOWNERS' } },
];

/** What is approved, however near it comes to what is not. */
const accepted: readonly (Example & { name: string })[] = [
  { name: 'a squash' },
  { name: 'a merge', file: { isMerge: true } },
  { name: 'a rebase', file: { commit: 'rebased' }, pull: { files: ['content/a.de.md'] } },
  { name: 'an earlier commit with the same bytes', review: { commit: 'early' } },
  { name: 'a suggestion', writing: suggestion },
  {
    name: 'a bot with its own commits',
    pull: { author: bot },
    writing: { authors: [{ email: '9+bot[bot]@users.noreply.github.com', account: null }] },
  },
  { name: 'two people', policy: { approvals: 2 }, reviews: [{ author: mia }] },
  {
    name: 'no said again as yes',
    review: { state: 'CHANGES_REQUESTED' },
    reviews: [{ state: 'APPROVED', submittedAt: '2026-11-20T10:05:00Z' }],
  },
  {
    name: 'a no that was dismissed in time',
    reviews: [
      {
        author: mia,
        state: 'DISMISSED',
        dismissal: { at: '2026-11-20T11:00:00Z', from: 'CHANGES_REQUESTED' },
      },
    ],
  },
  {
    name: 'a no of somebody without access',
    reviews: [{ author: mia, state: 'CHANGES_REQUESTED', canPush: false }],
  },
  { name: 'a late second yes', reviews: [{ submittedAt: '2026-11-21T10:00:00Z' }] },
  { name: 'approved after a retarget', pull: { retargetedAt: '2026-11-20T09:30:00Z' } },
  { name: 'an owner by login', ownership: { ...owned, owners: ['@Jo'], logins: ['Jo'] } },
  { name: 'an owner by team', ownership: { ...owned, logins: [], memberIds: [2] } },
  { name: 'nobody owns it', ownership: { kind: 'unowned', blob: 'c0' } },
];

const lists = ['file', 'candidate', 'timely', 'approval', 'pull'] as const;
const ruleNames = lists.flatMap((list) => allRules[list].map(({ name }) => name));

/** An open pull request has no time of merge to compare with, and who says no is heard as one who says no. */
const guardedTwice = ['merged', 'approves'];

function without(name: string): Rules {
  return {
    file: allRules.file.filter((rule) => rule.name !== name),
    candidate: allRules.candidate.filter((rule) => rule.name !== name),
    timely: allRules.timely.filter((rule) => rule.name !== name),
    approval: allRules.approval.filter((rule) => rule.name !== name),
    pull: allRules.pull.filter((rule) => rule.name !== name),
  };
}

describe('the proof of one file', () => {
  it.each(refused)('$rule says no', ({ rule, ...example }) => {
    const verdict = proveFile(questionOf(example));
    expect(verdict).toMatchObject({ kind: 'unproven', path: 'content/a.de.md', rule });
    // What and what to do, in one sentence that follows the file's name.
    expect(verdict.kind === 'unproven' ? verdict.reason : '').toMatch(
      /^(was|is|has|had|belongs|came|differs|may) .+[;,] .+[a-z)]$/,
    );
  });

  it.each(accepted)('$name is approved', ({ name: _name, ...example }) => {
    expect(proveFile(questionOf(example)).kind).toBe('approved');
  });

  it.each(ruleNames)('without %s another verdict is given', (name) => {
    const verdicts = [...refused, ...accepted].map((example) => {
      const question = questionOf(example);
      return [ruleOf(proveFile(question)), ruleOf(proveFile(question, without(name)))];
    });
    expect(verdicts.filter(([before, after]) => before !== after)).not.toEqual([]);
    // What is guarded twice falls to the next rule; everything else would be let through.
    const isOpen = verdicts.some(([before, after]) => before === name && after === 'approved');
    expect(isOpen).toBe(!guardedTwice.includes(name));
  });

  it('records who approved what, where, and by which policy', () => {
    expect(
      proveFile(
        questionOf({ ownership: { ...owned, logins: ['jo'] }, policy: { codeOwners: true } }),
      ),
    ).toEqual({
      kind: 'approved',
      record: {
        path: 'content/a.de.md',
        blob,
        commit: 'merge',
        pr: 5,
        mergeMethod: 'squash',
        approvers: [
          { id: 2, login: 'jo', reviewId: 70, commit: 'head', submittedAt: '2026-11-20T10:00:00Z' },
        ],
        codeownersBlob: 'c0',
        policyVersion: '1 approvals=1 codeOwners=true strict=false',
        checkedAt: '2026-11-22',
      },
    });
  });
});

function ruleOf(verdict: ReturnType<typeof proveFile>): string {
  return verdict.kind === 'approved' ? 'approved' : verdict.rule;
}
