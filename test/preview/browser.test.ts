import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exportSite } from '../../src/preview/export/export-site.ts';
import { servePreview } from '../../src/preview/index.ts';
import { emptyFolder } from '../support/content-builder.ts';
import { isProof } from '../support/proof.ts';
import { optionsFor, previewOf, sampleCopy, servedPreviewOf } from './preview-setup.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAYLOADS = new URL('../../../shared/vectors/xss-dompurify.json', import.meta.url);

const OPEN_ALL = "for (const section of document.querySelectorAll('.section')) section.open = true";

const article = '/de/konto/passwort-zuruecksetzen';
const file = 'konto/passwort-zuruecksetzen.de.md';

interface Watched {
  page: Page;
  errors: string[];
  foreign: string[];
}

describe.skipIf(!existsSync(CHROMIUM))(
  `the preview in Chromium (skipped when ${CHROMIUM} is missing)`,
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
    });
    afterAll(() => browser.close());

    async function context(
      options: Parameters<Browser['newContext']>[0] = {},
    ): Promise<BrowserContext> {
      const opened = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      onTestFinished(() => opened.close());
      return opened;
    }

    /** A page that is open and follows the files. */
    async function open(
      url: string,
      path: string,
      options: Parameters<Browser['newContext']>[0] = {},
    ): Promise<Watched> {
      const page = await (await context(options)).newPage();
      const errors: string[] = [];
      const foreign: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith('data:')) {
          foreign.push(request.url());
        }
      });
      await page.goto(`${url}${path}`);
      await page.locator('html[data-following="yes"]').waitFor();
      return { page, errors, foreign };
    }

    it('leads from the first page to an article and back', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      const { page, errors, foreign } = await open(served.url, '/');
      await page.getByRole('link', { name: 'Konto und Anmeldung' }).click();
      await page.waitForURL('**/de/konto/');
      await page.getByRole('link', { name: /Passwort zurücksetzen/ }).click();
      await page.waitForURL(`**${article}`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        'Passwort zurücksetzen',
      );
      await page.getByRole('navigation', { name: 'Auf dieser Seite' }).getByText('Regeln').click();
      expect(new URL(page.url()).hash).toBe('#regeln');
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**/en/konto/passwort-zuruecksetzen');
      await page
        .getByRole('navigation', { name: 'Breadcrumbs' })
        .getByText('All collections')
        .click();
      await page.waitForURL('**/en/');
      expect(errors).toEqual([]);
      expect(foreign).toEqual([]);
    });

    it('finds articles as you type, with the keyboard', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      const { page } = await open(served.url, article);
      await page.keyboard.press('/');
      await page.keyboard.type('rechnung');
      await page.getByRole('option').first().waitFor();
      expect(await page.getByRole('option').first().textContent()).toMatch(/Rechnung/);
      await page.keyboard.press('ArrowDown');
      const box = page.getByRole('combobox');
      expect(await box.getAttribute('aria-activedescendant')).toBe('kb-found-0');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/de/abrechnung/rechnungen');
      await page.keyboard.press('/');
      await page.keyboard.type('kalendr');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/~search?**');
      expect(await page.locator('.list a').count()).toBeGreaterThan(0);
      const kept = page.getByRole('combobox');
      expect(await kept.inputValue()).toBe('kalendr');
      await kept.fill('zurueck');
      expect(await page.getByRole('option').first().textContent()).toContain(
        'Passwort zurücksetzen',
      );
      await kept.fill('Wie lange gilt der Link zum Zurücksetzen des Passworts?');
      await page.getByRole('option', { name: 'Passwort zurücksetzen' }).waitFor();
      await kept.fill('xyzzy');
      await page.getByRole('option', { name: 'Nichts gefunden' }).waitFor();
    });

    it('shows what it finds over everything else, for a click', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      for (const width of [390, 1440]) {
        const { page } = await open(served.url, '/de/', { viewport: { width, height: 900 } });
        await page.getByRole('combobox').fill('passwort');
        const second = page.getByRole('option').nth(1);
        await second.waitFor();
        const href = await second.getAttribute('href');
        await second.click({ timeout: 5000 });
        await page.waitForURL(`**${href}`);
      }
    });

    it('says when it no longer follows, and follows a new run', async () => {
      const root = await sampleCopy();
      const { preview, served } = await servedPreviewOf(root);
      const { page } = await open(served.url, article);
      const live = page.locator('#kb-live');
      expect(await live.textContent()).toBe('Updates as you save');
      await served.close();
      await preview.close();
      await live.getByText('Not connected').waitFor();
      const next = await servePreview(await previewOf(root), served.port);
      onTestFinished(() => next.close());
      await live.getByText('Updates as you save').waitFor({ state: 'attached' });
    });

    it('shows an edit in place, and keeps scroll, focus and what is open', async () => {
      const root = await sampleCopy();
      const { served } = await servedPreviewOf(root);
      const { page, errors } = await open(served.url, '/de/planen/daten/csv-importieren');
      await page.getByText('Was bei roten Zeilen hilft').click();
      await page.locator('#kb-section-incoming > summary').click();
      await page.locator('#kb-section-fin > summary').click();
      await page.locator('.passages > li').first().waitFor();
      await page.evaluate('scrollTo(0, 700)');
      await page.evaluate('window.sameDocument = true');
      const path = join(root, 'planen/daten/csv-importieren.de.md');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('höchstens 10.000 Zeilen', 'höchstens 12.345 Zeilen'));
      await page.getByText('höchstens 12.345 Zeilen').first().waitFor();
      expect(await page.evaluate('scrollY')).toBe(700);
      expect(await page.evaluate('window.sameDocument')).toBe(true);
      expect(await page.locator('details.collapsible').getAttribute('open')).toBe('');
      expect(await page.locator('#kb-section-incoming').getAttribute('open')).toBe('');
      await page.locator('#kb-section-status').getByText('edited', { exact: true }).waitFor();
      await page
        .locator('#kb-section-findings')
        .getByText(/edited after its review/)
        .waitFor();
      await page
        .locator('.passages')
        .getByText(/12\.345/)
        .waitFor({ state: 'attached' });
      expect(errors).toEqual([]);
    });

    it('goes along with a rename, and says when an article is gone', async () => {
      const root = await sampleCopy();
      const { served } = await servedPreviewOf(root);
      const { page } = await open(served.url, article);
      await page.evaluate('window.sameDocument = true');
      await rename(join(root, file), join(root, 'konto/neuer-name.de.md'));
      await rename(
        join(root, 'konto/passwort-zuruecksetzen.en.md'),
        join(root, 'konto/neuer-name.en.md'),
      );
      await page.waitForURL('**/de/konto/neuer-name');
      expect(await page.evaluate('window.sameDocument')).toBe(true);
      await rm(join(root, 'konto/neuer-name.de.md'));
      await rm(join(root, 'konto/neuer-name.en.md'));
      await page.getByText('There is nothing at this address').waitFor();
    });

    it('names a file that cannot be read on the page of its collection', async () => {
      const root = await sampleCopy();
      const { served } = await servedPreviewOf(root);
      const { page } = await open(served.url, '/de/konto/');
      await writeFile(join(root, 'konto/neu.de.md'), 'Noch ohne Kopf.\n');
      const findings = page.locator('#kb-section-findings');
      await findings.getByRole('link', { name: 'konto/neu.de.md:1' }).waitFor();
      await rm(join(root, 'konto/neu.de.md'));
      await findings.getByText('Nothing to mend.').waitFor();
    });

    it('says what is wrong with broken files, and recovers', async () => {
      const root = await sampleCopy();
      const { served } = await servedPreviewOf(root);
      const { page } = await open(served.url, article);
      const path = join(root, file);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('title: Passwort', 'title: [Passwort'));
      await page.getByText('This article cannot be shown as it is.').waitFor();
      expect(await page.locator('.finding.error').count()).toBeGreaterThan(0);
      await writeFile(path, text.slice(0, 40));
      await page.getByText(/not closed/).waitFor();
      await writeFile(path, text);
      await page.getByRole('heading', { level: 1, name: 'Passwort zurücksetzen' }).waitFor();
      const config = await readFile(join(root, 'kb.yaml'), 'utf8');
      await writeFile(join(root, 'kb.yaml'), `${config}\nlocales: [`);
      await page
        .locator('.notice')
        .getByText(/kb\.yaml/)
        .first()
        .waitFor();
      await rm(join(root, 'kb.yaml'));
      await page
        .locator('.notice')
        .getByText(/no kb\.yaml/)
        .waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/./);
      await writeFile(join(root, 'kb.yaml'), config);
      await page.locator('.notice').waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: 'Passwort zurücksetzen' }).waitFor();
    });

    it('mends a finding with a click', async () => {
      const root = await sampleCopy();
      const { served } = await servedPreviewOf(root);
      const { page } = await open(served.url, article);
      const text = await readFile(join(root, file), 'utf8');
      await writeFile(join(root, file), `${text}\nSiehe [Rollen](rollen-und-recht.de.md).\n`);
      const finding = page.locator('.finding', { hasText: 'link-target' });
      await finding.getByRole('link', { name: /passwort-zuruecksetzen\.de\.md:\d+/ }).waitFor();
      await finding.getByRole('button', { name: /^Fix/ }).click();
      await finding.waitFor({ state: 'detached' });
      expect(await readFile(join(root, file), 'utf8')).toContain(
        '[Rollen](rollen-und-rechte.de.md)',
      );
      await page.locator('article').getByRole('link', { name: 'Rollen' }).click();
      await page.waitForURL('**/de/konto/rollen-und-rechte');
    });

    it('jumps to the line of a finding', async () => {
      const root = await sampleCopy();
      const text = await readFile(join(root, file), 'utf8');
      await writeFile(join(root, file), `${text}\n<script>x</script>\n`);
      const { served } = await servedPreviewOf(root);
      const { page } = await open(served.url, article);
      await page.locator('.finding.error .places a').first().click();
      await page.waitForURL('**/~source/**');
      const target = page.locator('.source li:target');
      expect(await target.textContent()).toContain('<script>');
    });

    it('shows translations, links, images, and enlarges one', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      const { page, errors } = await open(served.url, '/de/planen/daten/csv-importieren');
      await page.locator('#kb-section-translations > summary').click();
      await page.locator('.side', { hasText: 'Import appointments' }).waitFor();
      await page.getByRole('button', { name: 'Side by side' }).click();
      await page.locator('#kb-section-incoming > summary').click();
      expect(await page.locator('#kb-section-incoming .users a').count()).toBeGreaterThan(0);
      await page.locator('#kb-section-parts > summary').click();
      await page.locator('#kb-section-parts').getByText('assets/csv-zuordnung.svg').waitFor();
      await page.locator('article a.zoom').first().click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(errors).toEqual([]);
    });

    it('remembers light or dark, and what writers hide', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      const { page } = await open(served.url, article);
      await page.getByRole('button', { name: 'Hell oder dunkel' }).click();
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
      await page.getByRole('button', { name: /Writer/ }).click();
      await page.locator('#kb-panel').waitFor({ state: 'hidden' });
      await page.reload();
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
      await page.locator('#kb-panel').waitFor({ state: 'hidden' });
      await page.keyboard.press('p');
      await page.locator('#kb-panel').waitFor({ state: 'visible' });
    });

    it('can be used with the keyboard alone', async () => {
      const { served } = await servedPreviewOf(await sampleCopy());
      const { page } = await open(served.url, article);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('kb-main');
      const reached = new Set<string>();
      for (let index = 0; index < 80; index += 1) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate(
            '((node) => node.closest("summary")?.parentElement?.id || node.id || node.className || node.tagName)(document.activeElement)',
          ),
        );
      }
      for (const wanted of ['zoom', 'kb-section-status', 'kb-section-fin', 'kb-section-parts']) {
        expect([...reached], wanted).toContain(wanted);
      }
      await page.locator('#kb-section-fin > summary').focus();
      await page.keyboard.press('Enter');
      await page.locator('.questions').waitFor();
    });

    const looks = (['light', 'dark'] as const).flatMap((scheme) =>
      [390, 900, 1440].map((width) => [scheme, width] as const),
    );

    it.each(looks)(
      'breaks no rule of axe and does not overflow: %s, %i wide',
      async (scheme, width) => {
        const root = await sampleCopy();
        await writeFile(
          join(root, 'konto', 'alles.de.md'),
          '---\nid: alles\ntitle: Alles\n---\n\nText mit `Code`, [Link](https://example.com), ~~alt~~ und [kaputt](nirgends.de.md).\n\n![Bild](https://example.com/x.png)\n\n## A\n\n- [ ] eins\n- [x] zwei\n\n3. drei\n4. vier\n\n> Zitat\n\n> [!NOTE]\n> n\n\n> [!TIP]\n> t\n\n> [!IMPORTANT]\n> i\n\n> [!WARNING]\n> w\n\n> [!CAUTION]\n> c\n\n## B\n\n<details><summary>Mehr</summary>\n\nInnen\n\n</details>\n\n| A | B |\n|---|---|\n| 1 | sehrlangeswortsehrlangeswortsehrlangeswortsehrlangeswort |\n\n```\ncode\n```\n\nhttps://www.youtube.com/watch?v=jqO8AQHj7Fw\n\n[Los](https://example.com){.button}\n',
        );
        await writeFile(join(root, 'konto', 'kaputt.de.md'), '---\ntitle: [\n---\n');
        const { served } = await servedPreviewOf(root);
        const options = { colorScheme: scheme, viewport: { width, height: 900 }, bypassCSP: true };
        const paths = [
          '/de/',
          '/de/konto/',
          article,
          '/en/planen/daten/csv-importieren',
          '/de/konto/alles',
          '/de/konto/kaputt',
          '/de/nirgends',
          '/~overview',
          '/~source/konto/alles.de.md',
          '/~search?q=passwort&locale=de',
        ];
        const page = await (await context(options)).newPage();
        const broken: string[] = [];
        for (const path of paths) {
          await page.goto(`${served.url}${path}`);
          await page.evaluate(OPEN_ALL);
          for (const lazy of await page.locator('[data-lazy]').all()) {
            await lazy.and(page.locator('[data-loaded]')).waitFor();
          }
          await page.evaluate(AXE);
          const { violations } = await page.evaluate<{
            violations: { id: string; nodes: { html: string }[] }[];
          }>('axe.run()');
          broken.push(...violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`));
          expect(
            await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
            `${path} overflows`,
          ).toBe(true);
        }
        expect(broken).toEqual([]);
      },
    );

    it('is exported as files that work without a server', async () => {
      const into = join(await emptyFolder(), 'site');
      const { editor: _editor, ...options } = optionsFor(await sampleCopy());
      const { pages } = await exportSite(options, into);
      expect(pages).toBeGreaterThan(100);
      const page = await (await context()).newPage();
      const failed: string[] = [];
      page.on('requestfailed', (request) => failed.push(request.url()));
      page.on('pageerror', (error) => failed.push(String(error)));
      await page.goto(pathToFileURL(join(into, 'index.html')).href);
      await page.getByRole('link', { name: 'Konto und Anmeldung' }).click();
      await page.getByRole('link', { name: /Passwort zurücksetzen/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Passwort zurücksetzen' }).waitFor();
      expect(
        await page.evaluate(
          "document.querySelector('article img').decode().then(() => document.querySelector('article img').naturalWidth > 0)",
        ),
      ).toBe(true);
      await page.locator('#kb-section-changes > summary').click();
      await page
        .locator('#kb-section-changes')
        .getByText(/git|Against/)
        .first()
        .waitFor();
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Reset your password' }).waitFor();
      expect(failed).toEqual([]);
      for (const name of ['de/konto/passwort-zuruecksetzen.html', 'overview.html']) {
        const html = await readFile(join(into, name), 'utf8');
        expect(html).not.toContain(into);
        expect(html).not.toMatch(/vscode:|kb-token|\/tmp\//);
      }
      await expect(exportSite(options, into)).resolves.toMatchObject({ pages });
      const other = await emptyFolder();
      await writeFile(join(other, 'mine.txt'), 'x');
      await expect(exportSite(options, other)).rejects.toThrow(/not empty/);
    });

    it.skipIf(!existsSync(PAYLOADS))(
      'stays inert with payloads in titles, bodies, front matter and file names (skipped when ../shared is missing)',
      { timeout: 600_000 },
      async () => {
        const root = await sampleCopy();
        const all = JSON.parse(await readFile(PAYLOADS, 'utf8')) as { payload: string }[];
        const payloads = isProof ? all : all.filter((_one, index) => index % 6 === 0);
        await mkdir(join(root, 'angriff'));
        const quoted = JSON.stringify;
        await writeFile(
          join(root, 'angriff', '_collection.yaml'),
          `id: angriff\nde: { title: ${quoted(payloads[0]?.payload ?? '')}, description: ${quoted(payloads[1]?.payload ?? '')} }\n`,
        );
        const paths: string[] = [];
        for (const [index, { payload }] of payloads.entries()) {
          const line = quoted(payload.replace(/\s+/g, ' ').slice(0, 240));
          const named =
            payload
              .replace(/[/\0\s]+/g, '_')
              .slice(0, 40)
              .replace(/^[._]+/, '') || 'x';
          const path = `angriff/${index}-${named}`.normalize();
          const text = `---\nid: a-${index}\ntitle: ${line}\ndescription: ${line}\nquestions: [${line}]\ntags: [${line}]\nreview: { by: ${line}, on: 2026-11-20, digest: ${quoted(`sha256:${'0'.repeat(64)}`)} }\n---\n\n${payload}\n\n[x](${quoted(payload).slice(1, -1)}) ![x](<${payload.replace(/[<>\n]/g, '')}>)\n\n\`${payload}\`\n`;
          await writeFile(join(root, `${path}.de.md`), text);
          paths.push(`/de/${path}`);
        }
        const { served } = await servedPreviewOf(root);
        const { page, foreign } = await open(served.url, '/de/angriff/');
        const dialogs: string[] = [];
        page.on('dialog', (dialog) => {
          dialogs.push(dialog.message());
          void dialog.dismiss();
        });
        const special = ['/de/', '/~overview', '/~search?q=script&locale=de'];
        for (const path of [
          ...special,
          ...paths,
          ...paths.slice(0, 20).map((one) => `/~source${one.slice(3)}.de.md`),
        ]) {
          const address =
            served.url +
            path
              .split('/')
              .map((step) => (path.startsWith('/~search') ? step : encodeURIComponent(step)))
              .join('/');
          const answer = await page.goto(address);
          if (answer?.headers()['content-type']?.startsWith('text/plain')) {
            // A name with control characters or backslashes is no path here.
            expect(answer.status()).toBe(400);
            continue;
          }
          expect(new URL(page.url()).origin).toBe(served.url);
          await page.evaluate(OPEN_ALL);
          const harm = await page.evaluate<string[]>(`(() => {
            const found = [];
            const own = (url) => url === '' || url.startsWith('/') || url.startsWith('#') || /^(https?|mailto|tel|vscode):/i.test(url);
            for (const node of document.querySelectorAll('*')) {
              if (['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'SVG', 'MATH'].includes(node.tagName.toUpperCase()) && !(node.tagName === 'SCRIPT' && new URL(node.src).origin === location.origin)) found.push(node.outerHTML);
              for (const { name, value } of node.attributes) {
                if (name.startsWith('on') || name === 'style' || name === 'srcdoc') found.push(node.outerHTML);
                if (['href', 'src', 'action', 'formaction'].includes(name) && !own(value) && value !== 'data:,') found.push(value);
              }
            }
            return found;
          })()`);
          expect(harm, path).toEqual([]);
        }
        expect(dialogs).toEqual([]);
        expect(foreign).toEqual([]);
      },
    );
  },
);
