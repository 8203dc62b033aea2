import { remoteRepository } from '../repository/index.ts';

/**
 * `owner/name` of the repository the content lies in: what a workflow run says (`GITHUB_REPOSITORY`),
 * else what the remote `origin` says; null where neither names one on GitHub.
 */
export async function gitHubRepositoryOf(
  contentDir: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const told = env.GITHUB_REPOSITORY ?? '';
  return /^[\w.-]+\/[\w.-]+$/.test(told) ? told : remoteRepository(contentDir);
}
