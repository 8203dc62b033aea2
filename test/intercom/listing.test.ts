import { describe, expect, test } from 'vitest';
import { walkListing } from '../../src/intercom/listing.ts';

const items = (...ids: number[]) => ids.map((id) => ({ id: String(id) }));

/** A listing that changes between its pages: one script of pages for each walk. */
function scripted(walks: readonly (readonly object[])[], totals: readonly number[]) {
  let asked = 0;
  const read = async (page: number) => {
    const walk = Math.floor(asked / 2);
    asked += 1;
    const pages = walks[Math.min(walk, walks.length - 1)] ?? [];
    return {
      data: pages[page - 1] ?? [],
      pages: { page, total_pages: 2 },
      total_count: totals[Math.min(walk, totals.length - 1)],
    };
  };
  return { read, asked: () => asked };
}

const ids = (found: readonly { id?: unknown }[]) => found.map((item) => item.id);

describe('walking a listing', () => {
  test('reads every page once where nothing moves', async () => {
    const { read, asked } = scripted([[items(1, 2), items(3)]], [3]);
    expect(ids(await walkListing('articles', read))).toEqual(['1', '2', '3']);
    expect(asked()).toBe(2);
  });

  test.each([
    [
      'an item seen twice: an update moved it over the page boundary',
      [items(1, 2), items(2, 3)],
      4,
    ],
    ['fewer items than were counted: a deletion moved one out of sight', [items(1, 2), items()], 3],
  ])('%s', async (_, moved, total) => {
    const { read, asked } = scripted([moved, [items(3, 1), items(2)]], [total, 3]);
    expect(ids(await walkListing('articles', read))).toEqual(['3', '1', '2']);
    expect(asked()).toBe(4);
  });

  test('that never stands still is an error, no guess', async () => {
    const { read } = scripted([[items(1, 2), items(2)]], [3]);
    await expect(walkListing('articles', read)).rejects.toMatchObject({
      code: 'unstable-listing',
      exitCode: 4,
    });
  });

  test.each([null, {}, { data: 'x' }, []])(
    'an answer of another shape is no empty list: %j',
    async (answer) => {
      await expect(walkListing('articles', async () => answer)).rejects.toMatchObject({
        code: 'not-json',
      });
    },
  );
});
