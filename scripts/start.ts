/**
 * The main job, on the embedded workspace: import → check → plan → publish → ask Fin → edit → review →
 * publish.
 * Every line it shows comes from the commands a user would type; every claim is checked, and the
 * first that does not hold ends it with exit 1. `-- --keep` leaves the sandbox open.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const kbFile = join(root, 'dist/cli/kb.js');
const isKept = process.argv.includes('--keep');
/** The sample's reviews are judged as of this day, so that they do not expire under its readers. */
const today = '2026-11-22';
const largest = 26;
/** The sandbox closes connections that rest, as servers do: a story with pauses takes new ones. */
const alone = { connection: 'close' };

if (!existsSync(kbFile))
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], { stdio: 'inherit' });

const folder = mkdtempSync(join(tmpdir(), 'reviewed-kb-'));
cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true });
cpSync(join(root, 'scripts/start/zendesk-export'), join(folder, 'zendesk-export'), {
  recursive: true,
});
let sandbox: ChildProcess | null = null;
let shown: ChildProcess | null = null;

try {
  const { url, process: child } = await serve('sandbox', '--port', '0');
  sandbox = child;
  await story(url);
  if (isKept) {
    const preview = await serve('preview', '--port', '0', '--today', today);
    shown = preview.process;
    say(`\nThe sandbox stays open: ${url}/help/de`);
    say(`The preview, too:       ${preview.url}`);
    say('Ctrl-C ends both.');
    say(
      `The knowledge base lies in ${folder}; there, KB_SANDBOX_TOKEN=any KB_ENDPOINT=${url} npx kb plan`,
    );
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
  }
} catch (error) {
  process.stderr.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  sandbox?.kill('SIGTERM');
  shown?.kill('SIGTERM');
  if (!isKept) rmSync(folder, { recursive: true, force: true });
}

async function story(url: string): Promise<void> {
  const kb = (...args: string[]) => runKb(url, args);
  heading('1  The old help center moves in: an export of Zendesk becomes Markdown');
  const imported = kb('import', 'zendesk', '--from', 'zendesk-export', '--report', 'report');
  expect(imported.code === 0, 'everything that can be read is imported, every loss is named');
  expect(imported.stdout.includes('4500008.json'), 'the file that breaks off is named, too');
  const night = textOf('content/altes-hilfezentrum/technik/nachtschicht-server-neu-starten.de.md');
  expect(night.includes('visibility: internal'), 'what only staff could read stays internal');
  const week = textOf('content/altes-hilfezentrum/planen/einen-wochenplan-anlegen.de.md');
  expect(week.includes('die-wochenansicht.de.md#vorlagen'), 'links lead to the imported articles');

  heading(
    '2  Imported is not reviewed: Anna accepts it as migrated, the worst losses until spring',
  );
  const baseline = ['--baseline', '--until', '2027-05-31', '--spread', '60'];
  expect(
    kb('review', '--imported', '--by', 'anna@example.com', ...baseline).code === 0,
    'customers may see it, the AI may not: nobody has read it',
  );

  heading('3  The knowledge base: Markdown in git. Is it sound?');
  expect(kb('check').code === 0, 'kb check finds no error');

  heading('4  What would publishing change? (nothing is written)');
  const first = kb('plan', '--out', 'plan.json');
  expect(first.code === 0, 'the plan is not refused, and nothing waits for a person');
  const saved = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as {
    calls: number;
    withheld: unknown[];
  };

  heading('5  Publish exactly that plan, over HTTP, with the official SDK');
  await post(url, '/_sandbox/requests/reset', null);
  expect(kb('publish', 'plan.json').code === 0, 'everything reviewed is published');
  const requests = await read<{ total: number }>(url, '/_sandbox/requests');
  expect(
    requests.total === saved.calls,
    `announced ${saved.calls} calls, the workspace counted ${requests.total}`,
  );

  heading('6  What can Fin say now? (the sandbox quotes passages, it does not write answers)');
  const reviewed = await ask(url, 'Wie lange gilt der Link zum Zurücksetzen des Passworts?', 'de');
  expect(reviewed.answer?.includes('24 Stunden') === true, 'Fin answers from a reviewed article');
  const english = await ask(url, 'How do I reach a human instead of the AI?', 'en');
  expect(english.answer !== null, 'and from its reviewed translation');
  const migrated = await ask(url, 'Wann ist ein gelöschter Wochenplan endgültig weg?', 'de');
  expect(
    migrated.answer === null || !migrated.answer.includes('30 Tagen'),
    'not from what was only migrated',
  );
  const shown = await (await fetch(`${url}/help/de`, { headers: alone })).text();
  expect(shown.includes('Altes Hilfezentrum'), 'though customers find it in the help center');
  const unreviewed = await ask(url, 'Was kostet der Team-Tarif ab Januar 2027?', 'de');
  expect(unreviewed.answer === null, 'Fin declines: only an unreviewed article covers this');

  heading('7  Plan again: nothing left to do, although Intercom rewrote every body it stored');
  expect(plannedChanges(url) === 0, 'the second plan is empty');

  heading('8  A writer edits one article');
  edit(
    'content/konto/passwort-zuruecksetzen.de.md',
    'ist 24 Stunden gültig',
    'ist eine Stunde gültig',
  );
  expect(shownChanges(kb) === 0, 'the edit is withheld: nobody has reviewed it');
  const before = await ask(url, 'Wie lange gilt der Link zum Zurücksetzen des Passworts?', 'de');
  expect(
    before.answer?.includes('24 Stunden') === true,
    'customers and Fin keep the last reviewed version',
  );

  heading('9  A colleague reviews it');
  expect(
    kb('review', 'konto/passwort-zuruecksetzen:de', '--by', 'jo@example.com').code === 0,
    'stamped, bound to this content',
  );
  expect(shownChanges(kb) === 1, 'exactly that change is planned');
  await post(url, '/_sandbox/requests/reset', null);
  expect(kb('publish').code === 0, 'and published');
  const writes = await read<{ byMethod: Record<string, number> }>(url, '/_sandbox/requests');
  expect(writes.byMethod.PUT === 1 && writes.byMethod.POST === undefined, 'with one write');
  const after = await ask(url, 'Wie lange gilt der Link zum Zurücksetzen des Passworts?', 'de');
  expect(after.answer?.includes('eine Stunde') === true, 'Fin answers from the new version');
  expect(plannedChanges(url) === 0, 'the next plan is empty again');

  heading('Done. Next: npx kb --help, and docs/getting-started.md for your own knowledge base.');
}

/** Starts a command that serves; its first line is its address. */
function serve(...args: string[]): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [kbFile, ...args, '--content', join(folder, 'content'), '--quiet'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`kb ${args[0]} ended with exit ${code}`)));
    child.stdout.once('data', (line: Buffer) => {
      resolve({ url: line.toString().trim().split(/\s/)[0] ?? '', process: child });
    });
  });
}

function environment(url: string): NodeJS.ProcessEnv {
  return { ...process.env, KB_ENDPOINT: url, KB_SANDBOX_TOKEN: 'any-token' };
}

function runKb(url: string, args: readonly string[]): { code: number | null; stdout: string } {
  say(`\n$ kb ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [kbFile, ...args, '--today', today],
    {
      cwd: folder,
      env: environment(url),
      encoding: 'utf8',
    },
  );
  showShortened(stdout.trimEnd());
  if (status !== 0) say(stderr.trimEnd());
  return { code: status, stdout };
}

/** Shows a plan, and says how many changes it holds. */
function shownChanges(kb: (...args: string[]) => { code: number | null }): number {
  kb('plan', '--out', 'next.json');
  const { changes } = JSON.parse(textOf('next.json')) as { changes: unknown[] };
  return changes.length;
}

/** How many changes a plan would make now, adoption aside. */
function plannedChanges(url: string): number {
  const { stdout } = spawnSync(
    process.execPath,
    [kbFile, 'plan', '--format', 'json', '--today', today],
    { cwd: folder, env: environment(url), encoding: 'utf8' },
  );
  const plan = JSON.parse(stdout) as { changes: { action: string }[] };
  return plan.changes.filter((change) => change.action !== 'adopt').length;
}

function showShortened(text: string): void {
  const lines = text.split('\n');
  if (lines.length <= largest) {
    say(text);
    return;
  }
  const tail = 5;
  const head = largest - tail - 1;
  const left = lines.length - head - tail;
  say([...lines.slice(0, head), `  … ${left} more lines`, ...lines.slice(-tail)].join('\n'));
}

async function ask(
  url: string,
  question: string,
  locale: string,
): Promise<{ answer: string | null }> {
  const answer = await post<{ answer: string | null; passages: { title: string }[] }>(
    url,
    '/_sandbox/ask',
    { question, locale },
  );
  say(`\n? ${question}`);
  if (answer.answer === null) say('  Fin: I have no answer to that.');
  else say(`  Fin, from "${answer.passages[0]?.title ?? ''}":\n  ${shortened(answer.answer)}`);
  return answer;
}

function shortened(answer: string): string {
  const text = answer.replace(/\s+/g, ' ');
  const at = Math.max(0, text.search(/Stunde|team/) - 120);
  return `${at > 0 ? '… ' : ''}${text.slice(at, at + 220)}${text.length > at + 220 ? ' …' : ''}`;
}

async function read<T>(url: string, path: string): Promise<T> {
  return (await (await fetch(`${url}${path}`, { headers: alone })).json()) as T;
}

async function post<T>(url: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...alone, 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  return (await response.json()) as T;
}

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function edit(file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not say "${from}"`);
  writeFileSync(path, text.replace(from, to));
  say(`\n  ${file}\n  - … ${from} …\n  + … ${to} …`);
}

function expect(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`expected: ${claim}`);
  say(`  ✓ ${claim}`);
}

function heading(text: string): void {
  say(`\n── ${text}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
