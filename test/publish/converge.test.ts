import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesired } from '../../src/commands/desired.ts';
import { reviewCommand } from '../../src/commands/review.ts';
import type { Profile } from '../../src/model/profile.ts';
import { storedTree } from '../../src/plan/live.ts';
import { asSent } from '../../src/publish/intents.ts';
import { lettersHash } from '../../src/publish/resolve.ts';
import { someProfiles } from '../markdown/profiles.ts';
import { nowhere } from '../support/approval-watch.ts';
import { arbitraryMarkdown, everyPair } from '../support/arbitrary-markdown.ts';
import type { Files } from '../support/content-builder.ts';
import { isProof, proof, share } from '../support/proof.ts';
import {
  article,
  type Situation,
  situation,
  workspaceConfig,
  writesOf,
} from '../support/workspace.ts';

const sample = fileURLToPath(new URL('../../content', import.meta.url));
/** The sample's reviews are judged at this day, as in the story of `npm start`. */
const sampleDay = '2026-11-22';
const png = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (letter) => letter.charCodeAt(0),
);

/** Publish; then nothing is left to do, with the ledger and without. */
async function expectConverges(there: Situation): Promise<number> {
  const first = await there.publish();
  expect((await there.plan()).changes).toEqual([]);
  expect(await there.drift()).toEqual([]);
  const again = await there.publish();
  expect(writesOf(again.counted)).toBe(0);
  await there.forgetLedger();
  const { matched } = await there.adopt();
  const plan = await there.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.held).toEqual(first.plan.held);
  expect(plan.summary.unchanged).toBe(
    first.plan.summary.create +
      first.plan.summary.unchanged -
      first.plan.changes.filter(
        (change) => change.action === 'create' && ['tag', 'asset'].includes(change.kind),
      ).length,
  );
  expect(await there.drift()).toEqual([]);
  return matched.length;
}

/** A create whose answer was lost is recognised by its letters: no habit of a store may change them. */
async function expectLettersKept(there: Situation, profile: Profile): Promise<void> {
  const { desired } = await readDesired(there.contentDir, sampleDay);
  const live = new Map((await there.liveArticles()).map((item) => [item.title, item]));
  for (const text of desired.articles.flatMap((item) => item.translations)) {
    const { title } = text;
    const stored = live.get(title);
    if (stored === undefined) continue;
    expect({ title, letters: lettersHash(storedTree(stored.body)) }).toEqual({
      title,
      letters: lettersHash(asSent(text, nowhere, profile)),
    });
  }
}

/** Images of ours, known by their content wherever they lie; of foreign ones nothing is known. */
function ownImages(texts: ReturnType<typeof everyPair>): ReturnType<typeof everyPair> {
  return texts.map(({ name, markdown }) => ({
    name,
    markdown: markdown.replace(/https:\/\/example\.com\/\w+\.png/g, 'assets/bild.png'),
  }));
}

/** Each Markdown text as an article of its own. */
function articlesOf(texts: readonly { name: string; markdown: string }[]): Files {
  const files = texts.map(({ name, markdown }, index) =>
    article(`p${index}`, { de: { title: `${index} ${name}`, body: `${markdown}\n` } }),
  );
  return Object.assign({ 'assets/bild.png': png }, ...files);
}

async function approveWhatCanBe(there: Situation): Promise<number> {
  const { translations } = await reviewCommand(there.context(), {
    items: [],
    by: 'anna@example.com',
    baseline: false,
    until: null,
  });
  return translations.filter((text) => text.stamped).length;
}

const profiles = someProfiles(30);
const few = share(profiles, [
  'no rewriting',
  'all rewriting',
  'default',
  'mixture 3',
  'mixture 11',
]);

describe('publish, then the plan is empty', () => {
  test.each(share(profiles, ['no rewriting', 'all rewriting', 'default']))(
    'the sample knowledge base: $name',
    async ({ profile }) => {
      const there = await situation({ today: sampleDay });
      await cp(sample, there.contentDir, { recursive: true });
      await there.setHabits(profile);
      const matched = await expectConverges(there);
      expect(matched).toBeGreaterThan(30);
      proof('converges: sample texts', matched);
    },
  );

  test.each(few)('every construct in every other: $name', async ({ profile }) => {
    const pairs = ownImages(everyPair()).filter((_, index) => isProof || index % 4 === 1);
    const there = await situation({ files: articlesOf(pairs), isValidated: false });
    await there.setHabits(profile);
    expect(await approveWhatCanBe(there)).toBe(pairs.length);
    await there.publish();
    await expectLettersKept(there, profile);
    proof('converges: nested pairs', await expectConverges(there));
  });

  test.each(few)('any articles, linked with each other: $name', async ({ profile }) => {
    await expectGeneratedConverges(profile, 20);
  });

  test('a foreign image that the service rehosts: held after the ledger is lost, never created', async () => {
    const image = '![Bild](https://example.com/bild.png)\n';
    const there = await situation({ files: article('a', { de: { title: 'A', body: image } }) });
    await there.review();
    await there.publish();
    await there.forgetLedger();
    await there.adopt();
    const plan = await there.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ id, kind }) => ({ id, kind }))).toEqual([
      { id: 'a', kind: 'ambiguous' },
    ]);
  });

  test('many generated articles', async () => {
    const count = share([1000], [], 60)[0] ?? 60;
    for (const { profile } of share(profiles.slice(0, 3), ['default'])) {
      await expectGeneratedConverges(profile, count);
    }
  });
});

async function expectGeneratedConverges(profile: Profile, count: number): Promise<void> {
  const markdown = arbitraryMarkdown({
    links: [
      'https://example.com/a?b=1&c=2',
      'mailto:info@example.com',
      '#ende',
      'p0.de.md',
      'p1.de.md#ende',
      'assets/bild.png',
    ],
    images: ['assets/bild.png'],
  });
  const texts = fc
    .sample(markdown, { numRuns: count, seed: 20261122 })
    .map((text, index) => ({ name: 'generiert', markdown: `${text}\n\n## Ende ${index} {#ende}` }));
  const there = await situation({ files: articlesOf(texts), isValidated: false });
  await there.setHabits(profile);
  const approved = await approveWhatCanBe(there);
  expect(approved).toBeGreaterThan(count / 2);
  proof('converges: generated articles', await expectConverges(there));
}

describe('drift needs no profile', () => {
  const unknown = share(someProfiles(30), ['all rewriting', 'mixture 3', 'mixture 11']).map(
    ({ name, profile }) => ({
      name,
      // The tool is not told: it would send what is refused, and ids it cannot foresee.
      profile: { ...profile, nestedLists: 'kept', headingIds: 'kept' } as const,
    }),
  );
  test.each(unknown)('habits nobody told us of: $name', async ({ profile }) => {
    const there = await situation({
      config: workspaceConfig(),
      files: articlesOf(everyPair().filter((_, index) => index % 4 === 0)),
      isValidated: false,
    });
    await approveWhatCanBe(there);
    await there.call('PUT', '/_sandbox/profile', profile);
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    expect(await there.drift()).toEqual([]);
  });
});
