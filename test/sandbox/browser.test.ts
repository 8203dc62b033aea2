import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/index.ts';
import { isProof } from '../support/proof.ts';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const hasBrowser = existsSync(CHROMIUM);

/** Attacks that a browser would carry out if they got through. */
const ATTACKS = [
  '<img src="https://x.example/x.png" onerror="window.hacked=1">',
  '<svg onload="window.hacked=1"></svg>',
  '<a href="javascript:window.hacked=1" id="bait">x</a>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<details open ontoggle="window.hacked=1"><summary>x</summary></details>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hacked=1&gt;">',
  '<form action="https://evil.example/"><button>x</button></form>',
  '<p style="background:url(https://evil.example/x)">x</p>',
  '<script>window.hacked=1</script>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
];

/** What somebody can use on a page, in the order of its source. */
const MARK_USABLE = `window.usable = [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
)].filter((node) => node.checkVisibility())`;

/** An outline, of the element itself or of what it is drawn with. */
const SHOWS_FOCUS = `[null, '::after'].some((part) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement, part);
  return outlineStyle !== 'none' && outlineWidth !== '0px';
})`;

describe.skipIf(!hasBrowser)(`the pages in Chromium (skipped when ${CHROMIUM} is missing)`, () => {
  let test: TestSandbox;
  let served: ServedSandbox;
  let browser: Browser;
  let articleId = '';
  let hostileId = '';

  beforeAll(async () => {
    test = openTestSandbox();
    served = await serveSandbox(test.sandbox, { port: 0 });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const collection = (
      await test.call('POST', '/help_center/collections', {
        name: 'Konto',
        description: 'Anmelden',
      })
    ).body;
    const body =
      '<p>Text mit <a href="https://example.com">Link</a> und <code>Code</code>.</p><h2>Eins</h2><ul><li>a<ul><li>b</li></ul></li></ul>' +
      '<h2>Zwei</h2><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td style="background-color: #e3e7fa80;">2</td></tr></tbody></table>' +
      ['#e8e8e880', '#e3e7fa80', '#d7efdc80', '#fed9db80', '#feedaf80', '#12345680']
        .map(
          (colour) =>
            `<div class="intercom-interblocks-callout" style="background-color: ${colour};"><p>Hinweis</p></div>`,
        )
        .join('') +
      '<h2>Drei</h2><pre><code>eins</code></pre><details><summary>Mehr</summary><div class="collapsible-section-content"><p>x</p></div></details>' +
      '<p><a class="intercom-h2b-button" href="https://example.com">Los</a></p>';
    const article = await newArticle(test, {
      parent_id: Number(collection.id),
      body,
      description: 'Kurz',
    });
    articleId = article.id;
    hostileId = (
      await newArticle(test, { title: 'Angriff', body: `<p>davor</p>${ATTACKS.join('')}` })
    ).id;
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  const open = async (
    path: string,
    colorScheme: 'light' | 'dark',
    width: number,
  ): Promise<Page> => {
    // axe needs to run its own script on the page; the policy is tested on its own.
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto(`${served.url}${path}`);
    return page;
  };

  const allLooks = [
    ['light', 1200],
    ['dark', 1200],
    ['light', 800],
    ['dark', 800],
    ['light', 360],
    ['dark', 360],
  ] as const;

  const looks = isProof
    ? allLooks
    : allLooks.filter(([scheme, width]) => (scheme === 'dark') === (width === 360));

  it.each(looks)(
    'break no rule of axe and do not overflow: %s, %i wide',
    async (colorScheme, width) => {
      const paths = [
        '/help/de',
        '/help/de/collections/201',
        `/help/de/articles/${articleId}`,
        '/help/de/search?q=text',
        `/help/de/ask?q=${encodeURIComponent('Wo ist der Link mit Code?')}`,
        '/help/de/ask?q=Schuhe',
        '/help/de/articles/9',
        '/_sandbox/ui',
        `/_sandbox/ui/articles/${articleId}`,
        '/_sandbox/ui/new',
        '/_sandbox/ui/settings',
        '/_sandbox/log',
      ];
      const page = await open('/help/de', colorScheme, width);
      for (const path of paths) {
        await page.goto(`${served.url}${path}`);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate<{
          violations: { id: string; nodes: { html: string }[] }[];
        }>('axe.run()');
        expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
          path,
        ).toBe(true);
      }
      await page.context().close();
    },
    60_000,
  );

  it('stay inert and load nothing from elsewhere, whatever a body holds', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url)) foreign.push(request.url());
    });
    await page.goto(`${served.url}/help/de/articles/${hostileId}`);
    for (const link of await page.locator('.article-body a').all())
      await link.evaluate('(node) => node.click()');
    for (const details of await page.locator('details').all())
      await details.evaluate('(node) => node.toggleAttribute("open")');
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(page.url()).toBe(`${served.url}/help/de/articles/${hostileId}`);
    expect(foreign).toEqual([]);
    expect(await page.locator('.article-body').textContent()).toContain('davor');
    await context.close();
  }, 60_000);

  it('can be used with the keyboard alone', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${served.url}/help/de`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('code');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=code');
    await page.getByRole('link', { name: /Passwort zurücksetzen/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/articles/${articleId}-*`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Passwort zurücksetzen',
    );
    await context.close();
  }, 60_000);

  it('let Tab reach everything that can be used, in the order it stands in, and show where it is', async () => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    const page = await context.newPage();
    const paths = [
      '/help/de',
      '/help/de/collections/201',
      `/help/de/articles/${articleId}`,
      '/help/de/search?q=text',
      '/help/de/ask?q=Schuhe',
      '/help/de/articles/9',
      '/_sandbox/ui',
      '/_sandbox/ui/new',
      `/_sandbox/ui/articles/${articleId}`,
      '/_sandbox/ui/settings',
      '/_sandbox/log',
    ];
    for (const path of paths) {
      await page.goto(`${served.url}${path}`);
      await page.evaluate(MARK_USABLE);
      const count = await page.evaluate<number>('window.usable.length');
      const visited: number[] = [];
      for (let index = 0; index < count; index += 1) {
        await page.keyboard.press('Tab');
        visited.push(await page.evaluate<number>('window.usable.indexOf(document.activeElement)'));
        expect(
          await page.evaluate<boolean>(SHOWS_FOCUS),
          `${path}: focus on ${await page.evaluate('document.activeElement.outerHTML')}`,
        ).toBe(true);
      }
      expect(visited, path).toEqual(Array.from({ length: count }, (_, index) => index));
    }
    await context.close();
  }, 120_000);

  it('let a teammate write and publish with the keyboard alone', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${served.url}/_sandbox/ui`);
    await page.getByRole('link', { name: 'New article' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Title' }).focus();
    await page.keyboard.type('Von Hand');
    await page.getByRole('textbox', { name: 'Body, HTML' }).focus();
    await page.keyboard.type('<p>Getippt.</p>');
    await page.getByRole('button', { name: 'Publish' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Published.');
    await page.getByRole('link', { name: 'View in the help center' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Getippt.').waitFor();
    await context.close();
  }, 60_000);

  it('show new calls in the live log', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${served.url}/_sandbox/log`);
    await test.call('GET', '/tags/77');
    await page.getByText('GET /tags/77').waitFor();
    expect(await page.getByText('GET /tags/77').count()).toBe(1);
    await context.close();
  }, 60_000);
});
