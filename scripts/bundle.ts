/** Bundles the action into one file, dist/action/index.js: GitHub runs it without installing anything. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');

const bundle = await rolldown({
  input: join(root, 'src/action/action.ts'),
  platform: 'node',
  tsconfig: join(root, 'tsconfig.build.json'),
  // gray-matter brings an engine that evaluates; it is switched off where front matter is read.
  checks: { eval: false },
});
const { output } = await bundle.write({
  file: join(root, 'dist/action/index.js'),
  format: 'esm',
  codeSplitting: false,
  minify: 'dce-only',
  comments: { legal: true },
});
await bundle.close();
// The look of the preview, which a pull request's job writes.
cpSync(join(root, 'src/preview/static'), join(root, 'dist/static'), { recursive: true });
const [entry] = output;
const kilobytes = Math.round(entry.code.length / 1024);
process.stdout.write(`dist/action/index.js, ${kilobytes.toLocaleString('en-GB')} KB\n`);
