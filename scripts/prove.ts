/**
 * The laws of plan and publish with their full counts (docs/sync.md): the same tests as `npm test`,
 * which runs a small share of the cases. Prints how many cases each law was held against.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'reviewed-kb-proof-'));
const file = join(folder, 'counts.jsonl');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const rooms = [
  'test/publish',
  'test/ledger',
  'test/markdown',
  'test/sandbox',
  'test/zendesk',
  'test/action',
  'test/github',
  'test/two-way',
  'test/preview',
];
const asked = process.argv.slice(2);
const began = Date.now();

const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--testTimeout=600000', ...(asked.length > 0 ? asked : rooms)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KB_PROVE: '1', KB_PROVE_FILE: file },
  },
);

const counts = new Map<string, number>();
if (existsSync(file)) {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { what, count } = JSON.parse(line) as { what: string; count: number };
    counts.set(what, (counts.get(what) ?? 0) + count);
  }
}
rmSync(folder, { recursive: true, force: true });

const minutes = ((Date.now() - began) / 60_000).toFixed(1);
process.stdout.write(`\nHeld against, in ${minutes} minutes:\n`);
for (const [what, count] of [...counts].sort()) {
  process.stdout.write(`  ${String(count).padStart(7)}  ${what}\n`);
}
process.stdout.write(run.status === 0 ? 'All hold.\n' : 'Not all hold.\n');
process.exitCode = run.status ?? 1;
