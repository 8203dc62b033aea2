import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  readContent,
  scaffoldArticle,
  scaffoldCollection,
  scaffoldKnowledgeBase,
  scaffoldTranslation,
} from '../../../src/repository/index.ts';
import {
  articleText,
  collectionText,
  contentTree,
  emptyFolder,
  writeFiles,
} from '../../support/content-builder.ts';

describe('a new knowledge base', () => {
  it.each([
    [{}, 'en'],
    [{ defaultLocale: 'de', locales: ['en', 'fr'] }, 'de'],
    [{ defaultLocale: 'id' }, 'id'],
  ] as const)('%j reads without a problem', async (options, locale) => {
    const folder = await emptyFolder();
    const files = await scaffoldKnowledgeBase(folder, options);
    expect(files).toContain(`content/start/welcome.${locale}.md`);
    expect(files).toContain('schema/kb.schema.json');
    expect(files).toContain('.github/workflows/kb-pull-request.yml');
    const content = await readContent(join(folder, 'content'));
    expect(content.problems).toEqual([]);
    expect(content.articles).toMatchObject([
      { id: 'welcome', collectionId: 'start', translations: [{ problems: [], locale }] },
    ]);
  });

  it('overwrites nothing, and is not made twice', async () => {
    const folder = await emptyFolder();
    await writeFiles(folder, { '.vscode/settings.json': '{}' });
    const files = await scaffoldKnowledgeBase(folder);
    expect(files).not.toContain('.vscode/settings.json');
    expect(await readFile(join(folder, '.vscode/settings.json'), 'utf8')).toBe('{}');
    await expect(scaffoldKnowledgeBase(folder)).rejects.toMatchObject({ code: 'exists' });
  });
});

describe('a new article', () => {
  it('gets an id, a title, and the collections on its way', async () => {
    const root = await contentTree({});
    const made = await scaffoldArticle(root, { path: 'konto/sicherheit/passwort-aendern' });
    expect(made).toEqual({
      path: 'konto/sicherheit/passwort-aendern',
      id: 'passwort-aendern',
      files: [
        'konto/_collection.yaml',
        'konto/sicherheit/_collection.yaml',
        'konto/sicherheit/passwort-aendern.de.md',
      ],
    });
    const content = await readContent(root);
    expect(content.problems).toEqual([]);
    expect(content.articles).toMatchObject([
      {
        id: 'passwort-aendern',
        collectionId: 'sicherheit',
        translations: [{ title: 'Passwort aendern' }],
      },
    ]);
  });

  it('takes the locale from its name, and an id that is free', async () => {
    const root = await contentTree({
      'a/_collection.yaml': collectionText('a'),
      'a/x.de.md': articleText({ id: 'x', title: 'X' }),
      'a/y.de.md': articleText({ id: 'b-x', title: 'Y' }),
    });
    const made = await scaffoldArticle(root, {
      path: 'b/x.en.md',
      title: 'Say: "hi"',
      description: 'D',
    });
    expect(made).toMatchObject({ id: 'b-x-2', path: 'b/x' });
    const content = await readContent(root);
    expect(content.problems).toEqual([]);
    expect(content.articles.find(({ id }) => id === 'b-x-2')).toMatchObject({
      sourceLocale: 'en',
      translations: [{ title: 'Say: "hi"', description: 'D' }],
    });
  });

  it.each([
    '../x',
    '/x',
    'a/../b',
    '',
    '.hidden',
    'a//b',
    'assets/x',
    '_includes/x',
    'a/b.',
    'a:b',
    'a\0b',
  ])('refuses the path %j', async (path) => {
    const root = await contentTree({});
    await expect(scaffoldArticle(root, { path })).rejects.toMatchObject({ code: 'path' });
  });

  it('refuses a fourth level, a path that is taken, and a folder behind a link that leaves', async () => {
    const root = await contentTree({ 'x.en.md': articleText({ id: 'x', title: 'X' }) });
    await expect(scaffoldArticle(root, { path: 'a/b/c/d/e' })).rejects.toMatchObject({
      code: 'too-deep',
    });
    await expect(scaffoldArticle(root, { path: 'x' })).rejects.toMatchObject({ code: 'exists' });
    await symlink(await emptyFolder(), join(root, 'out'));
    await expect(scaffoldArticle(root, { path: 'out/x' })).rejects.toMatchObject({ code: 'path' });
  });
});

describe('a new collection', () => {
  it('gets a title in each locale', async () => {
    const root = await contentTree({});
    const made = await scaffoldCollection(root, {
      path: 'mein-konto',
      titles: { en: 'My account' },
    });
    expect(made).toEqual({
      path: 'mein-konto',
      id: 'mein-konto',
      files: ['mein-konto/_collection.yaml'],
    });
    const content = await readContent(root);
    expect(content.problems).toEqual([]);
    expect(content.collections[0]?.texts).toMatchObject([
      { locale: 'de', title: 'Mein konto' },
      { locale: 'en', title: 'My account' },
    ]);
    await expect(scaffoldCollection(root, { path: 'mein-konto/' })).rejects.toMatchObject({
      code: 'exists',
    });
  });
});

describe('a new translation', () => {
  const files = {
    'x.de.md': articleText(
      { id: 'the-x', title: 'Titel', description: 'Kurz', tags: '[a]' },
      'Text *hier*.\n',
    ),
  };

  it.each(['the-x', 'x', 'x.de.md'])('begins with the text of %s', async (item) => {
    const root = await contentTree(files);
    const made = await scaffoldTranslation(root, { item, locale: 'en' });
    expect(made).toEqual({ path: 'x', id: 'the-x', files: ['x.en.md'] });
    const content = await readContent(root);
    expect(content.problems).toEqual([]);
    const [de, en] = content.articles[0]?.translations ?? [];
    expect(en?.textDigest).toBe(de?.textDigest);
    await expect(scaffoldTranslation(root, { item, locale: 'en' })).rejects.toMatchObject({
      code: 'exists',
    });
  });

  it('refuses what is not there', async () => {
    const root = await contentTree(files);
    await expect(scaffoldTranslation(root, { item: 'y', locale: 'en' })).rejects.toMatchObject({
      code: 'no-article',
    });
    await expect(scaffoldTranslation(root, { item: 'x', locale: 'en-us' })).rejects.toMatchObject({
      code: 'locale-unlisted',
      hint: 'Its locales are de, en. Did you mean "en"?',
    });
  });
});
