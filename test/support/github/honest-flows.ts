import type { Flow } from './flow.ts';

/** What people do who mean well. Each must be found approved. */
export const honestFlows: readonly Flow[] = [
  {
    name: 'squash',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'merge, after main went on',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      await driver.push('chef', 'main', { files: { 'README.md': 'Mehr.\n' } });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'merge');
    },
  },
  {
    name: 'rebase of several commits, by the one who opened it',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      await driver.push('anna', branch, { files: { 'README.md': 'Mehr.\n' } });
      await driver.push('chef', 'main', { files: { LICENSE: 'MIT\n' } });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'rebase');
    },
  },
  {
    name: 'merge queue, which merges as a bot',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.push('chef', 'main', { files: { 'README.md': 'Mehr.\n' } });
      await driver.mergeByQueue(pull, 'squash');
    },
  },
  {
    name: '"update branch" after the approval',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.push('chef', 'main', { files: { 'README.md': 'Mehr.\n' } });
      await driver.updateBranch('anna', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'another file pushed after the approval',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.push('jo', branch, { files: { 'README.md': 'Mehr.\n' } });
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'revert of a revert',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
      const revert = await driver.revert('jo', pull);
      driver.approve('anna', revert);
      await driver.merge('jo', revert, 'squash');
      const again = await driver.revert('anna', revert);
      driver.approve('jo', again);
      await driver.merge('anna', again, 'squash');
    },
  },
  {
    name: 'rename with an edit',
    run: async (driver, { branch, path, edit }) => {
      const text = edit('Zwei.')[path] ?? '';
      const files = { [path]: null, [path.replace('.de.md', '-neu.de.md')]: text };
      const pull = await driver.open('anna', { branch, files });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'suggestion of the reviewer, committed by the author, approved afterwards',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.comment('jo', pull);
      await driver.commitSuggestion('anna', pull, 'jo', edit('Zwei, besser.'));
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'opened by a bot, approved by a person',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('github-actions[bot]', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'squash');
    },
  },
  {
    name: 'from a fork',
    run: async (driver, { branch, edit }) => {
      driver.user('fremd');
      const pull = await driver.open('fremd', { branch, files: edit('Zwei.'), fork: true });
      driver.approve('jo', pull);
      await driver.merge('jo', pull, 'merge');
    },
  },
  {
    name: 'changes requested, made, and approved by the same person',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.requestChanges('jo', pull);
      await driver.push('anna', branch, { files: edit('Drei.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'a request for changes that was dismissed before the merge',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      const asked = driver.requestChanges('mia', pull);
      driver.approve('jo', pull);
      driver.dismiss('chef', asked);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'approved again, for the same bytes, after the merge',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
      driver.approve('jo', pull);
    },
  },
  {
    name: 'two approvals, where two are asked for',
    policy: { approvals: 2 },
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      driver.approve('mia', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'a code owner who is named',
    policy: { codeOwners: true },
    owners: '@Jo',
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'a code owner by a team that the token may see',
    policy: { codeOwners: true },
    owners: '@example/redaktion',
    run: async (driver, { branch, edit }) => {
      driver.team('redaktion', ['jo'], 'write');
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
  {
    name: 'strict: the last commit, by somebody who wrote nothing',
    policy: { strict: true },
    run: async (driver, { branch, edit }) => {
      const pull = await driver.open('anna', { branch, files: edit('Zwei.') });
      driver.approve('jo', pull);
      await driver.merge('anna', pull, 'squash');
    },
  },
];
