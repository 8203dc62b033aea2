import { isPerson, type Judged, nameOf, type Reviewed, type Rule, writingOf } from './rule.ts';

/** What must be true of all reviews of a pull request together. */
export const pullRules: readonly Rule<Judged>[] = [
  {
    name: 'enough-approvals',
    holds: ({ approvals, policy }) => approvals.length >= Math.max(1, policy.approvals),
    reason: ({ approvals, pull, policy }) =>
      `has ${approvals.length} of ${policy.approvals} approvals in #${pull.number}; have it reviewed by more people in a new pull request`,
  },
  {
    name: 'no-changes-requested',
    holds: (facts) => blocking(facts) === null,
    reason: (facts) =>
      `was merged while ${nameOf(blocking(facts)?.author ?? null)} had requested changes in #${facts.pull.number}; have it reviewed in a new pull request`,
  },
  {
    // With a bot as opener nobody else is known to stand behind bytes whose author has no account.
    name: 'known-writers',
    holds: (facts) =>
      isPerson(facts.pull.author) ||
      facts.approvals.every((review) => isWrittenByKnown({ ...facts, review })),
    reason: ({ pull }) =>
      `was opened in #${pull.number} by ${nameOf(pull.author)} with commits of an author who has no account here; link the address to an account, or have it reviewed in a person's pull request`,
  },
  {
    name: 'code-owner',
    holds: ({ ownership, approvals }) => {
      switch (ownership.kind) {
        case 'not-asked':
        case 'unowned':
          return true;
        case 'unreadable':
          return false;
        case 'owned':
          return approvals.some(({ author }) => {
            const login = author?.login.toLowerCase() ?? '';
            const isMember = author?.id != null && ownership.memberIds.includes(author.id);
            return isMember || ownership.logins.some((owner) => owner.toLowerCase() === login);
          });
      }
    },
    reason: ({ ownership, pull }) => ownerReason(ownership, pull.number),
  },
];

/** Somebody who may push and whose last word was no. Dismissed only after the merge, it stood at the merge. */
function blocking({ opinions, pull }: Judged) {
  return (
    opinions.find(({ state, dismissal, canPush }) => {
      const isLate = pull.mergedAt !== null && dismissal !== null && dismissal.at > pull.mergedAt;
      const stood = isLate && dismissal.from === 'CHANGES_REQUESTED';
      return canPush && (state === 'CHANGES_REQUESTED' || stood);
    }) ?? null
  );
}

function isWrittenByKnown(facts: Reviewed): boolean {
  return (writingOf(facts) ?? []).every(({ authors: [author] }) => {
    const isBot = /\[bot\]@users\.noreply\./.test(author?.email ?? '');
    return isBot || author?.account != null;
  });
}

function ownerReason(ownership: Judged['ownership'], number: number): string {
  switch (ownership.kind) {
    case 'owned': {
      const owners = ownership.owners.join(' or ');
      const unknown = ownership.unknown.join(', ');
      return unknown === ''
        ? `was not approved by a code owner in #${number}; ${owners} must approve it`
        : `belongs to ${unknown}, whose members the token may not see; give it read access to members, or name people in CODEOWNERS`;
    }
    case 'unreadable':
      return `${ownership.reason}; review.codeOwners needs a CODEOWNERS file that can be read`;
    default:
      return '';
  }
}
