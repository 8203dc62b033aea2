import { beforeEach, describe, expect, it } from 'vitest';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

const page = async (path: string): Promise<string> => (await test.call('GET', path)).body;
const statusOf = async (path: string): Promise<number> => (await test.call('GET', path)).status;

describe('the help center', () => {
  it('starts in the default locale', async () => {
    for (const path of ['/', '/help']) {
      const { status, headers } = await test.call('GET', path);
      expect([status, headers.get('location')]).toEqual([302, '/help/de']);
    }
  });

  it('shows what is published in a locale, in its collections, and nothing else', async () => {
    const outer = (
      await test.call('POST', '/help_center/collections', {
        name: 'Konto',
        translated_content: { en: { name: 'Account' } },
      })
    ).body;
    const inner = (
      await test.call('POST', '/help_center/collections', { name: 'Anmelden', parent_id: outer.id })
    ).body;
    await test.call('POST', '/help_center/collections', { name: 'Leeres Thema' });
    const { id } = await newArticle(test, {
      parent_id: Number(inner.id),
      translated_content: { en: { title: 'Reset' } },
    });
    const loose = await newArticle(test, { title: 'Ohne Thema' });
    const home = await page('/help/de');
    expect(home).toContain('Konto');
    expect(home).toContain('1 Artikel');
    expect(home).toContain('Ohne Thema');
    expect(home).not.toContain('Leeres Thema');
    expect(await page('/help/en')).not.toContain('Account');
    expect(await page(`/help/de/collections/${outer.id}`)).toContain('Anmelden');
    expect(await page(`/help/de/collections/${inner.id}-anmelden`)).toContain(
      'Passwort zurücksetzen',
    );
    expect(await statusOf(`/help/en/collections/${inner.id}`)).toBe(404);
    expect(await statusOf(`/help/de/articles/${id}-irgendein-alter-titel`)).toBe(200);
    expect(await statusOf(`/help/en/articles/${id}`)).toBe(404);
    await test.call('PUT', `/articles/${loose.id}`, { state: 'draft' });
    expect(await page('/help/de')).not.toContain('Ohne Thema');
    expect(await statusOf('/help/fr')).toBe(404);
  });

  it('hides from visitors what only users may read', async () => {
    const { id } = await newArticle(test);
    await test.call('POST', `/_sandbox/ui/articles/${id}`, { help_center_audience: 'all_users' });
    expect(await statusOf(`/help/de/articles/${id}`)).toBe(404);
  });

  it('leads from one locale to the same article in the other', async () => {
    const { id } = await newArticle(test, {
      translated_content: { en: { title: 'Reset', state: 'published' } },
    });
    expect(await page(`/help/de/articles/${id}`)).toContain(`href="/help/en/articles/${id}-reset"`);
  });

  it('searches and asks', async () => {
    const { id } = await newArticle(test);
    expect(await page('/help/de/search?q=stunden')).toContain(`/help/de/articles/${id}-`);
    expect(await page('/help/de/search?q=nirgends')).toContain('Nichts gefunden');
    const answered = await page(
      `/help/de/ask?q=${encodeURIComponent('Wie lange ist der Link gültig?')}`,
    );
    expect(answered).toContain('Der Link ist 24 Stunden gültig.');
    expect(answered).toContain(`/help/de/articles/${id}-`);
    expect(answered).toContain('Ein Ersatz für Fin');
    expect(await page('/help/de/ask?q=Schuhe')).toContain('Keine Antwort');
  });

  it('lowers the headings of a body below its title, and links to videos instead of loading them', async () => {
    const { id } = await newArticle(test, {
      body: '<h1>Eins</h1><h2>Zwei</h2><iframe src="https://www.youtube.com/embed/abc"></iframe>',
    });
    const html = await page(`/help/de/articles/${id}`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/<h2 id="h_[0-9a-f]{10}">Eins<\/h2><h3/);
    expect(html).not.toContain('<iframe');
    expect(html).toContain('Video auf youtube.com ansehen');
  });

  it('says so where an image lies on a host it does not fetch from', async () => {
    const { id } = await newArticle(test, {
      body: '<p><img src="https://cdn.example.com/a.png"></p>',
    });
    const source =
      /src="(\/help\/images\/[^"]+)"/.exec(await page(`/help/de/articles/${id}`))?.[1] ?? '';
    expect((await test.call('GET', source)).body).toContain('Image on cdn.example.com');
  });
});

describe('what a visitor or an author types', () => {
  const hostile = '"><script>alert(1)</script>';

  it('stays text everywhere', async () => {
    await test.call('POST', '/help_center/collections', { name: hostile, description: hostile });
    const { id } = await newArticle(test, { title: hostile, description: hostile, parent_id: 201 });
    const paths = [
      '/help/de',
      '/help/de/collections/201',
      `/help/de/articles/${id}`,
      `/help/de/search?q=${encodeURIComponent(hostile)}`,
      `/help/de/ask?q=${encodeURIComponent(hostile)}`,
      '/_sandbox/ui',
      `/_sandbox/ui/articles/${id}`,
      `/articles/${encodeURIComponent(hostile)}`,
      '/_sandbox/log',
    ];
    for (const path of paths)
      expect(JSON.stringify(await page(path))).not.toContain('<script>alert');
  });

  it('meets a policy that lets nothing run or load from elsewhere', async () => {
    const { headers } = await test.call('GET', '/help/de');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the teammate view', () => {
  const send = async (id: string, fields: Record<string, string>) =>
    test.call('POST', `/_sandbox/ui/forms/articles/${id}`, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

  it('publishes, keeps pending, unpublishes and deletes', async () => {
    const { id } = await newArticle(test);
    const form = {
      locale: 'de',
      title: 'Neu',
      description: '',
      body: '<p>Neu</p>',
      parent_id: '',
      help_center_audience: 'everyone',
    };
    const staged = await send(id, { ...form, action: 'stage', ai_chatbot_availability: 'on' });
    expect(staged.status).toBe(303);
    expect((await test.call('GET', `/articles/${id}`)).body).toMatchObject({
      title: 'Passwort zurücksetzen',
      has_unpublished_changes: true,
    });
    expect(await page(`/_sandbox/ui/articles/${id}?locale=de`)).toContain('changes pending');
    await send(id, { ...form, action: 'publish', ai_chatbot_availability: 'on' });
    expect((await test.call('GET', `/articles/${id}`)).body).toMatchObject({
      title: 'Neu',
      state: 'published',
      has_unpublished_changes: false,
      ai_chatbot_availability: true,
      ai_copilot_availability: false,
    });
    await send(id, { ...form, action: 'unpublish' });
    expect((await test.call('GET', `/articles/${id}`)).body.state).toBe('draft');
    expect(await page(`/_sandbox/ui/articles/${id}?done=unpublish`)).toContain('Unpublished.');
    const refused = await send(id, { ...form, title: ' ', action: 'save' });
    expect(refused.body).toContain('title must not be blank');
    await send(id, { ...form, action: 'delete' });
    expect((await test.call('GET', `/articles/${id}`)).status).toBe(404);
  });

  it('lists the articles with their states, and the log its calls', async () => {
    await newArticle(test);
    expect(await page('/_sandbox/ui')).toContain('de: published');
    expect(await page('/_sandbox/log')).toContain('POST /articles');
  });
});
