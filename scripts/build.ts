/** Builds dist/ from src/: types checked, then files that are not TypeScript copied beside. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
if (status !== 0) process.exit(status ?? 1);
for (const file of globSync('src/**/*.{css,html,svg,js}', { cwd: root })) {
  const target = join(root, file.replace(/^src/, 'dist'));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
}
chmodSync(join(root, 'dist/cli/kb.js'), 0o755);
