import { execFile } from 'node:child_process';
import { KbError } from '../../model/kb-error.ts';

/**
 * Makes a branch at the present commit, switches to it and commits these files, and no others.
 * @throws KbError `not-committed` with what git said; nothing is committed then
 */
export async function commitOnBranch(
  root: string,
  branch: string,
  files: readonly string[],
  message: string,
): Promise<void> {
  await git(root, ['switch', '--quiet', '--create', branch]);
  const paths = files.map((file) => `:(literal)${file}`);
  await git(root, ['add', '--', ...paths]);
  await git(root, ['commit', '--quiet', '--message', message, '--', ...paths]);
}

/** Is there a branch of this name? */
export async function isBranch(root: string, branch: string): Promise<boolean> {
  return git(root, ['show-ref', '--verify', '--quiet', `refs/heads/${branch}`]).then(
    () => true,
    () => false,
  );
}

function git(root: string, args: readonly string[]): Promise<void> {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...env } = process.env;
  return new Promise((done, fail) => {
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', '-C', root, ...args],
      { env: { ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' } },
      (error, _stdout, stderr) => {
        if (error === null) done();
        else
          fail(
            new KbError('not-committed', `git ${args[0] ?? ''} failed: ${stderr.trim()}`, {
              hint: 'The files are written; commit them by hand.',
              cause: error,
            }),
          );
      },
    );
  });
}
