import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportReport } from '../../src/commands/import-report.ts';
import { importZendeskCommand } from '../../src/commands/import-zendesk.ts';
import { servedPreviewOf } from '../preview/preview-setup.ts';
import { emptyFolder, writeFiles } from '../support/content-builder.ts';
import { isProof, proof } from '../support/proof.ts';

const vectors = join(import.meta.dirname, '../../../shared/vectors/xss-dompurify.json');
const chromiumFile = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** A help center of payloads as titles, labels, names and bodies, imported, reported and served. */
async function hostileHelpCenter() {
  const all = JSON.parse(readFileSync(vectors, 'utf8')) as { payload: string }[];
  const payloads = isProof ? all : all.filter((_, index) => index % 12 === 0);
  const root = await emptyFolder();
  const articles = payloads.map(({ payload }, index) => ({
    ...{ id: 10_000 + index, locale: 'en-us', section_id: 1, label_names: [payload] },
    ...{ title: payload, body: `<p>Before.</p>${payload}<p>After.</p>` },
  }));
  const [name, description] = payloads.map(({ payload }) => payload);
  await writeFiles(root, {
    'content/kb.yaml': 'defaultLocale: en\nlocales: [en]\n',
    'export/all.json': JSON.stringify({
      articles,
      sections: [{ id: 1, locale: 'en-us', name, description }],
    }),
  });
  const report = new ImportReport(join(root, 'report'));
  const result = await importZendeskCommand(
    {
      ...{ contentDir: join(root, 'content'), ledgerPath: null, cwd: root, today: '2026-11-22' },
      ...{ workspaceName: null, env: {}, signal: new AbortController().signal },
      ...{ verbose: () => {}, warn: () => {} },
    },
    { from: 'export', dryRun: false, page: (page) => report.page(page) },
  );
  const list = await report.end(result);
  const { served } = await servedPreviewOf(join(root, 'content'));
  return {
    result,
    count: payloads.length,
    address: served.url,
    reported: [
      pathToFileURL(list).href,
      ...payloads.map(
        (_, index) => pathToFileURL(join(root, `report/texts/${index + 1}.html`)).href,
      ),
    ],
    shown: result.articles.map(({ path }) => `${served.url}/en/${path}`),
  };
}

describe.skipIf(!existsSync(vectors))('hostile help centers (need ../shared)', () => {
  it('are imported whole, and every page of them is served without a script of theirs', async () => {
    const { result, count, shown } = await hostileHelpCenter();
    expect(result.failures).toEqual([]);
    expect(result.articles).toHaveLength(count);
    for (const url of shown) {
      const answer = await fetch(url, { headers: { connection: 'close' } });
      expect([url, answer.status]).toEqual([url, 200]);
      const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/gi)].map(([tag]) => tag);
      expect(scripts.filter((tag) => !/ src="\/~static\//.test(tag))).toEqual([]);
    }
  });

  describe.skipIf(!existsSync(chromiumFile))(
    `in Chromium (skipped without ${chromiumFile})`,
    () => {
      let browser: Browser;
      beforeAll(async () => {
        browser = await chromium.launch({
          executablePath: chromiumFile,
          args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
        });
      });
      afterAll(() => browser.close());

      it('run nothing and ask nobody, in report and preview', { timeout: 600_000 }, async () => {
        const { reported, shown, address } = await hostileHelpCenter();
        const pages = [...reported, ...shown];
        const { dialogs, foreign } = await visited(browser, pages, address);
        expect(dialogs).toEqual([]);
        expect(foreign).toEqual([]);
        proof('pages of hostile imports opened in Chromium', pages.length);
      });
    },
  );
});

/** Opens pages one after the other, with all that is folded in them. */
async function visited(browser: Browser, pages: readonly string[], own: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const dialogs: string[] = [];
  const foreign: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(`${page.url()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('file:') && !url.startsWith('data:') && !url.startsWith(`${own}/`))
      foreign.push(`${page.url()} ${url}`);
  });
  for (const url of pages) {
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");
    const { pathname, origin } = new URL(page.url());
    expect(`${origin}${pathname}`, 'the page stays where it is').toBe(
      `${new URL(url).origin}${new URL(url).pathname}`,
    );
  }
  await context.close();
  return { dialogs, foreign };
}
