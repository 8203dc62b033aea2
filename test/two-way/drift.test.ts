import { describe, expect, test } from 'vitest';
import { driftCommand } from '../../src/commands/drift.ts';
import { driftText } from '../../src/report/drift.ts';
import { plainStyle } from '../../src/report/style.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

async function published(): Promise<Situation> {
  const there = await situation({
    isValidated: false,
    isWatched: false,
    files: {
      ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
      ...article('hilfe/a', {
        de: { title: 'Eins', body: 'Der Link gilt 24 Stunden.\n\nMehr nicht.\n' },
        en: { title: 'One' },
      }),
      ...article('hilfe/b', { de: { title: 'Zwei' } }),
    },
  });
  await there.review();
  await there.publish({ allow: ['first-publish'] });
  return there;
}

describe('drift', () => {
  test('says what, word by word, and who did it when and by what door; other texts are not asked for', async () => {
    const there = await published();
    const live = await there.liveArticle('Eins');
    const body: string = live.translated_content.de.body;
    await there.editThere(live.id, {
      as: 'anna@example.com',
      translated_content: { de: { body: body.replace('24 Stunden', 'eine Stunde') } },
    });
    const { value: drift, counted } = await there.counting(() => there.drift());
    expect(drift).toMatchObject([{ id: 'hilfe-a', locale: 'de', kind: 'edited', via: 'web' }]);
    expect(drift[0]?.by).toMatch(/anna/i);
    expect(drift[0]?.at).toMatch(/^20\d\d-\d\d-\d\dT/);
    const text = driftText(drift, true, plainStyle('2026-11-22'));
    expect(text).toContain('[-24 Stunden-]{+eine Stunde+}');
    expect(Object.keys(counted.byMethod)).toEqual(['GET']);
    const versions = Object.entries(counted.byRoute).filter(([route]) =>
      route.includes('versions'),
    );
    expect(versions.reduce((sum, [, count]) => sum + count, 0)).toBe(2);
  });

  test('names what was created, moved, unpublished, published and deleted', async () => {
    const there = await published();
    const [one, two] = [await there.liveArticle('Eins'), await there.liveArticle('Zwei')];
    await there.editThere(one.id, { translated_content: { en: { state: 'draft' } } });
    await there.createThere({ title: 'Fremd', body: '<p>x</p>', state: 'published' });
    const other = await there.call('POST', '/help_center/collections', { name: 'Neu' });
    await there.editThere(one.id, { parent_id: String(other.id), parent_type: 'collection' });
    await there.deleteThere(two.id);
    const drift = await there.drift();
    expect(drift.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual([
      'created Fremd',
      'created Neu',
      'deleted Zwei',
      'moved Eins',
      'unpublished One',
    ]);
  });

  test('nothing changed: only the listings are read', async () => {
    const there = await published();
    const { value: drift, counted } = await there.counting(() => there.drift());
    expect(drift).toEqual([]);
    expect(Object.keys(counted.byRoute).filter((route) => route.includes('versions'))).toEqual([]);
  });

  test('names author and tags, unless the UI owns them', async () => {
    const config = (rest: string) => workspaceConfig(`uiOwned: [${rest}]\n`);
    const there = await situation({
      config: config(''),
      isValidated: false,
      isWatched: false,
      files: article('a', { de: { title: 'Eins' } }, { tags: '[neu, wichtig]' }),
    });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    const live = await there.liveArticle('Eins');
    const other = (await there.call('GET', '/admins')).admins.find(
      ({ email }: { email: string }) => email === 'anna@example.com',
    );
    const [tag] = live.tags.tags;
    await there.call('DELETE', `/articles/${live.id}/tags/${tag.id}`);
    await there.editThere(live.id, { author_id: Number(other.id) });
    expect((await there.drift()).map(({ kind, fields }) => ({ kind, fields }))).toEqual([
      {
        kind: 'edited',
        fields: [
          { name: 'author', before: 'redaktion@example.com', after: 'anna@example.com' },
          {
            name: 'tags',
            before: ['neu', 'wichtig'],
            after: ['neu', 'wichtig'].filter((name) => name !== tag.name),
          },
        ],
      },
    ]);
    await there.write({ 'kb.yaml': config('author, tags') });
    expect(await there.drift()).toEqual([]);
  });

  test('without a ledger it compares git with what is live, and says that it knows no more', async () => {
    const there = await published();
    const live = await there.liveArticle('Eins');
    const body: string = live.translated_content.de.body;
    await there.editThere(live.id, {
      translated_content: { de: { body: body.replace('24 Stunden', 'eine Stunde') } },
    });
    await there.deleteThere((await there.liveArticle('Zwei')).id);
    await there.createThere({ title: 'Fremd', body: '<p>x</p>', state: 'published' });
    await there.forgetLedger();
    const { drift, ledger } = await driftCommand(there.context());
    expect(ledger).toBe(false);
    expect(drift.map(({ kind, id, locale, title }) => `${kind} ${id} ${locale} ${title}`)).toEqual([
      'edited hilfe-a de Eins',
      'deleted hilfe-b null Zwei',
      expect.stringMatching(/^created \d+ null Fremd$/),
    ]);
    const text = driftText(drift, ledger, plainStyle('2026-11-22'));
    expect(text).toContain('[-24 Stunden-]{+eine Stunde+}');
    expect(text).toContain('nothing tells which side changed');
    expect(text).toContain('kb adopt');
  });
});
