import { cpSync, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb, startKb } from '../support/kb.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const token = { KB_SANDBOX_TOKEN: 'any' };
const day = ['--today', '2026-11-22'];
const path = 'konto/passwort-zuruecksetzen';
/** Every wait ends as soon as what is waited for is there. */
const soon = { timeout: 30_000 };

/** A knowledge base that was published to a running sandbox. */
async function publishedBase() {
  const cwd = await emptyFolder();
  cpSync(fileURLToPath(new URL('../../content', import.meta.url)), join(cwd, 'content'), {
    recursive: true,
  });
  const sandbox = await startKb(['sandbox', '--port', '0', '--content', 'content'], { cwd });
  const endpoint = sandbox.firstLine;
  const env = { ...token, KB_ENDPOINT: endpoint };
  const published = await kb(['publish', '--yes', '--format', 'json', ...day], { cwd, env });
  expect(published.stderr).not.toContain('✗');
  expect([0, 5]).toContain(published.code);
  return { cwd, env, endpoint };
}

describe.skipIf(!existsSync(CHROMIUM))(
  `kb preview as people run it (skipped when ${CHROMIUM} is missing)`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
      browser = await chromium.launch({ executablePath: CHROMIUM, args });
    });
    afterAll(() => browser.close());

    async function pageAt(url: string): Promise<Page> {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      onTestFinished(() => page.close());
      await page.goto(url);
      return page;
    }

    it('compares with what was published and with what is live, and opens the browser', async () => {
      const { cwd, env, endpoint } = await publishedBase();
      await editInWorkspace(endpoint, 'Rollen und Rechte im Team');
      const file = join(cwd, 'content', `${path}.de.md`);
      await writeFile(file, (await readFile(file, 'utf8')).replace('eine Minute', 'zwei Minuten'));
      const opened = await fakeBrowser(cwd);
      const preview = await startKb(['preview', '--port', '0', '--open', ...day], {
        cwd,
        env: { ...env, PATH: `${opened.bin}:${process.env.PATH ?? ''}` },
      });
      const url = preview.firstLine;
      await expect.poll(() => readFile(opened.log, 'utf8').catch(() => ''), soon).toContain(url);

      const page = await pageAt(`${url}/de/${path}`);
      await page.locator('#kb-section-changes > summary').click();
      const changes = page.locator('#kb-section-changes');
      await expect
        .poll(() => changes.textContent(), soon)
        .toContain('what was published last to sandbox');
      await page.getByRole('button', { name: 'Compare with what is live' }).click();
      await expect.poll(() => changes.textContent(), soon).toContain('what is live in sandbox');
      await expect
        .poll(() => changes.locator('ins').allTextContents(), soon)
        .toContain('zwei Minuten');
      expect(await changes.locator('del').allTextContents()).toContain('eine Minute');
      await expect
        .poll(() => page.locator('#kb-section-status').textContent(), soon)
        .toMatch(/Live\s*(?:withheld|publish would update it)/);

      await page.goto(`${url}/de/konto/rollen-und-rechte`);
      await expect
        .poll(() => page.locator('#kb-section-status').textContent(), soon)
        .toMatch(/Live\s*held \(drift/);

      const ended = await preview.end('SIGINT');
      expect(ended.code).toBe(130);
      expect(ended.stderr).not.toContain('any');
    });

    it('prints an article without what only writers and screens need', async () => {
      const { cwd } = await plainBase();
      const preview = await startKb(['preview', '--port', '0', ...day], { cwd });
      const page = await pageAt(`${preview.firstLine}/de/${path}`);
      await page.locator('#kb-section-findings').waitFor();
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const hidden of ['header.bar', '#kb-panel', '#kb-contents', '#kb-copy']) {
        expect(await page.locator(hidden).isVisible(), hidden).toBe(false);
      }
      expect(await page.locator('article h1').isVisible()).toBe(true);
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)']).toContain(paper);
      await preview.end('SIGINT');
    });

    it('writes files that open without a server, from the command line', async () => {
      const { cwd } = await plainBase();
      const run = await kb(['preview', '--build', 'site', '--format', 'json', ...day], { cwd });
      expect(run.code).toBe(0);
      const told = run.json() as { pages: number; files: number; url: null };
      expect(told.pages).toBeGreaterThan(50);
      const home = pathToFileURL(join(cwd, 'site/index.html')).href;
      const page = await pageAt(home);
      await page.getByRole('link', { name: 'Konto und Anmeldung' }).click();
      await page.getByRole('link', { name: 'Passwort zurücksetzen' }).click();
      await expect
        .poll(() => page.locator('article h1').textContent(), soon)
        .toBe('Passwort zurücksetzen');
      await page.locator('#kb-theme').click();
      expect(await page.locator('html').getAttribute('data-theme')).toMatch(/^(dark|light)$/);
      const again = await kb(['preview', '--build', 'content', ...day], { cwd });
      expect(again.code).toBe(2);
    });
  },
);

async function plainBase(): Promise<{ cwd: string }> {
  const cwd = await emptyFolder();
  const content = fileURLToPath(new URL('../../content', import.meta.url));
  cpSync(content, join(cwd, 'content'), { recursive: true });
  return { cwd };
}

/** An edit that a teammate makes in the workspace. */
async function editInWorkspace(endpoint: string, title: string): Promise<void> {
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' };
  const listed = await fetch(`${endpoint}/articles?per_page=50`, { headers });
  const { data } = (await listed.json()) as { data: { id: string; title: string }[] };
  const found = data.find((article) => article.title === title);
  if (found === undefined) throw new Error(`the workspace has no "${title}"`);
  const edited = await fetch(`${endpoint}/_sandbox/ui/articles/${found.id}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ title: `${title} (neu)` }),
  });
  expect(edited.status).toBe(200);
}

/** What the machine opens addresses with, replaced by one that writes them down. */
async function fakeBrowser(folder: string): Promise<{ bin: string; log: string }> {
  const [bin, log] = [join(folder, 'bin'), join(folder, 'opened.txt')];
  await mkdir(bin);
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(bin, name), `#!/bin/sh\necho "$1" > '${log}'\n`);
    await chmod(join(bin, name), 0o755);
  }
  return { bin, log };
}
