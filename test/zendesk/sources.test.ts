import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchHelpCenter, type Network, readDump } from '../../src/zendesk/index.ts';
import { authorizationFrom } from '../../src/zendesk/source/fetch-help-center.ts';
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
    const { articles, failures } = await dump(files);
    expect(failures).toEqual([]);
    expect(
      articles.map(({ id, title, body, locale }) => ({ id, title, body: body?.trim(), locale })),
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
    const { articles, failures } = await dump({
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
    expect(articles.at(-1)?.body).toBe('<p>ä');
    expect(failures.map(({ file }) => file)).toEqual(['broken.json', 'latin.html']);
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

describe('a live help center', () => {
  it('is read page by page in every locale, waiting when told to', async () => {
    const asked: string[] = [];
    let isBusy = true;
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      asked.push(url.pathname + url.search);
      response.setHeader('content-type', 'application/json');
      if (url.pathname.endsWith('/de/articles.json') && isBusy) {
        isBusy = false;
        response.writeHead(429, { 'retry-after': '2' }).end('{}');
      } else if (url.pathname.endsWith('locales.json')) {
        response.end(JSON.stringify({ locales: ['en-us', 'de'], default_locale: 'en-us' }));
      } else if (url.pathname.endsWith('articles.json')) {
        const locale = url.pathname.split('/').at(-2);
        const isFirst = url.searchParams.get('page[after]') === null;
        response.end(
          JSON.stringify({
            articles: [article(isFirst ? 1 : 2, { locale })],
            meta: { has_more: isFirst },
            links: {
              next: isFirst
                ? `https://acme.zendesk.com${url.pathname}?page[size]=100&page[after]=x`
                : null,
            },
          }),
        );
      } else response.end('{"sections":[],"categories":[]}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const waits: number[] = [];
    const network: Network = {
      fetch,
      wait: async (milliseconds) => void waits.push(milliseconds),
      signal: new AbortController().signal,
      authorization: null,
      told: () => {},
    };
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hc/en-us`;
    const { articles } = await fetchHelpCenter(address, network);
    expect(articles.map(({ id, locale }) => `${id} ${locale}`)).toEqual([
      '1 en-us',
      '2 en-us',
      '1 de',
      '2 de',
    ]);
    expect(waits).toEqual([2000]);
    expect(asked.every((path) => path.startsWith('/api/v2/help_center/'))).toBe(true);
  });

  it('takes HTTPS, or HTTP on loopback, and a token from the environment only', async () => {
    const network: Network = {
      fetch: () => Promise.reject(new Error('must not be asked')),
      wait: () => Promise.resolve(),
      signal: new AbortController().signal,
      authorization: null,
      told: () => {},
    };
    await expect(fetchHelpCenter('http://help.example.com', network)).rejects.toMatchObject({
      code: 'address',
    });
    await expect(fetchHelpCenter('https://help.example.com', network)).rejects.toMatchObject({
      code: 'zendesk',
    });
    expect(authorizationFrom({ ZENDESK_OAUTH_TOKEN: 'x' })).toBe('Bearer x');
    expect(authorizationFrom({ ZENDESK_EMAIL: 'a@b.c', ZENDESK_API_TOKEN: 't' })).toMatch(
      /^Basic /,
    );
    expect(authorizationFrom({})).toBeNull();
  });
});
