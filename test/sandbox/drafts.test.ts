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

describe('unpublished changes', () => {
  it('stand beside the live text until they are published, locale by locale', async () => {
    const { id } = await newArticle(test, {
      translated_content: { en: { title: 'Reset', state: 'published' } },
    });
    test.clock.now += 5;
    const staged = await test.call('PUT', `/articles/${id}/draft`, {
      title: 'Passwort vergessen',
      ai_chatbot_availability: false,
      translated_content: { en: { title: 'Forgot your password' } },
    });
    expect(staged.body).toMatchObject({
      title: 'Passwort vergessen',
      has_unpublished_changes: true,
    });
    const live = (await test.call('GET', `/articles/${id}`)).body;
    expect(live).toMatchObject({
      title: 'Passwort zurücksetzen',
      has_unpublished_changes: true,
      draft_updated_at: test.clock.now,
      ai_chatbot_availability: true,
    });
    await test.call('POST', `/articles/${id}/draft/publish`, { locales: ['en'] });
    const after = (await test.call('GET', `/articles/${id}`)).body;
    expect(after.translated_content.en).toMatchObject({
      title: 'Forgot your password',
      has_unpublished_changes: false,
    });
    expect(after.translated_content.de).toMatchObject({
      title: 'Passwort zurücksetzen',
      has_unpublished_changes: true,
    });
    const again = await test.call('POST', `/articles/${id}/draft/publish`, { locales: ['en'] });
    expect(again.body.errors[0].message).toBe(
      'Cannot publish a draft for locale(s) without pending changes: en',
    );
    expect(test.problems).toEqual([]);
  });

  it('swallow an update that names no state, and give way to one that publishes', async () => {
    const { id } = await newArticle(test);
    await test.call('PUT', `/articles/${id}/draft`, { title: 'Entwurf' });
    const swallowed = (await test.call('PUT', `/articles/${id}`, { body: '<p>Neu</p>' })).body;
    expect(swallowed.body).toBe('<p class="no-margin">Der Link ist 24 Stunden gültig.</p>');
    expect((await test.call('GET', `/articles/${id}/draft`)).body).toMatchObject({
      title: 'Entwurf',
      body: '<p class="no-margin">Neu</p>',
    });
    const published = (
      await test.call('PUT', `/articles/${id}`, { title: 'Endlich', state: 'published' })
    ).body;
    expect(published).toMatchObject({ title: 'Endlich', body: '<p class="no-margin">Neu</p>' });
    expect(published.has_unpublished_changes).toBe(false);
  });

  it('are passed by where the habit says so', async () => {
    const { id } = await newArticle(test);
    await test.call('PUT', `/articles/${id}/draft`, { title: 'Entwurf' });
    await test.call('PUT', '/_sandbox/profile', { pendingDraft: 'ignored' });
    const after = (await test.call('PUT', `/articles/${id}`, { body: '<p>Neu</p>' })).body;
    expect(after).toMatchObject({
      title: 'Passwort zurücksetzen',
      body: '<p class="no-margin">Neu</p>',
    });
    expect((await test.call('GET', `/articles/${id}/draft`)).body.title).toBe('Entwurf');
  });
});

describe('versions', () => {
  it('tell who changed what, and from where', async () => {
    const { id } = await newArticle(test);
    test.clock.now += 10;
    await test.call('POST', `/_sandbox/ui/articles/${id}`, { title: 'Von Hand' });
    const { data, total_count } = (await test.call('GET', `/articles/${id}/versions?locale=de`))
      .body;
    expect(total_count).toBe(2);
    expect(data[0]).toMatchObject({
      title: 'Von Hand',
      created_via: 'web',
      created_by_id: String(COLLEAGUE),
      state: 'published',
      from_version_id: data[1].id,
    });
    expect(data[1]).toMatchObject({
      created_via: 'api',
      created_by_id: String(AUTHOR),
      state: 'draft',
    });
    const first = (await test.call('GET', `/articles/${id}/versions/${data[1].id}`)).body;
    expect(first.body).toBe('<p class="no-margin">Der Link ist 24 Stunden gültig.</p>');
  });

  it('are not made by what is no text', async () => {
    const { id } = await newArticle(test);
    await test.call('PUT', `/articles/${id}`, { ai_chatbot_availability: false });
    await test.call('PUT', `/articles/${id}/draft`, { title: 'Noch nicht' });
    expect((await test.call('GET', `/articles/${id}/versions`)).body.total_count).toBe(1);
  });
});

describe('schedules', () => {
  const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

  it('publish and unpublish when their time has come', async () => {
    const { now } = test.clock;
    const planned = await newArticle(test, { scheduled_publish_at: at(now + 100) });
    expect(planned).toMatchObject({ state: 'draft', scheduled_publish_at: now + 100, url: null });
    test.clock.now += 100;
    const published = (await test.call('GET', `/articles/${planned.id}`)).body;
    expect(published).toMatchObject({ state: 'published', scheduled_publish_at: null });
    await test.call('PUT', `/articles/${planned.id}`, { scheduled_unpublish_at: at(now + 200) });
    test.clock.now += 100;
    expect((await test.call('GET', '/articles')).body.data[0]).toMatchObject({ state: 'draft' });
    expect(test.problems).toEqual([]);
  });

  it.each([
    [{ scheduled_publish_at: '' }],
    [{ scheduled_publish_at: at(1_795_000_000) }],
    [{ scheduled_publish_at: at(1_795_000_100), state: 'draft' }],
    [{ scheduled_publish_at: at(1_795_000_100), scheduled_unpublish_at: at(1_795_000_200) }],
    [{ scheduled_unpublish_at: at(1_795_000_200) }],
  ])('refuse %j', async (fields) => {
    const answer = await test.call('POST', '/articles', {
      title: 'T',
      author_id: AUTHOR,
      ...fields,
    });
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'parameter_invalid']);
  });
});
