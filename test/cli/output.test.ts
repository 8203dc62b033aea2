import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../src/cli/declaration.ts';
import { createOutput, type Output } from '../../src/cli/output.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

function seat(options: {
  env?: NodeJS.ProcessEnv;
  format?: Format;
  tty?: boolean;
  color?: boolean;
}): {
  output: Output;
  stdout(): string;
  stderr(): string;
} {
  const stdout = Object.assign(new PassThrough(), { isTTY: options.tty ?? false, columns: 90 });
  const stderr = Object.assign(new PassThrough(), { isTTY: options.tty ?? false, columns: 90 });
  const output = createOutput(
    { stdout, stderr },
    {
      env: options.env ?? {},
      format: options.format ?? 'text',
      color: options.color ?? true,
      redact: (text) => text,
    },
  );
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { output, stdout: () => read(stdout), stderr: () => read(stderr) };
}

describe('output', () => {
  it.each([
    ['a terminal', { tty: true }, true],
    ['a pipe', {}, false],
    ['NO_COLOR', { tty: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', { tty: true, env: { NO_COLOR: '' } }, true],
    ['CI', { tty: true, env: { CI: 'true' } }, false],
    ['--no-color', { tty: true, color: false }, false],
    ['FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
    ['a dumb terminal', { tty: true, env: { TERM: 'dumb' } }, false],
  ])('is coloured where it should be: %s', (_, options, colored) => {
    expect(seat(options).output.colored).toBe(colored);
  });

  it('drops what would steer a terminal, keeps our colours there', async () => {
    const terminal = seat({ tty: true });
    await terminal.output.result('\u001b[31mred\u001b[39m \u001b]0;title\u0007\u202ex\u001b[2J');
    expect(terminal.stdout()).toBe('\u001b[31mred\u001b[39m ]0;titlex[2J\n');
    const pipe = seat({});
    await pipe.output.result('\u001b[31mred\u001b[39m');
    expect(pipe.stdout()).toBe('red\n');
  });

  it('takes the words out of the mouth of workflow commands', async () => {
    const runner = seat({ env: { GITHUB_ACTIONS: 'true' } });
    await runner.output.result('::error::x');
    runner.output.note('  ::stop-commands::y');
    expect(runner.stdout()).toBe(': :error::x\n');
    expect(runner.stderr()).toBe('  : :stop-commands::y\n');
    const github = seat({ env: { GITHUB_ACTIONS: 'true' }, format: 'github' });
    await github.output.result('::error::x');
    expect(github.stdout()).toBe('::error::x\n');
  });

  it('shows progress after 300 ms, where somebody watches, and clears it', () => {
    const terminal = seat({ tty: true });
    let at = 0;
    const progress = createProgress(
      terminal.output,
      () => at,
      ([latest]) => `${latest?.done}`,
    );
    const step = {
      phase: 'articles',
      total: 9,
      callsPerWindow: 1,
      limitPerWindow: null,
      secondsLeft: null,
    };
    for (const [time, done] of [
      [0, 1],
      [299, 2],
      [310, 3],
      [350, 4],
      [450, 5],
    ] as const) {
      at = time;
      progress.tell({ ...step, done });
    }
    progress.clear();
    expect(terminal.stderr().split('\r\u001b[2K')).toEqual(['', '3', '5', '']);
    const pipe = seat({});
    const silent = createProgress(
      pipe.output,
      () => at,
      () => 'x',
    );
    silent.tell({ ...step, done: 1 });
    at = 900;
    silent.tell({ ...step, done: 2 });
    silent.clear();
    expect(pipe.stderr()).toBe('');
  });

  it('says nothing when its reader goes away', { timeout: 30_000 }, async () => {
    const cwd = await knowledgeBase();
    const entry = fileURLToPath(new URL('../../dist/cli/kb.js', import.meta.url));
    const child = spawn(process.execPath, [entry, 'check', '--format', 'json'], { cwd });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += String(data);
    });
    await once(child, 'close');
    expect(stderr).toBe('');
  });
});
