import { execFileSync } from 'node:child_process';

/** Runs git in a folder, as a person of its own and outside any hook; what it printed. */
export function git(folder: string, ...args: readonly string[]): string {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...env } = process.env;
  const identity = ['user.name=Anna', 'user.email=anna@example.com', 'commit.gpgsign=false'];
  const settings = identity.flatMap((setting) => ['-c', setting]);
  return execFileSync('git', ['-C', folder, ...settings, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}
