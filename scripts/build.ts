/**
 * Builds: build/ has one module for each of src/, types checked, as the import table is checked on
 * them; dist/ is what people run.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle-cli.ts';

const root = join(import.meta.dirname, '..');
for (const folder of ['build', 'dist'])
  rmSync(join(root, folder), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
if (status !== 0) process.exit(status ?? 1);

const packages = await bundle(root);
mkdirSync(join(root, 'dist'), { recursive: true });
cpSync(join(root, 'src/preview/static'), join(root, 'dist/static'), { recursive: true });
writeFileSync(
  join(root, 'dist/third-party-licences.txt'),
  packages
    .map(({ name, version, licence }) => `${name} ${version}\n\n${licence}\n`)
    .join(`\n${'-'.repeat(72)}\n\n`),
);
chmodSync(join(root, 'dist/cli/kb.js'), 0o755);
