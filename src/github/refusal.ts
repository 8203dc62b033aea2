import { KbError } from '../model/kb-error.ts';
import type { GithubClient } from './github-client.ts';

/** The status GitHub answered with; null where the request got no answer. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}

/**
 * Is this token not allowed to do that? On a fork's pull request it may only read, and says 403
 * ("Resource not accessible by integration"); what a token may not even see is 404.
 */
export function isForbidden(error: unknown): boolean {
  // The client has said it in words already.
  if (error instanceof KbError) return error.code === 'github-permission';
  const status = statusOf(error);
  return status === 401 || status === 403 || status === 404;
}

/** The repository as REST takes it. */
export function repositoryOf({ environment }: GithubClient): { owner: string; repo: string } {
  return { owner: environment.owner, repo: environment.name };
}
