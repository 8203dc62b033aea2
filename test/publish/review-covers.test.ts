import { afterEach, expect, test, vi } from 'vitest';
import { article, collection, situation, workspaceConfig } from '../support/workspace.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

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

test('an audience of an internal article: changed with its review, and drift when it changes there', async () => {
  const intern = (names: string) =>
    article('konto/a', { de: { title: 'A' } }, { visibility: 'internal', finAudiences: names });
  const there = await situation({ files: { ...konto, ...intern('[]') }, isWatched: false });
  await there.call('POST', '/audiences', {
    name: 'VIP',
    predicates: [{ attribute: 'company.name', type: 'string', comparison: 'eq', value: 'x' }],
  });
  await there.review();
  await there.publish();
  await there.write(intern('[VIP]'));
  expect((await there.plan()).changes).toEqual([]);
  await there.review();
  const { plan } = await there.publish();
  expect(plan.changes.map(({ action, fields }) => [action, fields.map((f) => f.name)])).toEqual([
    ['update', ['finAudiences']],
  ]);
  const { data } = await there.call('GET', '/internal_articles');
  expect((await there.call('GET', `/internal_articles/${data[0].id}`)).audience_ids).toHaveLength(
    1,
  );
  expect((await there.plan()).changes).toEqual([]);
  await there.call('PUT', `/internal_articles/${data[0].id}`, { audience_ids: [] });
  expect((await there.plan()).held).toMatchObject([{ id: 'konto-a', kind: 'drift' }]);
});

test('a redirect that was led elsewhere in place: held, restored when asked', async () => {
  const there = await situation({
    files: {
      ...konto,
      ...article('konto/a', { de: { title: 'A' } }),
      ...article('konto/b', { de: { title: 'B' } }),
    },
    config: workspaceConfig(),
  });
  await there.change(
    'konto/a.de.md',
    'title:',
    `redirects: ["${there.url}/help/hc/de/articles/alt"]\ntitle:`,
  );
  await there.review();
  await there.publish();
  const other = Number((await there.liveArticle('B')).id);
  // The API has no call for it; the UI may.
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const response = await fetch(input, init);
    const { url } = new Request(input, init);
    if (!url.includes('/redirects')) return response;
    const text = (await response.text()).replace(/"target_id":"?\d+"?/, `"target_id":"${other}"`);
    return new Response(text, { status: response.status, headers: response.headers });
  });
  const { changes, held } = await there.plan();
  expect(changes).toEqual([]);
  expect(held).toMatchObject([{ id: 'konto-a', kind: 'drift' }]);
  await there.write({ 'kb.yaml': workspaceConfig('onDrift: restore\n') });
  const restored = await there.plan();
  expect(restored.changes.map(({ action }) => action)).toEqual(['redirect']);
  vi.unstubAllGlobals();
});
