import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PullWishes, pullCommand } from '../../src/commands/pull.ts';
import { isEmpty } from '../../src/plan/plan.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

const files = {
  ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...article('hilfe/a', {
    de: { title: 'Eins', body: 'Siehe [Zwei](b.de.md) und [Drei](../konto/c.de.md#mehr).\n' },
    en: { title: 'One', body: 'See [two](b.en.md).\n' },
  }),
  ...article('hilfe/b', {
    de: { title: 'Zwei', body: 'Zurück zu [Eins](a.de.md).\n' },
    en: { title: 'Two' },
  }),
  ...article('konto/c', {
    de: { title: 'Drei', body: '## Mehr\n\nText.\n\n[Eins](../hilfe/a.de.md)\n' },
  }),
  ...article(
    'konto/team',
    { de: { title: 'Fürs Team', body: 'Nur intern, seit 3 Jahren.\n' } },
    { visibility: 'internal' },
  ),
};

async function published(): Promise<Situation> {
  const config = workspaceConfig('guards: { updatePercent: 100 }\n');
  const there = await situation({ files, config, isValidated: false, isWatched: false });
  await there.review();
  await there.publish({ allow: ['first-publish'] });
  return there;
}

const pull = (there: Situation, wishes: Partial<PullWishes> = {}) =>
  pullCommand(there.context(), { items: [], branch: false, remove: false, ...wishes });

const textOf = (there: Situation, file: string) => readFile(join(there.contentDir, file), 'utf8');

async function expectSettled(there: Situation): Promise<void> {
  await there.review();
  await there.publish();
  const plan = await there.plan();
  expect({ held: plan.held, changes: plan.changes, isEmpty: isEmpty(plan) }).toEqual({
    held: [],
    changes: [],
    isEmpty: true,
  });
}

async function collectionId(there: Situation, name: string): Promise<string> {
  const found = (await there.liveCollections()).find((item) => item.name === name);
  return String(found?.id);
}

describe('pull brings home', () => {
  test('a move: the files of all locales, their links, and the links to them', async () => {
    const there = await published();
    const { id } = await there.liveArticle('Eins');
    await there.editThere(id, {
      parent_id: await collectionId(there, 'Konto'),
      parent_type: 'collection',
    });
    const result = await pull(there);
    expect(result.left).toEqual([]);
    expect(
      result.files.map(({ action, from, file }) => `${action} ${from ?? ''} ${file}`).sort(),
    ).toEqual([
      'moved hilfe/a.de.md konto/a.de.md',
      'moved hilfe/a.en.md konto/a.en.md',
      'updated  hilfe/b.de.md',
      'updated  konto/c.de.md',
    ]);
    expect(existsSync(join(there.contentDir, 'hilfe/a.de.md'))).toBe(false);
    expect(await textOf(there, 'konto/a.de.md')).toContain(
      'Siehe [Zwei](../hilfe/b.de.md) und [Drei](c.de.md#mehr).',
    );
    expect(await textOf(there, 'hilfe/b.de.md')).toContain('[Eins](../konto/a.de.md)');
    expect(await textOf(there, 'konto/c.de.md')).toContain('[Eins](a.de.md)');
    const plan = await there.plan();
    expect({ held: plan.held, changes: plan.changes, withheld: plan.withheld }).toEqual({
      held: [],
      changes: [],
      withheld: [],
    });
  });

  test('a move into a collection that was made there, with an edit of the same text', async () => {
    const there = await published();
    const live = await there.liveArticle('Eins');
    const made = await there.call('POST', '/help_center/collections', { name: 'Ganz neu' });
    await there.editThere(live.id, {
      parent_id: String(made.id),
      parent_type: 'collection',
      translated_content: {
        de: { body: live.translated_content.de.body.replace('Siehe', 'Lies') },
      },
    });
    const result = await pull(there);
    expect(result.conflicts).toEqual([]);
    expect(await textOf(there, 'ganz-neu/a.de.md')).toContain('Lies [Zwei](../hilfe/b.de.md)');
    expect(await textOf(there, 'ganz-neu/_collection.yaml')).toContain('title: Ganz neu');
    await there.change('ganz-neu/_collection.yaml', /$/, 'en:\n  title: Brand new\n');
    await expectSettled(there);
  });

  test('a deletion: told with what to do, and its files removed when asked to', async () => {
    const there = await published();
    await there.deleteThere((await there.liveArticle('Drei')).id);
    expect((await pull(there)).left).toMatchObject([
      {
        id: 'konto-c',
        reason: 'deleted in Intercom',
        hint: expect.stringContaining('kb pull --remove konto-c'),
      },
    ]);
    expect(existsSync(join(there.contentDir, 'konto/c.de.md'))).toBe(true);
    const result = await pull(there, { items: ['konto/c'], remove: true });
    expect(result.files).toMatchObject([{ file: 'konto/c.de.md', action: 'removed' }]);
    expect(existsSync(join(there.contentDir, 'konto/c.de.md'))).toBe(false);
    await there.change('hilfe/a.de.md', ' und [Drei](../konto/c.de.md#mehr)', '');
    await expectSettled(there);
  });

  test('titles and descriptions of collections; what both sides changed is left to a person', async () => {
    const there = await published();
    const id = await collectionId(there, 'Hilfe');
    await there.call('PUT', `/help_center/collections/${id}`, {
      translated_content: {
        de: { name: 'Hilfe und mehr', description: 'Alles über Hilfe.' },
        en: { name: 'Help and more', description: 'Alles über Help.' },
      },
    });
    await there.change('hilfe/_collection.yaml', 'title: "Help"', 'title: "Assistance"');
    const result = await pull(there);
    expect(result.files).toMatchObject([{ file: 'hilfe/_collection.yaml', action: 'updated' }]);
    expect(result.left).toMatchObject([{ id: 'k-hilfe', locale: 'en' }]);
    const text = await textOf(there, 'hilfe/_collection.yaml');
    expect(text).toMatch(/title: "?Hilfe und mehr"?/);
    expect(text).toContain('title: "Assistance"');
  });

  test('articles for teammates', async () => {
    const there = await published();
    const { data } = await there.call('GET', '/internal_articles');
    await there.call('PUT', `/internal_articles/${data[0].id}`, {
      title: 'Für das Team',
      body: data[0].body.replace('3 Jahren', '4 Jahren'),
    });
    expect((await there.drift()).map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'edited konto-team',
    ]);
    const result = await pull(there);
    expect(result.files).toMatchObject([
      { file: 'konto/team.de.md', action: 'updated', losses: [] },
    ]);
    const text = await textOf(there, 'konto/team.de.md');
    expect(text).toContain('Nur intern, seit 4 Jahren.');
    expect(text).toMatch(/title: "?Für das Team"?/);
    await expectSettled(there);
  });

  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

  async function putAsset(there: Situation, name: string, bytes: Uint8Array): Promise<string> {
    const address = `${there.url}/_sandbox/assets/${name}`;
    const response = await fetch(address, {
      method: 'PUT',
      headers: { authorization: 'Bearer x', 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(bytes),
    });
    expect(response.ok).toBe(true);
    return address;
  }

  test('images that were put in there, as files', async () => {
    const there = await published();
    const address = await putAsset(there, 'Neues Bild.png'.replace(' ', '-'), png);
    const live = await there.liveArticle('Eins');
    const body: string = live.translated_content.de.body;
    await there.editThere(live.id, {
      translated_content: { de: { body: `${body}<img src="${address}" alt="Neu">` } },
    });
    const result = await pull(there);
    expect(result).toMatchObject({ assets: ['assets/neues-bild.png'], files: [{ losses: [] }] });
    expect(new Uint8Array(await readFile(join(there.contentDir, 'assets/neues-bild.png')))).toEqual(
      png,
    );
    expect(await textOf(there, 'hilfe/a.de.md')).toContain(
      '\n\n![Neu](../assets/neues-bild.png)\n',
    );
    await expectSettled(there);
  });

  test('what is no image stays at its address, and is told', async () => {
    const there = await published();
    const address = await putAsset(
      there,
      'falsch.png',
      new TextEncoder().encode('<svg onload="x()"/>'),
    );
    const live = await there.liveArticle('Eins');
    const body: string = live.translated_content.de.body;
    await there.editThere(live.id, {
      translated_content: { de: { body: `${body}<img src="${address}">` } },
    });
    const result = await pull(there);
    expect(result.assets).toEqual([]);
    expect(result.files).toMatchObject([
      { losses: [{ construct: 'image', excerpt: expect.stringContaining('no PNG, JPEG or GIF') }] },
    ]);
    expect(existsSync(join(there.contentDir, 'assets'))).toBe(false);
  });
});
