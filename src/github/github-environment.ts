import { KbError } from '../model/kb-error.ts';

/** Where GitHub is, which repository this is, and the token: as a workflow's step is told. */
export interface GithubEnvironment {
  /** REST API, without a trailing slash. */
  apiUrl: string;
  graphqlUrl: string;
  /** Address of the pages. */
  serverUrl: string;
  owner: string;
  name: string;
  token: string;
}

/**
 * Reads `GITHUB_TOKEN`, `GITHUB_REPOSITORY` and the addresses, which differ on Enterprise Server.
 * @throws KbError `github-token`, `github-repository`, `github-address`
 */
export function readGithubEnvironment(env: NodeJS.ProcessEnv): GithubEnvironment {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY?.trim() ?? '') ?? [];
  if (owner === undefined || name === undefined) {
    throw new KbError(
      'github-repository',
      'GITHUB_REPOSITORY does not say which repository on GitHub this is.',
      { hint: 'Workflows have it. Elsewhere: export GITHUB_REPOSITORY=owner/name' },
    );
  }
  const token = env.GITHUB_TOKEN?.trim() ?? '';
  if (token === '') {
    throw new KbError('github-token', 'GITHUB_TOKEN is not set, so GitHub cannot be asked.', {
      hint: 'A workflow gives its step GITHUB_TOKEN from github.token. Elsewhere: export GITHUB_TOKEN=$(gh auth token)',
    });
  }
  // An error of the header would quote the token.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new KbError('github-token', 'GITHUB_TOKEN holds characters that no token has.', {
      hint: 'Set it again: one line, without spaces or quotes around it.',
    });
  }
  const serverUrl = addressFrom('GITHUB_SERVER_URL', env.GITHUB_SERVER_URL, 'https://github.com');
  const apiUrl = addressFrom('GITHUB_API_URL', env.GITHUB_API_URL, 'https://api.github.com');
  const graphqlUrl = addressFrom(
    'GITHUB_GRAPHQL_URL',
    env.GITHUB_GRAPHQL_URL,
    apiUrl.endsWith('/api/v3') ? apiUrl.replace(/v3$/, 'graphql') : `${apiUrl}/graphql`,
  );
  return { apiUrl, graphqlUrl, serverUrl, owner, name, token };
}

/** A token goes over https, or stays on this machine. */
function addressFrom(variable: string, value: string | undefined, fallback: string): string {
  const text = (value?.trim() || fallback).replace(/\/+$/, '');
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '');
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
  if (url !== null && isSafe && url.username === '' && url.password === '') return text;
  throw new KbError('github-address', `${variable} is not an https address without credentials.`, {
    hint: 'Workflows set it. On Enterprise Server: https://<host>/api/v3 and https://<host>/api/graphql.',
    location: { file: variable },
  });
}
