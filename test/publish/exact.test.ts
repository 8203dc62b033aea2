import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultProfile } from '../../src/model/profile.ts';
import {
  article,
  collection,
  type Published,
  type Situation,
  situation,
  workspaceConfig,
  writesOf,
} from '../support/workspace.ts';
import { told } from './told.ts';

// `publish()` of a situation holds announced calls against those the sandbox counted, each time.

const base = {
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...collection('konto/tief', { de: 'Tief', en: 'Deep' }),
  ...collection('technik', { de: 'Technik', en: 'Technology' }),
  ...Object.assign(
    {},
    ...Array.from({ length: 12 }, (_, index) =>
      article(`konto/a${index}`, { de: { title: `A${index}` }, en: { title: `A${index} en` } }),
    ),
  ),
};

const config = workspaceConfig('guards: { deletePercent: 100, updatePercent: 100 }\n');

async function published(files = base, kb = config): Promise<Situation> {
  const there = await situation({ files, config: kb });
  await there.review();
  await there.publish();
  return there;
}

async function move(there: Situation, from: string, to: string): Promise<void> {
  const text = await readFile(join(there.contentDir, from), 'utf8');
  await there.write({ [to]: text });
  await there.remove(from);
}

const routes = ({ counted }: Published) =>
  Object.entries(counted.byRoute)
    .filter(([route]) => !route.startsWith('GET '))
    .map(
      ([route, count]) =>
        `${count} × ${route.replace(/\{(?:article|collection)_id\}/, ':id').replace(/\{(?:tag_)?id\}/, ':tag')}`,
    )
    .sort();

describe('announced calls are counted calls', () => {
  test('first publish: one write for each collection and article', async () => {
    const there = await situation({ files: base, config });
    await there.review();
    const first = await there.publish();
    expect(routes(first)).toEqual(['12 × POST /articles', '3 × POST /help_center/collections']);
  });

  test('nothing to do: nothing is written', async () => {
    const there = await published();
    const { counted, plan } = await there.publish();
    expect(writesOf(counted)).toBe(0);
    expect(counted.total).toBe(plan.calls);
  });

  test('one edited article is one PUT, both locales together', async () => {
    const there = await published();
    await there.change('konto/a3.de.md', 'Ein Satz', 'Ein neuer Satz');
    await there.change('konto/a3.en.md', 'Ein Satz', 'A new one');
    await there.review(['konto/a3']);
    expect(routes(await there.publish())).toEqual(['1 × PUT /articles/:id']);
  });

  test('edit, move and new author of one article travel in one PUT', async () => {
    const there = await published();
    await move(there, 'konto/a3.de.md', 'technik/a3.de.md');
    await move(there, 'konto/a3.en.md', 'technik/a3.en.md');
    await there.change('technik/a3.de.md', 'title:', 'author: anna@example.com\ntitle:');
    await there.change('technik/a3.de.md', 'Ein Satz', 'Ein neuer Satz');
    await there.review(['technik/a3']);
    const done = await there.publish();
    expect(told(done.plan)).toEqual([
      'move konto-a3 (collection)',
      'update konto-a3 (author)',
      'update konto-a3 de (body)',
    ]);
    expect(routes(done)).toEqual(['1 × PUT /articles/:id']);
    const live = await there.liveArticle('A3');
    const [technik] = (await there.liveCollections()).filter((item) => item.name === 'Technik');
    expect(live.parent_ids.map(String)).toEqual([String(technik.id)]);
  });

  test('a collection renamed and moved is one PUT', async () => {
    const there = await published();
    await there.change('konto/tief/_collection.yaml', '"Tief"', '"Tiefer"');
    await move(there, 'konto/tief/_collection.yaml', 'technik/tief/_collection.yaml');
    await there.review(['k-konto-tief']);
    expect(routes(await there.publish())).toEqual(['1 × PUT /help_center/collections/:id']);
  });

  test('a new locale for three articles: one PUT each', async () => {
    const files = Object.fromEntries(
      Object.entries(base).filter(([path]) => !/a[012]\.en\.md$/.test(path)),
    );
    const there = await published(files);
    await there.write(base);
    await there.review();
    expect(routes(await there.publish())).toEqual(['3 × PUT /articles/:id']);
  });

  test('tags: one call for each new tag, each tag set and each taken', async () => {
    const there = await published();
    await there.change('konto/a1.de.md', 'title:', 'tags: [eins, zwei]\ntitle:');
    await there.change('konto/a2.de.md', 'title:', 'tags: [zwei]\ntitle:');
    await there.review(['konto/a1', 'konto/a2']);
    const set = await there.publish();
    expect(routes(set)).toEqual(['2 × POST /tags', '3 × POST /articles/:id/tags']);
    await there.change('konto/a1.de.md', '[eins, zwei]', '[zwei, drei]');
    await there.publish();
    await there.change('konto/a1.de.md', '[zwei, drei]', '[]');
    await there.change('konto/a2.de.md', '[zwei]', '[]');
    const taken = await there.publish();
    expect(routes(taken)).toEqual(['3 × DELETE /articles/:id/tags/:tag']);
    expect((await there.liveArticle('A1')).tags.tags).toEqual([]);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('removal asks once for each article how Fin used it', async () => {
    const there = await published();
    await there.remove('konto/a1.de.md', 'konto/a1.en.md', 'konto/a2.de.md', 'konto/a2.en.md');
    const done = await there.publish();
    expect(done.counted.byRoute['GET /articles/{article_id}']).toBe(2);
    expect(routes(done)).toEqual(['2 × PUT /articles/:id']);
  });

  test('removal by deletion, the emptied collection too', async () => {
    const there = await published(
      { ...base, ...article('technik/t', { de: { title: 'T' } }) },
      config.replace('assets:', 'onRemove: delete\nassets:'),
    );
    await there.remove('technik');
    const done = await there.publish();
    expect(routes(done)).toEqual([
      '1 × DELETE /articles/:id',
      '1 × DELETE /help_center/collections/:id',
    ]);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('a collection that is emptied by moves and by its own collections goes too', async () => {
    const there = await published(
      { ...base, ...article('konto/tief/t', { de: { title: 'T' } }) },
      config.replace('assets:', 'onRemove: delete\nassets:'),
    );
    await there.createThere({ title: 'Fremd', body: '<p>Fremd.</p>' });
    for (const path of ['t'])
      await move(there, `konto/tief/${path}.de.md`, `technik/${path}.de.md`);
    for (let index = 0; index < 12; index += 1) {
      for (const locale of ['de', 'en']) {
        await move(there, `konto/a${index}.${locale}.md`, `technik/a${index}.${locale}.md`);
      }
    }
    await there.remove('konto');
    const done = await there.publish();
    expect(done.counted.byRoute['DELETE /help_center/collections/{collection_id}']).toBe(2);
    expect((await there.liveCollections()).map((item) => item.name)).toEqual(['Technik']);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('a collection with somebody else’s article in it is left', async () => {
    const there = await published(
      { ...base, ...article('technik/t', { de: { title: 'T' } }) },
      config.replace('assets:', 'onRemove: delete\nassets:'),
    );
    const { parent_ids: parents } = await there.liveArticle('T');
    await there.createThere({
      title: 'Fremd',
      body: '<p>Fremd.</p>',
      parent_id: parents[0],
      parent_type: 'collection',
    });
    await there.remove('technik');
    expect(routes(await there.publish())).toEqual(['1 × DELETE /articles/:id']);
    expect(told(await there.plan())).toContain('unmanaged collection: Technik');
  });

  test('links in a cycle: the first is created as a draft and published by a second write', async () => {
    const there = await situation({
      files: {
        ...article('a', { de: { title: 'A', body: '[b](b.de.md)\n' } }),
        ...article('b', { de: { title: 'B', body: '[c](c.de.md)\n' } }),
        ...article('c', { de: { title: 'C', body: '[a](a.de.md)\n' } }),
        ...article('d', { de: { title: 'D', body: '[a](a.de.md)\n' } }),
      },
    });
    await there.review();
    const first = await there.publish();
    expect(routes(first)).toEqual(['1 × PUT /articles/:id', '4 × POST /articles']);
    for (const title of ['A', 'B', 'C', 'D']) {
      const live = await there.liveArticle(title);
      expect(live.state).toBe('published');
      expect(live.body).toMatch(/articles\/\d+/);
    }
    expect((await there.plan()).changes).toEqual([]);
  });

  test('heading ids replaced on save: extra writes are announced', async () => {
    const there = await situation({
      files: {
        ...article('a', { de: { title: 'A', body: '## Teil {#teil}\n\n[b](b.de.md#teil)\n' } }),
        ...article('b', { de: { title: 'B', body: '## Teil {#teil}\n\n[hier](#teil)\n' } }),
        ...article('c', { de: { title: 'C', body: '[a](a.de.md#teil)\n' } }),
        ...article('d', { de: { title: 'D' } }),
      },
    });
    await there.setHabits({ headingIds: 'replaced' });
    await there.review();
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    for (const [from, to] of [
      ['A', 'B'],
      ['B', 'B'],
      ['C', 'A'],
    ] as const) {
      const id = /id="(h_\w+)"/.exec((await there.liveArticle(to)).body)?.[1];
      expect((await there.liveArticle(from)).body).toContain(`#${id}"`);
    }
    await there.change('a.de.md', '## Teil {#teil}', '## Anders {#anders}\n\n## Teil {#teil}');
    await there.review(['a']);
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    expect(defaultProfile.headingIds).toBe('kept');
  });

  test('heading ids replaced: a text edited in Intercom is not overwritten by the extra write', async () => {
    const there = await situation({
      isWatched: false,
      files: {
        ...article('a', { de: { title: 'A', body: '## Teil {#teil}\n' } }),
        ...article('b', { de: { title: 'B', body: '[a](a.de.md#teil)\n' } }),
      },
    });
    await there.setHabits({ headingIds: 'replaced' });
    await there.review();
    await there.publish();
    const b = await there.liveArticle('B');
    await there.editThere(b.id, { translated_content: { de: { body: '<p>Von Hand.</p>' } } });
    await there.change('a.de.md', '## Teil {#teil}', '## Neu {#teil}\n\n## Neuer {#neuer}');
    await there.change('b.de.md', '#teil', '#neuer');
    await there.change('b.de.md', '#neuer', '#teil');
    await there.review(['a']);
    await there.publish();
    expect((await there.liveArticle('B')).body).toContain('Von Hand.');
  });

  test('heading ids replaced: articles for teammates get theirs, too', async () => {
    const intern = article(
      'intern',
      { de: { title: 'Intern', body: '## Teil {#teil}\n\n[hier](#teil), [a](a.de.md#oben)\n' } },
      { visibility: 'internal' },
    );
    const there = await situation({
      files: { ...article('a', { de: { title: 'A', body: '## Oben {#oben}\n' } }), ...intern },
    });
    await there.setHabits({ headingIds: 'replaced' });
    await there.review();
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    await there.change('a.de.md', '## Oben {#oben}', '## Davor {#davor}\n\n## Oben {#oben}');
    await there.review(['a']);
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    const { data } = await there.call('GET', '/internal_articles');
    const { body } = await there.call('GET', `/internal_articles/${data[0].id}`);
    const own = /id="(h_\w+)"/.exec(body)?.[1];
    const [, oben] = [...(await there.liveArticle('A')).body.matchAll(/id="(h_\w+)"/g)];
    expect(body).toContain(`#${own}"`);
    expect(body).toContain(`#${oben?.[1]}"`);
  });

  test('heading ids replaced, --only: an article that was not named is not written', async () => {
    const there = await published({
      ...article('a', { de: { title: 'A', body: '## Teil {#teil}\n' } }),
      ...article('b', { de: { title: 'B', body: '[a](a.de.md#teil)\n' } }),
    });
    await there.setHabits({ headingIds: 'replaced' });
    await there.change('a.de.md', '## Teil {#teil}', '## Neu {#neu}\n\n## Teil {#teil}');
    await there.review(['a']);
    const { result } = await there.publish({ only: ['a'] });
    expect(result.outcomes.map((outcome) => outcome.id)).toEqual(['a']);
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
  });

  test('recreated: what links to it follows, in the same run', async () => {
    const there = await published({
      ...base,
      ...article('konto/ziel', { de: { title: 'Ziel' } }),
      ...article('konto/b', { de: { title: 'B', body: '[ziel](ziel.de.md)\n' } }),
    });
    const before = String((await there.liveArticle('Ziel')).id);
    await there.deleteThere(before);
    const done = await there.publish({ recreate: ['konto/ziel'] });
    const after = String((await there.liveArticle('Ziel')).id);
    expect(after).not.toBe(before);
    expect((await there.liveArticle('B')).body).toContain(`/articles/${after}`);
    expect(routes(done)).toEqual(['1 × POST /articles', '1 × PUT /articles/:id']);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('a collection deleted there and recreated takes its articles back', async () => {
    const there = await published({
      ...base,
      ...article('technik/t', { de: { title: 'T' } }),
    });
    const [technik] = (await there.liveCollections()).filter((item) => item.name === 'Technik');
    await there.call('DELETE', `/help_center/collections/${technik.id}`);
    const held = told(await there.plan());
    expect(held).toContain('held missing: k-technik');
    await there.publish({ recreate: ['technik'] });
    const [again] = (await there.liveCollections()).filter((item) => item.name === 'Technik');
    expect((await there.liveArticle('T')).parent_ids.map(String)).toEqual([String(again.id)]);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('images: uploads are no calls, each byte sequence once', async () => {
    const image = '![Bild](assets/eins.png)\n';
    const there = await situation({
      config,
      files: {
        'assets/eins.png': Uint8Array.from([137, 80, 78, 71, 1]),
        ...article('a', { de: { title: 'A', body: image } }),
        ...article('b', { de: { title: 'B', body: image } }),
      },
    });
    await there.review();
    const first = await there.publish();
    expect(first.plan.changes.filter((change) => change.kind === 'asset')).toHaveLength(1);
    await there.write({ 'assets/eins.png': Uint8Array.from([137, 80, 78, 71, 2]) });
    expect(told(await there.plan())).toEqual(['withheld: a de', 'withheld: b de']);
    await there.review();
    const second = await there.publish();
    expect(routes(second)).toEqual(['2 × PUT /articles/:id']);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('more pages than one: every page of every listing counts', async () => {
    const files = Object.assign(
      {},
      ...Array.from({ length: 130 }, (_, index) =>
        article(`n${index}`, { de: { title: `N${index}` } }),
      ),
    );
    const there = await published(files);
    const { counted } = await there.publish();
    expect(counted.byRoute['GET /articles']).toBe(3);
  });

  test('the same plan for the same state, whatever the order of files', async () => {
    const there = await situation({ files: base, config });
    await there.review();
    const [one, two] = [await there.plan(), await there.plan()];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });
});

describe('--only', () => {
  test('publishes what is named, and the new collections it stands in', async () => {
    const there = await situation({ files: base, config });
    await there.review();
    const done = await there.publish({ only: ['konto/a3'] });
    expect(told(done.plan)).toEqual([
      'create collection k-konto de (title description)',
      'create collection k-konto en (title description)',
      'create konto-a3 de (title body publication fin)',
      'create konto-a3 en (title body publication fin)',
    ]);
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
  });
});
