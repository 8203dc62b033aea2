import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Tests through the front door run what was built: `npm test` builds first, a single run where it must. */
export default function buildIfStale(): void {
  const sources = globSync('src/**/*.{ts,css,js}', { cwd: root });
  const newest = Math.max(...sources.map((file) => statSync(join(root, file)).mtimeMs));
  const built = statSync(join(root, 'dist/cli/kb.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newest) return;
  for (const script of ['scripts/build.ts', 'scripts/bundle.ts']) {
    const run = [join(root, script)];
    const { status } = spawnSync(process.execPath, run, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`${script} failed`);
  }
}
