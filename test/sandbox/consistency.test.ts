import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isProof, proof } from '../support/proof.ts';
import { type Answer, AUTHOR, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

/** Two clients and a teammate at once: whatever they do, in whatever order, some things hold. */

type Who = 'first' | 'second' | 'ui';

/** What is done to one article. */
type Deed =
  | { readonly does: 'update' | 'stage'; readonly title: string }
  | { readonly does: 'state'; readonly state: string }
  | {
      readonly does: 'schedule';
      readonly what: 'publish' | 'unpublish';
      readonly inSeconds: number;
    }
  | { readonly does: 'unschedule' | 'publish' | 'delete' };

type Step =
  | { readonly kind: 'create'; readonly who: Who; readonly title: string; readonly state: string }
  | { readonly kind: 'deed'; readonly who: Who; readonly which: number; readonly deed: Deed }
  | { readonly kind: 'wait' }
  | { readonly kind: 'restart' };

const who = fc.constantFrom<Who>('first', 'second', 'ui');
const title = fc.stringMatching(/^[A-Za-zäöü]{1,12}$/);
const state = fc.constantFrom('published', 'draft');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constantFrom('update' as const, 'stage' as const), title }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('state' as const), state }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('schedule' as const),
      what: fc.constantFrom('publish' as const, 'unpublish' as const),
      inSeconds: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('unschedule' as const, 'publish' as const, 'delete' as const),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('create' as const), who, title, state }),
  },
  {
    weight: 13,
    arbitrary: fc.record({
      kind: fc.constant('deed' as const),
      who,
      which: fc.nat({ max: 9 }),
      deed,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>({ kind: 'wait' }, { kind: 'restart' }),
  },
);

/** What a reader of the description expects of one article. */
interface Expected {
  readonly title: string;
  readonly state: string;
  readonly draft: string | null;
  readonly versions: number;
  readonly wasPublished: boolean;
  readonly publishAt: number | null;
  readonly unpublishAt: number | null;
}
type Model = ReadonlyMap<string, Expected>;

const HEADERS: Readonly<Record<Who, Record<string, string>>> = {
  first: { authorization: 'Bearer first' },
  second: { authorization: 'Bearer second' },
  ui: {},
};

async function run(steps: readonly Step[], dataDir: string): Promise<void> {
  let test = openTestSandbox({ dataDir });
  const { clock } = test;
  const seen = new Set<string>();
  let model: Model = new Map();
  for (const action of steps) {
    if (action.kind === 'wait') {
      clock.now += 7;
      model = afterSchedules(model, clock.now);
    } else if (action.kind === 'restart') {
      test = await restarted(test, dataDir);
    } else if (action.kind === 'create') {
      const { id, expected } = await create(test, action);
      expect(seen.has(id)).toBe(false);
      seen.add(id);
      model = new Map([...model, [id, expected]]);
    } else {
      const [id, expected] = [...model][action.which % Math.max(1, model.size)] ?? [];
      if (id === undefined || expected === undefined) continue;
      const after = await act(test, action.who, action.deed, id, expected);
      const others = [...model].filter(([other]) => other !== id);
      model = new Map(after === null ? others : [...others, [id, after]]);
    }
    await assertListing(test, model);
  }
  test.sandbox.close();
}

/** What the workspace shows must not tell that its process ended. */
async function restarted(before: TestSandbox, dataDir: string): Promise<TestSandbox> {
  const seenBefore = await everything(before);
  const after = openTestSandbox({ dataDir, clock: () => before.clock.now * 1000 });
  expect(await everything(after)).toEqual(seenBefore);
  return { ...after, clock: before.clock };
}

async function everything({ call }: TestSandbox): Promise<unknown> {
  const articles = (await call('GET', '/articles?per_page=50')).body;
  const versions = [];
  for (const { id } of articles.data)
    versions.push((await call('GET', `/articles/${id}/versions?per_page=50`)).body);
  return { articles, versions, fin: (await call('GET', '/_sandbox/fin')).body };
}

async function create(
  { call }: TestSandbox,
  action: Extract<Step, { kind: 'create' }>,
): Promise<{ id: string; expected: Expected }> {
  const root = action.who === 'ui' ? '/_sandbox/ui/articles' : '/articles';
  const fields = { title: action.title, state: action.state, author_id: AUTHOR };
  const { body } = await call('POST', root, fields, HEADERS[action.who]);
  const expected = {
    title: action.title,
    state: action.state,
    draft: null,
    versions: 1,
    wasPublished: action.state === 'published',
    publishAt: null,
    unpublishAt: null,
  };
  return { id: body.id, expected };
}

/** Schedules whose time has come are carried out, and recorded. */
function afterSchedules(model: Model, now: number): Model {
  return new Map(
    [...model].map(([id, expected]) => {
      const { publishAt, unpublishAt, versions } = expected;
      const done = { ...expected, publishAt: null, unpublishAt: null, versions: versions + 1 };
      if (publishAt !== null && publishAt <= now)
        return [id, { ...done, state: 'published', wasPublished: true }];
      if (unpublishAt !== null && unpublishAt <= now) return [id, { ...done, state: 'draft' }];
      return [id, expected];
    }),
  );
}

/** @returns what is expected of the article now; `null`: that it is gone */
async function act(
  { call, clock }: TestSandbox,
  by: Who,
  deed: Deed,
  id: string,
  before: Expected,
): Promise<Expected | null> {
  const place = by === 'ui' ? `/_sandbox/ui/articles/${id}` : `/articles/${id}`;
  const send = (method: string, where: string, body?: unknown): Promise<Answer> =>
    call(method, where, body, HEADERS[by]);
  switch (deed.does) {
    case 'delete':
      expect((await send('DELETE', place)).body.deleted).toBe(true);
      return null;
    case 'update':
      await send('PUT', place, { title: deed.title });
      return before.draft === null
        ? live(before, deed.title, before.state)
        : { ...before, draft: deed.title };
    case 'state':
      await send('PUT', place, { state: deed.state });
      return live(before, before.draft ?? before.title, deed.state);
    case 'stage': {
      const staged = await send(by === 'ui' ? 'POST' : 'PUT', `${place}/draft`, {
        title: deed.title,
      });
      expect(staged.status).toBe(before.state === 'published' ? 200 : 422);
      return staged.status === 200 ? { ...before, draft: deed.title } : before;
    }
    case 'publish': {
      const { status } = await call('POST', `/articles/${id}/draft/publish`, { locales: ['de'] });
      expect(status).toBe(before.draft === null ? 422 : 200);
      if (before.draft === null) return before;
      return { ...before, title: before.draft, draft: null, versions: before.versions + 1 };
    }
    case 'schedule': {
      const at = clock.now + deed.inSeconds;
      const field = deed.what === 'publish' ? 'scheduled_publish_at' : 'scheduled_unpublish_at';
      const { status } = await send('PUT', place, { [field]: new Date(at * 1000).toISOString() });
      expect(status).toBe(deed.what === 'unpublish' && !before.wasPublished ? 400 : 200);
      if (status !== 200) return before;
      return deed.what === 'publish'
        ? { ...before, publishAt: at, unpublishAt: null }
        : { ...before, publishAt: null, unpublishAt: at };
    }
    case 'unschedule':
      await send('PUT', place, { scheduled_publish_at: null, scheduled_unpublish_at: null });
      return { ...before, publishAt: null, unpublishAt: null };
  }
}

function live(before: Expected, newTitle: string, newState: string): Expected {
  const isChanged = newTitle !== before.title || newState !== before.state;
  return {
    ...before,
    title: newTitle,
    state: newState,
    draft: null,
    versions: before.versions + (isChanged ? 1 : 0),
    wasPublished: before.wasPublished || newState === 'published',
  };
}

async function assertListing(test: TestSandbox, model: Model): Promise<void> {
  const rows = await walkedListing(test, model.size);
  expect(rows.map((row) => row.id).sort()).toEqual([...model.keys()].sort());
  const order = rows.map((row) => [-row.updated_at, -Number(row.id)]);
  expect(order).toEqual(
    order.toSorted(
      (left, right) => (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0),
    ),
  );
  for (const row of rows) {
    const expected = model.get(row.id);
    const { title, state, publishAt, unpublishAt } = expected ?? {};
    expect(row).toMatchObject({
      title,
      state,
      has_unpublished_changes: expected?.draft !== null,
      scheduled_publish_at: publishAt,
      scheduled_unpublish_at: unpublishAt,
    });
    expect(row.url === null).toBe(row.state === 'draft');
    const versions = (await test.call('GET', `/articles/${row.id}/versions?per_page=50`)).body;
    expect(versions.total_count).toBe(expected?.versions);
    if (expected?.draft !== null) {
      const draft = await test.call('GET', `/articles/${row.id}/draft`);
      expect(draft.body.title).toBe(expected?.draft);
    }
  }
  expect(test.problems).toEqual([]);
}

async function walkedListing(test: TestSandbox, size: number): Promise<Answer['body'][]> {
  const rows: Answer['body'][] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { body } = await test.call('GET', `/articles?page=${page}&per_page=3`);
    rows.push(...body.data);
    pages = body.pages.total_pages;
    expect(body.total_count).toBe(size);
  }
  return rows;
}

const numRuns = isProof ? 2000 : 25;

it('keeps lists whole, ids unique, versions, drafts and schedules true, over restarts', async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (story) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
      steps += story.length;
      try {
        await run(story, dataDir);
      } finally {
        rmSync(dataDir, { recursive: true });
      }
    }),
    { numRuns, seed: 20261122 },
  );
  proof('sandbox: steps of two clients and a teammate', steps);
}, 1_800_000);
