import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AUTHOR, newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

const change = (settings: Record<string, unknown>) =>
  test.call('PUT', '/_sandbox/workspace', settings);

describe('the default locale', () => {
  it('flips what the top level shows, for articles and collections alike', async () => {
    const english = { title: 'Reset your password', body: '<p>24 hours.</p>', state: 'published' };
    const { id } = await newArticle(test, { translated_content: { en: english } });
    const collection = await test.call('POST', '/help_center/collections', {
      name: 'Konto',
      translated_content: { en: { name: 'Account' } },
    });
    await change({ default_locale: 'en' });
    const article = (await test.call('GET', `/articles/${id}`)).body;
    expect([article.default_locale, article.title]).toEqual(['en', 'Reset your password']);
    expect(article.url).toContain('/help/en/articles/');
    const read = await test.call('GET', `/help_center/collections/${collection.body.id}`);
    expect([read.body.default_locale, read.body.name]).toEqual(['en', 'Account']);
    await test.call('PUT', `/articles/${id}`, { title: 'Forgot your password' });
    const texts = (await test.call('GET', `/articles/${id}`)).body.translated_content;
    expect([texts.en.title, texts.de.title]).toEqual([
      'Forgot your password',
      'Passwort zurücksetzen',
    ]);
    expect((await test.call('GET', '/help')).headers.get('location')).toBe('/help/en');
    expect(test.problems).toEqual([]);
  });

  it('leaves articles readable that have no text in it', async () => {
    const { id } = await newArticle(test);
    await test.call('POST', '/help_center/collections', { name: 'Konto' });
    await change({ default_locale: 'en' });
    expect((await test.call('GET', `/articles/${id}`)).body).toMatchObject({
      default_locale: 'en',
      title: 'Passwort zurücksetzen',
    });
    expect((await test.call('GET', '/help_center/collections')).body.data[0].name).toBe('Konto');
    expect((await test.call('GET', '/articles/search?phrase=Passwort')).body.total_count).toBe(1);
    const put = await test.call('PUT', `/articles/${id}`, {
      title: 'Password',
      translated_content: { de: { title: 'Kennwort' } },
    });
    expect(put.body).toMatchObject({
      title: 'Password',
      state: 'draft',
      translated_content: { de: { title: 'Kennwort', state: 'published' } },
    });
  });
});

describe('a domain of its own', () => {
  beforeEach(async () => {
    await change({ custom_domain: 'help.example.com' });
  });

  it('is in every address, and the pages stay here', async () => {
    const { id, url } = await newArticle(test, {
      body: '<p><a href="https://help.example.com/de/articles/1001-x">hier</a></p>',
    });
    expect(url).toBe(`https://help.example.com/de/articles/${id}-passwort-zurucksetzen`);
    const [center] = (await test.call('GET', '/help_center/help_centers')).body.data;
    expect([center.url, center.custom_domain]).toEqual([
      'https://help.example.com',
      'help.example.com',
    ]);
    const page = (await test.call('GET', `/help/de/articles/${id}`)).body;
    expect(page).toContain('href="/help/de/articles/1001-x"');
    expect((await test.call('GET', '/help/de')).body).toContain(`href="/help/de/articles/${id}-`);
  });

  it('is the space that redirects may use', async () => {
    const { id } = await newArticle(test);
    const make = (from_url: string) =>
      test.call('POST', '/help_center/help_centers/1/redirects', {
        from_url,
        locale: 'de',
        target_type: 'article',
        target_id: id,
      });
    expect((await make('https://help.example.com/hc/de/articles/36')).status).toBe(200);
    expect((await make('http://127.0.0.1:4400/help/alt')).status).toBe(422);
    const visit = await test.call('GET', '/help/hc/de/articles/36');
    expect([visit.status, visit.headers.get('location')]).toEqual([
      301,
      `/help/de/articles/${id}-passwort-zurucksetzen`,
    ]);
  });
});

describe('other settings', () => {
  it('turn the website off: nobody reads, the API goes on', async () => {
    const { id } = await newArticle(test);
    await change({ website_turned_on: false });
    const page = await test.call('GET', `/help/de/articles/${id}`);
    expect([page.status, page.body]).toEqual([404, expect.stringContaining('ausgeschaltet')]);
    const [center] = (await test.call('GET', '/help_center/help_centers')).body.data;
    expect(center.website_turned_on).toBe(false);
  });

  it('name teams and their members', async () => {
    await change({ teams: [{ name: 'Redaktion', members: ['redaktion@example.com'] }] });
    const { teams } = (await test.call('GET', '/teams')).body;
    expect(teams).toEqual([
      { type: 'team', id: expect.any(String), name: 'Redaktion', admin_ids: [AUTHOR] },
    ]);
    expect((await test.call('GET', `/teams/${teams[0].id}`)).body.name).toBe('Redaktion');
    expect((await test.call('GET', `/admins/${AUTHOR}`)).body.team_ids).toEqual([
      Number(teams[0].id),
    ]);
    expect((await test.call('GET', '/me')).body.team_ids).toEqual([Number(teams[0].id)]);
    const metrics = await test.call('GET', `/teams/${teams[0].id}/metrics`);
    expect([metrics.status, metrics.body.errors[0].code]).toEqual([403, 'api_plan_restricted']);
    expect(test.problems).toEqual([]);
  });

  it('say which version a call without header gets', async () => {
    await newArticle(test);
    const read = async () =>
      (await test.call('GET', '/articles', undefined, { 'intercom-version': '' })).body.data[0];
    expect(await read()).not.toHaveProperty('ai_chatbot_availability');
    await change({ api_version: '2.16' });
    expect(await read()).toHaveProperty('ai_chatbot_availability', true);
  });

  it('outlive a restart and end with a reset', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'settings-'));
    try {
      const first = openTestSandbox({ dataDir });
      await first.call('PUT', '/_sandbox/workspace', { default_locale: 'en' });
      first.sandbox.close();
      const second = openTestSandbox({ dataDir });
      expect((await second.call('GET', '/_sandbox/workspace')).body.default_locale).toBe('en');
      await second.call('POST', '/_sandbox/reset');
      expect((await second.call('GET', '/_sandbox/workspace')).body.default_locale).toBe('de');
      second.sandbox.close();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it.each([
    [{ default_locale: 'fr' }, 'default_locale must be one of de, en'],
    [{ locales: ['de', '../x'] }, 'locales must be a list of locales'],
    [{ custom_domain: 'https://x' }, 'custom_domain must be a host name'],
    [{ teams: [{ name: 'A', members: ['who@example.com'] }] }, 'who@example.com is no teammate'],
    [{ api_version: '2.4' }, 'api_version must be one of 2.14, 2.15, 2.16'],
    [{ website_turned_on: 'no' }, 'website_turned_on must be a boolean'],
    [{ domain: 'x' }, 'domain is unknown'],
  ])('refuse %j', async (settings, message) => {
    const { status, body } = await change(settings);
    expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(message)]);
  });
});

describe('the team view', () => {
  const submit = (where: string, fields: Record<string, string>) =>
    test.call('POST', where, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

  it('flips the default locale and sets a domain', async () => {
    const done = await submit('/_sandbox/ui/forms/settings', {
      default_locale: 'en',
      custom_domain: 'help.example.com',
    });
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      '/_sandbox/ui/settings?done=settings',
    ]);
    expect((await test.call('GET', '/_sandbox/workspace')).body).toMatchObject({
      default_locale: 'en',
      custom_domain: 'help.example.com',
      website_turned_on: false,
    });
    const wrong = await submit('/_sandbox/ui/forms/settings', {
      default_locale: 'en',
      custom_domain: 'nonsense',
    });
    expect(wrong.body).toContain('custom_domain must be a host name');
  });

  it('makes an article, and says what is missing', async () => {
    const wrong = await submit('/_sandbox/ui/forms/articles/new', { action: 'publish', title: '' });
    expect(wrong.body).toContain('title is required');
    const made = await submit('/_sandbox/ui/forms/articles/new', {
      action: 'publish',
      title: 'Neu',
      body: '<p>Text</p>',
      parent_id: '',
      ai_copilot_availability: 'on',
    });
    expect(made.headers.get('location')).toBe('/_sandbox/ui/articles/1001?done=publish');
    expect((await test.call('GET', '/articles/1001')).body).toMatchObject({
      title: 'Neu',
      state: 'published',
      ai_copilot_availability: true,
      ai_chatbot_availability: false,
    });
    const [version] = (await test.call('GET', '/articles/1001/versions')).body.data;
    expect(version.created_via).toBe('web');
  });
});
