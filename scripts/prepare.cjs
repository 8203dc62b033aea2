// Runs after `npm ci`, with whatever Node npm itself runs on until node_modules/.bin is first on the
// PATH. Written so that an old Node can say what is wrong instead of failing at a syntax it lacks.
const { existsSync, rmSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

const root = join(__dirname, '..');
// An installed package has its dist/ and no sources: nothing to build.
if (!existsSync(join(root, 'src')) || !existsSync(join(root, 'node_modules', 'typescript')))
  process.exit(0);

const own = join(root, 'node_modules', 'node', 'bin', 'node');
const node = existsSync(own) ? own : process.execPath;
const { status } = spawnSync(node, [join(root, 'scripts', 'build.ts')], { stdio: 'inherit' });
if (status !== 0) {
  const [major] = process.versions.node.split('.').map(Number);
  if (node === process.execPath && major < 22) {
    process.stderr.write(
      `reviewed-kb needs Node 22.12 or newer to build; this is ${process.version}. With install scripts switched off, install Node 24 yourself.\n`,
    );
  }
  process.exit(status === null ? 1 : status);
}

// Without this link `npx kb` in this folder would first install the package into a cache of its own.
const link = join(root, 'node_modules', '.bin', 'kb');
rmSync(link, { force: true });
try {
  symlinkSync(join('..', '..', 'dist', 'cli', 'kb.js'), link);
} catch (error) {
  process.stderr.write(`npx kb will be slow at first: ${error.message}\n`);
}
