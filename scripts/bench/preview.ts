/**
 * Measures the preview in Chromium: start to first page beside a bare server, and save to new content
 * on screen beside VitePress's dev server, on the same Markdown, in one run.
 *
 *   node scripts/bench/preview.ts [--sizes 25,1000,10000] [--edits 200] [--starts 9] [--write]
 *
 * `--write` puts the ratios into docs/performance.md.
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { get } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { previewHeading, writeSection } from './performance-page.ts';
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
    write: { type: 'boolean', default: false },
  },
});
/** What the page of the docs says above the table. */
const introduction = `Written by \`node scripts/bench/preview.ts --write\` in one run: ${values.starts} starts of each server in turn, then ${values.edits} saves of one article while it is open in Chromium. *First page* is from the start of the process to the answer to its first request; its floor is a server of http, chokidar and markdown-it alone. *Save to screen* is from just before the file is written to when the new words stand in the open document; every other save breaks or mends a link, and for kb preview the finding must have come or gone with the words. It is told as a ratio to VitePress's dev server on the same Markdown. Memory is of the server and its children after the saves; load is what the machine's two cores had to do: above 2, others were waiting too.`;
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

/** What was measured, as the docs keep it: ratios. */
const table: string[] = [];

/** Tells one measurement, with milliseconds, and keeps its ratios. */
function row(
  [articles, what]: readonly [number, string],
  { name, ms }: { name: string; ms: readonly number[] },
  floor: readonly number[],
  more: { megabytes: number; lost: number } | null = null,
): void {
  const [median, p95] = [0.5, 0.95].map((share) => {
    const [own, least] = [quantile(ms, share), quantile(floor, share)];
    return { ms: `${own.toFixed(0)} ms`, ratio: `${(own / least).toFixed(2)} ×` };
  });
  const memory = more === null ? '' : `${more.megabytes.toFixed(0)} MB`;
  const lost = more === null || more.lost === 0 ? '' : `${more.lost} never seen`;
  say(
    `  ${name.padEnd(18)} median ${median?.ms} (${median?.ratio})   p95 ${p95?.ms} (${p95?.ratio})   ${memory}   ${lost}`.trimEnd(),
  );
  const load = loadavg()[0]?.toFixed(1);
  const cells = [articles, what, name, median?.ratio, p95?.ratio, memory, load];
  table.push(`| ${cells.join(' | ')} |`);
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
  row([size, 'first page'], { name: bareServer.name, ms: bare }, bare);
  row([size, 'first page'], { name: kbPreview.name, ms: ours }, bare);
  if (browser === null) continue;
  say(` save to new content on screen, ${values.edits} edits`);
  const other = theirs === null ? null : await edited(size, theirs, browser);
  const own = await edited(size, kbPreview, browser);
  const shown = [
    ...(theirs === null || other === null ? [] : [{ name: theirs.name, ...other }]),
    { name: kbPreview.name, ...own },
  ];
  for (const found of shown) row([size, 'save to screen'], found, (other ?? own).ms, found);
}
await browser?.close();
if (values.write) {
  const head =
    '| articles | what | server | median | p95 | memory | load |\n|---:|---|---|---:|---:|---:|---:|';
  writeSection(previewHeading, `${introduction}\n\n${head}\n${table.join('\n')}`);
}
