import { mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { articleText, collectionText, type Files } from '../support/content-builder.ts';
import {
  publishedTitles,
  type Ran,
  runKb,
  servedSandbox,
  temporaryFolders,
  writeKnowledgeBase,
} from './kb-process.ts';

const newFolder = temporaryFolders();
const newSandbox = servedSandbox();

/** Each is wrong in its own way; beside them lie three sound articles. */
const brokenFiles: Files = {
  'content/konto/yaml.de.md': articleText({ id: 'yaml', title: 'a: b: c' }),
  'content/konto/offen.de.md': '---\nid: offen\ntitle: Offen\n\nOhne Ende.\n',
  'content/konto/leer.de.md': '',
  'content/konto/typen.de.md': articleText({ id: 'typen', title: '[1, 2]', order: 'abc' }),
  'content/konto/schluessel.de.md': articleText({
    id: 'schluessel',
    title: 'Schlüssel',
    publicaton: 'draft',
  }),
  'content/konto/code.de.md': '---js\n{ title: process.exit(9) }\n---\n\nText.\n',
  'content/konto/doppelt.de.md': articleText({ id: 'gleich', title: 'Doppelt' }),
  'content/konto/gleich.de.md': articleText({ id: 'gleich', title: 'Gleich' }),
  'content/konto/quellen.de.md': articleText({ id: 'quelle-de', title: 'Quelle' }),
  'content/konto/quellen.en.md': articleText({ id: 'quelle-en', title: 'Source' }),
  'content/konto/ausbruch.de.md': articleText(
    { id: 'ausbruch', title: 'Ausbruch' },
    'Ein [Verweis](../../../../etc/passwd) zu viel.\n\n![Bild](../../../../etc/passwd)\n\n{{> ../../../../etc/passwd }}\n',
  ),
  'content/konto/ring.de.md': articleText({ id: 'ring', title: 'Ring' }, '{{> ring }}\n'),
  'content/_includes/ring.de.md': 'Davor.\n\n{{> ring2 }}\n',
  'content/_includes/ring2.de.md': 'Danach.\n\n{{> ring }}\n',
  'content/konto/bytes.de.md': Buffer.concat([
    Buffer.from(articleText({ id: 'bytes', title: 'Bytes' })),
    Buffer.from([0x41, 0xff, 0xfe]),
  ]),
  'content/konto/sprache.xx.md': articleText({ id: 'sprache', title: 'Sprache' }),
  'content/konto/liste.fr.md': articleText({ id: 'liste', title: 'Liste' }),
  'content/neu/_collection.yaml': 'id: neu\nde: { titel: Neu }\n',
  'content/kaputt/_collection.yaml': 'id: [\n',
  'content/doppelt/_collection.yaml': collectionText('doppelt'),
  'content/zweimal/_collection.yaml': collectionText('doppelt'),
};

/** One row for each way: where it is told, by which rule, in which words. */
const told: readonly [file: string, rule: string, line: number, message: RegExp][] = [
  ['konto/yaml.de.md', 'yaml', 3, /YAML cannot be read/],
  ['konto/offen.de.md', 'front-matter', 1, /not closed/],
  ['konto/leer.de.md', 'front-matter', 1, /empty/],
  ['konto/typen.de.md', 'schema', 3, /title must be text, found a list/],
  ['konto/typen.de.md', 'schema', 4, /order must be a number, found "abc"/],
  ['konto/schluessel.de.md', 'schema', 4, /unknown key "publicaton"/],
  ['konto/code.de.md', 'front-matter', 1, /must be YAML.*nothing of it was read or run/],
  ['konto/doppelt.de.md', 'id-duplicate', 2, /konto\/gleich\.de\.md has the id "gleich", too/],
  ['konto/gleich.de.md', 'id-duplicate', 2, /konto\/doppelt\.de\.md has the id "gleich", too/],
  ['konto/quellen.de.md', 'source-locale', 2, /konto\/quellen\.en\.md has one, too/],
  ['konto/quellen.en.md', 'source-locale', 2, /konto\/quellen\.de\.md has one, too/],
  ['konto/ausbruch.de.md', 'link-target', 6, /leads out of the content folder/],
  ['konto/ausbruch.de.md', 'asset-missing', 8, /leads out of the content folder/],
  ['konto/ausbruch.de.md', 'include-missing', 10, /include "\.\.\/\.\.\/\.\.\/\.\.\/etc\/passwd"/],
  ['_includes/ring2.de.md', 'include-cycle', 3, /ring → ring2 → ring/],
  ['konto/bytes.de.md', 'encoding', 7, /not UTF-8.*0xff, line 7/],
  ['konto/sprache.xx.md', 'locale-unknown', 1, /no locale "xx"/],
  ['konto/liste.fr.md', 'locale-unlisted', 1, /does not list the locale fr/],
  ['neu/_collection.yaml', 'schema', 2, /unknown key "titel"/],
  ['kaputt/_collection.yaml', 'yaml', 2, /YAML cannot be read/],
  ['doppelt/_collection.yaml', 'id-duplicate', 1, /zweimal\/_collection\.yaml has the id/],
  ['zweimal/_collection.yaml', 'id-duplicate', 1, /doppelt\/_collection\.yaml has the id/],
  ['konto/kreis', 'path', 1, /a folder that contains it/],
  ['konto/selbst.de.md', 'path', 1, /a link to itself/],
  ['konto/nichts.de.md', 'path', 1, /a link to nothing/],
  ['fremd', 'path', 1, /leaves the content folder/],
  ['konto/fremd.de.md', 'path', 1, /leaves the content folder/],
  ['konto/riesig.de.md', 'size', 1, /50\.0 MB, a text may have 5 MB/],
];

async function addLinks(content: string): Promise<void> {
  await symlink('.', join(content, 'konto/kreis'));
  await symlink('selbst.de.md', join(content, 'konto/selbst.de.md'));
  await symlink('gibt-es-nicht', join(content, 'konto/nichts.de.md'));
  await symlink('/etc', join(content, 'fremd'));
  await symlink('/etc/passwd', join(content, 'konto/fremd.de.md'));
}

/** A file of this size with nothing in it, as the system stores it in no time. */
async function addLargeFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
}

describe('a knowledge base with everything wrong beside sound articles', () => {
  let folder: string;
  let findings: Finding[];
  let checked: Ran;

  beforeAll(async () => {
    folder = await writeKnowledgeBase(await newFolder(), brokenFiles);
    await addLinks(join(folder, 'content'));
    await addLargeFile(join(folder, 'content/konto/riesig.de.md'), 50 * 1024 * 1024);
    checked = await runKb(['check', '--format', 'json'], { cwd: folder });
    ({ findings } = JSON.parse(checked.stdout) as { findings: Finding[] });
  });

  it.each(told)('tells %s: %s at line %i', (file, rule, line, message) => {
    const found = findings.filter((it) => it.file === file && it.rule === rule);
    expect(found, `${rule} of ${file}`).not.toHaveLength(0);
    const here = found.find((it) => message.test(it.message));
    expect(here?.message ?? found.map((it) => it.message)).toMatch(message);
    expect(here).toMatchObject({ severity: 'error', line });
    expect(here?.column).toBeGreaterThanOrEqual(1);
  });

  it('tells all of it in one run, with exit 1 and nothing beside the JSON', () => {
    expect(checked.code).toBe(1);
    expect(checked.stderr).toBe('');
    const files = new Set(findings.filter((it) => it.severity === 'error').map((it) => it.file));
    for (const [file] of told) expect(files).toContain(file);
  });

  it('says nothing against the sound articles', () => {
    const sound = ['konto/eins.de.md', 'konto/zwei.de.md', 'konto/drei.de.md'];
    const errors = findings.filter((it) => it.severity === 'error');
    expect(errors.filter((it) => sound.includes(it.file))).toEqual([]);
  });

  it('suggests the key that was meant', () => {
    const unknown = findings.find((it) => it.message.includes('publicaton'));
    expect(unknown?.hint).toContain('"publication"');
  });

  it('never shows what lies outside of the content folder', () => {
    expect(checked.stdout).not.toMatch(/root:|nologin/);
  });

  it('publishes the sound articles, holds the others, and ends with exit 5', async () => {
    const url = await newSandbox();
    const run = await runKb(['publish', '--format', 'json'], {
      cwd: folder,
      env: { KB_ENDPOINT: url },
    });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(5);
    const { outcomes, held } = JSON.parse(run.stdout) as {
      outcomes: { id: string; status: string }[];
      held: { id: string; kind: string; reason: string; hint: string | null }[];
    };
    expect(outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
    expect(outcomes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['konto', 'eins', 'zwei', 'drei']),
    );
    const invalid = held.filter(({ kind }) => kind === 'invalid');
    expect(invalid.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['typen', 'schluessel', 'gleich', 'quelle-de', 'ausbruch', 'ring']),
    );
    for (const { reason, hint } of invalid) {
      expect(reason).toMatch(/\.(?:md|yaml):\d+ /);
      expect(hint).toMatch(/^kb check /);
    }
    expect(await publishedTitles(url)).toEqual(['Drei', 'Eins', 'Zwei']);
  });

  it('removes nothing while a file that may stand for an article cannot be read', async () => {
    const url = await newSandbox();
    const env = { KB_ENDPOINT: url };
    const other = await writeKnowledgeBase(await newFolder());
    expect((await runKb(['publish'], { cwd: other, env })).code).toBe(0);
    await writeKnowledgeBase(other, { 'content/konto/eins.de.md': '---\nid: [\n---\n\nText.\n' });
    const run = await runKb(['publish', '--format', 'json'], { cwd: other, env });
    expect(run.code).toBe(5);
    expect(await publishedTitles(url)).toEqual(['Drei', 'Eins', 'Zwei']);
  });
});

describe('files of 50 MB', () => {
  const megabytes = 1024 * 1024;
  /** Prints the most memory the process ever held, in KB, as its last line on stderr. */
  const measured = [
    '--import',
    'data:text/javascript,process.on("exit",()=>process.stderr.write("rss "+process.resourceUsage().maxRSS))',
  ];

  let usual: number;
  beforeAll(async () => {
    usual = (await memoryOfCheck(await writeKnowledgeBase(await newFolder()))).rss;
  });

  async function memoryOfCheck(folder: string): Promise<{ rss: number; ran: Ran }> {
    const ran = await runKb(['check', '--format', 'json'], { cwd: folder, nodeArgs: measured });
    return { rss: Number(/rss (\d+)$/.exec(ran.stderr)?.[1]) * 1024, ran };
  }

  it.each([
    ['an article', 'content/konto/riesig.de.md', 'size'],
    ['a collection file', 'content/gross/_collection.yaml', 'size'],
    ['an include', 'content/_includes/riesig.de.md', 'size'],
    ['an asset', 'content/assets/film.png', null],
    ['kb.yaml', 'content/kb.yaml', 'size'],
  ])('%s costs little memory', async (_what, path, rule) => {
    const folder = await writeKnowledgeBase(await newFolder());
    await mkdir(join(folder, path, '..'), { recursive: true });
    await addLargeFile(join(folder, path), 50 * megabytes);
    const { rss, ran } = await memoryOfCheck(folder);
    const { findings } = JSON.parse(ran.stdout) as { findings: Finding[] };
    const here = findings.filter(({ file }) => `content/${file}` === path);
    if (rule !== null) expect(here.map((it) => it.rule)).toContain(rule);
    expect(rss - usual).toBeLessThan(30 * megabytes);
  });
});
