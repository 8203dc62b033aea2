import { expect, test } from 'vitest';
import { isProof, proof } from '../support/proof.ts';
import { article, collection, situation, workspaceConfig } from '../support/workspace.ts';

const count = isProof ? 10_000 : 120;
const perPage = 50;

test(`of ${count} articles one drifted and one edited: only the listings, and the versions of that one`, {
  timeout: 900_000,
}, async () => {
  const names = Array.from({ length: count }, (_, index) => `hilfe/a${index}`);
  const there = await situation({
    config: workspaceConfig('guards: { updatePercent: 100 }\n'),
    isValidated: false,
    isWatched: false,
    files: {
      ...collection('hilfe', { de: 'Hilfe' }),
      ...Object.assign(
        {},
        ...names.map((name, index) => article(name, { de: { title: `Titel ${index}` } })),
      ),
    },
  });
  await there.review();
  await there.publish({ allow: ['first-publish'] });
  const live = (await there.liveArticles()).find(({ title }) => title === 'Titel 7');
  const body: string = live.translated_content.de.body;
  await there.editThere(live.id, {
    translated_content: { de: { body: body.replace('Satz', 'Hinweis') } },
  });
  await there.change('hilfe/a9.de.md', 'Ein Satz', 'Ein Wort');
  await there.review(['hilfe/a9']);

  const plan = await there.counting(() => there.plan());
  expect(plan.value.changes.map(({ action, id }) => `${action} ${id}`)).toEqual([
    'update hilfe-a9',
  ]);
  expect(plan.value.held.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['drift hilfe-a7']);
  const listing = plan.counted.byRoute;
  expect(Object.keys(plan.counted.byMethod)).toEqual(['GET']);
  expect(listing['GET /articles']).toBe(Math.ceil(count / perPage));
  expect(plan.counted.total).toBeLessThanOrEqual(Math.ceil(count / perPage) + 6);

  const drift = await there.counting(() => there.drift());
  expect(drift.value.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['edited hilfe-a7']);
  const versions = Object.entries(drift.counted.byRoute).filter(([route]) =>
    route.includes('versions'),
  );
  expect(versions.reduce((sum, [, calls]) => sum + calls, 0)).toBe(2);
  expect(drift.counted.total).toBe(plan.counted.total + 2);
  proof('articles of which one drifted: calls of kb drift', drift.counted.total);
});
