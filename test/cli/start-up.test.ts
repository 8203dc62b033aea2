import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from '../../src/commands/node-version.ts';
import { emptyFolder } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

/** Says on stderr which modules a run loads. */
const trace = `data:text/javascript,import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write('LOADED ' + url + '\\n'); return next(url, context); } });`;

async function loadedBy(args: readonly string[], cwd: string): Promise<string[]> {
  const nodeFlags = ['--import', trace.replaceAll('\n', ' ')];
  const run = await kb(args, { cwd, nodeFlags, fromSources: true });
  expect(run.code).toBe(0);
  return run.stderr
    .split('\n')
    .filter((line) => line.startsWith('LOADED '))
    .map((line) => line.slice('LOADED '.length));
}

const light = new Set(['cli', 'commands', 'model', 'plan', 'report', 'review']);

describe('what a start loads', { timeout: 30_000 }, () => {
  it.each([['--version'], ['--help'], ['check', '--help']])(
    'kb %s: only the parser',
    async (...args) => {
      const loaded = await loadedBy(args, await emptyFolder());
      const packages = new Set(
        loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
      );
      expect([...packages]).toEqual(['commander']);
      const rooms = new Set(loaded.flatMap((url) => /\/src\/([^/]+)\//.exec(url)?.[1] ?? []));
      // Of the middle only constants and small functions: errors, days, escapes, exit codes.
      expect([...rooms].filter((room) => !light.has(room))).toEqual([]);
      // Help loads the declaration of every command, and nothing behind it.
      const behind = loaded.filter((url) => !url.includes('/src/cli/commands/'));
      expect(behind.length).toBeLessThan(47);
    },
  );

  it('kb check loads neither the SDK nor servers', async () => {
    const loaded = await loadedBy(['check'], await knowledgeBase());
    const heavy =
      /node_modules\/(intercom-client|hono|@hono|minisearch)\/|src\/(sandbox|intercom|publish|ledger|fin)\//;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(50);
  });
});

const old = oldNode();

describe('the version of Node', { timeout: 30_000 }, () => {
  it.each([
    ['v22.12.0', null],
    ['v22.13.1', null],
    ['v24.0.0', null],
    ['v22.11.0', 'kb needs Node 22.12 or newer; this is v22.11.0.'],
    ['v20.20.2', 'kb needs Node 22.12 or newer; this is v20.20.2.'],
    ['v14.21.3', 'kb needs Node 22.12 or newer; this is v14.21.3.'],
  ])('%s', (version, problem) => {
    expect(nodeVersionProblem(version)).toBe(problem);
  });

  it.skipIf(old === null)('is told by the launcher, before anything else is loaded', async () => {
    if (old === null) return;
    const folder = await emptyFolder();
    await mkdir(join(folder, 'cli'));
    await mkdir(join(folder, 'commands'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const name of ['cli/kb', 'commands/node-version']) {
      const source = await readFile(new URL(`../../src/${name}.ts`, import.meta.url), 'utf8');
      const script = stripTypeScriptTypes(source).replaceAll(/\.ts'/g, ".js'");
      await writeFile(join(folder, `${name}.js`), script);
    }
    const run = runOld(old.path, join(folder, 'cli/kb.js'));
    expect(run).toEqual({
      code: 2,
      stderr: `kb needs Node 22.12 or newer; this is ${old.version}.\n`,
    });
  });
});

function oldNode(): { path: string; version: string } | null {
  for (const path of ['/usr/bin/node', '/usr/local/bin/node']) {
    if (!existsSync(path)) continue;
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
    if (nodeVersionProblem(version) !== null) return { path, version };
  }
  return null;
}

function runOld(node: string, script: string): { code: number; stderr: string } {
  try {
    execFileSync(node, [script], { stdio: 'pipe' });
    return { code: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: Buffer };
    return { code: status, stderr: stderr.toString() };
  }
}
