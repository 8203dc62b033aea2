import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import type { Files } from '../support/content-builder.ts';
import {
  article,
  type Situation,
  situation,
  type Wishes,
  workspaceConfig,
  writesOf,
} from '../support/workspace.ts';

const many = (count: number, keys = {}): Files =>
  Object.assign(
    {},
    ...Array.from({ length: count }, (_, index) =>
      article(`a${index}`, { de: { title: `A${index}` } }, keys),
    ),
  );

async function published(count: number, config?: string): Promise<Situation> {
  const there = await situation({
    files: many(count),
    isValidated: false,
    ...(config === undefined ? {} : { config }),
  });
  await there.review();
  await there.publish();
  return there;
}

async function edit(there: Situation, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `a${index}`);
  for (const name of names) await there.change(`${name}.de.md`, 'Ein Satz', 'Ein neuer Satz');
  if (names.length > 0) await there.review(names);
}

const remove = (there: Situation, count: number) =>
  there.remove(...Array.from({ length: count }, (_, index) => `a${index}.de.md`));

/** Refused as a whole, with this guard, and nothing was written. */
async function expectRefused(
  there: Situation,
  guard: string,
  wishes: Wishes = {},
): Promise<string> {
  const plan = await there.plan(wishes);
  expect(plan.guards.filter((item) => item.tripped).map((item) => item.name)).toEqual([guard]);
  let thrown: unknown = null;
  const { counted } = await there.counting(async () => {
    await there.publishFreely(wishes).catch((error: unknown) => {
      thrown = error;
    });
  });
  expect(thrown).toBeInstanceOf(KbError);
  const error = thrown as unknown as KbError;
  expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code: 'refused', exitCode: 3 });
  expect(writesOf(counted)).toBe(0);
  return `${error.message} ${error.hint ?? ''}`;
}

describe('delete-percent', () => {
  test('at the limit passes, over it refuses the whole run, --allow lets it pass', async () => {
    const there = await published(20);
    await remove(there, 2);
    expect((await there.plan()).guards.find((g) => g.name === 'delete-percent')).toMatchObject({
      value: 10,
      limit: 10,
      tripped: false,
    });
    await there.remove('a2.de.md');
    await edit(there, 0);
    const said = await expectRefused(there, 'delete-percent');
    expect(said).toContain('3 of 20 articles (15%, limit 10%)');
    expect(said).toContain('--allow delete-percent');
    await there.publish({ allow: ['delete-percent'] });
    expect((await there.plan()).changes).toEqual([]);
  });

  test('one article is never a disaster', async () => {
    const there = await published(2);
    await remove(there, 1);
    await there.publish();
  });

  test('a locale whose files are gone everywhere', async () => {
    const there = await situation({
      files: Object.assign(
        {},
        ...Array.from({ length: 5 }, (_, index) =>
          article(`a${index}`, { de: { title: `A${index}` }, en: { title: `A${index} en` } }),
        ),
      ),
    });
    await there.review();
    await there.publish();
    await there.remove(...[0, 1, 2, 3, 4].map((index) => `a${index}.en.md`));
    await expectRefused(there, 'delete-percent');
    await there.publish({ allow: ['delete-percent'] });
    expect((await there.plan()).changes).toEqual([]);
    await there.write(
      Object.fromEntries(
        [0, 1, 2, 3, 4].map((index) => [
          `a${index}.en.md`,
          `---\ntitle: "A${index} en"\n---\n\nEin Satz über A${index} en.\n`,
        ]),
      ),
    );
    await there.review();
    await there.publish();
    expect((await there.fin('agent')).length).toBe(10);
  });
});

describe('update-percent', () => {
  test('at the limit passes, over it refuses, --allow lets it pass', async () => {
    const there = await published(10);
    await edit(there, 3);
    expect((await there.plan()).guards.find((g) => g.name === 'update-percent')).toMatchObject({
      value: 30,
      tripped: false,
    });
    await there.change('a3.de.md', 'Ein Satz', 'Ein neuer Satz');
    await there.review(['a3']);
    await expectRefused(there, 'update-percent');
    await there.publish({ allow: ['update-percent'] });
  });

  test('a first import, a restore and a locale roll-out are no accidents', async () => {
    const there = await published(20);
    await remove(there, 10);
    await there.publish({ allow: ['delete-percent'] });
    await there.write(many(10));
    await there.review();
    await there.publish();
    await there.write(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [
          `a${index}.en.md`,
          `---\ntitle: A${index} en\n---\n\nA sentence.\n`,
        ]),
      ),
    );
    await there.review();
    const done = await there.publish();
    expect(done.plan.summary.update).toBe(20);
  });

  test('the AI gate closing everywhere is never refused', async () => {
    const there = await published(10, workspaceConfig('review: { require: stamp, maxAge: 30d }\n'));
    const done = await there.publish({ today: '2027-06-01' });
    expect(done.plan.summary.update).toBe(10);
    expect(await there.fin('agent')).toEqual([]);
  });
});

describe('the other guards', () => {
  test('first-publish: somebody else’s content is there', async () => {
    const there = await situation({ files: many(3), isWatched: false });
    await there.createThere({ title: 'Fremd', body: '<p>Fremd.</p>' });
    await there.review();
    await expectRefused(there, 'first-publish');
    await there.adopt();
    await there.publish();
  });

  test('first-publish, allowed', async () => {
    const there = await situation({ files: many(3), isWatched: false });
    await there.createThere({ title: 'Fremd', body: '<p>Fremd.</p>' });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
  });

  test('remove-used: an article that Fin answered from', async () => {
    const there = await published(3);
    const { id } = await there.liveArticle('A0');
    await there.editThere(id, { statistics: { fin_involvements: 4 } });
    await there.remove('a1.de.md');
    expect((await there.plan()).guards.filter((guard) => guard.tripped)).toEqual([]);
    await there.write(many(2));
    await there.review();
    await there.remove('a0.de.md');
    await expectRefused(there, 'remove-used');
    await there.publish({ allow: ['remove-used'] });
  });

  test('restricted-to-public: what a Zendesk segment restricted', async () => {
    const source = '{ system: zendesk, id: "360001", segment: "77" }';
    const there = await situation({ files: many(2, { source }) });
    await there.review();
    await expectRefused(there, 'restricted-to-public');
    await there.publish({ allow: ['restricted-to-public'] });
  });

  test('region: kb.yaml says another one; nothing overrides it', async () => {
    const there = await situation({
      files: many(1),
      config: workspaceConfig().replace('region: eu', 'region: us'),
    });
    await there.review();
    await expectRefused(there, 'region', {
      allow: ['delete-percent', 'update-percent', 'remove-used', 'first-publish'],
    });
    await expect(there.adopt()).rejects.toMatchObject({ code: 'refused' });
  });

  test('workspace: the token belongs to another one', async () => {
    const there = await situation({
      files: many(1),
      config: workspaceConfig('', ', workspaceId: other1'),
    });
    await there.review();
    expect(await expectRefused(there, 'workspace')).toContain('abc123');
  });

  test('workspace: the ledger is of another one', async () => {
    const one = await published(2);
    const two = await situation({
      files: many(2),
      sandbox: { workspaceId: 'zzz999' },
      isWatched: false,
    });
    await two.review();
    await two.publish();
    await writeFile(
      join(two.root, '.kb/sandbox.json'),
      await readFile(join(one.root, '.kb/sandbox.json')),
    );
    expect(await expectRefused(two, 'workspace')).toContain(
      'the ledger belongs to workspace abc123',
    );
  });

  test('workspace: the help center of kb.yaml is not there', async () => {
    const there = await situation({
      files: many(1),
      config: workspaceConfig('', ', helpCenter: "77"'),
    });
    await there.review();
    await expectRefused(there, 'workspace');
  });
});
