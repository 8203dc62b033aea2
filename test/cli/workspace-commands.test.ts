import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb, startKb } from '../support/kb.ts';
import { knowledgeBase, smallConfig } from '../support/knowledge-base.ts';

const today = ['--today', '2026-11-22'];

/** A reviewed knowledge base with a sandbox of its own. */
async function published(): Promise<{ cwd: string; env: Record<string, string>; url: string }> {
  const cwd = await knowledgeBase();
  const { firstLine } = await startKb(['sandbox', '--port', '0'], { cwd });
  const env = { KB_SANDBOX_TOKEN: 'a-token-of-the-sandbox', KB_ENDPOINT: firstLine };
  await kb(['review', 'passwort,konto/', '--by', 'anna@example.com', ...today], { cwd });
  return { cwd, env, url: firstLine };
}

describe('the story', { timeout: 120_000 }, () => {
  it('plans, publishes, converges, sees an edit, drifts, adopts', async () => {
    const { cwd, env, url } = await published();
    const plan = await kb(['plan', '--format', 'json', ...today], { cwd, env });
    expect(plan.code).toBe(0);
    const planned = plan.json() as { summary: object; calls: number };
    expect(Object.keys(planned)).toEqual(
      expect.arrayContaining([
        'version',
        'workspace',
        'today',
        'changes',
        'withheld',
        'held',
        'guards',
        'summary',
        'calls',
        'seconds',
        'fingerprint',
      ]),
    );
    expect(planned.summary).toMatchObject({ create: 4, withheld: 1, held: 0 });

    const saved = await kb(['plan', '--out', 'plan.json', ...today], { cwd, env });
    expect(saved.stdout).toContain('+ create    konto/passwort · de, en');
    expect(saved.stderr).toContain('Saved to plan.json');
    const place = today.join(' ');
    expect(saved.stdout).toContain(`Next: kb publish plan.json ${place} `);
    const spaced = await kb(['plan', '--out', 'my plan.json', ...today], { cwd, env });
    expect(spaced.stdout).toContain(`Next: kb publish 'my plan.json' ${place} `);
    expect(spaced.stderr).toContain(`kb publish 'my plan.json' ${place} applies exactly`);
    const done = await kb(['publish', 'plan.json', '--format', 'json', ...today], { cwd, env });
    expect(done.code).toBe(0);
    expect(done.json()).toMatchObject({
      summary: { applied: 4, failed: 0, skipped: 0 },
    });

    const empty = await kb(['plan', '--format', 'json', ...today], { cwd, env });
    expect(empty.json()).toMatchObject({ changes: [], summary: { unchanged: 4 } });
    const nothing = await kb(['publish', ...today], { cwd, env });
    expect(nothing.stdout).toContain('Nothing to publish to sandbox · 1 withheld');

    const file = join(cwd, 'content/konto/passwort.de.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('24 Stunden', 'eine Stunde'));
    const withheld = await kb(['plan', ...today], { cwd, env });
    expect(withheld.stdout).toContain('○ withheld  konto/passwort · de');
    await kb(['review', 'passwort:de', '--by', 'jo@example.com', ...today], { cwd });
    const edited = await kb(['plan', ...today], { cwd, env });
    expect(edited.stdout).toContain('ist [-24 Stunden-]{+eine Stunde+} gültig');
    expect(edited.stdout).toContain('1 of 3 blocks');
    expect(edited.stdout).toContain('stamped by jo@example.com, 22 Nov');
    const applied = await kb(['publish', ...today], { cwd, env });
    expect(applied.stdout).toContain('✓ 1 change published to sandbox');

    expect(await kb(['drift', ...today], { cwd, env })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no drift'),
    });
    await editInTheBrowser(url);
    const drift = await kb(['drift', '--format', 'json', ...today], { cwd, env });
    expect(drift.code).toBe(1);
    expect(drift.json()).toMatchObject({
      ledger: true,
      drift: [{ id: 'passwort', kind: 'edited', fields: [{ name: 'title' }] }],
    });
    const held = await kb(['plan', ...today], { cwd, env });
    expect(held.code).toBe(5);
    expect(held.stdout).toContain('! held      konto/passwort · de');

    await rm(join(cwd, '.kb'), { recursive: true });
    const adopted = await kb(['adopt', '--format', 'json', ...today], { cwd, env });
    expect(adopted.code).toBe(0);
    expect(adopted.json()).toMatchObject({
      matched: expect.any(Array),
      unmatched: expect.any(Array),
    });
  });

  it('tells a refused run in its own words, and a stale plan', async () => {
    const { cwd, env } = await published();
    await kb(['publish', ...today], { cwd, env });
    const wrong = { ...env, KB_ENDPOINT: 'https://api.example.com' };
    const elsewhere = await kb(['plan', ...today], { cwd, env: wrong });
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('KB_ENDPOINT') });
    const config = join(cwd, 'content/kb.yaml');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace('region: eu', 'region: us'));
    const refused = await kb(['publish', ...today], { cwd, env });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('✗ Refused');
    const planned = await kb(['plan', ...today], { cwd, env });
    expect(planned.code).toBe(3);
    expect(planned.stdout).toContain('✗ Refused: ');
    const asJson = await kb(['publish', '--format', 'json', ...today], { cwd, env });
    expect(asJson).toMatchObject({ code: 3, stderr: '' });
    expect(asJson.json()).toMatchObject({ error: { code: 'refused' } });
  });

  it('tells an unreachable host and a wrong token, and prints no token', async () => {
    const cwd = await knowledgeBase();
    const token = 'a-token-that-is-secret';
    const unreachable = { KB_SANDBOX_TOKEN: token, KB_ENDPOINT: 'http://127.0.0.1:9' };
    const nobody = await kb(['plan', ...today], { cwd, env: unreachable });
    expect(nobody.code).not.toBe(70);
    expect(nobody.stderr).toContain('127.0.0.1:9');
    const { firstLine } = await startKb(['sandbox', '--port', '0', '--token', 'another-token-1'], {
      cwd,
    });
    const env = { KB_SANDBOX_TOKEN: token, KB_ENDPOINT: firstLine };
    const refused = await kb(['plan', '--verbose', ...today], { cwd, env });
    expect(refused.code).toBe(2);
    expect(refused.stdout + refused.stderr).not.toContain(token);
  });
});

/** A teammate changes a title in Intercom's editor. */
async function editInTheBrowser(url: string): Promise<void> {
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const listed = await fetch(`${url}/articles`, { headers });
  const { data } = (await listed.json()) as { data: { id: string }[] };
  const [article] = data;
  if (article === undefined) throw new Error('the sandbox holds no article');
  const edited = await fetch(`${url}/_sandbox/ui/articles/${article.id}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ translated_content: { de: { title: 'Von Hand' } } }),
  });
  expect(edited.status).toBe(200);
}

describe('kb doctor', { timeout: 60_000 }, () => {
  it('says what is right and what to do about the rest', async () => {
    const { cwd, env } = await published();
    const run = await kb(['doctor', '--format', 'json', ...today], { cwd, env });
    expect(run.code).toBe(0);
    const { checks } = run.json() as { checks: { name: string; status: string }[] };
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'node ok',
      'content ok',
      'token ok',
      'region ok',
      'workspace id ok',
      'help center ok',
      'author ok',
      'clock ok',
    ]);
    await writeFile(
      join(cwd, 'content/kb.yaml'),
      smallConfig.replace(', author: redaktion@example.com', ''),
    );
    const text = await kb(['doctor', ...today], { cwd, env });
    expect(text.stdout).toContain('✓ ready to publish, 1 warning');
    expect(text.stdout).toContain('→ Write author:');
  });

  it('has nothing to say about a knowledge base that is new, and the sandbox', async () => {
    const cwd = await emptyFolder();
    expect(await kb(['init'], { cwd })).toMatchObject({ code: 0 });
    const { firstLine } = await startKb(['sandbox', '--port', '0'], { cwd });
    const env = { KB_SANDBOX_TOKEN: 'any', KB_ENDPOINT: firstLine };
    const run = await kb(['doctor', '--format', 'json'], { cwd, env });
    const { checks } = run.json() as { checks: { status: string }[] };
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
  });

  it('names the remedy for a missing token and for missing content', async () => {
    const cwd = await knowledgeBase();
    const run = await kb(['doctor', ...today], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('✗ token');
    expect(run.stdout).toContain('→ The sandbox takes any token: export KB_SANDBOX_TOKEN');
    const none = await kb(['doctor'], { cwd: await emptyFolder() });
    expect(none.code).toBe(1);
    expect(none.stdout).toContain('✗ content');
  });
});

describe('kb sandbox', { timeout: 60_000 }, () => {
  it('tells its address first, ends with 130 on Ctrl-C and 0 when it is told to', async () => {
    const cwd = await knowledgeBase();
    const first = await startKb(['sandbox', '--port', '0'], { cwd });
    expect(first.firstLine).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${first.firstLine}/_sandbox/requests`);
    expect(await answer.json()).toMatchObject({ total: 0 });
    const interrupted = await first.end('SIGINT');
    expect(interrupted.code).toBe(130);
    expect(interrupted.stdout).toBe(`${first.firstLine}\n`);
    expect(interrupted.stderr).toContain('EU workspace');
    const second = await startKb(['sandbox', '--port', '0'], { cwd });
    expect((await second.end('SIGTERM')).code).toBe(0);
  });

  it('plays several workspaces without content, and says when a port is taken', async () => {
    const cwd = await emptyFolder();
    const args = ['sandbox', '--port', '0', '--workspace', 'us:us', '--workspace', 'eu:eu:abc123'];
    const both = await startKb([...args, '--format', 'json'], { cwd });
    const port = await startKb(['sandbox', '--port', '0'], { cwd });
    const taken = await kb(['sandbox', '--port', new URL(port.firstLine).port], { cwd });
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('is taken') });
    const ended = await both.end('SIGTERM');
    expect(ended.json()).toMatchObject({
      workspaces: [
        { name: 'us', region: 'us', url: expect.stringContaining('http://127.0.0.1:') },
        { name: 'eu', region: 'eu', id: 'abc123' },
      ],
    });
  });

  it('keeps its data where it is told to', async () => {
    const cwd = await knowledgeBase();
    const args = ['sandbox', '--port', '0', '--data', 'data'];
    await kb(['review', 'passwort,konto/', '--by', 'anna@example.com', ...today], { cwd });
    const first = await startKb(args, { cwd });
    const env = { KB_SANDBOX_TOKEN: 'a-token-of-the-sandbox' };
    await kb(['publish', ...today], { cwd, env: { ...env, KB_ENDPOINT: first.firstLine } });
    await first.end('SIGKILL');
    const second = await startKb(args, { cwd });
    const plan = await kb(['plan', '--format', 'json', ...today], {
      cwd,
      env: { ...env, KB_ENDPOINT: second.firstLine },
    });
    expect(plan.json()).toMatchObject({ changes: [], summary: { unchanged: 4 } });
  });
});
