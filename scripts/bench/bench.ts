/**
 * How far this program is from its floors, all measured in this run: start-up against a bare Node, check
 * and plan against reading and rendering the same files, publish against the same number of bare
 * requests. Prints a table and writes docs/performance.md. `-- --small` leaves out 10,000 translations.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeBenchContent } from './bench-content.ts';
import { type Row, rendered, type Section } from './bench-report.ts';
import { writeSection } from './performance-page.ts';
import { kbFile, repeated, root, startSandbox, type Timed, timed } from './processes.ts';

const isSmall = process.argv.includes('--small');
const token = { KB_BENCH_TOKEN: 'bench-token' };
const articlesPerPage = 50;
/** As many as publish has under way. */
const requestsAtOnce = 10;
/** The generated articles link to the next one of their folder, the last to the first. */
const rings = 20;

/** me, help centers, teammates, collections, articles: one each while the help center is empty. */
const firstCalls = 5;
/** Runs block this process, so a kept connection would be found closed by the other side. */
const headers = { connection: 'close' };

const folder = mkdtempSync(join(tmpdir(), 'reviewed-kb-bench-'));
try {
  const sections: Section[] = [startUp()];
  for (const translations of isSmall ? [1000] : [1000, 10_000]) {
    sections.push(await contentOf(translations));
  }
  const text = rendered(sections);
  process.stdout.write(`${text.table}\n`);
  if (!isSmall) writeSection(null, text.page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function startUp(): Section {
  say('start-up');
  const times = 7;
  const bare = repeated(times, () => timed(['-e', '0']));
  const row = (what: string, run: () => Timed): Row => ({
    what,
    measured: repeated(times, run),
    floor: bare,
  });
  const useCases = readdirSync(join(root, 'src/cli/commands'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => existsSync(join(root, `dist/commands/${name}.js`)));
  return {
    title: 'Start-up',
    floor: 'a bare `node -e 0`',
    rows: [
      row('kb --version', () => timed([kbFile, '--version'])),
      row('kb --help', () => timed([kbFile, '--help'])),
      ...useCases.map((name) => row(`imports of kb ${name}`, () => imports(`commands/${name}`))),
      row('imports of the client (plan, publish, adopt, drift, doctor)', () =>
        imports('intercom/intercom-workspace'),
      ),
      row('imports of the sandbox', () => imports('sandbox/index')),
    ],
    counts: [],
  };
}

/** Loads a module as the launcher does: compiled code is kept beside the program. */
function imports(module: string): Timed {
  const file = pathToFileURL(join(root, `dist/${module}.js`)).href;
  const env = { NODE_COMPILE_CACHE: join(root, '.compile-cache') };
  return timed(['--input-type=module', '-e', `await import(${JSON.stringify(file)})`], { env });
}

async function contentOf(translations: number): Promise<Section> {
  const base = join(folder, String(translations));
  const content = join(base, 'content');
  writeBenchContent(content, translations);
  const times = translations > 5000 ? 1 : 3;
  say(`${translations} translations: the floor of reading`);
  const floor = repeated(times, () => timed([join(import.meta.dirname, 'floor.ts'), content]));
  say(`${translations} translations: check`);
  const kb = (...args: string[]) => [kbFile, ...args, '--format', 'json'];
  const here = { cwd: base, env: token };
  const check = repeated(times, () => timed(kb('check'), here));
  const sandbox = await startSandbox(content);
  const there = { cwd: base, env: { ...token, KB_ENDPOINT: sandbox.url } };
  try {
    say(`${translations} translations: plan, publish, plan again`);
    const cold = repeated(times, () => timed(kb('plan'), there));
    await resetCount(sandbox.url);
    const publish = timed(kb('publish'), there);
    const calls = await countOf(sandbox.url);
    await resetCount(sandbox.url);
    const again = repeated(times, () => timed(kb('plan'), there));
    const readCalls = await countOf(sandbox.url);
    const changes = (JSON.parse(publish.stdout) as { calls: number; outcomes: unknown[] }).calls;
    const articles = translations / 2;
    say(`${translations} translations: the floor of publishing`);
    const bare = await bareRequests(content, articles);
    return {
      title: `${thousands(translations)} translations (${thousands(articles)} articles in two locales)`,
      floor: 'reading, gray-matter and markdown-it over the same files; for publish, bare requests',
      rows: [
        { what: 'kb check', measured: check, floor },
        { what: 'kb plan, all of it new', measured: cold, floor },
        { what: 'kb plan, all of it published', measured: again, floor },
        { what: 'kb publish, all of it new', measured: publish, floor: bare },
      ],
      counts: [
        {
          what: 'calls of publish, all of it new',
          made: calls,
          floor: firstCalls + 20 + articles,
          note: `${changes} announced; floor: the readings, a call for each article and collection; the links form ${rings} rings, and each needs a second write`,
        },
        {
          what: 'calls of a plan without changes',
          made: Math.round(readCalls / times),
          floor: firstCalls - 1 + Math.ceil(articles / articlesPerPage),
          note: `floor: ⌈N / ${articlesPerPage}⌉ pages of articles and one call for each other list`,
        },
      ],
    };
  } finally {
    await sandbox.stop();
  }
}

/** The same number of creates with bodies of the same size, by nothing but `fetch`, on a fresh sandbox. */
async function bareRequests(content: string, articles: number): Promise<Timed> {
  const sandbox = await startSandbox(content);
  try {
    const script = `
      const text = '<p>' + 'Ein Satz von gewöhnlicher Länge steht hier. '.repeat(45) + '</p>';
      const locale = { title: 'Titel', description: 'Text', body: text, author_id: 991267001, state: 'published' };
      let next = 0;
      async function send(method, path, body) {
        const response = await fetch('${sandbox.url}' + path, { method, headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify(body) });
        const answer = await response.text();
        if (response.status === 429) {
          await new Promise((done) => setTimeout(done, Number(response.headers.get('retry-after') ?? 1) * 1000));
          return send(method, path, body);
        }
        if (!response.ok) throw new Error(response.status + ' ' + answer.slice(0, 300));
      }
      async function work() {
        while (next < ${articles}) {
          next += 1;
          await send('POST', '/articles', { ...locale, translated_content: { de: locale, en: locale } });
        }
      }
      await Promise.all(Array.from({ length: ${requestsAtOnce} }, work));`;
    return timed(['--input-type=module', '-e', script]);
  } finally {
    await sandbox.stop();
  }
}

async function resetCount(url: string): Promise<void> {
  await fetch(`${url}/_sandbox/requests/reset`, { method: 'POST', headers });
}

async function countOf(url: string): Promise<number> {
  const response = await fetch(`${url}/_sandbox/requests`, { headers });
  return ((await response.json()) as { total: number }).total;
}

function thousands(count: number): string {
  return count.toLocaleString('en');
}

function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}
