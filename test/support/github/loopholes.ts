import type { Flow } from './flow.ts';

/** Ways past a gate that asks GitHub "was it approved?". That gate passes each; ours stops it, and says why. */
export const loopholes: readonly (Flow & { reason: string })[] = [
  {
    name: 'an administrator merges past a request for changes',
    reason: 'was merged while mia had requested changes in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('jo', pull);
      driver.requestChanges('mia', pull);
      await driver.merge('chef', pull, 'squash');
    },
  },
  {
    name: 'a request for changes is dismissed only after the merge',
    reason: 'was merged while mia had requested changes in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('jo', pull);
      const asked = driver.requestChanges('mia', pull);
      await driver.merge('chef', pull, 'squash');
      driver.dismiss('chef', asked);
    },
  },
  {
    name: 'a push after the approval',
    reason: 'was changed after jo approved #n at',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      driver.approve('jo', pull);
      await driver.push('anna', branch, { files: edit('Böse.') });
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'the last push approved by somebody else, of another file: the first approval is stale',
    reason: 'was approved by mia, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      driver.approve('jo', pull);
      await driver.push('mia', branch, { files: edit('Böse.') });
      driver.approve('mia', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'github-actions[bot] approves itself',
    reason: 'was approved in #n by github-actions, which is no person',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('github-actions[bot]', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: "a bot's pull request with one's own commits",
    reason: 'was approved by jo, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('github-actions[bot]', { branch, files: edit('Gut.') });
      await driver.push('jo', branch, { files: edit('Böse.') });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'committed under another name',
    reason: 'was approved by jo, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: { 'README.md': 'Mehr.\n' } });
      await driver.push('jo', branch, { files: edit('Böse.') }, 'anna');
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'an address without an account, in a pull request of a bot',
    reason: 'with commits of an author who has no account here',
    run: async (driver, { branch, edit }) => {
      const files = edit('Böse.');
      const committer = 'niemand@example.org';
      const pull = await driver.open('github-actions[bot]', {
        branch,
        files,
        author: committer,
        committer,
      });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'a co-author approves what only a bot committed',
    reason: 'was approved by jo, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('github-actions[bot]', {
        branch,
        files: edit('Böse.'),
        coAuthors: ['jo'],
      });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'strict: a suggestion approved by who made it',
    policy: { strict: true },
    reason: 'was approved by jo, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      await driver.commitSuggestion('anna', pull, 'jo', edit('Böse.'));
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'strict: anything pushed after the approval',
    policy: { strict: true },
    reason: 'not at the last commit of #n (review.strict)',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      driver.approve('jo', pull);
      await driver.push('anna', branch, { files: { 'README.md': 'Mehr.\n' } });
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'the base is changed after the approval: what came from the former base was in no diff',
    reason: 'was approved by jo before #n was pointed at main',
    run: async (driver, { branch, edit }) => {
      await driver.push('anna', 'vorbei', { files: edit('Böse.') });
      await driver.branch('b', (await driver.repository.git.ref('refs/heads/vorbei')) ?? '');
      const pull = await driver.open('anna', {
        branch,
        base: 'vorbei',
        files: { 'README.md': 'Mehr.\n' },
      });
      driver.approve('jo', pull);
      await driver.retarget('anna', pull, 'main');
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'approved for another branch, and brought to main by a merge nobody reviewed',
    reason: 'which went to andere; bring it to main by a pull request of its own',
    run: async (driver, { branch, edit }) => {
      await driver.branch('andere');
      const pull = await driver.open('anna', { branch, base: 'andere', files: edit('Böse.') });
      driver.approve('jo', pull);
      const oid = await driver.merge('anna', pull, 'squash');
      // Main goes to where the other branch is, as a push to it would.
      await driver.repository.git.setRef('refs/heads/main', oid);
    },
  },
  {
    name: 'the approval is dismissed before the merge, and merged by an administrator',
    reason: 'had an approval by jo in #n, which was dismissed',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      const review = driver.approve('jo', pull);
      driver.dismiss('mia', review);
      await driver.merge('chef', pull, 'squash');
    },
  },
  {
    name: 'the approval is dismissed after the merge, before anything was recorded',
    reason: 'had an approval by jo in #n, which was dismissed',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      const review = driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
      driver.dismiss('mia', review);
    },
  },
  {
    name: 'approved after the merge',
    reason: 'was approved by jo only after #n was merged',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      await driver.merge('chef', pull, 'squash');
      driver.approve('jo', pull);
    },
  },
  {
    name: 'a merge commit that holds more than both sides',
    reason: 'was changed after jo approved #n at',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      driver.approve('jo', pull);
      await driver.evilMerge('anna', pull, edit('Böse.'));
    },
  },
  {
    name: 'a force-push after the approval',
    reason: 'was changed after jo approved #n at',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Gut.') });
      driver.approve('jo', pull);
      await driver.forcePush('anna', branch, { files: edit('Böse.') });
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'a force-push that hides who wrote the bytes',
    reason: 'was approved by jo, who wrote a part of it in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: { 'README.md': 'Mehr.\n' } });
      await driver.push('jo', branch, { files: edit('Böse.') });
      driver.approve('jo', pull);
      await driver.forcePush('anna', branch, {
        files: { ...edit('Böse.'), 'README.md': 'Mehr.\n' },
      });
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'the merge queue merges: that is no approval',
    reason: 'was approved in #n by leser, who may not push',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('leser', pull);
      await driver.mergeByQueue(pull, 'squash');
    },
  },
  {
    name: 'one approval, where two are asked for',
    policy: { approvals: 2 },
    reason: 'has 1 of 2 approvals in #n',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('jo', pull);
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'pushed to main while its pull request is merged with other files',
    reason: 'came to main by commit',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: { 'README.md': 'Mehr.\n' } });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
      await driver.push('anna', 'main', { files: edit('Böse.') });
    },
  },
  {
    name: 'a team of owners that the token may not see',
    policy: { codeOwners: true },
    owners: '@example/geheim',
    reason: 'belongs to @example/geheim, whose members the token may not see',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Böse.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'a pull request that makes its approver a code owner',
    policy: { codeOwners: true },
    owners: '@jo',
    reason: 'was not approved by a code owner in #n; @jo must approve it',
    run: async (driver, { branch, edit }) => {
      const files = { ...edit('Böse.'), '.github/CODEOWNERS': 'content/ @mia\n' };
      const pull = await driver.open('anna', { branch, files });
      driver.approve('mia', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
];
