import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseFragment } from 'parse5';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { elementsIn } from '../../src/markdown/stored/stored-dom.ts';
import { defaultProfile, type Profile } from '../../src/model/profile.ts';
import { parsed, rendered } from './reading.ts';

const vectors = fileURLToPath(
  new URL('../../../shared/vectors/xss-dompurify.json', import.meta.url),
);
const chromiumPath = '/usr/bin/chromium';

/** Elements that rendering may write, with the attributes each may have. */
const written: Readonly<Record<string, readonly string[]>> = {
  p: ['class'],
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4'].map((tag) => [tag, ['id', 'class']])),
  ...Object.fromEntries(
    ['br', 'hr', 'ul', 'li', 'tbody', 'tr', 'pre', 'code', 'b', 'i', 's', 'details', 'summary'].map(
      (tag) => [tag, []],
    ),
  ),
  ol: ['start'],
  a: ['href', 'class'],
  img: ['src', 'alt', 'width', 'height'],
  div: ['class', 'style'],
  table: ['role'],
  td: ['colspan', 'rowspan'],
  iframe: ['src', 'frameborder', 'allowfullscreen'],
};
const players =
  /^https:\/\/(?:www\.youtube\.com|player\.vimeo\.com|fast\.wistia\.net|www\.loom\.com|play\.vidyard\.com|streamio\.com)\//;

function assertHarmless(html: string): void {
  for (const { tagName, attrs, namespaceURI } of elementsIn(parseFragment(html))) {
    expect(Object.keys(written), tagName).toContain(tagName);
    expect(namespaceURI).toBe('http://www.w3.org/1999/xhtml');
    for (const { name, value } of attrs) {
      expect(written[tagName], `${tagName} ${name}`).toContain(name);
      if (name === 'style')
        expect(value).toMatch(/^background-color: #[0-9a-f]{8}; border-color: #[0-9a-f]{8};$/);
      if (name === 'href') expect(resolvedScheme(value)).toMatch(/^(?:https?|mailto|tel):$/);
      if (name === 'src' && tagName === 'img') expect(resolvedScheme(value)).toMatch(/^https?:$/);
      if (name === 'src' && tagName === 'iframe') expect(value).toMatch(players);
    }
  }
}

/** The scheme a browser would follow; an address that is none leads nowhere. */
function resolvedScheme(address: string): string {
  return URL.parse(address, 'https://base.example/')?.protocol ?? 'https:';
}

/** Payloads as a whole body, in running text, in each container, and in each attribute. */
function bodiesWith(payload: string): string[] {
  const oneLine = payload.replace(/\s+/g, ' ');
  return [
    payload,
    `text ${payload} text`,
    `# ${oneLine}`,
    `- ${oneLine}\n\n> ${oneLine}`,
    `| a |\n|---|\n| ${oneLine.replaceAll('|', '\\|')} |`,
    `<table><tr><td>${payload}</td></tr></table>`,
    `<details><summary>${oneLine}</summary>\n\n${payload}\n\n</details>`,
    `<p align="center">${payload}</p>`,
    `[x](<${oneLine}>) ![x](<${oneLine}>) [${oneLine}](https://a.example)`,
    `[x](${oneLine.replaceAll(' ', '')}){.button}`,
    `\`\`\`${oneLine}\n${payload}\n\`\`\``,
    `\`${oneLine}\` {{ payload }} {{> payload }}\n\n{{> payload }}\n\n## {{ payload }} {#${oneLine.replaceAll(' ', '')}}`,
    `<a href="${oneLine.replaceAll('"', '&quot;')}">x</a><img src="${oneLine.replaceAll('"', '&quot;')}" alt='${oneLine}'>`,
  ];
}

function renderedBodies(payload: string, profile: Profile): string[] {
  const given = { variables: { payload }, includes: { payload } };
  return bodiesWith(payload).map((body) => rendered(parsed(body, given).tree, profile));
}

const own = [
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript&colon;alert(1)">x</a>',
  '[x](javascript&colon;alert(1))',
  '[x](JaVaScRiPt:alert(1)) <vbscript:x> <data:text/html,x>',
  '![x](data:image/svg+xml;base64,AAAA)',
  '<img src="x" onerror="alert(1)">',
  '<IMG SRC=x OnError=alert(1)//',
  '<table><tr><td onclick="alert(1)" style="x">a<script>alert(1)</script></td></tr></table>',
  '<details ontoggle=alert(1) open><summary>x</summary></details>',
  '<svg><script>alert(1)</script></svg><math href="javascript:alert(1)">x</math>',
  '[x]: javascript:alert(1)\n\n[x]',
  '"><script>alert(1)</script>',
];

describe('rendered articles hold nothing outside the allow-list', () => {
  test.each(own)('%s', (payload) => {
    for (const html of renderedBodies(payload, defaultProfile)) assertHarmless(html);
  });

  if (!existsSync(vectors)) {
    test.skip('published payloads: ../shared is not there', () => {});
    return;
  }
  const payloads = JSON.parse(readFileSync(vectors, 'utf8')) as { payload: string }[];

  test(`${payloads.length} published payloads`, () => {
    expect(payloads.length).toBeGreaterThan(200);
    const kept = { ...defaultProfile, unsupportedTags: 'kept', olStart: 'kept' } as const;
    for (const { payload } of payloads) {
      for (const profile of [defaultProfile, kept])
        for (const html of renderedBodies(payload, profile)) assertHarmless(html);
    }
  });

  test.skipIf(!existsSync(chromiumPath))(
    'nothing of them runs in a browser',
    async () => {
      const bodies = [...own, ...payloads.map(({ payload }) => payload)].flatMap((payload) =>
        renderedBodies(payload, defaultProfile),
      );
      const browser = await chromium.launch({
        executablePath: chromiumPath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
      try {
        const page = await browser.newPage();
        await page.route('**/*', (route) => route.abort());
        const ran: string[] = [];
        page.on('dialog', (dialog) => {
          ran.push(dialog.message());
          void dialog.dismiss();
        });
        page.on('console', (message) => {
          if (message.type() === 'log') ran.push(message.text());
        });
        await page.setContent('<img src="x" onerror="alert(1)">', { waitUntil: 'load' });
        await expect.poll(() => ran, { message: 'the control must run' }).toEqual(['1']);
        ran.length = 0;
        for (let start = 0; start < bodies.length; start += 500) {
          const html = bodies.slice(start, start + 500).join('<hr>');
          await page.setContent(html, { waitUntil: 'load' });
          expect(await page.locator('script, [onerror], [onclick], [onload]').count()).toBe(0);
        }
        expect(ran).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
