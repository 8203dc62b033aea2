import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** How a run of the command line ended. */
export interface KbRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout as the one JSON value it must be. */
  json(): unknown;
}

export interface KbOptions {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Flags for Node itself. */
  nodeFlags?: readonly string[];
  /** Runs the modules of src/, to see which of them a command loads. */
  fromSources?: boolean;
}

const entryAt = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const entries = { built: entryAt('dist/cli/kb.js'), sources: entryAt('src/cli/kb.ts') };

/** Runs the command line as people do, in a process of its own, as it was built. */
export async function kb(args: readonly string[], options: KbOptions): Promise<KbRun> {
  const child = spawned(args, options);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}

/** A command that runs until it is told to end. */
export interface RunningKb {
  /** The first line it wrote to stdout. */
  firstLine: string;
  /** Waits for a line of stdout that fits. */
  line(pattern: RegExp): Promise<string>;
  end(signal: NodeJS.Signals): Promise<KbRun>;
}

/** Starts a command that goes on, and waits for its first line; killed after the test. */
export async function startKb(args: readonly string[], options: KbOptions): Promise<RunningKb> {
  const child = spawned(args, options);
  const closed = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += String(data);
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (data) => {
      stdout += String(data);
      const [line, ...more] = stdout.split('\n');
      if (line !== undefined && more.length > 0) resolve(line);
    });
    void closed.then(() => reject(new Error(`kb ended before it wrote a line: ${stderr}`)));
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = stdout.split('\n').find((text) => pattern.test(text));
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', look);
      void closed.then(() => reject(new Error(`kb ended without that line: ${stdout}${stderr}`)));
      look();
    });
  return {
    firstLine,
    line,
    end: async (signal) => {
      child.kill(signal);
      const [code] = await closed;
      return { code, stdout, stderr, json: () => JSON.parse(stdout) };
    },
  };
}

function spawned(args: readonly string[], options: KbOptions): ChildProcess {
  const { cwd, env = {}, nodeFlags = [], fromSources = false } = options;
  const entry = fromSources ? entries.sources : entries.built;
  return spawn(process.execPath, [...nodeFlags, entry, ...args], {
    cwd,
    env: { ...bareEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a run needs of the machine's environment, and nothing that would change what it prints. */
function bareEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  if (stream === null) return text;
  stream.setEncoding('utf8');
  for await (const part of stream) text += String(part);
  return text;
}
