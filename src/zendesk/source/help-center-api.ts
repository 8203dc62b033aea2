import { KbError } from '../../model/kb-error.ts';
import { helpCenterOrigin, isDenied, type Network, readJson } from './network.ts';

export type Json = Readonly<Record<string, unknown>>;

/** More pages than this are a loop. */
const mostPages = 20_000;

/** A help center as it answers: its locales, and how its addresses end. */
export interface KnownHelpCenter {
  origin: string;
  /** As it spells them, the default one first. */
  locales: readonly string[];
  /** `.json` is what the service took first; newer ones go without. */
  suffix: '.json' | '';
}

/**
 * Asks a help center for its locales.
 * @throws KbError `address`, `zendesk`, `zendesk-denied`
 */
export async function findHelpCenter(address: string, network: Network): Promise<KnownHelpCenter> {
  const origin = helpCenterOrigin(address);
  const { path, value } = await firstAnswer(`${origin}/api/v2/help_center/`, network);
  const suffix = path.includes('.json') ? '.json' : '';
  const { locales, default_locale: first } = isJson(value) ? value : {};
  const listed = Array.isArray(locales) ? locales : recordsIn(value, 'articles').map(sourceOf);
  const known = listed.flatMap((locale) => localeOf(locale) ?? []);
  if (known.length === 0)
    throw new KbError('zendesk', `${origin} does not answer as a Zendesk help center.`, {
      hint: 'The address of the help center itself, without a path, is expected.',
    });
  const lead = localeOf(first);
  const sorted = lead !== null && known.includes(lead) ? [lead, ...known] : known;
  return { origin, locales: [...new Set(sorted)], suffix };
}

/** Where its locales are not told, the first article has one. */
const firstPaths = ['locales.json', 'locales', 'articles.json?per_page=1', 'articles?per_page=1'];

async function firstAnswer(
  base: string,
  network: Network,
): Promise<{ path: string; value: unknown }> {
  let denial: unknown = null;
  for (const path of firstPaths) {
    try {
      return { path, value: await readJson(base + path, network, 2) };
    } catch (error) {
      if (!isDenied(error)) throw error;
      denial ??= error;
    }
  }
  throw denial;
}

function sourceOf({ source_locale: source, locale }: Json): unknown {
  return source ?? locale;
}

/** Every page of a listing, by cursor or by number, and the address of the next. */
export async function* pagesFrom(
  first: string,
  network: Network,
): AsyncGenerator<{ page: unknown; next: string | null }> {
  let at: string | null = first;
  for (let count = 0; at !== null && count < mostPages; count++) {
    network.signal.throwIfAborted();
    const page: unknown = await readJson(at, network);
    const next: string | null = nextOf(page, at);
    yield { page, next };
    at = next;
  }
}

/** Every page of a listing. */
export async function* pagesOf(first: string, network: Network): AsyncGenerator<unknown> {
  for await (const { page } of pagesFrom(first, network)) yield page;
}

/** Zendesk names pages by its own host; the one that was asked is asked again. */
function nextOf(page: unknown, current: string): string | null {
  if (!isJson(page)) return null;
  const { links, meta, next_page: nextPage } = page;
  const hasMore = !isJson(meta) || meta.has_more !== false;
  const named = isJson(links) && hasMore ? links.next : nextPage;
  if (typeof named !== 'string' || named === '') return null;
  const here = new URL(current);
  const there = new URL(named, here);
  const next = `${here.origin}${there.pathname}${there.search}`;
  return next === current ? null : next;
}

/** The records of a page by their name. */
export function recordsIn(page: unknown, key: string): Json[] {
  const records = isJson(page) ? page[key] : [];
  return Array.isArray(records) ? records.filter(isJson) : [];
}

/** Ids and locales become names of files: nothing else than letters, digits and dashes. */
export function idOf(value: unknown): string | null {
  const id = typeof value === 'number' ? String(value) : value;
  return typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? id : null;
}

/** As paths and records spell it, lower case; null for what is none. */
export function localeOf(value: unknown): string | null {
  const locale = typeof value === 'string' ? value.toLowerCase().replaceAll('_', '-') : '';
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,5})?$/.test(locale) ? locale : null;
}

export function isJson(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
