import { execFile } from 'node:child_process';

/** The content folder's path in its repository with a final `/`, empty at the top; null outside git. */
export async function folderInRepository(root: string): Promise<string | null> {
  const output = await gitText(root, ['rev-parse', '--show-prefix']);
  return output === null ? null : output.replace(/\n$/, '');
}

/** What git printed; null where it said no. */
export async function gitText(root: string, args: readonly string[]): Promise<string | null> {
  const output = await git(root, args);
  return output === null ? null : Buffer.from(output).toString('utf8');
}

/** The parts of an output with `-z`. */
export function fields(output: string): string[] {
  return output.split('\0').filter((field) => field !== '');
}

const mostOutputBytes = 256 * 1024 * 1024;

/** Runs git without a shell. Null where git is missing, this is no repository, or git says no. */
export function git(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Uint8Array | null> {
  // Inside a git hook these point at the hook's repository, whatever -C says.
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...inherited } = process.env;
  const env = {
    ...inherited,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...environment,
  };
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
  return new Promise((done) => {
    execFile(
      'git',
      [...safe, '-C', root, ...args],
      { env, encoding: 'buffer', maxBuffer: mostOutputBytes, windowsHide: true },
      (error, stdout) => done(error === null ? stdout : null),
    );
  });
}
