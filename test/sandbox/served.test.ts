import { request as httpRequest } from 'node:http';
import { IntercomClient } from 'intercom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/index.ts';
import { AUTHOR, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
let served: ServedSandbox;
let client: IntercomClient;

beforeAll(async () => {
  test = openTestSandbox();
  served = await serveSandbox(test.sandbox, { port: 0 });
  client = new IntercomClient({
    token: 'token',
    environment: served.url,
    maxRetries: 0,
    headers: { 'Intercom-Version': '2.16' },
  });
});
afterAll(async () => {
  await served.close();
});

describe('the official SDK, unmodified', () => {
  it('walks all pages of the articles it made', async () => {
    for (let index = 0; index < 5; index += 1) {
      await client.articles.create({
        title: `Artikel ${index}`,
        author_id: AUTHOR,
        body: '<p>x</p>',
        state: 'published',
      });
    }
    const titles = [];
    for await (const article of await client.articles.list({ page: 1, per_page: 2 }))
      titles.push(article.title);
    expect(titles).toEqual(['Artikel 4', 'Artikel 3', 'Artikel 2', 'Artikel 1', 'Artikel 0']);
  });

  it('finds, updates, searches and deletes an article', async () => {
    const { id } = await client.articles.create({ title: 'Eins', author_id: AUTHOR });
    expect((await client.articles.find({ article_id: Number(id) })).title).toBe('Eins');
    const updated = await client.articles.update({
      article_id: Number(id),
      title: 'Zwei',
      state: 'published',
    });
    expect(updated.url).toBe(`${served.url}/help/de/articles/${id}-zwei`);
    expect((await client.articles.search({ phrase: 'Zwei' })).total_count).toBe(1);
    expect((await client.articles.delete({ article_id: Number(id) })).deleted).toBe(true);
    await expect(client.articles.find({ article_id: Number(id) })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('works with collections, help centers, internal articles, admins and tags', async () => {
    const collection = await client.helpCenters.collections.create({ name: 'Konto' });
    const id = Number(collection.id);
    expect(
      (await client.helpCenters.collections.update({ collection_id: id, name: 'Mein Konto' })).name,
    ).toBe('Mein Konto');
    expect((await client.helpCenters.collections.find({ collection_id: id })).name).toBe(
      'Mein Konto',
    );
    const names = [];
    for await (const row of await client.helpCenters.collections.list({ per_page: 1 }))
      names.push(row.name);
    expect(names).toEqual(['Mein Konto']);
    expect((await client.helpCenters.collections.delete({ collection_id: id })).deleted).toBe(true);

    const centers = await client.helpCenters.list();
    expect(JSON.stringify(centers)).toContain(`${served.url}/help`);
    expect((await client.helpCenters.find({ help_center_id: 1 })).website_turned_on).toBe(true);

    const internal = await client.internalArticles.createInternalArticle({
      title: 'Intern',
      author_id: AUTHOR,
      owner_id: AUTHOR,
    });
    const internalId = Number(internal.id);
    await client.internalArticles.updateInternalArticle({
      internal_article_id: internalId,
      title: 'Intern, neu',
    });
    expect(
      (await client.internalArticles.retrieveInternalArticle({ internal_article_id: internalId }))
        .title,
    ).toBe('Intern, neu');
    expect((await client.internalArticles.listInternalArticles()).total_count).toBe(1);
    expect(
      (await client.internalArticles.deleteInternalArticle({ internal_article_id: internalId }))
        .deleted,
    ).toBe(true);

    expect((await client.admins.identify())?.app?.region).toBe('EU');
    const { admins } = await client.admins.list();
    expect(admins?.map((admin) => admin?.email)).toEqual([
      'redaktion@example.com',
      'anna.berg@example.com',
    ]);
    expect((await client.admins.find({ admin_id: AUTHOR }))?.name).toBe('Redaktion');

    const tag = await client.tags.create({ name: 'kontakt' });
    expect((await client.tags.find({ tag_id: tag.id ?? '' })).name).toBe('kontakt');
    expect((await client.tags.list()).data).toHaveLength(1);
    await client.tags.delete({ tag_id: tag.id ?? '' });
    expect((await client.tags.list()).data).toEqual([]);
  });

  it('gets the error it expects', async () => {
    const stranger = new IntercomClient({ token: '', environment: served.url, maxRetries: 0 });
    await expect(stranger.articles.list()).rejects.toMatchObject({ statusCode: 401 });
    await expect(client.articles.create({ title: 'x', author_id: 1 })).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('the server', () => {
  const visit = (headers: Record<string, string>, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        `${served.url}/_sandbox/profile`,
        { method, headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(method === 'PUT' ? '{}' : undefined);
    });

  it('answers to its own name only', async () => {
    expect(await visit({ host: `localhost:${served.port}` })).toBe(200);
    expect(await visit({ host: 'evil.example.com' })).toBe(403);
    expect(await visit({ host: `evil.example.com:${served.port}` })).toBe(403);
  });

  it('takes nothing another site sends', async () => {
    expect(await visit({ origin: 'https://evil.example.com' }, 'PUT')).toBe(403);
    expect(await visit({ origin: served.url }, 'PUT')).toBe(200);
  });

  it('cuts the connection when a reset was ordered', async () => {
    const headers = { authorization: 'Bearer x' };
    const order = (fault: Record<string, unknown>) =>
      fetch(`${served.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify([fault]) });
    await order({ path: '/tags', method: 'POST', reset: 'after' });
    const body = JSON.stringify({ name: 'doch' });
    await expect(fetch(`${served.url}/tags`, { method: 'POST', headers, body })).rejects.toThrow(
      'fetch failed',
    );
    const tags = (await (await fetch(`${served.url}/tags`, { headers })).json()) as {
      data: unknown[];
    };
    expect(tags.data).toHaveLength(1);
    await order({ path: '/tags', truncate: 20 });
    const cut = await fetch(`${served.url}/tags`, { headers });
    await expect(cut.json()).rejects.toThrow(SyntaxError);
  });

  it('says when its port is taken', async () => {
    await expect(
      serveSandbox(openTestSandbox().sandbox, { port: served.port }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
