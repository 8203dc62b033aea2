/**
 * Measures the preview: start to first page, and save to new content, on knowledge bases of several
 * sizes, beside a bare server (http, chokidar, markdown-it) that knows nothing of findings.
 *
 *   node scripts/bench/preview.ts [--sizes 25,1000,10000] [--edits 200]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '25,1000,10000' },
    edits: { type: 'string', default: '200' },
  },
});
const edits = Number(values.edits);

/** What people run is built; from its sources every start would pay for reading TypeScript. */
const entry = process.env.KB_BENCH_ENTRY ?? join(root, 'dist/cli/kb.js');

interface Measured {
  server: string;
  articles: number;
  firstPageMs: number;
  medianMs: number;
  p95Ms: number;
  megabytes: number;
}

/** A knowledge base of this many articles in one locale, made of the sample's. */
function generate(articles: number): { content: string; edited: string } {
  const content = join(mkdtempSync(join(tmpdir(), 'kb-bench-')), 'content');
  const sample = join(root, 'content');
  for (const name of ['assets', '_includes', 'kb.yaml']) {
    cpSync(join(sample, name), join(content, name), { recursive: true });
  }
  const texts = globSync('*/**/*.de.md', { cwd: sample })
    .filter((file) => !file.startsWith('_includes'))
    .sort();
  for (let index = 0; index < articles; index += 1) {
    const file = texts[index % texts.length] ?? '';
    const folder = `c${String(Math.floor(index / texts.length)).padStart(4, '0')}`;
    if (index % texts.length === 0) {
      mkdirSync(join(content, folder));
      writeFileSync(
        join(content, folder, '_collection.yaml'),
        `id: ${folder}\nde: { title: Sammlung ${folder} }\n`,
      );
    }
    const text = readFileSync(join(sample, file), 'utf8')
      .replace(/^id: (.*)$/m, `id: $1-${folder}`)
      .replace(/^title: (.*)$/m, `title: $1 ${folder}`)
      .replace(/^redirects:\n(?: {2}- .*\n)+/m, '')
      .replace(/^( {2}- .*)\?$/gm, `$1 (${folder})?`)
      .replace(/\]\((?:\.\.\/)*(?:[\w-]+\/)*([\w-]+\.de\.md)/g, ']($1')
      .replace(/(?:\.\.\/)+assets/g, '../assets');
    writeFileSync(join(content, folder, basename(file)), text);
  }
  return { content, edited: join(content, 'c0000', 'passwort-zuruecksetzen.de.md') };
}

interface Server {
  name: string;
  args: (content: string) => string[];
  page: string;
  /** Follows the page: calls back with whatever is sent. */
  follow(url: string, seen: (text: string) => void): Promise<() => void>;
}

const servers: readonly Server[] = [
  {
    name: 'kb preview',
    args: (content) => [
      ...[entry, 'preview', '--port', '0'],
      ...['--content', content, '--today', '2026-11-22', '--quiet'],
    ],
    page: '/de/c0000/passwort-zuruecksetzen',
    async follow(url, seen) {
      const html = await (await fetch(url + this.page)).text();
      const token = /name="kb-token" content="([^"]+)"/.exec(html)?.[1] ?? '';
      const query = new URLSearchParams({ token, page: this.page, seen: '' });
      return stream(`${url}/~events?${query}`, seen);
    },
  },
  {
    name: 'bare',
    args: (content) => [join(import.meta.dirname, 'bare-server.ts'), content],
    page: '/c0000/passwort-zuruecksetzen.de.md',
    follow: (url, seen) => stream(`${url}/events?page=/c0000/passwort-zuruecksetzen.de.md`, seen),
  },
];

/** Reads an event stream, each event whole. */
async function stream(url: string, seen: (text: string) => void): Promise<() => void> {
  const abort = new AbortController();
  const { body } = await fetch(url, { signal: abort.signal });
  if (body === null) throw new Error(`${url} sends nothing`);
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + piece).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) seen(event);
    }
  };
  read().catch(() => undefined);
  return () => abort.abort();
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const data of child.stdout ?? []) {
    text += String(data);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function measure(server: Server, articles: number): Promise<Measured> {
  const { content, edited } = generate(articles);
  const start = performance.now();
  const child = spawn(process.execPath, server.args(content), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await firstLine(child);
    const page = await fetch(url + server.page);
    if (!(await page.text()).includes('24 Stunden')) throw new Error(`${server.name}: no page`);
    const firstPageMs = performance.now() - start;
    const took = await editTimes(server, url, edited);
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return {
      server: server.name,
      articles,
      firstPageMs: Math.round(firstPageMs),
      medianMs: quantile(took, 0.5),
      p95Ms: quantile(took, 0.95),
      megabytes: Math.round(kilobytes / 1024),
    };
  } finally {
    child.kill('SIGKILL');
    rmSync(join(content, '..'), { recursive: true, force: true });
  }
}

async function editTimes(server: Server, url: string, edited: string): Promise<number[]> {
  let waiting: { marker: string; done: () => void } | null = null;
  const stop = await server.follow(url, (text) => {
    if (waiting !== null && text.includes(waiting.marker)) waiting.done();
  });
  const original = readFileSync(edited, 'utf8');
  await pause(3000);
  const took: number[] = [];
  for (let index = 0; index < edits; index += 1) {
    const marker = `Ausgabe-${index}-x`;
    const shown = new Promise<void>((done) => {
      waiting = { marker, done };
    });
    const start = performance.now();
    writeFileSync(edited, original.replace('24 Stunden', `24 Stunden ${marker}`));
    await shown;
    took.push(performance.now() - start);
    await pause(20 + (index % 7) * 30);
  }
  stop();
  return took;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return Math.round(at * 10) / 10;
}

const rows: Measured[] = [];
for (const size of (values.sizes ?? '').split(',').map(Number)) {
  for (const server of servers) {
    const row = await measure(server, size);
    rows.push(row);
    process.stderr.write(`${JSON.stringify(row)}\n`);
  }
}
process.stdout.write(`${JSON.stringify({ edits, rows }, null, 2)}\n`);
