import { beforeEach, expect, it } from 'vitest';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

const create = async (fields: Record<string, unknown>) =>
  test.call('POST', '/help_center/collections', fields);

it('nests three levels and no deeper, by creating or by moving', async () => {
  const ids: string[] = [];
  for (const name of ['Eins', 'Zwei', 'Drei']) {
    ids.push((await create({ name, parent_id: ids.at(-1) ?? null })).body.id);
  }
  expect((await create({ name: 'Vier', parent_id: ids[2] })).status).toBe(400);
  const other = (await create({ name: 'Daneben' })).body.id;
  expect(
    (await test.call('PUT', `/help_center/collections/${ids[0]}`, { parent_id: other })).status,
  ).toBe(400);
  expect(
    (await test.call('PUT', `/help_center/collections/${ids[1]}`, { parent_id: ids[2] })).status,
  ).toBe(400);
  const moved = await test.call('PUT', `/help_center/collections/${ids[2]}`, { parent_id: other });
  expect(moved.body).toMatchObject({ parent_id: other, name: 'Drei' });
  expect((await create({ name: 'Fünf', parent_id: '999' })).status).toBe(404);
});

it('keeps texts per locale and mirrors the default one', async () => {
  const { body } = await create({
    name: 'Konto',
    translated_content: { en: { name: 'Account', description: 'Sign in' } },
  });
  expect(body).toMatchObject({
    name: 'Konto',
    description: '',
    default_locale: 'de',
    help_center_id: 1,
    order: 0,
  });
  expect(body.translated_content.en).toEqual({
    type: 'group_content',
    name: 'Account',
    description: 'Sign in',
  });
  const after = await test.call('PUT', `/help_center/collections/${body.id}`, {
    translated_content: { de: { description: 'Rund ums Konto' }, en: { name: 'Your account' } },
  });
  expect(after.body).toMatchObject({ name: 'Konto', description: 'Rund ums Konto' });
  expect(after.body.translated_content.en).toMatchObject({
    name: 'Your account',
    description: 'Sign in',
  });
  expect(test.problems).toEqual([]);
});

it('lists the last updated first, 20 to a page unless told, 100 at most', async () => {
  for (let index = 0; index < 22; index += 1) await create({ name: `Thema ${index}` });
  const { body } = await test.call('GET', '/help_center/collections');
  expect(body.data).toHaveLength(20);
  expect(body).toMatchObject({ total_count: 22, pages: { per_page: 20, total_pages: 2 } });
  expect(body.data[0].name).toBe('Thema 21');
  expect(
    (await test.call('GET', '/help_center/collections?per_page=1000')).body.pages.per_page,
  ).toBe(100);
});

it('leaves what was inside when it is deleted', async () => {
  const outer = (await create({ name: 'Außen' })).body.id;
  const inner = (await create({ name: 'Innen', parent_id: outer })).body.id;
  const article = await newArticle(test, { parent_id: Number(outer) });
  await test.call('DELETE', `/help_center/collections/${outer}`);
  expect((await test.call('GET', `/articles/${article.id}`)).body.parent_ids).toEqual([]);
  expect((await test.call('GET', `/help_center/collections/${inner}`)).body.parent_id).toBeNull();
});

it('names what is missing', async () => {
  const { status, body } = await create({ description: 'ohne Namen' });
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { code: 'parameter_not_found', message: 'Name is a required parameter.' },
  ]);
  expect((await create({ name: 'Konto', help_center_id: 42 })).status).toBe(404);
});
