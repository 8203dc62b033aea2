import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const kbFile = join(root, 'dist/cli/kb.js');

export interface Timed {
  seconds: number;
  megabytes: number;
  stdout: string;
}

/** What a run prints last on stderr: the most memory it ever held, in KB. */
const memoryHook =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nrss "+process.resourceUsage().maxRSS))';

/** Runs Node to its end and says how long it took. @throws Error when it ends with another exit code */
export function timed(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; exits?: readonly number[] } = {},
): Timed {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', memoryHook, ...args],
    {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024,
    },
  );
  const seconds = (performance.now() - from) / 1000;
  if (!(options.exits ?? [0]).includes(status ?? -1)) {
    throw new Error(`${args.join(' ')} ended with exit ${status}:\n${stderr.slice(-2000)}`);
  }
  return { seconds, megabytes: Number(/rss (\d+)$/.exec(stderr)?.[1]) / 1024, stdout };
}

/** The one in the middle of several runs, by time. */
export function median(runs: readonly Timed[]): Timed {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no run to take the median of');
  return middle;
}

/** Repeats a run and takes the median. */
export function repeated(times: number, run: () => Timed): Timed {
  return median(Array.from({ length: times }, run));
}

/** An embedded Intercom in a process of its own, on a free port; its address is its own first line. */
export async function startSandbox(
  content: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [kbFile, 'sandbox', '--port', '0', '--content', content, '--quiet'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with exit ${code}`)));
    child.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
  });
  return {
    url,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
