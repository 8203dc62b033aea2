import { execFile } from 'node:child_process';

/**
 * Makes addresses that edit a content file on GitHub, from the repository's own remote; null where
 * there is none, or it is hosted elsewhere.
 */
export async function gitHubLinks(root: string): Promise<((file: string) => string) | null> {
  const [repository, prefix, branch] = await Promise.all([
    remoteRepository(root),
    git(root, ['rev-parse', '--show-prefix']),
    git(root, ['rev-parse', '--abbrev-ref', 'HEAD']),
  ]);
  if (repository === null || branch === null || branch === 'HEAD') return null;
  const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  const base = `https://github.com/${repository}/edit/${encoded(branch)}`;
  return (file) => `${base}/${encoded(`${prefix ?? ''}${file}`)}`;
}

/** `owner/name` of the repository that `origin` is; null without one, or where it is hosted elsewhere. */
export async function remoteRepository(root: string): Promise<string | null> {
  const remote = await git(root, ['remote', 'get-url', 'origin']);
  return remote === null ? null : gitHubRepository(remote);
}

/** `owner/name` of an address of GitHub's; null for others. */
export function gitHubRepository(remote: string): string | null {
  const match =
    /^(?:https:\/\/(?:[^@/]+@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote,
    );
  return match?.[1] ?? null;
}

function git(root: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    execFile('git', ['-C', root, ...args], { encoding: 'utf8', windowsHide: true }, (error, out) =>
      done(error === null ? out.trim() : null),
    );
  });
}
