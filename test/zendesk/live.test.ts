import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import type { ImportResult } from '../../src/commands/import-result.ts';
import { importZendeskCommand } from '../../src/commands/import-zendesk.ts';
import { readContent } from '../../src/repository/index.ts';
import { emptyFolder, writeFiles } from '../support/content-builder.ts';
import {
  busy,
  type EmulatedArticle,
  type EmulatorHabits,
  serveZendesk,
  signIn,
  ZendeskEmulator,
} from '../support/zendesk-emulator.ts';

const config = `defaultLocale: en
locales: [en, de]
import: { locales: { en-us: en } }
`;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const pdf = new Uint8Array([37, 80, 68, 70, 45, 49]);
const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;

function article(id: number, more: Partial<EmulatedArticle> = {}): EmulatedArticle {
  return {
    ...{ id, section_id: 22, source_locale: 'en-us', updated_at: day(1) },
    texts: { 'en-us': { title: `Article ${id}`, body: `<p>Text ${id}.</p>` } },
    ...more,
  };
}

function center(habits: Partial<EmulatorHabits> = {}): ZendeskEmulator {
  return new ZendeskEmulator(
    {
      locales: ['en-us', 'de'],
      token: 'secret',
      categories: [{ id: 10, names: { 'en-us': 'Account', de: 'Konto' } }],
      sections: [
        { id: 20, category_id: 10, names: { 'en-us': 'Access', de: 'Zugang' } },
        { id: 21, category_id: 10, parent_section_id: 20, names: { 'en-us': 'Passwords' } },
        { id: 22, category_id: 10, parent_section_id: 21, names: { 'en-us': 'Too deep' } },
      ],
      segments: [{ id: 5, name: 'Staff', user_type: 'staff' }],
      articles: [
        article(1, {
          texts: {
            'en-us': { title: 'One', body: '<p>One. <img src="/hc/article_attachments/71"></p>' },
            de: { title: 'Eins', body: '<p>Eins.</p>', outdated: true },
          },
        }),
        article(2),
        article(3, { user_segment_id: 5 }),
        article(4, {
          texts: {
            'en-us': { title: 'Four', body: '<p>Four.</p>' },
            de: { title: 'Vier', body: '<p>Vier.</p>', draft: true },
          },
        }),
      ],
      attachments: [
        {
          id: 71,
          article_id: 1,
          file_name: 'a.png',
          content_type: 'image/png',
          inline: true,
          bytes: png,
        },
        {
          id: 72,
          article_id: 1,
          file_name: 'b.pdf',
          content_type: 'application/pdf',
          inline: false,
          bytes: pdf,
        },
      ],
    },
    habits,
  );
}

interface There {
  content: string;
  run(more?: { signal?: AbortSignal; isPublic?: boolean; dryRun?: boolean }): Promise<ImportResult>;
}

async function importing(emulator: ZendeskEmulator): Promise<There> {
  const root = await emptyFolder();
  await writeFiles(root, { 'content/kb.yaml': config });
  const from = await serveZendesk(emulator);
  const content = join(root, 'content');
  const context: Context = {
    ...{ contentDir: content, ledgerPath: null, cwd: root, today: '2026-11-22' },
    ...{ workspaceName: null, env: { ZENDESK_OAUTH_TOKEN: 'secret' } },
    signal: new AbortController().signal,
    ...{ verbose: () => {}, warn: () => {} },
  };
  return {
    content,
    run: ({ signal = context.signal, isPublic = false, dryRun = false } = {}) =>
      importZendeskCommand(
        { ...context, signal, env: isPublic ? {} : context.env },
        { from, dryRun },
      ),
  };
}

async function texts(content: string): Promise<string[]> {
  const { articles } = await readContent(content);
  return articles
    .flatMap((it) =>
      it.translations.map(
        ({ locale, publication }) => `${it.source?.id} ${locale} ${publication} ${it.visibility}`,
      ),
    )
    .toSorted();
}

const all = [
  ...['1 de published public', '1 en published public', '2 en published public'],
  ...['3 en published internal', '4 de draft public', '4 en published public'],
];

describe('a live help center', () => {
  it.each<[string, Partial<EmulatorHabits>]>([
    ['by cursor', {}],
    ['page by page, two at a time', { paging: 'offset', largestPage: 2 }],
    ['by cursor, one at a time', { largestPage: 1 }],
    ['without translations in its listings', { sideloads: false }],
    ['without .json', { suffix: false }],
    ['where listings know no locale', { localised: false, sideloads: false }],
    ['without a list of changes', { incremental: false, paging: 'offset' }],
  ])('is read whole %s', async (_, habits) => {
    const emulator = center(habits);
    const there = await importing(emulator);
    const result = await there.run();
    expect(result.failures).toEqual([]);
    expect(await texts(there.content)).toEqual(all);
    const { articles, collections } = await readContent(there.content);
    const one = articles.find(({ source }) => source?.id === '1');
    const [english, german] = one?.translations ?? [];
    expect(german?.translationOf).not.toBeNull();
    expect(german?.translationOf).not.toBe(english?.textDigest);
    expect(one?.path).toBe('account/access/passwords/one');
    expect(collections.map(({ path }) => path)).toEqual([
      ...['account', 'account/access', 'account/access/passwords'],
    ]);
    const text = await readFile(join(there.content, `${one?.path}.en.md`), 'utf8');
    expect(text).toMatch(/!\[\]\(.*assets\/a-[\da-f]+\.png\)/);
    expect(text).toMatch(/- \[b\.pdf\]\(.*assets\/b-[\da-f]+\.pdf\)/);
    expect(emulator.asked.every((path) => /^\/(?:api\/v2\/help_center|hc)\//.test(path))).toBe(
      true,
    );
  });

  it('shows visitors without a token what is public, and no more', async () => {
    const there = await importing(center());
    const { failures } = await there.run({ isPublic: true });
    expect(failures).toEqual([]);
    expect(await texts(there.content)).toEqual(all.filter((line) => !/internal|draft/.test(line)));
  });

  it('waits when it is told to, and goes on', async () => {
    const emulator = center();
    emulator.faults.push(
      { path: /de\/articles/, times: 2, answer: () => busy('0') },
      {
        path: /en-us\/sections/,
        times: 1,
        answer: () => new Response('', { status: 503, headers: { 'retry-after': '0' } }),
      },
    );
    const there = await importing(emulator);
    await there.run();
    expect(await texts(there.content)).toEqual(all);
    expect(emulator.asked.filter((path) => path.includes('/de/articles'))).toHaveLength(3);
  });

  it('goes on where it was killed: no page is asked for twice', async () => {
    const emulator = center({ largestPage: 1 });
    const there = await importing(emulator);
    const killer = new AbortController();
    emulator.before = (path) => {
      if (path.includes('/de/articles')) killer.abort();
    };
    await expect(there.run({ signal: killer.signal })).rejects.toThrow();
    const before = emulator.asked.filter((path) => path.includes('/en-us/articles'));
    expect(before).toHaveLength(4);
    emulator.before = () => {};
    await there.run();
    expect(await texts(there.content)).toEqual(all);
    expect(emulator.asked.filter((path) => path.includes('/en-us/articles'))).toEqual(before);
  });

  it('begins a listing anew where the address of its next page is no longer taken', async () => {
    const emulator = center({ largestPage: 1 });
    const there = await importing(emulator);
    const killer = new AbortController();
    emulator.before = (path) => {
      if (path.includes('page[after]=2')) killer.abort();
    };
    await expect(there.run({ signal: killer.signal })).rejects.toThrow();
    emulator.before = () => {};
    const gone = () => Response.json({ error: 'InvalidCursor' }, { status: 400 });
    emulator.faults.push({ path: /page\[after\]=2/, times: 1, answer: gone });
    await there.run();
    expect(await texts(there.content)).toEqual(all);
  });

  it('asks a second time for what changed, and notices what was deleted', async () => {
    const emulator = center();
    const there = await importing(emulator);
    await there.run();
    emulator.asked.length = 0;
    expect((await there.run()).articles.map(({ action }) => action)).toEqual(
      all.map(() => 'unchanged'),
    );
    const listings = (): string[] =>
      emulator.asked.filter(
        (path) => /(?:en-us|de)\/articles/.test(path) && !path.includes('per_page=1&'),
      );
    expect(listings()).toEqual([]);
    expect(emulator.asked.filter((path) => /attachments/.test(path))).toEqual([]);
    const later = new Date(Date.now() + 60_000).toISOString();
    emulator.center.articles[0] = article(1, {
      updated_at: later,
      texts: {
        'en-us': { title: 'One', body: '<p>One, changed.</p>' },
        de: { title: 'Eins', body: '<p>Eins, auch.</p>' },
      },
    });
    emulator.center.articles.push(article(6, { updated_at: later }));
    emulator.asked.length = 0;
    const changed = await there.run();
    expect(listings()).toEqual([]);
    expect(changed.articles.filter(({ action }) => action !== 'unchanged')).toMatchObject([
      { sourceId: '1', locale: 'en', action: 'updated' },
      { sourceId: '1', locale: 'de', action: 'updated' },
      { sourceId: '6', locale: 'en', action: 'created' },
    ]);
    emulator.center.articles.splice(1, 1);
    const { skipped } = await there.run();
    expect(skipped).toContainEqual(
      expect.objectContaining({ id: 'article-2', reason: expect.stringContaining('no longer') }),
    );
    expect(await texts(there.content)).toHaveLength(all.length + 1);
  });

  it('reads pages by number again when they shift', async () => {
    const emulator = center({ paging: 'offset', largestPage: 2 });
    let pages = 0;
    emulator.before = (path) => {
      if (path.includes('/en-us/articles') && ++pages === 2) emulator.center.articles.shift();
    };
    const there = await importing(emulator);
    const { failures } = await there.run();
    expect(failures).toEqual([]);
    expect(await texts(there.content)).toEqual(all.filter((line) => !line.startsWith('1 ')));
  });

  it('keeps the address of a picture it is not shown', async () => {
    const emulator = center();
    emulator.faults.push({ path: /article_attachments\/71/, times: 9, answer: signIn });
    const there = await importing(emulator);
    const { losses } = await there.run();
    expect(losses).toMatchObject([{ construct: 'image', action: 'kept' }]);
  });

  it('leaves nothing behind on a dry run', async () => {
    const there = await importing(center());
    const { articles } = await there.run({ dryRun: true });
    expect(articles).toHaveLength(all.length);
    await expect(readFile(join(there.content, '../.kb'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await texts(there.content)).toEqual([]);
  });

  it('is HTTPS, or HTTP on loopback, and answers as one', async () => {
    const { importFrom } = await refusing();
    await expect(importFrom('http://help.example.com')).rejects.toMatchObject({ code: 'address' });
    const page = await serveZendesk(new ZendeskEmulator({ locales: [] }));
    await expect(importFrom(page)).rejects.toMatchObject({ code: 'zendesk' });
    const closed = new ZendeskEmulator({});
    closed.faults.push({
      path: /locales/,
      times: 9,
      answer: () => Response.json({}, { status: 401 }),
    });
    await expect(importFrom(await serveZendesk(closed))).rejects.toMatchObject({
      code: 'zendesk-denied',
      hint: expect.stringContaining('ZENDESK_OAUTH_TOKEN'),
    });
    const shown = new ZendeskEmulator({});
    shown.faults.push({ path: /locales/, times: 9, answer: signIn });
    await expect(importFrom(await serveZendesk(shown))).rejects.toMatchObject({
      code: 'zendesk',
      hint: expect.stringContaining('sign in'),
    });
  });
});

async function refusing() {
  const root = await emptyFolder();
  await writeFiles(root, { 'content/kb.yaml': config });
  const context: Context = {
    ...{ contentDir: join(root, 'content'), ledgerPath: null, cwd: root, today: '2026-11-22' },
    ...{ workspaceName: null, env: {}, signal: new AbortController().signal },
    ...{ verbose: () => {}, warn: () => {} },
  };
  return { importFrom: (from: string) => importZendeskCommand(context, { from, dryRun: false }) };
}
