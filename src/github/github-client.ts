import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Clock } from '../publish/ports.ts';
import type { GithubEnvironment } from './github-environment.ts';
import {
  badCredentials,
  type GraphqlError,
  graphqlFailure,
  notPermitted,
  QueryTooLarge,
  rateLimited,
  unreachable,
} from './github-error.ts';

/** What GraphQL answered: data may be there in part. */
export interface GraphqlAnswer<T> {
  data: T | null;
  errors: readonly GraphqlError[];
}

/**
 * `read` is tried again, `batch` is halved by whoever asks, `write` is neither: its answer may have been
 * lost after it happened.
 */
export type RequestKind = 'read' | 'batch' | 'write';

/** The one door to GitHub. */
export interface GithubClient {
  environment: GithubEnvironment;
  /**
   * REST. Reads are tried again; writes are not (`request: { retries: 0 }` by default), as a POST whose
   * answer was lost may have happened. Writes go out at most one a second, as GitHub asks.
   */
  rest: Octokit;
  /** REST without throttling and retries: for the few writes that are part of a larger step. */
  direct: Octokit;
  /**
   * A GraphQL query or mutation.
   * @throws QueryTooLarge where a `batch` got 502 or its like; KbError `github-rate-limit`,
   *   `github-token`, `github-permission`, `github-unreachable`
   */
  graphql<T>(
    query: string,
    variables: Record<string, unknown>,
    kind?: RequestKind,
  ): Promise<GraphqlAnswer<T>>;
  /** Requests of GraphQL made so far. */
  queries(): number;
}

const requestMs = 60_000;
const attempts = 4;
/** Longer than this nobody waits for a secondary limit: the run says so and ends. */
const mostWaitMs = 120_000;

export function createGithubClient(
  environment: GithubEnvironment,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): GithubClient {
  const { apiUrl, graphqlUrl, token } = environment;
  const shared = { auth: token, baseUrl: apiUrl, userAgent: 'reviewed-kb', log: silent };
  const rest = createRest(shared, signal);
  // Without the plugins: throttling would delay each query by a second, and 502 has its own answer here.
  const plain = new Octokit(shared);
  let queries = 0;

  async function ask<T>(
    query: string,
    variables: Record<string, unknown>,
  ): Promise<GraphqlAnswer<T>> {
    queries += 1;
    const response = await plain.request(`POST ${graphqlUrl}`, {
      query,
      variables,
      request: { signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]) },
    });
    const { data = null, errors = [] } = response.data as Partial<GraphqlAnswer<T>>;
    const isLimited = errors.some(({ type }) => type === 'RATE_LIMITED');
    if (isLimited) throw rateLimited(numberIn(response.headers, 'x-ratelimit-reset'));
    return { data, errors };
  }

  return {
    environment,
    rest,
    direct: plain,
    queries: () => queries,
    async graphql<T>(
      query: string,
      variables: Record<string, unknown>,
      kind: RequestKind = 'read',
    ) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await ask<T>(query, variables);
        } catch (error) {
          signal.throwIfAborted();
          await clock.sleep(delayAfter(error, { attempt, kind, url: graphqlUrl }));
        }
      }
    },
  };
}

/** @throws what a failed query means; else how long to wait before the next attempt, in milliseconds */
function delayAfter(
  error: unknown,
  { attempt, kind, url }: { attempt: number; kind: RequestKind; url: string },
): number {
  const isLast = attempt >= attempts;
  const failure = failureOf(error);
  if (failure === null) throw error;
  const { status, headers, message } = failure;
  if (status === 401) throw badCredentials();
  const retryAfter = numberIn(headers, 'retry-after');
  if (status === 403 || status === 429) {
    if (headers['x-ratelimit-remaining'] === '0')
      throw rateLimited(numberIn(headers, 'x-ratelimit-reset'));
    if (retryAfter === null && !/secondary rate/i.test(message))
      throw notPermitted('ask GitHub this');
    const waitMs = (retryAfter ?? 60) * 1000;
    if (isLast || waitMs > mostWaitMs) throw rateLimited(Math.ceil((Date.now() + waitMs) / 1000));
    return waitMs;
  }
  const isSlow = status === 502 || status === 503 || status === 504;
  if (isSlow && kind === 'batch') throw new QueryTooLarge(message);
  // A write without an answer may have happened: whoever sent it reads, and knows.
  const isFinal = status !== null && status < 500;
  if (kind === 'write' || isLast || isFinal) throw unreachable(new URL(url).host, error);
  return 500 * 2 ** attempt;
}

/** An error of octokit's, with the answer where there was one; null for anything else. */
function failureOf(error: unknown) {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const response = (error as { response?: { headers?: Record<string, unknown> } }).response;
  const status = response === undefined ? null : Number(error.status);
  return { status, headers: response?.headers ?? {}, message: error.message };
}

function numberIn(headers: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = Number(headers[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function createRest(
  shared: ConstructorParameters<typeof Octokit>[0],
  signal: AbortSignal,
): Octokit {
  const isWorthWaiting = (seconds: number, _options: unknown, _octokit: unknown, tries: number) =>
    seconds * 1000 <= mostWaitMs && tries < attempts - 1;
  const rest = new (Octokit.plugin(retry, throttling))({
    ...shared,
    throttle: { onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting },
  });
  rest.hook.before('request', (options) => {
    const isRead = options.method === 'GET' || options.method === 'HEAD';
    // A copy: the object is shared, and what a read may do would pass on to the next write.
    options.request = {
      retries: isRead ? attempts - 1 : 0,
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]),
      ...options.request,
    };
  });
  return rest;
}

/** The data of an answer that must be whole. @throws KbError what the first error means */
export function wholeOf<T>(
  { data, errors }: GraphqlAnswer<T>,
  { owner, name }: GithubEnvironment,
): T {
  if (data !== null && errors.length === 0) return data;
  throw graphqlFailure(errors, `${owner}/${name}`);
}
