import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import { publishAndDie } from '../support/dying-publish.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
  writesOf,
} from '../support/workspace.ts';

const base = {
  ...collection('konto', { de: 'Konto' }),
  ...article('konto/a', { de: { title: 'A' }, en: { title: 'A en' } }),
  ...article('konto/b', { de: { title: 'B' } }),
  ...article('konto/c', { de: { title: 'C' } }),
};

async function withSavedEdit(config?: string): Promise<Situation> {
  const there = await situation({
    files: base,
    isWatched: false,
    config: config ?? workspaceConfig('guards: { deletePercent: 50, updatePercent: 50 }\n'),
  });
  await there.review();
  await there.publish();
  await there.change('konto/a.de.md', 'Ein Satz', 'Ein neuer Satz');
  await there.review(['konto/a']);
  await there.save('plan.json');
  return there;
}

async function expectError(
  there: Situation,
  code: string,
  wishes: Parameters<Situation['publishFreely']>[0] = {},
): Promise<string> {
  let thrown: unknown = null;
  const { counted } = await there.counting(async () => {
    await there.publishFreely({ planFile: 'plan.json', ...wishes }).catch((error: unknown) => {
      thrown = error;
    });
  });
  expect(thrown).toBeInstanceOf(KbError);
  const error = thrown as unknown as KbError;
  expect(error.code).toBe(code);
  expect(writesOf(counted)).toBe(0);
  return error.message;
}

test('applied as it was shown, with exactly its calls', async () => {
  const there = await withSavedEdit();
  const saved = JSON.parse(await readFile(join(there.root, 'plan.json'), 'utf8'));
  const { counted, plan } = await there.publish({ planFile: 'plan.json' });
  expect(counted.total).toBe(saved.calls);
  expect(plan.fingerprint).toBe(saved.fingerprint);
  expect((await there.plan()).changes).toEqual([]);
});

test('applied twice: the second time it is stale', async () => {
  const there = await withSavedEdit();
  await there.publish({ planFile: 'plan.json' });
  await expectError(there, 'stale');
});

test('stale after a further edit of the text', async () => {
  const there = await withSavedEdit();
  await there.change('konto/a.de.md', 'Ein neuer Satz', 'Ein neuester Satz');
  await there.review(['konto/a']);
  await expectError(there, 'stale');
});

test('stale when the text is not approved any more', async () => {
  const there = await withSavedEdit();
  await there.change('konto/a.de.md', /review:.*\n/, '');
  const said = await expectError(there, 'stale');
  expect(said).toContain('no longer "update konto/a (de)"');
});

test('stale after an edit of the article in Intercom', async () => {
  const there = await withSavedEdit();
  const { id } = await there.liveArticle('A');
  await there.editThere(id, { translated_content: { de: { body: '<p>Von Hand.</p>' } } });
  await expectError(there, 'stale');
  expect((await there.liveArticle('A')).body).toContain('Von Hand.');
});

test('stale when an approval has lapsed at its execution', async () => {
  const there = await withSavedEdit(
    workspaceConfig('guards: { updatePercent: 50 }\nreview: { require: stamp, maxAge: 30d }\n'),
  );
  await expectError(there, 'stale', { today: '2027-03-01' });
});

test('stale when a new article of that title appeared in Intercom', async () => {
  const there = await situation({ files: base, isWatched: false });
  await there.review();
  await there.publish();
  await there.write(article('konto/neu', { de: { title: 'Neu' } }));
  await there.review(['konto/neu']);
  await there.save('plan.json');
  const [konto] = await there.liveCollections();
  await there.createThere({
    title: 'Neu',
    body: '<p>Fremd.</p>',
    parent_id: konto.id,
    parent_type: 'collection',
  });
  await expectError(there, 'stale');
});

test('not stale after unrelated edits, in git and in Intercom', async () => {
  const there = await withSavedEdit();
  const { id } = await there.liveArticle('B');
  await there.editThere(id, { translated_content: { de: { body: '<p>Von Hand.</p>' } } });
  await there.change('konto/c.de.md', 'Ein Satz', 'Ein neuer Satz');
  await there.write(article('konto/neu', { de: { title: 'Neu' } }));
  await there.createThere({ title: 'Fremd', body: '<p>Fremd.</p>' });
  const { result } = await there.publish({ planFile: 'plan.json' });
  expect(result.outcomes.map((outcome) => `${outcome.action} ${outcome.id}`)).toEqual([
    'update konto-a',
  ]);
  expect((await there.liveArticle('B')).body).toContain('Von Hand.');
});

test('saved with a tripped guard: --allow is given when it is applied', async () => {
  const there = await withSavedEdit(
    workspaceConfig('guards: { deletePercent: 10, updatePercent: 10 }\n'),
  );
  await there.change('konto/b.de.md', 'Ein Satz', 'Ein neuer Satz');
  await there.review(['konto/b']);
  const plan = await there.save('plan.json');
  expect(plan.guards.filter((guard) => guard.tripped)).toHaveLength(1);
  await expectError(there, 'refused');
  await there.publish({ planFile: 'plan.json', allow: ['update-percent'] });
});

test('interrupted, then the numbers have grown: the guard that was let pass asks again', async () => {
  const there = await situation({
    files: base,
    config: workspaceConfig('guards: { deletePercent: 10, updatePercent: 10 }\n'),
  });
  await there.review();
  await there.publish();
  for (const name of ['a', 'b']) {
    await there.change(`konto/${name}.de.md`, 'Ein Satz', 'Ein neuer Satz');
  }
  await there.review(['konto/a', 'konto/b']);
  await there.save('plan.json', { allow: ['update-percent'] });
  expect(await publishAndDie(there, 1, 'after', { planFile: 'plan.json' })).toBe(true);
  // What is left is less than what was let pass.
  await there.publish({ planFile: 'plan.json' });
  expect((await there.plan()).changes).toEqual([]);
});

test('saved with --recreate: the plan itself is the permission', async () => {
  const there = await situation({ files: base, isWatched: false });
  await there.review();
  await there.publish();
  await there.deleteThere((await there.liveArticle('B')).id);
  await there.save('plan.json', { recreate: ['konto/b'] });
  await there.publish({ planFile: 'plan.json' });
  expect((await there.plan()).changes).toEqual([]);
});

test('of another workspace', async () => {
  const there = await withSavedEdit();
  const other = await situation({
    files: base,
    isWatched: false,
    sandbox: { workspaceId: 'zzz999' },
  });
  await other.review();
  await other.publish();
  await other.change('konto/a.de.md', 'Ein Satz', 'Ein neuer Satz');
  await other.review(['konto/a']);
  await writeFile(join(other.root, 'plan.json'), await readFile(join(there.root, 'plan.json')));
  expect(await expectError(other, 'stale')).toContain('abc123');
});

test.each([
  ['not JSON', 'nonsense'],
  ['not a plan', '{"changes": []}'],
  ['of a later version', '{"version": 99, "changes": [], "fingerprint": "x"}'],
])('%s', async (_, text) => {
  const there = await withSavedEdit();
  await writeFile(join(there.root, 'plan.json'), text);
  await expectError(there, 'plan-file');
});

test('changed by hand', async () => {
  const there = await withSavedEdit();
  const file = join(there.root, 'plan.json');
  const plan = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...plan, fingerprint: `${plan.fingerprint}0` }));
  await expectError(there, 'stale');
});
