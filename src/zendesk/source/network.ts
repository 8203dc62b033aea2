import { exitCodes, KbError } from '../../model/kb-error.ts';

/** What reading over the network needs; handed in, so that tests need none of it. */
export interface Network {
  fetch: typeof fetch;
  /** Waits; ends early when the run is interrupted. */
  wait(milliseconds: number): Promise<void>;
  signal: AbortSignal;
  /** Value of the Authorization header; null: only what is public. */
  authorization: string | null;
  told(line: string): void;
}

const usualTries = 6;
const longestWaitMs = 120_000;

/**
 * The Authorization header from the environment: an OAuth token, or an API token with its e-mail
 * (which Zendesk ends on 30 April 2027). null: only what everybody may read.
 */
export function authorizationFrom(env: NodeJS.ProcessEnv): string | null {
  const oauth = env.ZENDESK_OAUTH_TOKEN;
  if (oauth !== undefined && oauth !== '') return `Bearer ${oauth}`;
  const { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token } = env;
  if (email === undefined || token === undefined || email === '' || token === '') return null;
  return `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
}

/**
 * The origin of a help center.
 * @throws KbError `address` for one that is not HTTPS, or HTTP on loopback
 */
export function helpCenterOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLoopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)))
    throw new KbError('address', `${address} is no HTTPS address of a help center.`, {
      hint: 'Use https://help.example.com, or http on loopback.',
    });
  return url.origin;
}

/** Is it only this address that is not there for us, while the service itself is well? */
export function isDenied(error: unknown): boolean {
  return error instanceof KbError && error.code === deniedCode;
}

const deniedCode = 'zendesk-denied';

/** What the service said about an address; no status where nobody answered. */
function refused(address: string, status: number | null, hasToken: boolean): KbError {
  if (status === null || status === 429 || status >= 500)
    return new KbError(
      'zendesk',
      `${address} ${status === null ? 'did not answer' : `answered ${status}`}.`,
      {
        hint: 'Run the same command again: it goes on where it stopped.',
        exitCode: exitCodes.failed,
      },
    );
  const needsToken = status === 401 || status === 403;
  return new KbError(deniedCode, `${address} answered ${status}.`, {
    hint: !needsToken
      ? 'Is this the address of a Zendesk help center?'
      : hasToken
        ? 'The token in the environment may not read this help center.'
        : 'Set ZENDESK_OAUTH_TOKEN, or ZENDESK_EMAIL and ZENDESK_API_TOKEN.',
  });
}

/** Answers a JSON value. @throws KbError `zendesk`, `zendesk-denied` */
export async function readJson(
  address: string,
  network: Network,
  tries = usualTries,
): Promise<unknown> {
  const answer = await request(address, network, tries);
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isPage = /^\s*<(?:!doctype|html)/i.test(text);
    throw new KbError('zendesk', `${address} answered ${answer.status} without JSON.`, {
      hint: isPage
        ? 'It shows a page, perhaps to sign in: set ZENDESK_OAUTH_TOKEN if it is a help center.'
        : 'Is this the address of a Zendesk help center?',
      cause,
    });
  }
}

/** A GET that waits when it is told to; only these are ever sent. @throws KbError `zendesk`, `zendesk-denied` */
export async function request(
  address: string,
  network: Network,
  tries = usualTries,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await answerOf(address, network);
    if (answer?.ok) return answer;
    const isPassing = answer === null || answer.status === 429 || answer.status >= 500;
    await answer?.body?.cancel();
    const isLast = attempt >= (answer?.status === 429 ? usualTries : tries);
    if (!isPassing || isLast || network.signal.aborted)
      throw refused(address, answer?.status ?? null, network.authorization !== null);
    const waitMs = waitOf(answer, attempt);
    network.told(`${answer?.status ?? 'no answer'}: waiting ${Math.ceil(waitMs / 1000)} s`);
    await network.wait(waitMs);
  }
}

async function answerOf(address: string, network: Network): Promise<Response | null> {
  const headers: Record<string, string> = { accept: 'application/json, */*' };
  if (network.authorization !== null) headers.authorization = network.authorization;
  try {
    return await network.fetch(address, { headers, signal: network.signal });
  } catch (error) {
    if (network.signal.aborted) throw error;
    return null;
  }
}

/** `Retry-After` in seconds or as a date; else longer from try to try. */
function waitOf(answer: Response | null, attempt: number): number {
  const header = answer?.headers.get('retry-after') ?? null;
  const seconds = header === null ? Number.NaN : Number(header);
  const date = header === null ? Number.NaN : Date.parse(header);
  if (Number.isFinite(seconds)) return Math.min(longestWaitMs, Math.max(0, seconds * 1000));
  if (Number.isFinite(date))
    return Math.min(
      longestWaitMs,
      Math.max(0, date - Date.parse(answer?.headers.get('date') ?? '')) || 1000,
    );
  return Math.min(longestWaitMs, 500 * 2 ** attempt);
}
