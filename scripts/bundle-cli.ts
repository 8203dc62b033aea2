/** Bundles src/ into dist/: a start reads a handful of files instead of some hundred small ones. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { withoutBuiltinImports } from './builtin-imports.ts';

/** A package whose code is in the bundle. */
interface Bundled {
  name: string;
  version: string;
  /** Its licence, as the package brings it. */
  licence: string;
}

/**
 * Writes dist/: the command line as `cli/kb.js`, what is imported when it is needed under the path it
 * has in src/, and what they share in `chunks/`. Every file lies one folder deep, so that addresses
 * relative to a module (`../static/`, `../../package.json`) mean the same in the sources and here.
 * @returns the packages that came along
 */
export async function bundle(root: string): Promise<Bundled[]> {
  const sources = join(root, 'src');
  const build = await rolldown({
    input: { 'cli/kb': join(sources, 'cli/kb.ts') },
    platform: 'node',
    cwd: root,
    // gray-matter brings a YAML reader that is never called: `yaml` reads the front matter.
    resolve: { alias: { 'js-yaml': join(root, 'scripts/no-yaml-reader.cjs') } },
    plugins: [
      {
        name: 'builtin-imports',
        resolveId: (name, importer) =>
          name === 'node:child_process' && importer?.includes('/node_modules/commander/')
            ? join(root, 'scripts/no-child-process.cjs')
            : null,
        // The entry is read by old versions of Node, too, which cannot be asked so.
        renderChunk: (code, { isEntry }) => (isEntry ? null : withoutBuiltinImports(code)),
      },
    ],
    onLog(level, log, report) {
      // gray-matter's engine for scripts: never called, as every engine is switched off.
      if (log.code === 'EVAL' || log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return;
      report(level, log);
    },
  });
  const { output } = await build.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: ({ facadeModuleId }) => placeOf(facadeModuleId ?? null, sources),
  });
  await build.close();
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  return packagesOf(chunks.flatMap(({ moduleIds }) => moduleIds));
}

function placeOf(module: string | null, sources: string): string {
  const path = module === null ? '..' : relative(sources, module);
  const isOneDeep = /^[^./][^/]*\/[^/]+\.ts$/.test(path);
  return isOneDeep ? path.replace(/\.ts$/, '.js') : 'chunks/[name]-[hash].js';
}

/** The packages that modules belong to, by name. */
function packagesOf(modules: readonly string[]): Bundled[] {
  const folders = new Set(
    modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? []),
  );
  return [...folders].map(packageAt).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packageAt(folder: string): Bundled {
  const facts: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = facts as Record<string, unknown>;
  const [file] = globSync('{LICENSE,LICENCE,License,license}*', { cwd: folder });
  const text =
    file !== undefined && existsSync(join(folder, file))
      ? readFileSync(join(folder, file), 'utf8').trim()
      : `${String(license)} (the package brings no text of its licence)`;
  return { name: String(name), version: String(version), licence: text };
}
