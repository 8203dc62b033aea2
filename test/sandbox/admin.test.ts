import { beforeEach, describe, expect, it } from 'vitest';
import {
  AUTHOR,
  COLLEAGUE,
  newArticle,
  openTestSandbox,
  type TestSandbox,
} from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

describe('a teammate in the interface', () => {
  it('edits the same articles, recorded as made in the web by a colleague', async () => {
    const { id } = await newArticle(test, { translated_content: { en: { title: 'Reset' } } });
    const edited = await test.call('POST', `/_sandbox/ui/articles/${id}`, {
      body: '<p>Von Hand</p>',
      translated_content: { en: { title: 'By hand', state: 'published' } },
    });
    expect(edited.status).toBe(200);
    const article = (await test.call('GET', `/articles/${id}`)).body;
    expect(article).toMatchObject({
      body: '<p class="no-margin">Von Hand</p>',
      updated_by_id: COLLEAGUE,
    });
    expect(article.translated_content.en).toMatchObject({ title: 'By hand', state: 'published' });
    const { data } = (await test.call('GET', `/articles/${id}/versions`)).body;
    expect(data.map((row: { created_via: string }) => row.created_via)).toEqual([
      'web',
      'web',
      'api',
      'api',
    ]);
  });

  it('needs no token, creates with themselves as author, and deletes', async () => {
    const headers = { authorization: '' };
    const made = await test.call(
      'POST',
      '/_sandbox/ui/articles',
      { title: 'Neu', as: 'redaktion@example.com' },
      headers,
    );
    expect(made.body).toMatchObject({ title: 'Neu', author_id: AUTHOR, state: 'draft' });
    expect(
      (await test.call('DELETE', `/_sandbox/ui/articles/${made.body.id}`, undefined, headers))
        .status,
    ).toBe(200);
    expect((await test.call('GET', `/articles/${made.body.id}`)).status).toBe(404);
    expect((await test.call('POST', '/_sandbox/ui/articles/9', { title: 'x' })).status).toBe(404);
  });

  it('keeps changes pending, and must be somebody', async () => {
    const { id } = await newArticle(test);
    await test.call('POST', `/_sandbox/ui/articles/${id}/draft`, { title: 'Später' });
    const article = (await test.call('GET', `/articles/${id}`)).body;
    expect(article).toMatchObject({
      title: 'Passwort zurücksetzen',
      has_unpublished_changes: true,
    });
    const stranger = await test.call('POST', `/_sandbox/ui/articles/${id}`, {
      title: 'x',
      as: 'nobody@example.com',
    });
    expect(stranger.status).toBe(400);
  });

  it('sets what the API only shows', async () => {
    const { id } = await newArticle(test);
    await test.call('PUT', `/articles/${id}`, { help_center_audience: 'all_users' });
    expect(test.problems.splice(0)).toEqual([expect.stringContaining('/help_center_audience')]);
    expect((await test.call('GET', `/articles/${id}`)).body.help_center_audience).toBe('everyone');
    await test.call('PUT', `/_sandbox/ui/articles/${id}`, {
      help_center_audience: 'all_users',
      statistics: { fin_involvements: 3 },
    });
    expect((await test.call('GET', `/articles/${id}`)).body).toMatchObject({
      help_center_audience: 'all_users',
      statistics: { fin_involvements: 3 },
    });
  });
});

describe('what Fin may read', () => {
  const titles = async (agent: string): Promise<string[]> =>
    (await test.call('GET', `/_sandbox/fin?agent=${agent}`)).body.sources.map(
      ({ kind, locale, title }: Record<string, string>) => `${kind} ${locale} ${title}`,
    );

  it('is what is published, in the locales whose flag is on; a draft and a switched-off text are not', async () => {
    await newArticle(test, {
      title: 'Eins',
      translated_content: {
        en: { title: 'One', state: 'published', ai_chatbot_availability: false },
      },
    });
    await newArticle(test, { title: 'Entwurf', state: 'draft' });
    const internal = { title: 'Intern', author_id: AUTHOR, owner_id: AUTHOR };
    await test.call('POST', '/internal_articles', internal);
    await test.call('POST', '/internal_articles', {
      ...internal,
      title: 'Intern, frei',
      ai_chatbot_availability: true,
    });
    expect(await titles('agent')).toEqual(['article de Eins', 'internal_article de Intern, frei']);
    expect(await titles('copilot')).toEqual(['article de Eins', 'article en One']);
    expect((await test.call('GET', '/_sandbox/fin?agent=robot')).status).toBe(400);
    expect(test.problems).toEqual([]);
  });

  it('agrees with the content search', async () => {
    const on = await newArticle(test, { title: 'An' });
    await newArticle(test, { title: 'Aus', ai_chatbot_availability: false });
    const { body } = await test.call(
      'GET',
      '/content/search?fin_service_state=on&states=published',
    );
    expect(body.data.map((row: { id: string }) => row.id)).toEqual([on.id]);
  });
});

it('forgets everything on reset', async () => {
  await newArticle(test);
  await test.call('PUT', '/_sandbox/profile', { callouts: 'flattened' });
  await test.call('POST', '/_sandbox/faults', [{ path: '*', status: 500 }]);
  await test.call('POST', '/_sandbox/reset');
  expect((await test.call('GET', '/articles')).body.total_count).toBe(0);
  expect((await test.call('GET', '/_sandbox/profile')).body.callouts.value).toBe('kept');
  expect((await test.call('GET', '/_sandbox/requests')).body.total).toBe(1);
});
