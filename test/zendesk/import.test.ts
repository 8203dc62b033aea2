import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import type { Context } from '../../src/commands/context.ts';
import { type ImportResult, losesContent } from '../../src/commands/import-result.ts';
import { importZendeskCommand } from '../../src/commands/import-zendesk.ts';
import { reviewCommand, reviewStatusCommand } from '../../src/commands/review.ts';
import { treeText } from '../../src/model/tree-text.ts';
import { readContent } from '../../src/repository/index.ts';
import { emptyFolder, type Files, writeFiles } from '../support/content-builder.ts';

const config = `defaultLocale: de
locales: [de, en]
import: { locales: { en-us: en }, authors: { "77": anna@example.com } }
`;
const base = 'https://help.example.com/hc';
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

const record = (id: number, locale: string, more: object = {}): object => ({
  ...{ id, locale, source_locale: 'de', title: `Artikel ${id}`, body: `<p>Text ${id}.</p>` },
  ...{
    html_url: `${base}/${locale}/articles/${id}-x`,
    url: `https://acme.zendesk.com/api/v2/${id}`,
  },
  ...{ section_id: 20, draft: false, position: id, label_names: ['a', 'b'], author_id: 77 },
  ...more,
});
const groups = {
  categories: [
    { id: 10, name: 'Konto', locale: 'de', position: 1 },
    { id: 10, name: 'Account', locale: 'en-us', position: 1 },
  ],
  sections: [
    { id: 20, category_id: 10, name: 'Passwort & Größe', locale: 'de' },
    { id: 21, category_id: 10, parent_section_id: 20, name: 'Tief', locale: 'de' },
    { id: 22, category_id: 10, parent_section_id: 21, name: 'Tiefer', locale: 'de' },
    { id: 23, category_id: 10, name: 'Passwort & Größe', locale: 'de' },
  ],
  user_segments: [
    { id: 1, name: 'Signed in', user_type: 'signed_in_users' },
    { id: 2, name: 'Staff', user_type: 'staff' },
  ],
};

interface Situation {
  context: Context;
  content: string;
  export(articles: readonly object[], more?: object, files?: Files): Promise<void>;
  run(more?: { dryRun?: boolean }): Promise<ImportResult>;
  text(file: string): Promise<string>;
}

async function situation(): Promise<Situation> {
  const root = await emptyFolder();
  await writeFiles(root, { 'content/kb.yaml': config });
  const content = join(root, 'content');
  const context: Context = {
    contentDir: content,
    ledgerPath: null,
    cwd: root,
    today: '2026-11-22',
    workspaceName: null,
    env: {},
    signal: new AbortController().signal,
    verbose: () => {},
    warn: () => {},
  };
  return {
    context,
    content,
    export: async (articles, more = groups, files = {}) => {
      await rm(join(root, 'export'), { recursive: true, force: true });
      await writeFiles(join(root, 'export'), {
        'articles.json': JSON.stringify({ articles, ...more }),
        ...files,
      });
    },
    run: (more) => importZendeskCommand(context, { from: 'export', dryRun: false, ...more }),
    text: (file) => readFile(join(content, file), 'utf8'),
  };
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('import', () => {
  it('makes articles with their locales, in their collections', async () => {
    const it = await situation();
    await it.export([
      record(1, 'de'),
      record(1, 'en-us', { title: 'Article 1', body: '<p>English.</p>' }),
      record(2, 'de', { section_id: 22, draft: true, user_segment_id: 1 }),
      record(3, 'de', { section_id: 23, user_segment_id: 2 }),
      record(4, 'de', { section_id: null, user_segment_id: 99 }),
      record(5, 'de', { outdated: false }),
      record(5, 'en-us', { title: 'Five', outdated: true }),
    ]);
    const result = await it.run();
    const content = await readContent(it.content);
    expect(check(content, '2026-11-22').filter(({ severity }) => severity === 'error')).toEqual([]);
    const shown = content.articles.map((article) => [
      ...[article.path, article.visibility, article.source?.id, article.source?.segment ?? null],
      article.translations.map(({ locale, publication }) => `${locale} ${publication}`).join(', '),
    ]);
    expect(shown).toEqual([
      ['importierte-artikel/artikel-4', 'internal', '4', '99', 'de published'],
      ['konto/passwort-groesse-23/artikel-3', 'internal', '3', '2', 'de published'],
      ['konto/passwort-groesse/artikel-1', 'public', '1', null, 'de published, en published'],
      ['konto/passwort-groesse/artikel-5', 'public', '5', null, 'de published, en published'],
      ['konto/passwort-groesse/tief/artikel-2', 'users', '2', '1', 'de draft'],
    ]);
    const one = content.articles.find(({ source }) => source?.id === '1');
    expect(one).toMatchObject({
      author: 'anna@example.com',
      tags: ['a', 'b'],
      order: 1,
      sourceLocale: 'de',
    });
    const [source, english] = one?.translations ?? [];
    expect(english?.translationOf).toBe(source?.textDigest);
    const five = content.articles.find(({ source }) => source?.id === '5');
    const outdated = five?.translations.find(({ locale }) => locale === 'en');
    expect(outdated?.translationOf).not.toBe(five?.translations[0]?.textDigest);
    expect(outdated?.translationOf).not.toBeNull();
    expect(result.skipped.map(({ id }) => id)).toContain('22');
    expect(result.redirects).toContainEqual({
      from: `${base}/de/articles/1-x`,
      id: 'artikel-1',
      locale: 'de',
    });
  });

  it('turns links between articles, pictures and downloads into those of the tree', async () => {
    const it = await situation();
    const body = [
      `<p><a href="${base}/de/articles/2-anything#h_01ABCDEFGHJKMNPQRSTVWXYZ00">two</a>`,
      `<a href="/hc/articles/2">relative</a> <a href="https://acme.zendesk.com/knowledge/articles/2/de?brand_id=1">edit</a>`,
      `<a href="${base}/en-us/articles/2#named">other locale</a> <a href="#part">here</a> <a href="https://x.y/articles/undefined#part">broken</a>`,
      `<a href="${base}/de/articles/999">gone</a> <a href="/hc/de/requests/new">form</a> <a href="https://example.org/?utm_source=x&amp;id=1">out</a></p>`,
      `<h2 id="part">Part</h2><p><img src="/hc/article_attachments/360001" width="10"><img src="/hc/article_attachments/404404">`,
      `<img src="data:image/png;base64,${Buffer.from(png).toString('base64')}"><a href="/hc/de/article_attachments/360002/manual.pdf">manual</a></p>`,
    ].join('\n');
    await it.export(
      [
        record(1, 'de', { body }),
        record(2, 'de', {
          section_id: 23,
          body: '<h2 id="h_01ABCDEFGHJKMNPQRSTVWXYZ00">Das Ziel</h2><h3 id="named">Noch eins</h3>',
        }),
      ],
      {
        ...groups,
        article_attachments: [
          {
            id: 360003,
            article_id: 1,
            file_name: 'Liste [1].pdf',
            content_url: 'https://acme.zendesk.com/x',
            inline: false,
          },
        ],
      },
      {
        'files/360001.png': png,
        'files/manual.pdf': new Uint8Array([37, 80, 68, 70]),
        '360003-liste.pdf': new Uint8Array([37, 80, 68, 70, 45]),
      },
    );
    const result = await it.run();
    const text = await it.text('konto/passwort-groesse/artikel-1.de.md');
    expect(text).toContain('[two](../passwort-groesse-23/artikel-2.de.md#das-ziel)');
    expect(text).toContain('[relative](../passwort-groesse-23/artikel-2.de.md)');
    expect(text).toContain('[edit](../passwort-groesse-23/artikel-2.de.md)');
    expect(text).toContain('[other locale](../passwort-groesse-23/artikel-2.de.md#named)');
    expect(text).toContain('[here](#part) [broken](#part)');
    expect(text).toContain('[out](https://example.org/?id=1)');
    expect(text).toMatch(/<img src="\.\.\/\.\.\/assets\/[\w-]+\.png" alt="" width="10">/);
    expect(text).toMatch(/\[manual\]\(\.\.\/\.\.\/assets\/manual-[\da-f]+\.pdf\)/);
    expect(text).toMatch(/- \[Liste \\\[1\\\]\.pdf\]\(\.\.\/\.\.\/assets\//);
    expect(
      result.losses.map(({ construct, action }) => `${construct} ${action}`).toSorted(),
    ).toEqual(['image kept', 'link-target kept', 'link-target kept', 'link-tracking transformed']);
    expect(losesContent(result)).toBe(true);
    // The picture from the export and the one in the body are the same bytes, so one file.
    expect(result.assets.filter(({ path }) => path.endsWith('.png'))).toHaveLength(1);
    const content = await readContent(it.content);
    const errors = check(content, '2026-11-22').filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(['file-left-behind']);
  });

  it('writes nothing on a dry run, and the same files on every run', async () => {
    const it = await situation();
    await it.export([record(1, 'de')]);
    const dry = await it.run({ dryRun: true });
    expect(dry.articles).toMatchObject([{ action: 'created' }]);
    expect((await readContent(it.content)).articles).toEqual([]);
    await it.run();
    const first = await it.text('konto/passwort-groesse/artikel-1.de.md');
    const again = await it.run();
    expect(again.articles).toMatchObject([{ action: 'unchanged' }]);
    expect(await it.text('konto/passwort-groesse/artikel-1.de.md')).toBe(first);
  });

  it('updates what nobody edited, merges what somebody did, shows conflicts, and deletes nothing', async () => {
    const it = await situation();
    const text = (words: string): string => `<p>First.</p><p>${words}</p><p>Last.</p>`;
    const file = (id: number): string => `konto/passwort-groesse/artikel-${id}.de.md`;
    const all = (words: string): object[] =>
      [1, 2, 3, 4].map((id) => record(id, 'de', { body: text(words) }));
    await it.export(all('Middle.'));
    await it.run();
    await edit(join(it.content, file(2)), (it) => it.replace('First.', 'First, edited here.'));
    await edit(join(it.content, file(3)), (it) => it.replace('Middle.', 'Edited here.'));
    await edit(join(it.content, file(3)), (it) => it.replace('title: Artikel 3', 'title: Hier'));
    await it.export([
      ...all('Changed there.').slice(0, 2),
      record(3, 'de', { body: text('Changed there.') }),
    ]);
    const result = await it.run();
    expect(result.articles.map(({ action }) => action)).toEqual(['updated', 'merged', 'conflict']);
    expect(await it.text(file(1))).toContain('Changed there.');
    const second = await it.text(file(2));
    expect(second).toContain('First, edited here.');
    expect(second).toContain('Changed there.');
    const third = await it.text(file(3));
    expect(third).toContain('title: Hier');
    expect(third).toMatch(/<<<<<<< here\nEdited here\.\n=======\nChanged there\.\n>>>>>>> Zendesk/);
    expect(result.skipped.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
      expect.stringContaining('artikel-3:de the text changed here and in Zendesk'),
      expect.stringContaining('artikel-4 is no longer in Zendesk'),
    ]);
    expect(await it.text(file(4))).toContain('Middle.');
  });

  it('restricts what Zendesk restricts later, edited here or not, and never opens it again', async () => {
    const it = await situation();
    const file = (id: number): string => `konto/passwort-groesse/artikel-${id}.de.md`;
    await it.export([1, 2, 3].map((id) => record(id, 'de')));
    await it.run();
    await edit(join(it.content, file(2)), (text) => text.replace('Text 2.', 'Edited here.'));
    await rm(join(it.content, '../.kb'), { recursive: true });
    await it.export([
      record(1, 'de', { user_segment_id: 1 }),
      record(2, 'de', { user_segment_id: 2, body: '<p>Edited there.</p>' }),
      record(3, 'de'),
    ]);
    const { skipped } = await it.run();
    const shown = async () =>
      (await readContent(it.content)).articles.map(
        ({ visibility, source }) => `${source?.id} ${visibility} ${source?.segment}`,
      );
    expect(await shown()).toEqual(['1 users 1', '2 internal 2', '3 public null']);
    expect(await it.text(file(2))).toContain('Edited here.');
    expect(skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('only some may read it'),
      expect.stringMatching(/differs from Zendesk.*only some may read it/),
    ]);
    await it.export([1, 2, 3].map((id) => record(id, 'de')));
    const opened = await it.run();
    expect(await shown()).toEqual(['1 users null', '2 internal null', '3 public null']);
    expect(opened.skipped.map(({ reason }) => reason).join()).toContain('everybody may read it');
  });

  it('merges front matter key by key', async () => {
    const it = await situation();
    const file = 'konto/passwort-groesse/artikel-1.de.md';
    await it.export([record(1, 'de')]);
    await it.run();
    await edit(join(it.content, file), (text) =>
      text.replace(/\ba\b(?=, b|\n +- b)/, 'hier').replace('order: 1', 'order: 5'),
    );
    await it.export([
      record(1, 'de', { label_names: ['a', 'b', 'c'], position: 9, title: 'Neu', draft: true }),
    ]);
    const { articles, skipped } = await it.run();
    expect(articles).toMatchObject([{ action: 'conflict' }]);
    expect(skipped).toMatchObject([{ reason: expect.stringContaining('order changed here') }]);
    const [one] = (await readContent(it.content)).articles;
    expect(one).toMatchObject({ tags: ['hier', 'b', 'c'], order: 5 });
    expect(one?.translations).toMatchObject([{ title: 'Neu', publication: 'draft' }]);
    expect(one?.translations[0]?.redirects).toHaveLength(1);
  });

  it('names locales that went, and holds back what lost its files', async () => {
    const it = await situation();
    const body = '<p><img src="/hc/article_attachments/404404"></p>';
    await it.export([record(1, 'de', { body }), record(1, 'en-us', { title: 'One' })]);
    await it.run();
    await it.export([record(1, 'de', { body })]);
    const { skipped } = await it.run();
    expect(skipped).toMatchObject([{ kind: 'translation', id: 'artikel-1:en' }]);
    const found = check(await readContent(it.content), '2026-11-22').filter(
      ({ severity }) => severity === 'error',
    );
    expect(found).toMatchObject([
      { rule: 'file-left-behind', file: 'konto/passwort-groesse/artikel-1.de.md' },
    ]);
  });

  it('names the pieces that stand in several articles', async () => {
    const it = await situation();
    const same =
      '<p>Our support is there for you from Monday to Friday, from eight to six, by chat and by mail.</p>';
    await it.export([1, 2, 3, 4].map((id) => record(id, 'de', { body: `<p>${id}</p>${same}` })));
    const { repeated } = await it.run({ dryRun: true });
    expect(repeated).toMatchObject([
      { include: 'our-support-is-there-for-you-fro', count: 4, locale: 'de' },
    ]);
    expect(repeated[0]?.articles).toHaveLength(4);
  });

  it('lists downloads whatever they are called', async () => {
    const it = await situation();
    const names = ['a (1).pdf', '<img src=x>.pdf', '*x*_y_.pdf', '[z].pdf'];
    await it.export([record(1, 'de')], {
      ...groups,
      article_attachments: names.map((file_name, index) => ({
        ...{ id: 5000 + index, article_id: 1, file_name, inline: false },
        content_url: `${base}/article_attachments/${5000 + index}/${encodeURI(file_name)}`,
      })),
    });
    const { losses } = await it.run();
    expect(losses.map(({ excerpt }) => excerpt)).toEqual(names);
    const [one] = (await readContent(it.content)).articles;
    const [text] = one?.translations ?? [];
    expect(text?.problems).toEqual([]);
    expect(text?.references.map(({ href }) => decodeURIComponent(href))).toEqual(
      names.map((name, index) => `${base}/article_attachments/${5000 + index}/${name}`),
    );
    expect(treeText(text?.body ?? [])).toBe(`Text 1.\n${names.join('\n')}`);
  });

  it('follows pages and pictures beside each other in a folder of pages', async () => {
    const it = await situation();
    await it.export(
      [],
      {},
      {
        'Konto/Start.html':
          '<p><a href="../Mehr/Zwei%20Dinge.html#x">zwei</a> <img src="img/a.png"></p>',
        'Konto/img/a.png': png,
        'Mehr/Zwei Dinge.html': '<h2 id="x">Das X</h2><p><img src="img/a.png"></p>',
        'Mehr/img/a.png': new Uint8Array([...png, 9]),
      },
    );
    const { losses, failures, assets } = await it.run();
    expect([losses, failures, assets.length]).toEqual([[], [], 2]);
    expect(await it.text('konto/start.de.md')).toMatch(
      /\[zwei\]\(\.\.\/mehr\/zwei-dinge\.de\.md#x\) !\[\]\(\.\.\/assets\/a-/,
    );
  });

  it('keeps identity and place where a title changed there or a file moved here', async () => {
    const it = await situation();
    await it.export([record(1, 'de')]);
    await it.run();
    await it.export([record(1, 'de', { title: 'Ganz anders' })]);
    const { articles } = await it.run();
    expect(articles).toMatchObject([
      { path: 'konto/passwort-groesse/artikel-1', action: 'updated' },
    ]);
    expect(await it.text('konto/passwort-groesse/artikel-1.de.md')).toContain('title: Ganz anders');
  });

  it('stands titles that are no file names', async () => {
    const it = await situation();
    const titles = [
      '../x',
      'CON',
      '🙂',
      'x'.repeat(300),
      '',
      'Same',
      'Same',
      '日本語',
      'a/b\\c:d',
      '.hidden',
    ];
    await it.export(
      titles.map((title, index) =>
        record(index + 1, 'de', { title, body: index === 0 ? null : '<p>x</p>' }),
      ),
    );
    const { articles, failures } = await it.run();
    expect(failures).toEqual([]);
    const names = articles.map(({ path }) => path.split('/').at(-1));
    expect(new Set(names).size).toBe(titles.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,80}$/);
    expect(names).toEqual([
      ...['x', 'con-page', 'article-3', 'x'.repeat(60), 'article-5', 'same', 'same-7', 'article-8'],
      ...['a-b-c-d', 'hidden'],
    ]);
    const content = await readContent(it.content);
    expect(content.articles).toHaveLength(titles.length);
  });

  it('takes the later of two records with one id, and says so', async () => {
    const it = await situation();
    await it.export([
      record(1, 'de', { body: '<p>new</p>', updated_at: '2026-02-01T00:00:00Z' }),
      record(1, 'de', { body: '<p>old</p>', updated_at: '2026-01-01T00:00:00Z' }),
    ]);
    const { skipped } = await it.run();
    expect(await it.text('konto/passwort-groesse/artikel-1.de.md')).toContain('new');
    expect(skipped).toMatchObject([{ id: '1', reason: expect.stringContaining('twice') }]);
  });

  it('refuses locales that nobody decided on, before anything is written', async () => {
    const it = await situation();
    await it.export([record(1, 'de'), record(1, 'en-us'), record(1, 'en-gb')]);
    await expect(it.run()).rejects.toMatchObject({ code: 'locale' });
    await it.export([record(1, 'fr')]);
    await expect(it.run()).rejects.toMatchObject({
      code: 'locale',
      hint: expect.stringContaining('fr'),
    });
    expect((await readContent(it.content)).articles).toEqual([]);
  });
});

describe('imported is not reviewed', () => {
  it('what lost most is read first, and its baseline ends first', async () => {
    const it = await situation();
    const lost = (count: number): string => '<iframe src="https://a.b/c"></iframe>'.repeat(count);
    const image = '<p><img src="/hc/article_attachments/404404"></p>';
    await it.export([
      record(1, 'de'),
      record(2, 'de', { body: `<p>x</p>${lost(1)}` }),
      record(3, 'de', { body: '<ul><li><form>Seite<input></form></li></ul>' }),
      record(4, 'de', { body: `<p>y</p>${lost(3)}` }),
      record(5, 'de', { body: image }),
    ]);
    await it.run();
    const work = await reviewStatusCommand(it.context, { items: [] });
    const articles = work.translations.filter(({ kind }) => kind === 'article');
    expect(articles.map(({ id }) => id)).toEqual(
      [3, 5, 4, 2, 1].map((number) => `artikel-${number}`),
    );
    const stamp = { by: 'anna@example.com', baseline: true, until: '2027-05-31' };
    const { translations } = await reviewCommand(it.context, {
      ...{ items: [], imported: true, spreadDays: 40, ...stamp },
    });
    expect(translations.filter(({ refused }) => refused !== null)).toMatchObject([
      { id: 'artikel-5' },
    ]);
    expect(translations.map(({ kind }) => kind)).toContain('collection');
    const after = await readContent(it.content);
    const ends = after.articles.map(
      ({ id, translations: [text] }) => `${id} ${text?.review?.until}`,
    );
    expect(ends.toSorted()).toEqual([
      ...['artikel-1 2027-05-15', 'artikel-2 2027-05-07', 'artikel-3 2027-04-21'],
      ...['artikel-4 2027-04-29', 'artikel-5 undefined'],
    ]);
    const left = (await reviewStatusCommand(it.context, { items: [] })).translations;
    expect(left.filter(({ status }) => status === 'unreviewed')).toMatchObject([
      { id: 'artikel-5', losses: { content: 1, look: 0 } },
    ]);
    await expect(
      reviewCommand(it.context, {
        items: [],
        ...stamp,
        baseline: false,
        until: null,
        spreadDays: 3,
      }),
    ).rejects.toMatchObject({ code: 'usage' });
  });
});
