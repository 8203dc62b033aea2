import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../src/model/content.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { readContent } from '../../../src/repository/index.ts';
import {
  articleText,
  collectionText,
  contentTree,
  emptyFolder,
  type Files,
  plainConfig,
} from '../../support/content-builder.ts';

const good = articleText({ id: 'good', title: 'Good' });

async function read(files: Files): Promise<Content> {
  return readContent(await contentTree(files));
}

function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
}

function article(content: Content, id: string) {
  const found = content.articles.find((it) => it.id === id);
  if (found === undefined) throw new Error(`no article ${id}`);
  return found;
}

describe('a tree without problems', () => {
  it('reads articles, collections, includes, assets', async () => {
    const content = await read({
      'kb.yaml': `${plainConfig}variables: { product: { de: Beispiel, en: Example }, year: 2026 }\n`,
      '_includes/datenschutz.de.md': 'Wir schützen [Daten](../konto/sso.de.md).\n',
      'assets/bild.png': 'png',
      'assets/bild.en.png': 'png en',
      'konto/_collection.yaml': collectionText('konto'),
      'konto/sso.de.md': articleText(
        {
          id: 'sso',
          title: '"{{ product }}:  Anmeldung\\n {{ year }}"',
          description: 'Kurz.',
          tags: '[a, b]',
          visibility: 'users',
          finAudiences: '[Kunden]',
          order: '3',
          author: 'a@example.com',
          source: '{ system: zendesk, id: 360001234567890123456, segment: null }',
          redirects: '["https://hilfe.example.com/x"]',
          questions: '[Wie?]',
        },
        '## Titel {#t}\n\n![Bild](../assets/bild.png)\n\n{{> datenschutz }}\n',
      ),
      'konto/sso.en.md': articleText(
        {
          title: '"{{ product }} sign-in"',
          fin: '{ agent: false, salesAgent: true }',
          publication: 'draft',
        },
        '![Image](../assets/bild.png)\n',
      ),
    });
    expect(content.problems).toEqual([]);
    expect(content.unreadable).toEqual([]);
    const sso = article(content, 'sso');
    expect(sso).toMatchObject({
      path: 'konto/sso',
      sourceLocale: 'de',
      collectionId: 'konto',
      author: 'a@example.com',
      visibility: 'users',
      tags: ['a', 'b'],
      finAudiences: ['Kunden'],
      order: 3,
      source: { system: 'zendesk', id: '360001234567890123456', segment: null },
    });
    const [de, en] = sso.translations;
    expect(de).toMatchObject({
      locale: 'de',
      file: 'konto/sso.de.md',
      title: 'Beispiel: Anmeldung 2026',
      description: 'Kurz.',
      publication: 'published',
      fin: { agent: true, copilot: true, salesAgent: false },
      questions: ['Wie?'],
      redirects: ['https://hilfe.example.com/x'],
      includes: ['datenschutz'],
      problems: [],
    });
    expect(de?.outline).toMatchObject([{ anchor: 't', level: 2 }]);
    expect(en).toMatchObject({
      locale: 'en',
      title: 'Example sign-in',
      publication: 'draft',
      fin: { agent: false, copilot: true, salesAgent: false },
    });
    expect(de?.assets).toHaveLength(1);
    expect(en?.assets).toHaveLength(1);
    expect(content.assets.get(en?.assets[0] ?? '')?.path).toBe('assets/bild.en.png');
    expect(content.assets.get(de?.assets[0] ?? '')).toMatchObject({
      path: 'assets/bild.png',
      bytes: 3,
    });
    expect(JSON.stringify(de?.body)).toContain(
      '{"kind":"article","id":"sso","locale":null,"anchor":null}',
    );
    expect(content.includes).toMatchObject([{ name: 'datenschutz', locale: 'de' }]);
    expect(content.collections).toMatchObject([
      {
        id: 'konto',
        path: 'konto',
        parentId: null,
        texts: [{ locale: 'de', title: 'konto de' }, { locale: 'en' }],
      },
    ]);
  });

  it('reads stamps of articles and collections', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const stamp = `{ by: anna@example.com, on: 2026-11-20, digest: "${digest}" }`;
    const content = await read({
      'k/_collection.yaml': `id: k\nde: { title: K, review: { by: a@example.com, on: 2026-01-02, digest: "${digest}", baseline: true, until: 2027-01-01 } }\n`,
      'k/a.de.md': articleText({
        id: 'a',
        title: 'A',
        review: stamp,
        translationOf: `"${digest}"`,
      }),
    });
    expect(content.problems).toEqual([]);
    expect(article(content, 'a').translations[0]).toMatchObject({
      review: { by: 'anna@example.com', on: '2026-11-20', digest, baseline: false, until: null },
      translationOf: digest,
    });
    expect(content.collections[0]?.texts[0]?.review).toEqual({
      by: 'a@example.com',
      on: '2026-01-02',
      digest,
      baseline: true,
      until: '2027-01-01',
    });
  });

  it('reads an Indonesian collection text below texts, as id is the identity', async () => {
    const content = await read({
      'kb.yaml': 'defaultLocale: id\nlocales: [id]\n',
      'k/_collection.yaml': 'id: k\ntexts: { id: { title: Akun } }\n',
    });
    expect(content.problems).toEqual([]);
    expect(content.collections[0]?.texts).toMatchObject([{ locale: 'id', title: 'Akun' }]);
  });

  it('gives the same digests whatever the line ends, byte order mark, key order and wrapping', async () => {
    const body = '## Titel\n\nEin Satz, der\nweitergeht.\n';
    const plain = await read({
      'a.de.md': articleText({ id: 'a', title: 'T', description: 'D' }, body),
    });
    const other = await read({
      'a.de.md':
        `\uFEFF${articleText({ description: 'D', title: '"T"', id: 'a' }, body.replace('der\n', 'der '))}`.replaceAll(
          '\n',
          '\r\n',
        ),
    });
    const digests = (content: Content) =>
      content.articles[0]?.translations.map(({ textDigest, articleDigest }) => [
        textDigest,
        articleDigest,
      ]);
    expect(digests(other)).toEqual(digests(plain));
  });

  it('finds files whose names are written in another Unicode form', async () => {
    const content = await read({
      'a\u0308rger.de.md': articleText({ id: 'aerger', title: 'T' }),
      'b.de.md': articleText(
        { id: 'b', title: 'T' },
        '[x](%C3%A4rger.de.md) [y](a\u0308rger.de.md)\n',
      ),
    });
    expect(content.problems).toEqual([]);
    expect(JSON.stringify(content.articles).match(/"broken"/g)).toBeNull();
    expect(article(content, 'aerger').path).toBe('\u00e4rger');
  });
});

describe('bad input: each its own finding, the rest goes on', () => {
  const cases: [name: string, files: Files, expected: string[]][] = [
    [
      'YAML that cannot be parsed',
      { 'x.de.md': '---\nid: x\ntitle: a: b\n---\nT\n' },
      ['x.de.md:3:8 yaml'],
    ],
    [
      'a duplicate key',
      { 'x.de.md': '---\nid: x\ntitle: a\ntitle: b\n---\nT\n' },
      ['x.de.md:4:1 yaml'],
    ],
    ['aliases', { 'x.de.md': '---\nid: &a x\ntitle: *a\n---\nT\n' }, ['x.de.md:3:8 yaml']],
    [
      'a tag that builds objects',
      { 'x.de.md': '---\nid: x\ntitle: !!js/function "f"\n---\nT\n' },
      ['x.de.md:3:8 yaml'],
    ],
    ['a wrong type', { 'x.de.md': '---\nid: x\ntitle: 2027\n---\nT\n' }, ['x.de.md:3:8 schema']],
    [
      'an unknown key',
      { 'x.de.md': '---\nid: x\ntitel: a\ntitle: b\n---\nT\n' },
      ['x.de.md:3:1 schema'],
    ],
    ['a missing title', { 'x.de.md': '---\nid: x\n---\nT\n' }, ['x.de.md:2:1 schema']],
    [
      'a wrong item of a list',
      { 'x.de.md': '---\nid: x\ntitle: T\ntags:\n  - a\n  - [b]\n---\nT\n' },
      ['x.de.md:6:5 schema'],
    ],
    [
      'an article key in a translation',
      {
        'x.de.md': articleText({ id: 'x', title: 'T' }),
        'x.en.md': articleText({ title: 'T', tags: '[a]' }),
      },
      ['x.en.md:3:1 schema'],
    ],
    ['no front matter', { 'x.de.md': 'Text\n' }, ['x.de.md:1:1 front-matter']],
    [
      'front matter that is not closed',
      { 'x.de.md': '---\nid: x\nText\n' },
      ['x.de.md:1:1 front-matter'],
    ],
    [
      'front matter that is code',
      { 'x.de.md': '---js\n{ id: (globalThis.hacked = true) }\n---\nT\n' },
      ['x.de.md:1:1 front-matter'],
    ],
    [
      'front matter that is JSON',
      { 'x.de.md': '---json\n{ "id": "x" }\n---\nT\n' },
      ['x.de.md:1:1 front-matter'],
    ],
    ['front matter that is a list', { 'x.de.md': '---\n- x\n---\nT\n' }, ['x.de.md:2:1 schema']],
    ['an empty file', { 'x.de.md': '' }, ['x.de.md:1:1 front-matter']],
    [
      'no id',
      { 'x.de.md': articleText({ title: 'T' }), 'x.en.md': articleText({ title: 'T' }) },
      ['x.de.md:1:1 id-missing'],
    ],
    [
      'two source-locale files',
      {
        'x.de.md': articleText({ id: 'x', title: 'T' }),
        'x.en.md': articleText({ title: 'T', id: 'y' }),
      },
      ['x.de.md:2:1 source-locale', 'x.en.md:3:1 source-locale'],
    ],
    [
      'a duplicate id',
      {
        'x.de.md': articleText({ id: 'x', title: 'T' }),
        'y.de.md': articleText({ title: 'T', id: 'x' }),
      },
      ['x.de.md:2:1 id-duplicate', 'y.de.md:3:1 id-duplicate'],
    ],
    [
      'a duplicate collection id',
      { 'a/_collection.yaml': collectionText('k'), 'b/_collection.yaml': collectionText('k') },
      ['a/_collection.yaml:1:1 id-duplicate', 'b/_collection.yaml:1:1 id-duplicate'],
    ],
    [
      'a collection without id',
      { 'a/_collection.yaml': 'de: { title: A }\n' },
      ['a/_collection.yaml:1:1 id-missing'],
    ],
    [
      'a collection without title',
      { 'a/_collection.yaml': 'id: a\nde: { description: A }\n' },
      ['a/_collection.yaml:2:1 schema'],
    ],
    [
      'a collection with an unknown key',
      { 'a/_collection.yaml': 'id: a\norder: 1\nDE: { title: A }\nde: { title: A }\n' },
      ['a/_collection.yaml:3:1 schema'],
    ],
    [
      'an unknown variable in a collection',
      { 'a/_collection.yaml': 'id: a\nde:\n  title: A {{ x }}\n' },
      ['a/_collection.yaml:3:12 variable-unknown'],
    ],
    [
      'an empty collection file',
      { 'a/_collection.yaml': '# nothing\n' },
      ['a/_collection.yaml:1:1 schema'],
    ],
    [
      'a folder that is no collection',
      { 'a/x.de.md': articleText({ id: 'x', title: 'T' }) },
      ['a/x.de.md:1:1 collection-missing'],
    ],
    [
      'a collection inside a folder that is none',
      { 'a/b/_collection.yaml': collectionText('b') },
      ['a/b/_collection.yaml:1:1 collection-missing'],
    ],
    [
      'collections nested too deeply',
      Object.fromEntries(
        ['a', 'a/b', 'a/b/c', 'a/b/c/d'].map((it) => [
          `${it}/_collection.yaml`,
          collectionText(it.replaceAll('/', '-')),
        ]),
      ),
      ['a/b/c/d/_collection.yaml:1:1 collection-depth'],
    ],
    [
      'a collection file at the top',
      { '_collection.yaml': collectionText('top') },
      ['_collection.yaml:1:1 path'],
    ],
    [
      'an unknown locale',
      { 'x.deu.md': articleText({ id: 'x', title: 'T' }) },
      ['x.deu.md:1:1 locale-unknown'],
    ],
    ['no locale', { 'x.md': articleText({ id: 'x', title: 'T' }) }, ['x.md:1:1 locale-missing']],
    [
      'a locale that is not listed',
      { 'x.fr.md': articleText({ id: 'x', title: 'T' }) },
      ['x.fr.md:1:1 locale-unlisted'],
    ],
    [
      'an extension in capitals',
      { 'x.de.MD': articleText({ id: 'x', title: 'T' }) },
      ['x.de.MD:1:1 path'],
    ],
    [
      'a collection file with another extension',
      { 'k/_collection.yml': collectionText('k') },
      ['k/_collection.yml:1:1 path'],
    ],
    [
      'an include with front matter',
      { '_includes/x.de.md': '---\ntitle: T\n---\nText\n' },
      ['_includes/x.de.md:1:1 front-matter'],
    ],
    ['an include without locale', { '_includes/x.md': 'T' }, ['_includes/x.md:1:1 locale-missing']],
    [
      'bytes that are not UTF-8',
      { 'x.de.md': Buffer.from('---\nid: x\ntitle: \xfc\n---\n', 'latin1') },
      ['x.de.md:3:1 encoding'],
    ],
    [
      'UTF-16',
      { 'x.de.md': Buffer.from('\uFEFF---\nid: x\n---\n', 'utf16le') },
      ['x.de.md:1:1 encoding'],
    ],
    [
      'brackets nested ten thousand deep',
      { 'x.de.md': `---\nid: x\ntitle: ${'['.repeat(10_000)}\n---\nT\n` },
      [],
    ],
  ];
  it.each(cases)('%s', async (_, files, expected) => {
    const content = await read({ 'good.de.md': good, ...files });
    expect(article(content, 'good').translations).toHaveLength(1);
    if (expected.length > 0) expect(brief(content.problems)).toEqual(expected);
    else expect(content.problems.length).toBeGreaterThan(0);
    for (const { message, file } of content.problems) {
      expect(message.length).toBeGreaterThan(5);
      expect(file).not.toBe('good.de.md');
    }
  });

  it('does not run front matter', async () => {
    await read({ 'x.de.md': '---javascript\nmodule.exports = (globalThis.hacked = true)\n---\n' });
    expect('hacked' in globalThis).toBe(false);
  });

  it('does not read a file of 50 MB', async () => {
    const root = await contentTree({ 'good.de.md': good });
    await writeFile(join(root, 'x.de.md'), '');
    await truncate(join(root, 'x.de.md'), 50 * 1024 * 1024);
    const content = await readContent(root);
    expect(content.problems).toMatchObject([
      { file: 'x.de.md', rule: 'size', message: expect.stringContaining('50.0 MB') },
    ]);
    expect(content.unreadable).toEqual([{ file: 'x.de.md', holdsRemovals: true }]);
  });

  it('does not follow links that leave the tree or loop, and follows those inside', async () => {
    const outside = await contentTree({
      'secret.de.md': articleText({ id: 'secret', title: 'S' }),
      'bild.png': 'x',
    });
    const root = await contentTree({
      'a/_collection.yaml': collectionText('a'),
      'a/good.de.md': good,
      'assets/real.png': 'real',
    });
    await symlink(outside, join(root, 'out'));
    await symlink(join(outside, 'secret.de.md'), join(root, 'a/secret.de.md'));
    await symlink(join(outside, 'bild.png'), join(root, 'assets/out.png'));
    await symlink('..', join(root, 'a/loop'));
    await symlink('self', join(root, 'a/self'));
    await symlink('nowhere', join(root, 'assets/nothing.png'));
    await symlink('real.png', join(root, 'assets/linked.png'));
    await mkdir(join(root, 'assets/b'));
    await symlink('../b', join(root, 'assets/b/b'));
    const content = await readContent(root);
    expect(brief(content.problems)).toEqual([
      'a/loop:1:1 path',
      'a/secret.de.md:1:1 path',
      'a/self:1:1 path',
      'assets/b/b:1:1 path',
      'assets/nothing.png:1:1 path',
      'assets/out.png:1:1 path',
      'out:1:1 path',
    ]);
    expect(content.articles.map(({ id }) => id)).toEqual(['good']);
    expect([...content.assets.values()].map(({ path }) => path)).toEqual(['assets/linked.png']);
    expect(
      content.unreadable.filter(({ holdsRemovals }) => holdsRemovals).map(({ file }) => file),
    ).toEqual(['a/loop', 'a/secret.de.md', 'out']);
  });

  it('tells two names apart that differ in their Unicode form only', async () => {
    const content = await read({
      'assets/a\u0308.png': '1',
      'assets/\u00e4.png': '2',
    });
    expect(brief(content.problems)).toEqual(['assets/\u00e4.png:1:1 path']);
    expect(content.assets.size).toBe(1);
  });

  it('refuses a folder that is no knowledge base', async () => {
    const folder = await emptyFolder();
    await expect(readContent(folder)).rejects.toMatchObject({
      code: 'no-content',
      exitCode: 2,
      hint: expect.stringContaining('kb init'),
    });
    await expect(readContent(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'no-content',
    });
  });
});

describe('includes', () => {
  it('are read from their own file, in the locale of the article', async () => {
    const content = await read({
      '_includes/teil/a.de.md':
        '---\nkein: front matter\n---\n\n{{ x }} [Artikel](../../good.de.md#t)\n',
      '_includes/b.de.md': '---\n\nnur Linien\n\n---\n\nEnde\n',
      'good.de.md': articleText(
        { id: 'good', title: 'T' },
        '## T {#t}\n\n{{> teil/a }}\n\n{{> b }}\n',
      ),
      'good.en.md': articleText({ title: 'T' }, '{{> b }}\n'),
    });
    const [de, en] = article(content, 'good').translations;
    expect(de?.includes).toEqual(['teil/a', 'b']);
    expect(JSON.stringify(de?.body)).toContain('{"kind":"anchor","anchor":"t"}');
    expect(JSON.stringify(de?.body)).toContain('nur Linien');
    expect(de?.problems).toMatchObject([{ rule: 'variable-unknown', include: 'teil/a', line: 5 }]);
    expect(en?.problems).toMatchObject([{ rule: 'include-missing' }]);
  });

  it('that include each other are a problem of the article, and end', async () => {
    const content = await read({
      '_includes/a.de.md': '{{> b }}\n',
      '_includes/b.de.md': '{{> a }}\n',
      'good.de.md': articleText({ id: 'good', title: 'T' }, '{{> a }}\n\nText\n'),
    });
    const [de] = article(content, 'good').translations;
    expect(de?.problems).toMatchObject([{ rule: 'include-cycle' }]);
    expect(JSON.stringify(de?.body)).toContain('Text');
  });
});

describe('titles and descriptions', () => {
  it('tell where an unknown variable stands', async () => {
    const content = await read({
      'good.de.md': '---\nid: good\ntitle: Mit {{ produkt }}\ndescription: Gut\n---\nText\n',
    });
    expect(article(content, 'good').translations[0]?.problems).toMatchObject([
      { rule: 'variable-unknown', line: 3, column: 12 },
    ]);
  });

  it('fall back to the default locale for a variable, and keep escapes', async () => {
    const content = await read({
      'kb.yaml': `${plainConfig}variables: { product: { de: Beispiel } }\n`,
      'good.de.md': good,
      'good.en.md': articleText({ title: "'{{ product }} \\{{ x }}'" }),
    });
    expect(content.problems).toEqual([]);
    expect(article(content, 'good').translations[1]?.title).toBe('Beispiel {{ x }}');
  });
});

describe('messages', () => {
  it.each([
    ['visiblity: public', 'unknown key "visiblity"', 'Did you mean "visibility"?'],
    [
      'visibility: publik',
      'visibility must be public, users or internal, found "publik"',
      'Did you mean "public"?',
    ],
    ['title: 2027', 'title must be text, found the number 2027', 'Put it in quotes: "2027"'],
    ['title: true', 'title must be text, found true', 'Put it in quotes: "true"'],
    ['author: anna', 'author must be an e-mail address, found "anna"', null],
    ['tags: kontakt', 'tags must be a list, found "kontakt"', 'Write it as a list: [kontakt]'],
    ['fin: { agnt: true }', 'unknown key "agnt" in fin', 'Did you mean "agent"?'],
    ['fin: true', 'fin must be keys with values, found true', null],
    [
      'review: { by: a@example.com, digest: x }',
      'review.on is missing',
      'Expected a date like 2026-11-20.',
    ],
    [
      'redirects: [hilfe]',
      'redirects.0 must be an address that begins with https://, found "hilfe"',
      null,
    ],
    ['id: a b', 'id must be an id of letters, digits, ".", "_" and "-", found "a b"', null],
  ])('%s', async (line, message, hint) => {
    const others = { id: 'id: x\n', title: 'title: T\n' };
    const keys = Object.entries(others)
      .map(([key, it]) => (line.startsWith(`${key}:`) ? '' : it))
      .join('');
    const content = await read({ 'x.de.md': `---\n${keys}${line}\n---\nT\n` });
    const found = content.problems.find((it) => it.message.startsWith(message));
    expect(content.problems.map((it) => it.message)).toContain(message);
    expect(found?.hint).toBe(hint);
  });
});

describe('what is unknown counts as closed', () => {
  it('takes the side that shows less where a value cannot be read', async () => {
    const content = await read({
      'x.de.md': articleText({
        id: 'x',
        title: 'T',
        visibility: 'publc',
        publication: 'publishd',
        fin: '{ agnt: false }',
      }),
      'y.de.md': articleText({ id: 'y', title: 'T', finAudiences: 'Kunden' }),
    });
    expect(article(content, 'x')).toMatchObject({
      visibility: 'internal',
      translations: [
        { publication: 'draft', fin: { agent: false, copilot: false, salesAgent: false } },
      ],
    });
    expect(article(content, 'y').translations[0]?.fin.agent).toBe(false);
  });

  it.each([
    [
      'a source-locale file that cannot be parsed',
      { 'x.de.md': '---\na: b: c\n---\n' },
      { 'x.de.md': true },
    ],
    [
      'a translation of a known article',
      { 'x.de.md': articleText({ id: 'x', title: 'T' }), 'x.en.md': '---\na: b: c\n---\n' },
      { 'x.en.md': false },
    ],
    [
      'an article whose id was lost',
      { 'x.de.md': articleText({ title: 'T' }) },
      { 'x.de.md': true },
    ],
    [
      'an article whose locale was lost',
      { 'x.md': articleText({ id: 'x', title: 'T' }) },
      { 'x.md': true },
    ],
    ['an article in capitals', { 'x.de.MD': good }, { 'x.de.MD': true }],
    ['a README', { 'README.md': '# Read me' }, { 'README.md': false }],
    [
      'the later of two with one id',
      {
        'x.de.md': articleText({ id: 'x', title: 'T' }),
        'y.de.md': articleText({ id: 'x', title: 'T' }),
        'y.en.md': articleText({ title: 'T' }),
      },
      { 'y.de.md': true, 'y.en.md': true },
    ],
    [
      'a second id of one article',
      {
        'x.de.md': articleText({ id: 'x', title: 'T' }),
        'x.en.md': articleText({ id: 'y', title: 'T' }),
      },
      { 'x.en.md': true },
    ],
    ['a collection', { 'k/_collection.yaml': 'id: [' }, { 'k/_collection.yaml': true }],
    ['an include', { '_includes/x.de.md': Buffer.from([0xff]) }, { '_includes/x.de.md': false }],
    ['kb.yaml', { 'kb.yaml': 'locales: [' }, { 'kb.yaml': true }],
  ] as const)('%s', async (_, files, expected) => {
    const content = await read(files as Files);
    expect(Object.fromEntries(content.unreadable.map((it) => [it.file, it.holdsRemovals]))).toEqual(
      expected,
    );
  });

  it('reads every locale that occurs where kb.yaml does not tell', async () => {
    const content = await read({
      'kb.yaml': 'locales: [de, xx\n',
      'x.de.md': articleText({ id: 'x', title: 'T' }),
      'x.pt-BR.md': articleText({ title: 'T' }),
    });
    expect(content.problems.every(({ file }) => file === 'kb.yaml')).toBe(true);
    expect(article(content, 'x').translations.map(({ locale }) => locale)).toEqual(['de', 'pt-BR']);
    expect(content.config.ai).toEqual({
      agent: false,
      copilot: false,
      salesAgent: false,
      baseline: false,
    });
  });
});

describe('identity', () => {
  it('takes the file with the id as source, not the default locale', async () => {
    const content = await read({
      'x.de.md': articleText({ title: 'T' }),
      'x.en.md': articleText({ id: 'x', title: 'T', visibility: 'internal' }),
    });
    expect(content.problems).toEqual([]);
    expect(article(content, 'x')).toMatchObject({ sourceLocale: 'en', visibility: 'internal' });
  });

  it('proposes ids from the path that nobody has', async () => {
    const content = await read({
      'k/_collection.yaml': collectionText('k'),
      'm/_collection.yaml': collectionText('m'),
      'k/über-uns.de.md': articleText({ title: 'T' }),
      'm/über-uns.de.md': articleText({ title: 'T' }),
      'm/日本.en.md': articleText({ title: 'T' }),
    });
    expect(content.problems.map(({ fix }) => fix)).toEqual([
      { kind: 'front-matter', file: 'k/über-uns.de.md', path: ['id'], value: 'ueber-uns' },
      { kind: 'front-matter', file: 'm/über-uns.de.md', path: ['id'], value: 'm-ueber-uns' },
      { kind: 'front-matter', file: 'm/日本.en.md', path: ['id'], value: 'article' },
    ]);
    expect(content.problems.every(({ fixable }) => fixable)).toBe(true);
  });

  it('reads only what was asked for, and still knows the rest as targets', async () => {
    const root = await contentTree({
      'x.de.md': articleText({ id: 'x', title: 'T' }, '[y](y.de.md)\n'),
      'y.de.md': articleText({ id: 'y', title: 'T' }),
    });
    for (const only of ['x', 'x.de.md']) {
      const content = await readContent(root, { only: [only] });
      expect(content.articles.map(({ id }) => id)).toEqual(['x']);
      expect(JSON.stringify(content.articles)).toContain('"id":"y"');
    }
  });
});
