import { exitCodes, KbError } from '../model/kb-error.ts';

/** What a GraphQL answer says of one thing that went wrong. */
export interface GraphqlError {
  type?: string;
  message: string;
  path?: readonly (string | number)[];
}

/** GitHub took too long over a query: half of it may pass. */
export class QueryTooLarge extends Error {}

/** The branch moved since it was read. */
export class StaleHead extends Error {}

/** @param resetAt epoch seconds; null where the answer does not say */
export function rateLimited(resetAt: number | null): KbError {
  const when =
    resetAt === null
      ? ''
      : ` until ${new Date(resetAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return new KbError('github-rate-limit', `GitHub's rate limit for this token is used up${when}.`, {
    hint: 'Run it again later; what is proven stays recorded. A GitHub App token has a higher limit than GITHUB_TOKEN.',
    exitCode: exitCodes.failed,
  });
}

export function notPermitted(what: string): KbError {
  return new KbError(
    'github-permission',
    `The token may not ${what} (Resource not accessible by integration).`,
    {
      hint: 'Check permissions: in the workflow. Pull requests from forks get a token that only reads.',
    },
  );
}

export function badCredentials(): KbError {
  return new KbError('github-token', 'GitHub does not accept GITHUB_TOKEN.', {
    hint: 'It may have expired, or belong to another GitHub.',
  });
}

export function unreachable(host: string, cause: unknown): KbError {
  return new KbError('github-unreachable', `GitHub (${host}) gives no usable answer.`, {
    hint: 'Run it again later.',
    exitCode: exitCodes.failed,
    cause,
  });
}

/** The KbError of a REST request that failed. @param what the token should be able to do */
export function restFailure(error: unknown, what: string, apiUrl: string): KbError {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : null;
  if (status === 401) return badCredentials();
  if (status === 403 || status === 404) return notPermitted(what);
  return unreachable(new URL(apiUrl).host, error);
}

/** The KbError of a GraphQL answer without data. */
export function graphqlFailure(errors: readonly GraphqlError[], repository: string): KbError {
  const [first] = errors;
  if (first?.type === 'NOT_FOUND') {
    return new KbError('github-repository', `GitHub does not show ${repository} to this token.`, {
      hint: 'Is GITHUB_REPOSITORY right, and may the token read contents and pull requests?',
      exitCode: exitCodes.usage,
    });
  }
  if (first?.type === 'FORBIDDEN') return notPermitted('do this');
  return new KbError(
    'github-query',
    `GitHub refused a query: ${first?.message ?? 'no reason given'}`,
    {
      exitCode: exitCodes.failed,
    },
  );
}
