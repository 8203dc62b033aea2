/**
 * What an import costs: converting beside plain turndown (with its gfm plugin where that is installed)
 * over the same bodies, and the most memory it holds as the number of articles grows tenfold. Each
 * article is one of the fixtures of every class of markup, and some text. `-- --small` takes a tenth.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import TurndownService from 'turndown';
import { kbFile, root, type Timed, timed } from './processes.ts';

const isSmall = process.argv.includes('--small');
const sizes = isSmall ? [200, 2000] : [2000, 20_000];
const rounds = isSmall ? 3 : 9;
const folder = mkdtempSync(join(tmpdir(), 'reviewed-kb-bench-'));
const fixtures = join(root, 'test/fixtures/zendesk');
const bodies = readdirSync(fixtures).map((name) =>
  readFileSync(join(fixtures, name, 'input.html'), 'utf8'),
);

try {
  await conversion();
  const runs = sizes.map((size) => ({ size, ...importing(size) }));
  for (const kind of ['look', 'write'] as const) {
    const [few, many] = runs.map((run) => run[kind]);
    if (few === undefined || many === undefined) continue;
    say(
      `${kind === 'look' ? 'kb import --dry-run' : 'kb import'}: ${few.megabytes.toFixed(0)} MB for ${sizes[0]} articles, ${many.megabytes.toFixed(0)} MB for ${sizes[1]} (${(many.megabytes / few.megabytes).toFixed(2)} ×), ${few.seconds.toFixed(1)} s and ${many.seconds.toFixed(1)} s`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Both over the same bodies, turn by turn, so that both meet the same machine. */
async function conversion(): Promise<void> {
  const { convertBody } = (await import(
    pathToFileURL(join(root, 'build/zendesk/index.js')).href
  )) as typeof import('../../src/zendesk/index.ts');
  const plain = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
  const plugin = await gfmPlugin();
  if (plugin !== null) plain.use(plugin);
  const context = {
    link: (href: string) => ({ kind: 'address' as const, address: href, loss: null }),
    image: (src: string) => ({ address: src, loss: null }),
    wantedIds: new Set<string>(),
  };
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, convert] of [
      ['ours', (html: string) => convertBody(html, context).markdown],
      ['plain', (html: string) => plain.turndown(html)],
    ] as const) {
      const from = performance.now();
      for (let time = 0; time < 20; time++) for (const html of bodies) convert(html);
      times[name].push(performance.now() - from);
    }
  }
  const ratio = middle(times.ours) / middle(times.plain);
  say(
    `converting: ${ratio.toFixed(2)} × turndown ${plugin === null ? 'alone (its gfm plugin is not installed)' : 'with its gfm plugin'}`,
  );
}

async function gfmPlugin(): Promise<TurndownService.Plugin | null> {
  const name = 'turndown-plugin-gfm';
  const found = (await import(name).catch(() => null)) as { gfm?: TurndownService.Plugin } | null;
  return found?.gfm ?? null;
}

function importing(size: number): { look: Timed; write: Timed } {
  const place = join(folder, String(size));
  mkdirSync(join(place, 'content'), { recursive: true });
  writeFileSync(join(place, 'content/kb.yaml'), 'defaultLocale: en\nlocales: [en]\n');
  const articles = Array.from({ length: size }, (_, index) => ({
    ...{ id: 100_000 + index, locale: 'en-us', source_locale: 'en-us', section_id: index % 40 },
    title: `Article ${index}`,
    html_url: `https://help.example.com/hc/en-us/articles/${100_000 + index}`,
    body: `${bodies[index % bodies.length]}${`<p>${`word${index} `.repeat(60)}</p>`.repeat(8)}`,
  }));
  writeFileSync(join(place, 'articles.json'), JSON.stringify({ articles }));
  const run = (...flags: string[]): Timed =>
    timed([kbFile, 'import', 'zendesk', '--from', 'articles.json', '--quiet', ...flags], {
      cwd: place,
    });
  return { look: run('--dry-run'), write: run() };
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
