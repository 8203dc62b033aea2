import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
afterEach(() => {
  expect(test.problems).toEqual([]);
});

const errorOf = (answer: { body: { errors: { code: string; message: string }[] } }) =>
  answer.body.errors[0];

describe('creating', () => {
  it('defaults to a draft without address that Fin may read once it is published', async () => {
    const article = await newArticle(test, { state: undefined });
    expect(article).toMatchObject({
      state: 'draft',
      url: null,
      parent_ids: [],
      default_locale: 'de',
    });
    expect(article).toMatchObject({ ai_chatbot_availability: true, ai_copilot_availability: true });
    expect(article).not.toHaveProperty('parent_id');
    expect(article.tags).toEqual({ type: 'tag.list', tags: [] });
  });

  it('mirrors the default locale at the top', async () => {
    const article = await newArticle(test, {
      title: undefined,
      author_id: undefined,
      body: undefined,
      state: undefined,
      translated_content: {
        de: {
          title: 'Titel',
          description: 'Kurz',
          body: '<p>Hallo</p>',
          author_id: COLLEAGUE,
          state: 'published',
        },
        en: {
          title: 'Title',
          body: '<p>Hello</p>',
          ai_chatbot_availability: false,
          state: 'published',
        },
      },
    });
    const { de, en } = article.translated_content;
    for (const field of ['title', 'description', 'body', 'author_id', 'state', 'url']) {
      expect(article[field]).toEqual(de[field]);
    }
    expect(en).toMatchObject({
      title: 'Title',
      ai_chatbot_availability: false,
      author_id: COLLEAGUE,
    });
    expect(article.url).toBe(`http://127.0.0.1:4400/help/de/articles/${article.id}-titel`);
    expect(en.url).toBe(`http://127.0.0.1:4400/help/en/articles/${article.id}-title`);
  });

  it.each([
    [{ author_id: undefined }, 'parameter_not_found', 'author_id must be in the main body'],
    [{ title: undefined }, 'parameter_not_found', 'title'],
    [{ author_id: 5 }, 'parameter_invalid', 'teammate'],
    [{ parent_id: 999 }, 'parameter_invalid', 'parent_id'],
    [{ state: 'live' }, 'parameter_invalid', 'state'],
    [{ title: 'x'.repeat(256) }, 'parameter_invalid', 'too long'],
    [{ translated_content: { fr: { title: 'Titre' } } }, 'parameter_invalid', 'fr'],
    [
      { translated_content: { en: { body: '<p>x</p>' } } },
      'parameter_not_found',
      'translated_content.en.title',
    ],
    [{ body_markdown: '# x' }, 'parameter_invalid', 'mutually exclusive'],
    [{ ai_chatbot_availability: 'yes' }, 'parameter_invalid', 'boolean'],
  ])('refuses %j and stores nothing', async (fields, code, words) => {
    const answer = await test.call('POST', '/articles', {
      title: 'Titel',
      body: '<p>x</p>',
      author_id: AUTHOR,
      ...fields,
    });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code });
    expect(errorOf(answer)?.message).toContain(words);
    expect((await test.call('GET', '/articles')).body.total_count).toBe(0);
  });

  it('answers 404 for an audience that is not there, and stores nothing', async () => {
    const answer = await test.call('POST', '/articles', {
      title: 'T',
      author_id: AUTHOR,
      audience_ids: [4],
    });
    expect(answer.status).toBe(404);
    expect((await test.call('GET', '/articles')).body.total_count).toBe(0);
  });

  it('takes Markdown in place of HTML', async () => {
    const { body } = await newArticle(test, {
      body: undefined,
      body_markdown: 'Ein **Wort**.\n\n- eins',
    });
    expect(body).toBe(
      '<p class="no-margin">Ein <strong>Wort</strong>.</p><ul><li><p class="no-margin">eins</p></li></ul>',
    );
  });
});

describe('updating', () => {
  it('changes only what is named', async () => {
    const before = await newArticle(test, {
      description: 'Kurz',
      translated_content: { en: { title: 'Reset', body: '<p>24 hours</p>', state: 'published' } },
    });
    test.clock.now += 60;
    const { body: after } = await test.call('PUT', `/articles/${before.id}`, {
      translated_content: { en: { ai_copilot_availability: false } },
    });
    expect(after.translated_content.en).toEqual({
      ...before.translated_content.en,
      ai_copilot_availability: false,
      updated_at: test.clock.now,
    });
    expect(after.translated_content.de).toEqual(before.translated_content.de);
    expect(after).toMatchObject({
      state: 'published',
      description: 'Kurz',
      updated_at: test.clock.now,
    });
  });

  it('keeps the state when none is named, and moves the article to and fro', async () => {
    const collection = (await test.call('POST', '/help_center/collections', { name: 'Konto' }))
      .body;
    const { id } = await newArticle(test);
    const moved = await test.call('PUT', `/articles/${id}`, { parent_id: collection.id });
    expect(moved.body).toMatchObject({ parent_ids: [Number(collection.id)], state: 'published' });
    const draft = await test.call('PUT', `/articles/${id}`, { state: 'draft', parent_id: '' });
    expect(draft.body).toMatchObject({ parent_ids: [], state: 'draft', url: null });
    expect((await test.call('PUT', `/articles/${id}`, { parent_id: '999' })).status).toBe(404);
  });

  it('puts audiences on every locale from the top, and on one from its entry', async () => {
    const ids = [];
    for (const name of ['VIP', 'Neu'])
      ids.push(Number((await test.call('POST', '/audiences', { name })).body.id));
    const { id } = await newArticle(test, { translated_content: { en: { title: 'Reset' } } });
    const one = await test.call('PUT', `/articles/${id}`, {
      translated_content: { en: { audience_ids: [ids[1]] } },
    });
    expect(one.body.translated_content.de.audience_ids).toEqual([]);
    expect(one.body.translated_content.en.audience_ids).toEqual([ids[1]]);
    const all = await test.call('PUT', `/articles/${id}`, {
      audience_ids: ids,
      translated_content: { en: { audience_ids: [] } },
    });
    expect(all.body.translated_content.en.audience_ids).toEqual(ids);
    const none = await test.call('PUT', `/articles/${id}`, { audience_ids: [] });
    expect(none.body.translated_content.de.audience_ids).toEqual([]);
  });
});

describe('listing', () => {
  it('shows the last updated first, page by page, without statistics', async () => {
    const made = [];
    for (let index = 0; index < 7; index += 1)
      made.push(await newArticle(test, { title: `Artikel ${index}` }));
    test.clock.now += 10;
    await test.call('PUT', `/articles/${made[2].id}`, { title: 'Geändert' });
    const first = (await test.call('GET', '/articles?page=1&per_page=3')).body;
    expect(first.pages).toEqual({ type: 'pages', page: 1, per_page: 3, total_pages: 3 });
    expect(first.total_count).toBe(7);
    expect(first.data.map((row: { id: string }) => row.id)).toEqual([
      made[2].id,
      made[6].id,
      made[5].id,
    ]);
    expect(first.data[0]).not.toHaveProperty('statistics');
    const last = (await test.call('GET', '/articles?page=3&per_page=3')).body;
    expect(last.data.map((row: { id: string }) => row.id)).toEqual([made[0].id]);
    expect((await test.call('GET', '/articles?page=4&per_page=3')).body.data).toEqual([]);
    expect(
      (await test.call('GET', `/articles/${made[0].id}`)).body.statistics.fin_involvements,
    ).toBe(0);
  });

  it('lowers or refuses a page that is too large, as the habit says', async () => {
    expect((await test.call('GET', '/articles?per_page=500')).body.pages.per_page).toBe(50);
    await test.call('PUT', '/_sandbox/profile', { pageSize: 'refused' });
    expect((await test.call('GET', '/articles?per_page=500')).status).toBe(400);
  });

  it('searches by words and state, with highlights', async () => {
    await newArticle(test, {
      title: 'Rechnungen',
      body: '<p>Zahlung per Lastschrift</p>',
      state: 'draft',
    });
    const hit = await newArticle(test);
    const found = (await test.call('GET', '/articles/search?phrase=stunden&highlight=true')).body;
    expect(found.data.articles.map((row: { id: string }) => row.id)).toEqual([hit.id]);
    expect(found.data.highlights[0].highlighted_summary[0]).toContainEqual({
      type: 'highlight',
      text: 'Stunden',
    });
    expect(
      (await test.call('GET', '/articles/search?phrase=zahlung&state=published')).body.total_count,
    ).toBe(0);
    expect(
      (await test.call('GET', '/articles/search?phrase=zahlung&state=draft')).body.total_count,
    ).toBe(1);
  });
});

describe('versions of the API', () => {
  it('shows and takes what came with 2.16 only there; without a header it is 2.14', async () => {
    const { id } = await newArticle(test);
    for (const header of [{ 'intercom-version': '2.15' }, { 'intercom-version': '' }]) {
      const { body } = await test.call(
        'PUT',
        `/articles/${id}`,
        { ai_chatbot_availability: false },
        header,
      );
      expect(body).not.toHaveProperty('ai_chatbot_availability');
      expect(body).toHaveProperty('parent_id', null);
    }
    expect((await test.call('GET', `/articles/${id}`)).body.ai_chatbot_availability).toBe(true);
    const wrong = await test.call('GET', '/articles', undefined, { 'intercom-version': '9.9' });
    expect([wrong.status, errorOf(wrong)?.code]).toEqual([400, 'intercom_version_invalid']);
  });
});

describe('a help center in one language', () => {
  it('has no translations, and audiences at the root', async () => {
    const single = openTestSandbox({ locales: ['de'] });
    const article = await newArticle(single);
    expect(article).not.toHaveProperty('translated_content');
    expect(article).not.toHaveProperty('default_locale');
    expect(article.audience_ids).toEqual([]);
    expect(single.problems).toEqual([]);
  });
});

it('forgets a deleted article and never uses its id again', async () => {
  const { id } = await newArticle(test);
  expect((await test.call('DELETE', `/articles/${id}`)).body).toEqual({
    id,
    object: 'article',
    deleted: true,
  });
  expect((await test.call('GET', `/articles/${id}`)).status).toBe(404);
  expect((await newArticle(test)).id).not.toBe(id);
});

it('makes the acting teammate the author when an update is silent, where that is the habit', async () => {
  const { id } = await newArticle(test, { author_id: COLLEAGUE });
  expect((await test.call('PUT', `/articles/${id}`, { title: 'Neu' })).body.author_id).toBe(
    COLLEAGUE,
  );
  await test.call('PUT', '/_sandbox/profile', { authorOnUpdate: 'restamped' });
  expect((await test.call('PUT', `/articles/${id}`, { title: 'Neuer' })).body.author_id).toBe(
    AUTHOR,
  );
});
