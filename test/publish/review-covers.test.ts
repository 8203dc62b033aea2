import { expect, test } from 'vitest';
import { article, collection, situation } from '../support/workspace.ts';

const konto = collection('konto', { de: 'Konto' });
const guardOf = (plan: { guards: readonly { name: string; tripped: boolean }[] }) =>
  plan.guards.find((guard) => guard.name === 'restricted-to-public')?.tripped;

test('internal, then public: the guard asks', async () => {
  const there = await situation({
    files: { ...konto, ...article('konto/a', { de: { title: 'A' } }, { visibility: 'internal' }) },
  });
  await there.review();
  await there.publish();
  await there.change('konto/a.de.md', 'visibility: internal', 'visibility: public');
  await there.review(['konto/a']);
  expect(guardOf(await there.plan())).toBe(true);
  expect(guardOf(await there.plan({ allow: ['restricted-to-public'] }))).toBe(false);
});

test('a move of an unreviewed change does not pass the guard by', async () => {
  const files = {
    ...konto,
    ...collection('neu', { de: 'Neu' }),
    ...article('konto/a', { de: { title: 'A' } }, { visibility: 'users' }),
  };
  const there = await situation({ files });
  await there.review();
  await there.publish();
  const moved = article('neu/a', { de: { title: 'A' } }, { visibility: 'public', id: 'konto-a' });
  await there.remove('konto/a.de.md');
  await there.write(moved);
  expect((await there.publish()).plan.changes.map(({ action }) => action)).toEqual(['move']);
  await there.review(['neu/a']);
  expect(guardOf(await there.plan())).toBe(true);
});

test('an audience that waits for its review is not taken for drift after a move', async () => {
  const files = {
    ...konto,
    ...collection('neu', { de: 'Neu' }),
    ...article('konto/a', { de: { title: 'A' } }),
  };
  const there = await situation({ files });
  await there.call('POST', '/audiences', {
    name: 'VIP',
    predicates: [{ attribute: 'company.name', type: 'string', comparison: 'eq', value: 'x' }],
  });
  await there.review();
  await there.publish();
  await there.remove('konto/a.de.md');
  const keys = { finAudiences: '[VIP]', id: 'konto-a' };
  await there.write(article('neu/a', { de: { title: 'A' } }, keys));
  await there.publish();
  expect((await there.plan()).held).toEqual([]);
  await there.review(['neu/a']);
  const { plan } = await there.publish();
  expect(plan.changes.flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual([
    'finAudiences',
  ]);
  expect((await there.plan()).changes).toEqual([]);
  expect((await there.liveArticle('A')).translated_content.de.audience_ids).toHaveLength(1);
});

test('a saved plan of redirects alone is applied', async () => {
  const there = await situation({
    files: { ...konto, ...article('konto/a', { de: { title: 'A' } }) },
  });
  await there.review();
  await there.publish();
  const from = `${there.url}/help/de/articles/999-alt`;
  await there.change('konto/a.de.md', 'title:', `redirects: ["${from}"]\ntitle:`);
  expect((await there.save('plan.json')).summary.redirect).toBe(1);
  await there.publish({ planFile: 'plan.json' });
  expect((await there.plan()).changes).toEqual([]);
});

test('a new article that links to itself is done after one publish', async () => {
  const files = article('konto/a', {
    de: { title: 'A' },
    en: { title: 'A en', body: 'See the [original](a.de.md).\n' },
  });
  const there = await situation({ files: { ...konto, ...files } });
  await there.review();
  await there.publish();
  expect((await there.plan()).changes).toEqual([]);
});

test('an approval that lapses closes the AI although the article has an error', async () => {
  const there = await situation({
    files: { ...konto, ...article('konto/a', { de: { title: 'A' } }) },
  });
  await there.review();
  await there.publish();
  await there.change('konto/a.de.md', 'title:', 'visibility: nobody\ntitle:');
  const plan = await there.plan({ today: '2029-01-01' });
  expect(plan.held.map(({ kind }) => kind)).toEqual(['invalid']);
  expect(plan.changes.flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual(['fin']);
});
