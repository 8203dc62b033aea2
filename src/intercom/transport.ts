import type { Clock, Limits, Pace } from '../publish/ports.ts';

/** One attempt takes at most this long; the SDK's own 20 s would include our waiting for the limit. */
const attemptTimeoutMs = 60_000;
const safeAttempts = 5;
const limitAttempts = 12;

export interface Transport {
  fetch: typeof fetch;
  /** Requests sent so far, repeated ones included. */
  calls(): number;
  /** The server's clock at its last answer, seconds; null before the first, or when it does not tell. */
  serverTime(): number | null;
}

/**
 * `fetch` as the SDK is given it: paced by the limits the service announces; 429 is obeyed for every
 * method (the service did nothing); 5xx, resets and cut answers are repeated for GET only, because
 * anything else may have been carried out.
 */
export function createTransport(options: {
  pace: Pace;
  clock: Clock;
  fetch: typeof fetch;
  random: () => number;
  signal: AbortSignal;
}): Transport {
  const { pace, clock, random, signal } = options;
  let calls = 0;
  let serverTime: number | null = null;
  let serverAheadMs: number | null = null;

  async function attempt(
    input: string | URL | Request,
    init: RequestInit | undefined,
  ): Promise<Response> {
    await pace.take();
    if (isSafe(init) && signal.aborted) {
      pace.observe(noAnswer);
      signal.throwIfAborted();
    }
    const response = await answered(input, init).catch((error: unknown) => {
      pace.observe(noAnswer);
      throw error;
    });
    const now = clock.now();
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) {
      serverTime = Math.floor(date / 1000);
      // Whole seconds, and older by their way here: the greatest difference is nearest to the truth.
      serverAheadMs = Math.max(serverAheadMs ?? Number.NEGATIVE_INFINITY, date - now);
    }
    const ahead = serverAheadMs === null ? {} : { serverAheadMs };
    pace.observe({ ...limitsOf(response, now), ...ahead });
    const body = await response.text();
    return new Response(bodyless(response.status) ? null : body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  }

  function answered(
    input: string | URL | Request,
    init: RequestInit | undefined,
  ): Promise<Response> {
    const timeout = AbortSignal.timeout(attemptTimeoutMs);
    calls += 1;
    return options.fetch(input, {
      ...init,
      // A write under way is never cut off: its outcome would be unknown.
      signal: isSafe(init) ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    });
  }

  async function send(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const isRepeatable = isSafe(init);
    for (let tried = 1; ; tried += 1) {
      try {
        const response = await attempt(input, init);
        if (response.status === 429 && tried < limitAttempts) {
          await clock.sleep(retryAfterMs(response, tried, random));
          continue;
        }
        if (!isRepeatable || tried >= safeAttempts || !(await isBroken(response))) return response;
      } catch (error) {
        if (signal.aborted) throw error;
        if (!isRepeatable || tried >= safeAttempts || isRefused(error)) throw withReason(error);
      }
      await clock.sleep(backOffMs(tried, random));
    }
  }

  return { fetch: send as typeof fetch, calls: () => calls, serverTime: () => serverTime };
}

const noAnswer: Limits = {
  status: 0,
  limit: null,
  remaining: null,
  reset: null,
  retryAfterMs: null,
};

function isSafe(init: RequestInit | undefined): boolean {
  return (init?.method ?? 'GET').toUpperCase() === 'GET';
}

function bodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** Nothing listens there, or something else does: trying again at once does not help. */
function isRefused(error: unknown): boolean {
  const { code, message } = causeOf(error);
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || message === redirected;
}

/** What undici says when `redirect: 'error'` meets a redirect. */
const redirected = 'unexpected redirect';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
};

/**
 * `fetch` says "fetch failed" and keeps the reason as its cause, of which the SDK passes on the
 * message alone: so the reason becomes the message.
 */
function withReason(error: unknown): Error {
  const { code, message } = causeOf(error);
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  if (isLate) return new Error(`no answer within ${attemptTimeoutMs / 1000} s`, { cause: error });
  if (message === redirected) {
    return new Error('it redirects elsewhere, where the token is not sent', { cause: error });
  }
  const reason = code === null ? message : (reasons[code] ?? message);
  return new Error(code === null ? reason : `${reason} (${code})`, { cause: error });
}

/** The innermost error that says something. */
function causeOf(error: unknown): { code: string | null; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return {
    code: typeof code === 'string' ? code : null,
    message: cause instanceof Error ? cause.message : String(cause),
  };
}

async function isBroken(response: Response): Promise<boolean> {
  if (response.status >= 500) return true;
  if (response.status >= 400) return false;
  const text = await response.clone().text();
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** What an answer says about limits. `X-RateLimit-*` and `Retry-After` as Intercom documents them. */
function limitsOf(response: Response, now: number): Limits {
  return {
    status: response.status,
    limit: numberOf(response.headers.get('x-ratelimit-limit')),
    remaining: numberOf(response.headers.get('x-ratelimit-remaining')),
    reset: numberOf(response.headers.get('x-ratelimit-reset')),
    retryAfterMs: retryAfterOf(response, now),
  };
}

function retryAfterOf(response: Response, now: number): number | null {
  const header = response.headers.get('retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function retryAfterMs(response: Response, tried: number, random: () => number): number {
  const told = numberOf(response.headers.get('retry-after'));
  return told === null ? backOffMs(tried, random) : told * 1000 + random() * 200;
}

/** Exponential with full jitter above the half, 0.25 s to 20 s. */
function backOffMs(tried: number, random: () => number): number {
  const ceiling = Math.min(20_000, 250 * 2 ** tried);
  return ceiling / 2 + (random() * ceiling) / 2;
}

function numberOf(header: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const value = Number(header);
  return Number.isFinite(value) ? value : null;
}
