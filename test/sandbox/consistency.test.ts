import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AUTHOR, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

/** Two clients and a teammate at once: whatever they do, in whatever order, some things hold. */

interface TitleChange {
  readonly does: 'update' | 'edit' | 'stage';
  readonly which: number;
  readonly title: string;
}

interface StateChange {
  readonly does: 'state';
  readonly which: number;
  readonly state: string;
}

interface Deed {
  readonly does: 'publish' | 'delete';
  readonly which: number;
}

interface Creation {
  readonly does: 'create';
  readonly title: string;
  readonly state: string;
}

type Change = TitleChange | StateChange | Deed;
type Step = Creation | Change | { readonly does: 'wait' } | { readonly does: 'restart' };

const title = fc.stringMatching(/^[A-Za-zäöü]{1,12}$/);
const state = fc.constantFrom('published', 'draft');
const which = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('create' as const), title, state }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('update' as const, 'edit' as const, 'stage' as const),
      which,
      title,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('state' as const), which, state }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('publish' as const, 'delete' as const), which }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('wait' as const, 'restart' as const) }),
  },
);

/** What a reader of the description expects of one article. */
interface Expected {
  title: string;
  state: string;
  draft: string | null;
  versions: number;
}

async function run(steps: readonly Step[], dataDir: string): Promise<void> {
  const seen = new Set<string>();
  const model = new Map<string, Expected>();
  let test: TestSandbox = openTestSandbox({ dataDir });
  const { clock } = test;
  const pick = (index: number): string | undefined =>
    [...model.keys()][index % Math.max(1, model.size)];

  for (const [index, action] of steps.entries()) {
    const token = { authorization: `Bearer client-${index % 2}` };
    const id = 'which' in action ? pick(action.which) : undefined;
    const expected = id === undefined ? undefined : model.get(id);
    if (action.does === 'create') {
      const { body } = await test.call(
        'POST',
        '/articles',
        { title: action.title, state: action.state, author_id: AUTHOR },
        token,
      );
      expect(seen.has(body.id)).toBe(false);
      seen.add(body.id);
      model.set(body.id, { title: action.title, state: action.state, draft: null, versions: 1 });
    } else if (action.does === 'wait') clock.now += 7;
    else if (action.does === 'restart') {
      test = openTestSandbox({ dataDir, clock: () => clock.now * 1000 });
    } else if (id !== undefined && expected !== undefined)
      await act(test, action, id, expected, model, token);
    await assertListing(test, model);
  }
}

async function act(
  test: TestSandbox,
  action: Change,
  id: string,
  expected: Expected,
  model: Map<string, Expected>,
  token: Record<string, string>,
): Promise<void> {
  const live = (newTitle: string, newState: string): void => {
    if (newTitle !== expected.title || newState !== expected.state) expected.versions += 1;
    Object.assign(expected, { title: newTitle, state: newState, draft: null });
  };
  if (action.does === 'delete') {
    await test.call('DELETE', `/articles/${id}`, undefined, token);
    model.delete(id);
  } else if (action.does === 'state') {
    await test.call('PUT', `/articles/${id}`, { state: action.state }, token);
    live(expected.draft ?? expected.title, action.state);
  } else if (action.does === 'publish') {
    const { status } = await test.call(
      'POST',
      `/articles/${id}/draft/publish`,
      { locales: ['de'] },
      token,
    );
    expect(status).toBe(expected.draft === null ? 422 : 200);
    if (expected.draft !== null) {
      Object.assign(expected, {
        title: expected.draft,
        draft: null,
        versions: expected.versions + 1,
      });
    }
  } else if ('title' in action && action.does === 'stage') {
    const { status } = await test.call(
      'PUT',
      `/articles/${id}/draft`,
      { title: action.title },
      token,
    );
    expect(status).toBe(expected.state === 'published' ? 200 : 422);
    if (status === 200) expected.draft = action.title;
  } else if ('title' in action) {
    const path = action.does === 'edit' ? `/_sandbox/ui/articles/${id}` : `/articles/${id}`;
    await test.call('PUT', path, { title: action.title }, token);
    if (expected.draft === null) live(action.title, expected.state);
    else expected.draft = action.title;
  }
}

async function assertListing(
  test: TestSandbox,
  model: ReadonlyMap<string, Expected>,
): Promise<void> {
  const rows = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { body } = await test.call('GET', `/articles?page=${page}&per_page=3`);
    rows.push(...body.data);
    pages = body.pages.total_pages;
    expect(body.total_count).toBe(model.size);
  }
  expect(rows.map((row) => row.id).sort()).toEqual([...model.keys()].sort());
  const order = rows.map((row) => [-row.updated_at, -Number(row.id)]);
  expect(order).toEqual(
    order.toSorted(
      (left, right) => (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0),
    ),
  );
  for (const row of rows) {
    const expected = model.get(row.id);
    expect([row.title, row.state, row.has_unpublished_changes]).toEqual([
      expected?.title,
      expected?.state,
      expected?.draft !== null,
    ]);
    expect(row.url === null).toBe(row.state === 'draft');
    const versions = (await test.call('GET', `/articles/${row.id}/versions?per_page=50`)).body;
    expect(versions.total_count).toBe(expected?.versions);
  }
  expect(test.problems).toEqual([]);
}

it('keeps lists whole, ids unique and versions growing, over restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
      try {
        await run(steps, dataDir);
      } finally {
        rmSync(dataDir, { recursive: true });
      }
    }),
    { numRuns: 25, seed: 20261122 },
  );
}, 120_000);
