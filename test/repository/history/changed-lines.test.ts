import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSpans } from '../../../src/repository/history/changed-lines.ts';
import { changedLines } from '../../../src/repository/index.ts';
import { emptyFolder, writeFiles } from '../../support/content-builder.ts';
import { git } from '../../support/git.ts';

describe('the lines a change touches', () => {
  it('are those of the content folder, against where the branch began', async () => {
    const folder = await emptyFolder();
    const root = join(folder, 'docs/hilfe');
    git(folder, 'init', '-q', '-b', 'main');
    await writeFiles(root, { 'a.de.md': 'eins\nzwei\ndrei\nvier\n', 'weg.de.md': 'x\n' });
    await writeFiles(folder, { 'README.md': 'a\n' });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'first');
    git(folder, 'switch', '-q', '-c', 'edit');
    await writeFiles(root, {
      'a.de.md': 'eins\n++ b/x.md\n@@ -1 +1 @@\ndrei\nvier\nfünf',
      'ä "neu"\t.de.md': 'neu\n',
    });
    await writeFiles(folder, { 'README.md': 'b\n' });
    git(root, 'rm', '-q', 'weg.de.md');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'second');
    git(folder, 'switch', '-q', 'main');
    await writeFiles(root, { 'main.de.md': 'y\n' });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'third');
    git(folder, 'switch', '-q', 'edit');
    expect(await changedLines(root, 'main')).toEqual(
      new Map([
        [
          'a.de.md',
          [
            { first: 2, last: 3 },
            { first: 6, last: 6 },
          ],
        ],
        ['ä "neu"\t.de.md', [{ first: 1, last: 1 }]],
      ]),
    );
    expect(await changedLines(root, '0'.repeat(40))).toBeNull();
    expect(await changedLines(await emptyFolder(), 'main')).toBeNull();
  });

  it('are none in an empty comparison', () => {
    expect(parseSpans('')).toEqual(new Map());
  });
});
