import { cpSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/repository/index.ts';
import { emptyFolder } from '../support/content-builder.ts';
import { git } from '../support/git.ts';
import { kb, startKb } from '../support/kb.ts';

const token = { KB_SANDBOX_TOKEN: 'any' };
const day = ['--today', '2026-11-22'];
const soon = { timeout: 30_000 };
const password = 'konto/passwort-zuruecksetzen';

/** The sample in git, published to a running sandbox, with a preview of it. */
async function publishedPreview() {
  const cwd = await emptyFolder();
  const root = join(cwd, 'content');
  cpSync(new URL('../../content', import.meta.url), root, { recursive: true });
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'begin');
  const sandbox = await startKb(['sandbox', '--port', '0', '--content', 'content'], { cwd });
  const env = { ...token, KB_ENDPOINT: sandbox.firstLine };
  const published = await kb(['publish', '--yes', ...day], { cwd, env });
  expect([0, 5]).toContain(published.code);
  const { firstLine: url } = await startKb(['preview', '--port', '0', ...day], { cwd, env });
  const text = async (path: string) => (await fetch(`${url}${path}`)).text();
  const changes = (path: string) => text(`/~part/changes?page=${encodeURIComponent(path)}`);
  const readLive = async () => {
    const [, secret = ''] = /name="kb-token" content="([^"]+)"/.exec(await text('/de/')) ?? [];
    const headers = { 'x-kb-token': secret, 'content-type': 'application/json', origin: url };
    const { status } = await fetch(`${url}/~live`, { method: 'POST', headers, body: '{}' });
    expect(status).toBe(200);
  };
  return { cwd, root, text, changes, readLive };
}

/** What the comparison with what is live says. */
function againstLive(part: string): string {
  return part.split('what is live in sandbox')[1] ?? '';
}

describe('a text beside its other versions', { timeout: 120_000 }, () => {
  it('is what is live right after a publish, tasks and quotes too', async () => {
    const { root, changes, readLive } = await publishedPreview();
    await readLive();
    const { articles } = await readContent(root);
    let compared = 0;
    const different: string[] = [];
    for (const { path, translations } of articles) {
      for (const { locale } of translations) {
        const told = againstLive(await changes(`/${locale}/${path}`));
        if (told.includes('Nothing changes for readers')) compared += 1;
        else if (/<(?:ins|del)>/.test(told))
          different.push(`${locale}/${path}: ${told.slice(0, 900)}`);
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(30);
  });

  it('is not called the same as live once it has changed since that was read', async () => {
    const { root, text, readLive } = await publishedPreview();
    await readLive();
    const status = async (path: string) =>
      /id="kb-section-status".*?<\/details>/s.exec(await text(path))?.[0] ?? '';
    expect(await status(`/de/${password}`)).toContain('as in sandbox');
    const file = join(root, `${password}.de.md`);
    await writeFile(file, (await readFile(file, 'utf8')).replace('24 Stunden', '48 Stunden'));
    await writeFile(
      join(root, 'support/geheim.de.md'),
      '---\nid: geheim\ntitle: Neu\n---\n\nText.\n',
    );
    await expect.poll(() => status('/de/support/geheim'), soon).toContain('it has changed since');
    await expect.poll(() => status(`/de/${password}`), soon).toContain('it has changed since');
    expect(await status(`/de/${password}`)).not.toContain('as in sandbox');
    await readLive();
    expect(await status(`/de/${password}`)).not.toContain('it has changed since');
    expect(await status('/de/support/geheim')).not.toContain('as in sandbox');
  });

  it('is compared with itself where it was moved, and what is the same is folded', async () => {
    const { cwd, root, changes } = await publishedPreview();
    git(cwd, 'mv', 'content/planen', 'content/plan');
    const file = join(root, 'plan/tastenkuerzel.de.md');
    const text = await readFile(file, 'utf8');
    const [word = ''] = /\p{Lu}\p{Ll}{6,}(?=[^\n]*\n*$)/u.exec(text) ?? [];
    await writeFile(
      file,
      `${text.slice(0, text.lastIndexOf(word))}Geändertes${text.slice(text.lastIndexOf(word) + word.length)}`,
    );
    const part = () => changes('/de/plan/tastenkuerzel');
    await expect.poll(part, soon).toContain('It was planen/tastenkuerzel.de.md there.');
    await expect.poll(part, soon).toContain('<ins>Geändertes</ins>');
    expect(await part()).toMatch(/<summary>\d+ parts unchanged<\/summary>/);
    expect(await part()).not.toContain('It is not there yet');
  });
});
