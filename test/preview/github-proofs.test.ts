import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openReviewedBase, today } from '../support/github/reviewed-base.ts';
import { startKb } from '../support/kb.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Every wait ends as soon as what is waited for is there. */
const soon = { timeout: 30_000 };

describe.skipIf(!existsSync(CHROMIUM))(
  `the preview where kb.yaml asks for reviews on GitHub (skipped when ${CHROMIUM} is missing)`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    afterAll(() => browser.close());

    async function statusAt(cwd: string, env: Readonly<Record<string, string>>) {
      const args = ['preview', '--port', '0', '--today', today];
      const { firstLine } = await startKb(args, { cwd, env });
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      await page.goto(`${firstLine}/de/start`);
      const status = page.locator('#kb-section-status');
      const ask = page.getByRole('button', { name: 'Ask GitHub again' });
      return { page, text: () => status.textContent(), ask };
    }

    it('says who approved a text, and of an edited one that GitHub knows another', async () => {
      const { base, context, mergeApproved, pull } = await openReviewedBase();
      const env = context().env as Record<string, string>;
      const { text, ask } = await statusAt(base.root, env);
      await expect.poll(text, soon).toMatch(/proven approved by jo on .* \(#1\)/);
      await expect.poll(text, soon).toContain('readable by Fin');

      const file = join(base.root, 'content/start.de.md');
      const approved = await readFile(file, 'utf8');
      const edited = approved.replace('Erster Satz.', 'Anderer Satz.');
      await writeFile(file, edited);
      await expect.poll(text, soon).toContain('edited since GitHub was asked');
      await expect.poll(text, soon).toContain('withheld');

      await writeFile(file, approved);
      await mergeApproved({ 'start.de.md': edited });
      await pull();
      await ask.click();
      await expect.poll(text, soon).toMatch(/proven approved by jo on .* \(#2\)/);
    });

    it('says why GitHub could not be asked, and shows what no stamp can claim', async () => {
      const { base, context } = await openReviewedBase({ config: 'ledger: github\n' });
      const { GITHUB_TOKEN, ...env } = context().env as Record<string, string>;
      expect(GITHUB_TOKEN).toBeTypeOf('string');
      const { page, text, ask } = await statusAt(base.root, env);
      await expect.poll(text, soon).toContain('GITHUB_TOKEN is not set');
      await expect.poll(text, soon).toContain('unreviewed');
      await ask.click();
      await expect.poll(() => ask.isEnabled(), soon).toBe(true);
      await expect.poll(text, soon).toContain('GITHUB_TOKEN is not set');

      const changes = page.locator('#kb-section-changes');
      await changes.locator('> summary').click();
      await expect.poll(() => changes.textContent(), soon).toContain('Nothing changes for readers');
      expect(await changes.textContent()).toContain('It cannot be read: GITHUB_TOKEN is not set');
    });
  },
);
