import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb, startKb } from '../support/kb.ts';
import { serveZendesk, ZendeskEmulator } from '../support/zendesk-emulator.ts';

function center(): ZendeskEmulator {
  const article = (id: number, title: string, body: string) => ({
    ...{ id, section_id: 20, source_locale: 'en-us', updated_at: '2026-01-01T00:00:00Z' },
    texts: { 'en-us': { title, body } },
  });
  const letter = 'A letter is on its way to you, and it comes with everything else you need.';
  return new ZendeskEmulator({
    locales: ['en-us', 'de', 'en-gb'],
    token: 'secret',
    sections: [{ id: 20, names: { 'en-us': 'Seeds', de: 'Saatgut' } }],
    articles: [
      article(1, 'How do I order seeds?', `<p>Choose a bag, and pay.</p><p>${letter}</p>`),
      article(
        2,
        'Returning bags',
        `<p>Send <img src="/hc/article_attachments/9">.</p><p>${letter}</p>`,
      ),
      article(3, 'Other bags', `<p>Other.</p><p>${letter}</p>`),
      { ...article(4, 'For gardeners', '<p>Secret beds.</p>'), user_segment_id: 7 },
    ],
  });
}

describe('kb try', () => {
  it('makes a knowledge base with its report, in a folder of its own', async () => {
    const cwd = await emptyFolder();
    const from = await serveZendesk(center());
    const env = { ZENDESK_OAUTH_TOKEN: 'secret' };
    const run = await kb(['try', `${from}/hc/en-us`, '--into', 'help', '--format', 'json'], {
      cwd,
      env,
    });
    expect(run.stderr).toContain(join(cwd, 'help'));
    expect(run.code).toBe(0);
    const json = run.json() as Record<string, { id: string; kind?: string }[]>;
    expect(Object.keys(json)).toEqual([
      ...['articles', 'collections', 'assets', 'redirects', 'losses', 'skipped', 'failures'],
    ]);
    expect(json.articles?.map(({ id }) => id)).toEqual([
      ...['how-do-i-order-seeds', 'returning-bags', 'other-bags'],
    ]);
    expect(json.losses).toMatchObject([{ construct: 'image', action: 'kept' }]);
    expect(json.skipped).toMatchObject([{ kind: 'locale', id: 'en-gb' }]);
    const text = readFileSync(join(cwd, 'help/content/seeds/how-do-i-order-seeds.en.md'), 'utf8');
    expect(text).toContain('questions:');
    expect(readFileSync(join(cwd, 'help/report/index.html'), 'utf8')).toContain(
      'A letter is on its way',
    );
    const again = await kb(['try', from, '--into', 'help'], { cwd });
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('already there')]);
  });

  it('says what it found, and shows it until Ctrl-C', async () => {
    const cwd = await emptyFolder();
    const from = await serveZendesk(center());
    const running = await startKb(['try', from], { cwd });
    const address = await running.line(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await (await fetch(`${address}/`)).text();
    expect(page).toContain('Seeds');
    const { stdout, code } = await running.end('SIGINT');
    expect(code).toBe(130);
    expect(stdout).toContain('file-left-behind');
    expect(stdout).toMatch(/1 of 1 question of its own/);
    expect(stdout).toMatch(/the same in 3 texts/);
    const folder = /open (\S+)\/report\/index\.html/.exec(stdout)?.[1] ?? '';
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    expect(existsSync(join(folder, 'content/kb.yaml'))).toBe(true);
  });

  it('is for help centers only', async () => {
    const cwd = await emptyFolder();
    const run = await kb(['try', 'http://help.example.com'], { cwd });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('HTTPS')]);
  });
});
