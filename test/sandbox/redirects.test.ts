import { beforeEach, expect, it } from 'vitest';
import { AUTHOR, newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
const ROOT = '/help_center/help_centers/1/redirects';
const from = (path: string): string => `http://127.0.0.1:4400/help/${path}`;
beforeEach(() => {
  test = openTestSandbox();
});

it('leads a visitor of an old address to the article', async () => {
  const { id } = await newArticle(test);
  const wanted = {
    from_url: from('hc/de/articles/360001-Support'),
    locale: 'de',
    target_type: 'article',
    target_id: id,
  };
  const made = await test.call('POST', ROOT, wanted);
  expect(made.body).toMatchObject({
    type: 'help_center_redirect',
    help_center_id: '1',
    target_id: id,
  });
  const visit = await test.call('GET', '/help/hc/de/articles/360001-support/');
  expect([visit.status, visit.headers.get('location')]).toEqual([
    301,
    `/help/de/articles/${id}-passwort-zurucksetzen`,
  ]);
  const twice = await test.call('POST', ROOT, { ...wanted, from_url: `${wanted.from_url}/` });
  expect([twice.status, twice.body.errors[0].code]).toEqual([409, 'resource_conflict']);
  await test.call('DELETE', `/articles/${id}`);
  expect((await test.call('GET', ROOT)).body.total_count).toBe(0);
  expect(test.problems).toEqual([]);
});

it.each([
  ['https://hilfe.example.com/hc/1', 422],
  ['hc/1', 422],
  [from(''), 422],
  ['', 400],
])('refuses to lead away from %j', async (from_url, status) => {
  const { id } = await newArticle(test);
  expect(
    (
      await test.call('POST', ROOT, {
        from_url,
        locale: 'de',
        target_type: 'article',
        target_id: id,
      })
    ).status,
  ).toBe(status);
});

it('binds the default locale where the article has no other text, and refuses an unknown target', async () => {
  const { id } = await newArticle(test);
  const wanted = { from_url: from('a'), locale: 'en', target_type: 'article', target_id: id };
  expect((await test.call('POST', ROOT, wanted)).body.locale).toBe('de');
  expect(
    (await test.call('POST', ROOT, { ...wanted, from_url: from('b'), target_id: '9' })).status,
  ).toBe(422);
  expect((await test.call('POST', ROOT, { ...wanted, target_type: 'tag' })).status).toBe(400);
});

it('keeps internal articles to one locale, silent unless told', async () => {
  const made = await test.call('POST', '/internal_articles', {
    title: 'Intern',
    body: '<p>Nur für uns</p>',
    author_id: AUTHOR,
    owner_id: AUTHOR,
  });
  expect(made.body).toMatchObject({
    locale: 'de',
    ai_chatbot_availability: false,
    ai_copilot_availability: false,
  });
  const after = await test.call('PUT', `/internal_articles/${made.body.id}`, {
    ai_copilot_availability: true,
  });
  expect(after.body).toMatchObject({
    title: 'Intern',
    ai_copilot_availability: true,
    ai_chatbot_availability: false,
  });
  const missing = await test.call('POST', '/internal_articles', { title: 'x', author_id: AUTHOR });
  expect(missing.status).toBe(400);
});
