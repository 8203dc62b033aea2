import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkOutContent,
  fileAt,
  fileHistory,
  isShallow,
  lastCommit,
  readContent,
  uncommittedFiles,
} from '../../../src/repository/index.ts';
import {
  articleText,
  emptyFolder,
  plainConfig,
  writeFiles,
} from '../../support/content-builder.ts';

function git(folder: string, ...args: string[]): string {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, ...env } = process.env;
  const identity = [
    '-c',
    'user.name=Anna',
    '-c',
    'user.email=anna@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', ['-C', folder, ...identity, ...args], {
    env,
    encoding: 'utf8',
  }).trim();
}

/** A repository whose content lies in docs/help, with two commits. */
async function repository() {
  const folder = await emptyFolder();
  git(folder, 'init', '-q', '-b', 'main');
  const root = join(folder, 'docs/help');
  await writeFiles(root, {
    'kb.yaml': plainConfig,
    'über.de.md': articleText({ id: 'a', title: 'Eins' }),
  });
  await writeFiles(folder, { 'other.txt': 'x' });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'first');
  const first = git(folder, 'rev-parse', 'HEAD');
  await writeFiles(root, {
    'über.de.md': articleText({ id: 'a', title: 'Zwei' }),
    'neu.de.md': articleText({ id: 'b', title: 'Neu' }),
  });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'second');
  return { folder, root, first, second: git(folder, 'rev-parse', 'HEAD') };
}

describe('inside a repository', () => {
  it('knows the commit and whether history is missing', async () => {
    const { root, second, folder } = await repository();
    expect(await lastCommit(root)).toBe(second);
    expect(await isShallow(root)).toBe(false);
    const clone = join(await emptyFolder(), 'clone');
    git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, clone);
    expect(await isShallow(join(clone, 'docs/help'))).toBe(true);
  });

  it('lists what is not committed, by content path', async () => {
    const { root, folder } = await repository();
    expect(await uncommittedFiles(root)).toEqual([]);
    await writeFiles(root, { 'über.de.md': 'x', 'new folder/x.de.md': 'x' });
    await writeFiles(folder, { 'other.txt': 'y' });
    await rm(join(root, 'neu.de.md'));
    expect(await uncommittedFiles(root)).toEqual(['neu.de.md', 'new folder/x.de.md', 'über.de.md']);
  });

  it('tells the history of a file, and what stood in it', async () => {
    const { root, first, second } = await repository();
    const history = await fileHistory(root, 'über.de.md');
    expect(history).toMatchObject([
      { hash: second, author: 'Anna', email: 'anna@example.com', subject: 'second' },
      { hash: first, subject: 'first' },
    ]);
    expect(await fileHistory(root, '*.md')).toEqual([]);
    const before = await fileAt(root, first, 'über.de.md');
    expect(Buffer.from(before ?? []).toString()).toContain('Eins');
    expect(await fileAt(root, first, 'neu.de.md')).toBeNull();
  });

  it('writes the content of a commit elsewhere and touches nothing here', async () => {
    const { root, first } = await repository();
    const into = join(await emptyFolder(), 'then');
    await checkOutContent(root, first, into);
    const content = await readContent(into);
    expect(content.articles.map(({ id, translations }) => [id, translations[0]?.title])).toEqual([
      ['a', 'Eins'],
    ]);
    expect(await uncommittedFiles(root)).toEqual([]);
    expect(await readFile(join(root, 'über.de.md'), 'utf8')).toContain('Zwei');
  });

  it.each(['nowhere', '--help', '-n1', '', 'a b', 'HEAD:x'])(
    'does not know the commit %j',
    async (commit) => {
      const { root } = await repository();
      await expect(fileAt(root, commit, 'über.de.md')).rejects.toMatchObject({
        code: 'unknown-commit',
      });
    },
  );
});

describe('outside git', () => {
  it('says null', async () => {
    const folder = await emptyFolder();
    expect(await lastCommit(folder)).toBeNull();
    expect(await isShallow(folder)).toBeNull();
    expect(await uncommittedFiles(folder)).toBeNull();
    expect(await fileHistory(folder, 'x')).toBeNull();
  });

  it('says null before the first commit', async () => {
    const folder = await emptyFolder();
    git(folder, 'init', '-q');
    expect(await lastCommit(folder)).toBeNull();
  });
});
