import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb, startKb } from '../support/kb.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

const DUMP = fileURLToPath(new URL('../fixtures/sandbox-dump', import.meta.url));
const today = ['--today', '2026-11-22'];

async function read<Answer>(url: string, where: string): Promise<Answer> {
  const headers = { authorization: 'Bearer x', 'intercom-version': '2.16' };
  return (await (await fetch(`${url}${where}`, { headers })).json()) as Answer;
}

interface Listing {
  data: { id: string; title: string; state: string; body: string }[];
}

describe('kb sandbox --seed', { timeout: 120_000 }, () => {
  it('content: what is approved is live, the plan after adopting is empty', async () => {
    const cwd = await knowledgeBase();
    await kb(['review', 'passwort,konto/', '--by', 'anna@example.com', ...today], { cwd });
    const { firstLine: url } = await startKb(
      ['sandbox', '--port', '0', '--seed', 'content', ...today],
      { cwd },
    );
    const { data } = await read<Listing>(url, '/articles');
    expect(data.map(({ title, state }) => [title, state])).toEqual([
      ['Passwort ändern', 'published'],
    ]);
    const { sources } = await read<{ sources: { title: string }[] }>(url, '/_sandbox/fin');
    expect(sources.map(({ title }) => title)).toEqual(['Passwort ändern', 'Change your password']);
    const env = { KB_SANDBOX_TOKEN: 'any', KB_ENDPOINT: url };
    expect((await kb(['adopt', ...today], { cwd, env })).code).toBe(0);
    const plan = await kb(['plan', '--format', 'json', ...today], { cwd, env });
    expect(plan.json()).toMatchObject({ changes: [], held: [] });
  });

  it('<dir>: a copy of a workspace, under its own id and region', async () => {
    const cwd = await emptyFolder();
    const { firstLine: url } = await startKb(['sandbox', '--port', '0', '--seed', DUMP], { cwd });
    const me = await read<{ email: string; app: { id_code: string; region: string } }>(url, '/me');
    expect([me.email, me.app.id_code, me.app.region]).toEqual([
      'lea@example.com',
      'yr18hzl2',
      'EU',
    ]);
    const { data } = await read<Listing>(url, '/articles');
    expect(data.map(({ id }) => id)).toEqual(['6926920', '6926919']);
    expect(data[1]?.body).toContain(`${url}/help/de/articles/6926920`);
  });

  it('says what is wrong with a folder, without a stack', async () => {
    const cwd = await emptyFolder();
    await writeFile(path.join(cwd, 'articles.json'), '[{"id": "x"}]');
    const unknown = await kb(['sandbox', '--port', '0', '--seed', 'gone'], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('is no folder')]);
    const wrong = await kb(['sandbox', '--port', '0', '--seed', '.'], { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('article: id must be a number, found "x"');
    expect(wrong.stderr).not.toMatch(/\n\s+at /);
  });

  it('documents every file it reads', async () => {
    const page = await readFile(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
    for (const name of ['me', 'admins', 'teams', 'help_centers', 'collections', 'articles'])
      expect(page).toContain(`\`${name}.json\``);
  });
});
