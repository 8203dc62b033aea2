import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDump } from '../../src/zendesk/index.ts';
import { parseCsv } from '../../src/zendesk/source/parse-csv.ts';
import { emptyFolder, type Files, writeFiles } from '../support/content-builder.ts';

const article = (id: number, more: object = {}): object => ({
  id,
  title: `Title ${id}`,
  name: `Title ${id}`,
  locale: 'en-us',
  source_locale: 'en-us',
  body: `<p>Body ${id}</p>`,
  section_id: 7,
  ...more,
});

async function dump(files: Files) {
  const root = await emptyFolder();
  await writeFiles(root, files);
  return readDump(root);
}

describe('exports', () => {
  it.each<[string, Files]>([
    [
      'one page of articles',
      { 'articles.json': JSON.stringify({ articles: [article(1), article(2)] }) },
    ],
    [
      'numbered pages',
      {
        'page-1.json': JSON.stringify({ articles: [article(1)], next_page: 'x' }),
        'page-2.json': JSON.stringify({ articles: [article(2)] }),
      },
    ],
    [
      'a file for each article',
      {
        'acme.zendesk.com/en-us/articles/1.json': JSON.stringify({ article: article(1) }),
        'acme.zendesk.com/en-us/articles/2.json': JSON.stringify({ article: article(2) }),
      },
    ],
    ['bare lists', { 'all.json': JSON.stringify([article(1), article(2)]) }],
    [
      'lines of JSON',
      { 'all.jsonl': `${JSON.stringify(article(1))}\n${JSON.stringify(article(2))}\n` },
    ],
    [
      'data beside a body',
      {
        '1/meta.json': JSON.stringify(article(1, { body: undefined })),
        '1/body.html': '<p>Body 1</p>',
        '2/meta.json': JSON.stringify(article(2, { body: null })),
        '2/index.html': '<html><body><p>Body 2</p></body></html>',
      },
    ],
    [
      'a table',
      {
        'articles.csv':
          'id,title,body,locale\n1,Title 1,"<p>Body 1</p>",en-us\n2,"Title 2","<p>Body 2</p>",en-us\n',
      },
    ],
  ])('%s', async (_, files) => {
    const { articles, failures, bodies } = await dump(files);
    expect(failures).toEqual([]);
    expect(
      articles.map(({ id, title, body, locale }) => ({
        ...{ id, title, locale },
        body: body === null ? null : bodies.read(body).trim(),
      })),
    ).toEqual([
      { id: '1', title: 'Title 1', body: '<p>Body 1</p>', locale: 'en-us' },
      { id: '2', title: 'Title 2', body: '<p>Body 2</p>', locale: 'en-us' },
    ]);
  });

  it('folders of pages without data', async () => {
    const { articles } = await dump({
      'Billing/Invoices/How to pay.html': '<p>Pay.</p>',
      'Billing/Invoices/360001-Where-is-my-invoice.html': '<p>Here.</p>',
      'Billing/picture.png': new Uint8Array([1]),
    });
    expect(articles.map(({ title, folders }) => [title, folders])).toEqual([
      ['Where is my invoice', ['Billing', 'Invoices']],
      ['How to pay', ['Billing', 'Invoices']],
    ]);
    expect(articles[0]?.id).toBe('360001');
  });

  it('sections, categories, segments, translations and attachments are found wherever they are', async () => {
    const source = await dump({
      'a.json': JSON.stringify({
        sections: [{ id: 7, category_id: 3, name: 'S' }],
        categories: [{ id: 3, name: 'C' }],
      }),
      'b.json': JSON.stringify({
        user_segments: [{ id: 9, name: 'Staff', user_type: 'staff' }],
        articles: [article(1)],
      }),
      'c.json': JSON.stringify({
        translations: [
          { source_id: 1, source_type: 'Article', locale: 'de', title: 'T', body: '<p>x</p>' },
        ],
      }),
      'd.json': JSON.stringify({
        article_attachments: [
          { id: 5, article_id: 1, file_name: 'a.pdf', content_url: 'https://x/5', inline: false },
        ],
      }),
    });
    expect(source.groups.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'section 7',
      'category 3',
    ]);
    expect([source.segments.length, source.translations.length, source.attachments.length]).toEqual(
      [1, 1, 1],
    );
  });

  it('names what cannot be read and reads the rest', async () => {
    const { articles, failures, bodies } = await dump({
      'broken.json': '{"articles": [',
      'good.json': JSON.stringify({
        articles: [article(1), article(2, { body: null }), { title: 'no id' }, 7],
      }),
      'latin.html': new Uint8Array([0x3c, 0x70, 0x3e, 0xe4]),
      'utf16.json': new Uint8Array(
        Buffer.from(`\ufeff${JSON.stringify({ article: article(3) })}`, 'utf16le'),
      ),
    });
    expect(articles.map(({ id }) => id).filter((id) => /^\d$/.test(id))).toEqual(['1', '2', '3']);
    const last = articles.at(-1)?.body;
    expect(last && bodies.read(last)).toBe('<p>ä');
    expect(failures.map(({ file }) => file)).toEqual(['broken.json', 'latin.html']);
  });

  it('files too big to be read at once are read record by record', async () => {
    const body = `<p>${'ä"\\\\{[ '.repeat(20_000)}</p>`;
    const articles = Array.from({ length: 30 }, (_, index) => article(index + 1, { body }));
    const forms = {
      'a/page.json': JSON.stringify({ count: 30, meta: { x: ['{'] }, articles, next_page: null }),
      'b/list.json': JSON.stringify(articles, null, 2),
    };
    for (const [name, text] of Object.entries(forms)) {
      expect(text.length).toBeGreaterThan(5_000_000);
      const whole = await dump({ [name]: text });
      expect([whole.failures, whole.articles.length]).toEqual([[], 30]);
      expect(
        whole.bodies.read(whole.articles.at(-1)?.body ?? { start: 0, bytes: 0, hash: '' }),
      ).toBe(body);
      const broken = await dump({ [name]: text.slice(0, -300_000) });
      expect([broken.failures.length, broken.articles.length]).toEqual([1, 28]);
    }
  });

  it('says so where there is nothing', async () => {
    await expect(dump({ 'a.txt': 'x' })).rejects.toMatchObject({ code: 'no-source' });
    await expect(readDump(join(await emptyFolder(), 'gone'))).rejects.toMatchObject({
      code: 'no-source',
    });
  });

  it('tables are read as spreadsheets write them', () => {
    expect(parseCsv('a;b\n"x ""y""\nz";2\n;3')).toEqual([
      ['a', 'b'],
      ['x "y"\nz', '2'],
      ['', '3'],
    ]);
    expect(parseCsv('a,b\r\n1,2\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});
