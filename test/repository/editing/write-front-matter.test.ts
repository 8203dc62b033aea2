import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFrontMatter } from '../../../src/repository/index.ts';
import { contentTree, emptyFolder } from '../../support/content-builder.ts';

const examples = join(import.meta.dirname, '../../fixtures/front-matter');
const names = (await readdir(examples, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A change without value removes the key. */
type WrittenChange = { path: string[]; value?: unknown };

describe('examples: before, changes, after', () => {
  it('are there', () => expect(names.length).toBeGreaterThanOrEqual(13));

  it.each(names)('%s', async (name) => {
    const files = await readdir(join(examples, name));
    const before = files.find((file) => file.startsWith('before.')) ?? 'before.md';
    const file = before.replace('before', 'file');
    const root = await contentTree({ [file]: await readFile(join(examples, name, before)) });
    const changes: WrittenChange[] = JSON.parse(
      await readFile(join(examples, name, 'changes.json'), 'utf8'),
    );
    await writeFrontMatter(
      root,
      file,
      changes.map(({ path, value }) => ({ path, value })),
    );
    const after = await readFile(join(examples, name, before.replace('before', 'after')), 'utf8');
    expect(await readFile(join(root, file), 'utf8')).toBe(after);
    expect((await readdir(root)).sort()).toEqual([file, 'kb.yaml'].sort());
  });
});

describe('files', () => {
  it('finds a name in another Unicode form, and keeps it and its rights', async () => {
    const root = await contentTree({ 'k/a\u0308.de.md': '---\nid: a\n---\n' });
    await chmod(join(root, 'k/a\u0308.de.md'), 0o640);
    await writeFrontMatter(root, 'k/\u00e4.de.md', [{ path: ['title'], value: 'T' }]);
    expect(await readFile(join(root, 'k/a\u0308.de.md'), 'utf8')).toBe(
      '---\nid: a\ntitle: T\n---\n',
    );
    expect((await stat(join(root, 'k/a\u0308.de.md'))).mode & 0o777).toBe(0o640);
    expect(await readdir(join(root, 'k'))).toHaveLength(1);
  });

  it('writes through a link inside, and leaves it a link', async () => {
    const root = await contentTree({ 'real.de.md': '---\nid: a\n---\n' });
    await symlink('real.de.md', join(root, 'link.de.md'));
    await writeFrontMatter(root, 'link.de.md', [{ path: ['title'], value: 'T' }]);
    expect(await readFile(join(root, 'real.de.md'), 'utf8')).toContain('title: T');
    expect(
      (await readdir(root, { withFileTypes: true }))
        .find((it) => it.name === 'link.de.md')
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  it.each(['../x.md', '/etc/passwd', 'a/../../x.md', '', 'a//b.md', './a.md', 'a\\..\\b.md'])(
    'refuses the path %j',
    async (file) => {
      const root = await contentTree({});
      await expect(writeFrontMatter(root, file, [])).rejects.toMatchObject({ code: 'path' });
    },
  );

  it('refuses a link that leaves the tree', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'reviewed-kb-'));
    await writeFile(join(outside, 'x.de.md'), '---\nid: a\n---\n');
    const root = await contentTree({});
    await symlink(join(outside, 'x.de.md'), join(root, 'x.de.md'));
    const change = [{ path: ['title'], value: 'T' }];
    await expect(writeFrontMatter(root, 'x.de.md', change)).rejects.toMatchObject({ code: 'path' });
    expect(await readFile(join(outside, 'x.de.md'), 'utf8')).toBe('---\nid: a\n---\n');
    await rm(outside, { recursive: true });
  });

  it.each([
    ['no such file', {}, 'no-file'],
    ['bytes that are not UTF-8', { 'x.de.md': Buffer.from([0x2d, 0xff]) }, 'encoding'],
    ['front matter that is not closed', { 'x.de.md': '---\nid: a\n' }, 'front-matter'],
    ['front matter that is code', { 'x.de.md': '---js\n1\n---\n' }, 'front-matter'],
    ['YAML that cannot be parsed', { 'x.de.md': '---\na: b: c\n---\n' }, 'edit-refused'],
  ] as const)('refuses %s and writes nothing', async (_, files, code) => {
    const root = await contentTree(files);
    const before = 'x.de.md' in files ? await readFile(join(root, 'x.de.md')) : null;
    const change = [{ path: ['title'], value: 'T' }];
    await expect(writeFrontMatter(root, 'x.de.md', change)).rejects.toMatchObject({
      code,
      exitCode: 2,
    });
    if (before !== null) expect(await readFile(join(root, 'x.de.md'))).toEqual(before);
  });

  it('does not need a kb.yaml', async () => {
    const root = await emptyFolder();
    await writeFile(join(root, 'x.de.md'), 'Text');
    await writeFrontMatter(root, 'x.de.md', [{ path: ['id'], value: 'x' }]);
    expect(await readFile(join(root, 'x.de.md'), 'utf8')).toBe('---\nid: x\n---\nText');
  });
});
