import { exitCodes, KbError } from '../model/kb-error.ts';
import { idOf, isJson, type Json, listOf } from './wire.ts';

const maxWalks = 6;
const pagesAtOnce = 4;

interface Page {
  items: Json[];
  totalPages: number;
  totalCount: number | null;
}

/**
 * Walks a listing until one walk is consistent. Listings are sorted by `updated_at`, so an update
 * meanwhile moves an item over a page boundary: it is seen twice or not at all. A walk counts when no
 * id came twice, the page count stood still, and as many items came as `total_count` says.
 */
export async function walkListing(
  what: string,
  readPage: (page: number) => Promise<unknown>,
): Promise<Json[]> {
  for (let walk = 1; walk <= maxWalks; walk += 1) {
    const items = await walkOnce(what, readPage);
    if (items !== null) return items;
  }
  throw new KbError(
    'unstable-listing',
    `The list of ${what} changed during each of ${maxWalks} readings.`,
    {
      hint: 'Somebody is changing the help center right now. Run the command again.',
      exitCode: exitCodes.failed,
    },
  );
}

async function walkOnce(
  what: string,
  readPage: (page: number) => Promise<unknown>,
): Promise<Json[] | null> {
  const first = pageOf(what, await readPage(1));
  const pages = [first];
  for (let next = 2; next <= first.totalPages; next += pagesAtOnce) {
    const last = Math.min(first.totalPages, next + pagesAtOnce - 1);
    const numbers = Array.from({ length: last - next + 1 }, (_, index) => next + index);
    pages.push(...(await Promise.all(numbers.map(async (n) => pageOf(what, await readPage(n))))));
  }
  const items = pages.flatMap((page) => page.items);
  const ids = new Set(items.map((item) => idOf(item.id)));
  const isStable =
    ids.size === items.length &&
    pages.every((page) => page.totalPages === first.totalPages) &&
    pages.every((page) => page.totalCount === null || page.totalCount === items.length);
  return isStable ? items : null;
}

/** One page of an answer; an answer of another shape is an error, never an empty list. */
function pageOf(what: string, answer: unknown): Page {
  if (!isJson(answer) || !Array.isArray(answer.data)) {
    throw new KbError('not-json', `The list of ${what} came without its data.`, {
      hint: 'Expected the Intercom API there. Check the endpoint of the workspace in kb.yaml.',
      exitCode: exitCodes.failed,
    });
  }
  const pages = isJson(answer.pages) ? answer.pages : {};
  return {
    items: listOf(answer.data),
    // Audiences tell their pages beside the data, not in `pages`.
    totalPages: numberOf(pages.total_pages) ?? numberOf(answer.total_pages) ?? 1,
    totalCount: typeof answer.total_count === 'number' ? answer.total_count : null,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
