/**
 * Measures the preview in Chromium: start to first page beside a bare server, and save to new content
 * on screen beside VitePress's dev server, on the same Markdown, in one run.
 *
 *   node scripts/bench/preview.ts [--sizes 25,1000,10000] [--edits 200] [--starts 9]
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { get } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { editedPath, editedWords, writePreviewContent } from './preview-content.ts';
import { editTimes } from './preview-edits.ts';
import {
  bareServer,
  kbPreview,
  removed,
  type Server,
  started,
  vitePress,
} from './preview-servers.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '25,1000,10000' },
    edits: { type: 'string', default: '200' },
    starts: { type: 'string', default: '9' },
  },
});
const chromiumFile = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** A folder of content for one server, removed when it has been used. */
async function withContent<Result>(
  articles: number,
  use: (content: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'kb-bench-'));
  try {
    writePreviewContent(join(folder, 'content'), articles);
    return await use(join(folder, 'content'));
  } finally {
    removed(folder);
  }
}

/** Milliseconds from the start of a process to its first page, again and again, one server after the other. */
async function firstPages(articles: number, servers: readonly Server[]): Promise<number[][]> {
  return withContent(articles, async (content) => {
    const times = servers.map((): number[] => []);
    for (let round = 0; round < Number(values.starts); round += 1) {
      for (const [index, server] of servers.entries()) {
        const args = server.prepare(content);
        const start = performance.now();
        const running = await started(args);
        const text = await textAt(`${running.url}${server.page}`);
        times[index]?.push(performance.now() - start);
        await running.stop();
        if (!text.includes(editedWords)) throw new Error(`${server.name} shows no page`);
      }
    }
    return times;
  });
}

/** One request, without what a whole fetch brings. */
function textAt(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => {
        text += String(data);
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

async function edited(articles: number, server: Server, browser: Browser) {
  return withContent(articles, async (content) => {
    const running = await started(server.prepare(content));
    const page = await browser.newPage();
    try {
      await page.goto(`${running.url}${server.page}`, { timeout: 120_000 });
      await page.getByText(editedWords).first().waitFor({ timeout: 120_000 });
      if (server.hasFindings) {
        await page.locator('#kb-section-findings').waitFor({ timeout: 300_000 });
      }
      await pause(3000);
      const file = join(content, `${editedPath}.de.md`);
      const options = { edits: Number(values.edits), hasFindings: server.hasFindings };
      const { ms, lost } = await editTimes(page, file, options);
      return { ms, lost, megabytes: running.megabytes() };
    } finally {
      await page.close();
      await running.stop();
    }
  });
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function row(what: string, ms: readonly number[], floor: readonly number[], more = ''): void {
  const cell = (share: number) => `${quantile(ms, share).toFixed(0)} ms`.padStart(8);
  const ratio = (quantile(ms, 0.5) / quantile(floor, 0.5)).toFixed(2);
  const p95 = (quantile(ms, 0.95) / quantile(floor, 0.95)).toFixed(2);
  say(
    `  ${what.padEnd(22)} median ${cell(0.5)} (${ratio} ×)   p95 ${cell(0.95)} (${p95} ×)${more}`,
  );
}

const theirs = vitePress();
if (theirs === null) say('SKIPPED beside VitePress: it could not be installed (offline?)');
const hasBrowser = existsSync(chromiumFile);
if (!hasBrowser) say(`SKIPPED edits: there is no Chromium at ${chromiumFile}`);
const browser = hasBrowser
  ? await chromium.launch({
      executablePath: chromiumFile,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  : null;
for (const size of values.sizes.split(',').map(Number)) {
  const load = loadavg()[0]?.toFixed(1);
  say(`${size} articles (load of the machine ${load})`);
  const [ours = [], bare = []] = await firstPages(size, [kbPreview, bareServer]);
  say(' start to first page');
  row(bareServer.name, bare, bare);
  row(kbPreview.name, ours, bare);
  if (browser === null) continue;
  say(` save to new content on screen, ${values.edits} edits`);
  const other = theirs === null ? null : await edited(size, theirs, browser);
  const own = await edited(size, kbPreview, browser);
  for (const [name, found] of [
    [theirs?.name ?? '', other] as const,
    [kbPreview.name, own] as const,
  ]) {
    if (found === null) continue;
    const memory = `   ${found.megabytes.toFixed(0)} MB${found.lost > 0 ? `   ${found.lost} never seen` : ''}`;
    row(name, found.ms, (other ?? own).ms, memory);
  }
}
await browser?.close();
