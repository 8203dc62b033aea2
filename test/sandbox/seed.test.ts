import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDump } from '../../src/sandbox/index.ts';
import { openTestSandbox, type TestSandbox } from './sandbox-client.ts';

const DUMP = fileURLToPath(new URL('../fixtures/sandbox-dump', import.meta.url));

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'seed-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A sandbox told about itself by its dump, as the command line does it. */
function openSeeded(
  dataDir?: string,
): TestSandbox & { isFilled: boolean; skipped: readonly string[] } {
  const { dump, settings } = readDump(DUMP);
  const test = openTestSandbox({
    workspaceId: settings.workspaceId ?? '',
    locales: settings.locales ?? [],
    defaultLocale: settings.defaultLocale ?? '',
    teammates: settings.teammates ?? [],
    teams: settings.teams ?? [],
    helpCenter: settings.helpCenter ?? {},
    dataDir,
  });
  return { ...test, ...test.sandbox.seed(dump) };
}

describe('a dump of a workspace', () => {
  it('says what the workspace is', () => {
    expect(readDump(DUMP).settings).toEqual({
      name: 'Beispiel AG',
      region: 'eu',
      workspaceId: 'yr18hzl2',
      locales: ['de', 'en'],
      defaultLocale: 'de',
      teammates: [
        { id: 4711, email: 'lea@example.com', name: 'Lea Sommer' },
        { id: 4712, email: 'jo@example.com', name: 'Jo Winter' },
      ],
      teams: [{ id: '900', name: 'Redaktion', members: ['lea@example.com', 'jo@example.com'] }],
      helpCenter: { id: '77', name: 'Beispiel Hilfe', customDomain: null },
    });
  });

  it('comes back from the API with its ids, texts, states and times', async () => {
    const test = openSeeded();
    expect(test.isFilled).toBe(true);
    expect(test.skipped).toEqual(['collection 5003 belongs to help center 78']);
    const { body } = await test.call('GET', '/articles');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(['6926920', '6926919']);
    const article = body.data[1];
    expect(article).toMatchObject({
      title: 'Anmelden',
      parent_ids: [5002],
      author_id: 4712,
      help_center_audience: 'all_users',
      has_unpublished_changes: true,
      updated_at: 1_760_000_300,
      tags: { tags: [{ id: '31', name: 'konto' }] },
      translated_content: {
        de: { ai_sales_agent_availability: false, state: 'published', updated_at: 1_760_000_200 },
        en: { title: 'Sign in', state: 'draft', url: null },
      },
    });
    expect((await test.call('GET', '/help_center/collections/5002')).body).toMatchObject({
      name: 'Anmelden',
      parent_id: '5001',
    });
    expect((await test.call('GET', '/internal_articles/801')).body.title).toBe('Intern');
    expect((await test.call('GET', '/audiences/5')).body.name).toBe('VIP');
    expect((await test.call('GET', '/teams')).body.teams[0].admin_ids).toEqual([4711, 4712]);
    expect((await test.call('GET', '/admins/4711')).body.team_ids).toEqual([900]);
    expect(test.problems).toEqual([]);
  });

  it('keeps stored bodies, signs their images anew and takes them back', async () => {
    const test = openSeeded();
    const read = async () => (await test.call('GET', '/articles/6926919')).body.body as string;
    const first = await read();
    expect(first).toContain('<h2 id="h_e324f0a1dd">Los</h2>');
    expect(first).toContain('i/o/yr18hzl2/34463717/1b42aa/bild.png?expires=');
    expect(first).not.toContain('signature=00ff');
    expect(await read()).not.toBe(first);
    const { status } = await test.call('PUT', '/articles/6926919', {
      body: first,
      state: 'published',
    });
    expect(status).toBe(200);
    expect(await read()).toContain('i/o/yr18hzl2/34463717/1b42aa/bild.png?');
  });

  it('moves the addresses of its help center here', async () => {
    const test = openSeeded();
    const { body } = await test.call('GET', '/articles/6926919');
    expect(body.body).toContain('href="http://127.0.0.1:4400/help/de/articles/6926920"');
    const redirects = await test.call('GET', '/help_center/help_centers/77/redirects');
    expect(redirects.body.data[0].from_url).toBe('http://127.0.0.1:4400/help/hc/de/articles/9');
    const page = await test.call('GET', '/help/hc/de/articles/9');
    expect([page.status, page.headers.get('location')]).toEqual([
      301,
      '/help/de/articles/6926920-passwort',
    ]);
    expect((await test.call('GET', '/_sandbox/assets/punkt.svg')).status).toBe(200);
  });

  it('gives new items ids of their own', async () => {
    const test = openSeeded();
    const { body } = await test.call('POST', '/articles', { title: 'Neu', author_id: 4711 });
    expect(body.id).toBe('6926921');
    const made = await test.call('POST', '/help_center/collections', { name: 'Neu' });
    expect(made.body.id).toBe('5003');
  });

  it('is there again after a reset, and not a second time after a restart', async () => {
    const test = openSeeded(dir);
    await test.call('DELETE', '/articles/6926920');
    test.sandbox.close();
    const again = openSeeded(dir);
    expect(again.isFilled).toBe(false);
    expect((await again.call('GET', '/articles')).body.total_count).toBe(1);
    await again.call('POST', '/_sandbox/reset');
    expect((await again.call('GET', '/articles')).body.total_count).toBe(2);
    again.sandbox.close();
  });
});

describe('a folder that is no dump', () => {
  it.each([
    [{}, 'neither articles.json nor collections.json'],
    [{ 'artcles.json': '[]', 'articles.json': '[]' }, 'artcles.json is unknown. Known: me.json'],
    [{ 'articles.json': '{"data":' }, 'articles.json is no JSON'],
    [{ 'articles.json': '[5]' }, 'articles.json must hold a list of objects'],
  ])('%j', (files: Record<string, string>, message) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
    expect(() => readDump(dir)).toThrow(message);
  });

  it('names the item that makes no sense, and stores nothing', async () => {
    writeFileSync(
      path.join(dir, 'articles.json'),
      '[{"id":"1","title":"A"},{"id":"x","title":"B"}]',
    );
    const test = openTestSandbox();
    const { dump } = readDump(dir);
    expect(() => test.sandbox.seed(dump)).toThrow('article: id must be a number, found "x"');
    expect((await test.call('GET', '/articles')).body.total_count).toBe(0);
  });

  it('is no folder at all', () => {
    expect(() => readDump(path.join(dir, 'gone'))).toThrow('is no folder');
  });
});
