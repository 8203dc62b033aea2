import { beforeEach, expect, it } from 'vitest';
import { COLLEAGUE, newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

const limited = { authorization: 'Bearer limited' };

const order = (rule: Record<string, unknown>) =>
  test.call('PUT', '/_sandbox/tokens', { token: 'limited', ...rule });

it('a token may do what its scopes say, and others everything', async () => {
  const { id } = await newArticle(test);
  await order({ scopes: ['read_articles_scope'] });
  const status = async (method: string, path: string, body?: unknown): Promise<number> =>
    (await test.call(method, path, body, limited)).status;
  expect(await status('GET', '/articles')).toBe(200);
  expect(await status('GET', `/articles/${id}/versions`)).toBe(200);
  expect(await status('GET', '/help_center/collections')).toBe(200);
  expect(await status('GET', '/me')).toBe(200);
  expect(await status('PUT', `/articles/${id}`, { title: 'x' })).toBe(403);
  expect(await status('POST', '/help_center/collections', { name: 'x' })).toBe(403);
  expect(await status('DELETE', `/articles/${id}`)).toBe(403);
  expect(await status('GET', '/help_center/help_centers/1/redirects')).toBe(403);
  expect(await status('GET', '/content/search')).toBe(403);
  expect(await status('GET', '/admins')).toBe(403);
  expect((await test.call('GET', '/articles')).body.data[0].title).toBe('Passwort zurücksetzen');
  expect((await test.call('PUT', `/articles/${id}`, { title: 'y' })).status).toBe(200);
  expect(test.problems).toEqual([]);
});

it('the refusal names the scope in the words of the description', async () => {
  await order({ scopes: [] });
  const { status, body } = await test.call('GET', '/articles', undefined, limited);
  expect(status).toBe(403);
  expect(body).toMatchObject({
    type: 'error.list',
    errors: [
      {
        code: 'forbidden',
        message: 'You do not have the required scope (read_articles_scope) to access this resource',
      },
    ],
  });
});

it('a scope to write is one to read', async () => {
  await order({ scopes: ['read_write_articles_scope'] });
  const read = await test.call('GET', '/articles', undefined, limited);
  const written = await test.call('POST', '/help_center/collections', { name: 'x' }, limited);
  expect([read.status, written.status]).toEqual([200, 200]);
});

it('tagging asks for the permission of the teammate, too', async () => {
  const { id } = await newArticle(test);
  const tag = (await test.call('POST', '/tags', { name: 'konto' })).body;
  await order({ manage_knowledge_base_content: false });
  const refused = await test.call('POST', `/articles/${id}/tags`, { id: tag.id }, limited);
  expect([refused.status, refused.body.errors[0]]).toEqual([
    403,
    { code: 'forbidden', message: 'Not authorized to manage knowledge base content' },
  ]);
});

it('a token belongs to somebody', async () => {
  const { id } = await newArticle(test);
  await order({ as: 'anna.berg@example.com' });
  expect((await test.call('GET', '/me', undefined, limited)).body.id).toBe(String(COLLEAGUE));
  await test.call('PUT', `/articles/${id}`, { title: 'Von Anna' }, limited);
  const [version] = (await test.call('GET', `/articles/${id}/versions`)).body.data;
  expect(version.created_by_id).toBe(String(COLLEAGUE));
});

it('rules go away again, one by one or with all data', async () => {
  await order({ scopes: [] });
  await test.call('DELETE', '/_sandbox/tokens', { token: 'limited' });
  expect((await test.call('GET', '/articles', undefined, limited)).status).toBe(200);
  await order({ scopes: [] });
  await test.call('POST', '/_sandbox/reset');
  expect((await test.call('GET', '/articles', undefined, limited)).status).toBe(200);
});

it.each([
  [{ scopes: ['read_everything'] }, 'scope read_everything is unknown'],
  [{ scopes: 'all' }, 'scopes must be a list'],
  [{ as: 'nobody@example.com' }, 'as must be the e-mail of a teammate'],
  [{ token: '' }, 'token must be a token'],
  [{ scope: [] }, 'scope is unknown'],
])('refuses %j', async (rule, message) => {
  const { status, body } = await order(rule);
  expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(message)]);
});
