import { KbError } from '../../model/kb-error.ts';
import { addRecords } from './parse-records.ts';
import { emptySource, type ZendeskSource } from './records.ts';

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

const mostTries = 6;
const longestWaitMs = 120_000;
/** More pages than this are a loop. */
const mostPages = 20_000;

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
 * Reads a help center over its API: all locales, categories, sections, articles; with a token the
 * segments too.
 *
 * @throws KbError `address` for one that is not HTTPS (or HTTP on loopback), `zendesk` where the
 *   service does not answer as a help center
 */
export async function fetchHelpCenter(address: string, network: Network): Promise<ZendeskSource> {
  const origin = originOf(address);
  const source = emptySource();
  const read = async (path: string): Promise<void> => {
    for await (const page of pagesOf(`${origin}/api/v2/help_center/${path}`, network))
      addRecords(source, page, origin);
  };
  const locales = await localesOf(origin, network);
  for (const locale of locales) {
    await read(`${locale}/categories.json?page[size]=100`);
    await read(`${locale}/sections.json?page[size]=100`);
    await read(`${locale}/articles.json?page[size]=100`);
    network.told(`${locale}: ${source.articles.length} articles so far`);
  }
  if (network.authorization !== null) await read('user_segments.json?page[size]=100');
  return source;
}

function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLoopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)))
    throw new KbError('address', `${address} is no HTTPS address of a help center.`, {
      hint: 'Use https://help.example.com, or http on loopback.',
    });
  return url.origin;
}

async function localesOf(origin: string, network: Network): Promise<string[]> {
  const answer = await readJson(`${origin}/api/v2/help_center/locales.json`, network);
  const { locales } = isRecord(answer) ? answer : {};
  const known = Array.isArray(locales)
    ? locales.filter((locale) => typeof locale === 'string' && /^[A-Za-z-]{2,12}$/.test(locale))
    : [];
  if (known.length === 0)
    throw new KbError('zendesk', `${origin} does not answer as a Zendesk help center.`, {
      hint: 'The address of the help center itself, without a path, is expected.',
    });
  return known.map((locale) => String(locale).toLowerCase());
}

/** Every page of a listing, by cursor or by number; pages of another host are not followed. */
async function* pagesOf(first: string, network: Network): AsyncGenerator<unknown> {
  let next: string | null = first;
  for (let page = 0; next !== null && page < mostPages; page++) {
    const answer: unknown = await readJson(next, network);
    yield answer;
    next = nextOf(answer, next);
  }
}

function nextOf(answer: unknown, current: string): string | null {
  if (!isRecord(answer)) return null;
  const { links, meta, next_page: nextPage } = answer;
  const hasMore = !isRecord(meta) || meta.has_more !== false;
  const named = isRecord(links) && hasMore ? links.next : nextPage;
  if (typeof named !== 'string' || named === '' || named === current) return null;
  const here = new URL(current);
  const there = new URL(named, here);
  // Zendesk names pages by its own host; the one that was asked is asked again.
  return `${here.origin}${there.pathname}${there.search}`;
}

async function readJson(address: string, network: Network): Promise<unknown> {
  const answer = await request(address, network);
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KbError('zendesk', `${address} answered ${answer.status} without JSON.`, {
      hint: 'Is this the address of a Zendesk help center?',
      cause,
    });
  }
}

/** A GET that waits when it is told to; only these are ever sent. */
export async function request(address: string, network: Network): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await answerOf(address, network);
    if (answer?.ok) return answer;
    const isPassing = answer === null || answer.status === 429 || answer.status >= 500;
    if (!isPassing || attempt >= mostTries || network.signal.aborted)
      throw refused(address, answer?.status ?? null, network.authorization !== null);
    const waitMs = waitOf(answer, attempt);
    network.told(`${answer?.status ?? 'no answer'}: waiting ${Math.ceil(waitMs / 1000)} s`);
    await answer?.body?.cancel();
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

function refused(address: string, status: number | null, hasToken: boolean): KbError {
  const said = status === null ? 'did not answer' : `answered ${status}`;
  const needsToken = status === 401 || status === 403;
  return new KbError('zendesk', `${address} ${said}.`, {
    hint: needsToken
      ? hasToken
        ? 'The token in the environment may not read this help center.'
        : 'Set ZENDESK_OAUTH_TOKEN, or ZENDESK_EMAIL and ZENDESK_API_TOKEN.'
      : 'Run the same command again; nothing was written.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
