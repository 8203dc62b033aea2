import { describe, expect, it } from 'vitest';
import { loadDeclarations } from '../../src/cli/declarations.ts';
import { parseCommandLine } from '../../src/cli/program.ts';
import { emptyFolder } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';

const declarations = await loadDeclarations();

function shown(argv: readonly string[]): string {
  const request = parseCommandLine(argv, declarations, '1.2.3');
  return request.kind === 'show' ? request.text : `runs ${request.declaration.name}`;
}

describe('help', () => {
  it('lists every command under its heading', async () => {
    await expect(shown(['--help'])).toMatchFileSnapshot('snapshots/help.txt');
    expect(shown([])).toBe(shown(['--help']));
  });

  it.each(declarations.map(({ name }) => name))('kb %s --help has an example', async (name) => {
    const text = shown([name, '--help']);
    expect(text).toContain('Example:\n  $ kb ');
    expect(text).toContain('--format <format>');
    expect(shown(['help', name])).toBe(text);
  });

  it('shows examples that parse', () => {
    for (const { name, examples } of declarations) {
      for (const { line } of examples) {
        const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
          ([, quoted, bare]) => quoted ?? bare ?? '',
        );
        const request = parseCommandLine(argv.slice(1), declarations, '1.2.3');
        expect(request, line).toMatchObject({ kind: 'run', declaration: { name } });
      }
    }
  });

  it('keeps lines within 80 columns', () => {
    for (const { name } of declarations) {
      const wide = shown([name, '--help'])
        .split('\n')
        .filter((line) => line.length > 80 && !line.includes('$ kb'));
      expect(wide).toEqual([]);
    }
  });

  it('prints the version', async () => {
    const run = await kb(['--version'], { cwd: await emptyFolder() });
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});
