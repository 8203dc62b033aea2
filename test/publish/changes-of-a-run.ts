import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '../../src/markdown/index.ts';
import { identify } from '../../src/plan/live.ts';
import { visibleText } from '../../src/publish/resolve.ts';
import {
  article,
  collection,
  type Loose,
  type Situation,
  type SituationOptions,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

/** A published knowledge base before a run with changes of every kind. */
const before = {
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...collection('technik', { de: 'Technik' }),
  ...Object.assign(
    {},
    ...Array.from({ length: 8 }, (_, index) =>
      article(`konto/a${index}`, { de: { title: `A${index}` }, en: { title: `A${index} en` } }),
    ),
  ),
  ...Object.assign(
    {},
    ...numbered(0, 24).map((index) =>
      article(`technik/b${index}`, { de: { title: `B${index}` } }, { id: `b${index}` }),
    ),
  ),
  ...Object.assign(
    {},
    ...numbered(0, 4).map((index) =>
      article(`technik/i${index}`, { de: { title: `I${index}` } }, internal(`i${index}`)),
    ),
  ),
};

function numbered(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function internal(id: string): Record<string, string> {
  return { id, visibility: 'internal' };
}

/** A situation whose next publish makes more than sixty requests that write, of every kind. */
export async function beforeTheRun(options: SituationOptions = {}): Promise<Situation> {
  const there = await situation({
    files: before,
    isValidated: false,
    config: workspaceConfig('guards: { deletePercent: 100, updatePercent: 100 }\n'),
    ...options,
  });
  const old = (name: string) => `redirects: ["${there.url}/help/hc/de/articles/${name}"]\ntitle:`;
  for (const name of ['b0', 'b1', 'b2'])
    await there.change(`technik/${name}.de.md`, 'title:', old(name));
  await there.review();
  await there.publish();
  const read = (path: string) => readFile(join(there.contentDir, path), 'utf8');
  const moved = { de: await read('konto/a5.de.md'), en: await read('konto/a5.en.md') };
  await there.write({
    ...collection('neu', { de: 'Neu', en: 'New' }),
    ...collection('neu/innen', { de: 'Innen' }),
    ...article('neu/n1', { de: { title: 'N1', body: '[zu n2](n2.de.md)\n' } }),
    ...article('neu/n2', {
      de: { title: 'N2', body: '[zu n3](innen/n3.de.md) und [zu n1](n1.de.md)\n' },
      en: { title: 'N2 en' },
    }),
    ...article('neu/innen/n3', { de: { title: 'N3', body: '![Bild](../../assets/b.png)\n' } }),
    ...article('neu/innen/n4', { de: { title: 'N4', body: '[zu a1](../../konto/a1.de.md)\n' } }),
    ...article('neu/innen/n5', { de: { title: 'N5', keys: { publication: 'draft' } } }),
    ...article('n6', { de: { title: 'N6' } }, { tags: '[eins, zwei]' }),
    'assets/b.png': Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 1]),
    'technik/a5.de.md': moved.de,
    'technik/a5.en.md': moved.en,
  });
  await there.remove('konto/a5.de.md', 'konto/a5.en.md', 'konto/a6.de.md', 'konto/a6.en.md');
  await there.remove('konto/a7.en.md');
  for (const name of ['a0', 'a1', 'a2', 'a3']) {
    await there.change(`konto/${name}.de.md`, 'Ein Satz', 'Ein neuer Satz');
  }
  await there.change('konto/a1.en.md', 'title: "A1 en"', 'title: "A1 renamed"');
  await there.change('konto/a2.en.md', 'title:', 'fin: { agent: false }\ntitle:');
  await there.change('konto/a4.de.md', 'title:', 'tags: [eins]\nauthor: anna@example.com\ntitle:');
  await there.change('konto/_collection.yaml', '"Account"', '"Your account"');
  for (const index of numbered(4, 20)) {
    await there.change(`technik/b${index}.de.md`, 'Ein Satz', 'Noch ein Satz');
  }
  // One old address leads elsewhere now, one is given up, two are new.
  await there.change('technik/b0.de.md', old('b0'), 'title:');
  await there.change('technik/b3.de.md', 'title:', old('b0'));
  await there.change('technik/b1.de.md', old('b1'), 'title:');
  await there.change('technik/b20.de.md', 'title:', old('b20'));
  await there.write({
    ...Object.assign(
      {},
      ...numbered(8, 16).map((index) =>
        article(`neu/m${index}`, {
          de: { title: `M${index}`, body: `[weiter](m${index === 15 ? 8 : index + 1}.de.md)\n` },
        }),
      ),
    ),
    ...article('technik/i4', { de: { title: 'I4' }, en: { title: 'I4 en' } }, internal('i4')),
    ...article('technik/i5', { de: { title: 'I5', body: '[b5](b5.de.md)\n' } }, internal('i5')),
  });
  await there.change('neu/m8.de.md', 'title:', old('m8'));
  for (const name of ['i0', 'i1', 'i2']) {
    await there.change(`technik/${name}.de.md`, 'Ein Satz', 'Ein neuer Satz');
  }
  await there.change('technik/b21.de.md', 'title:', 'visibility: internal\ntitle:');
  await there.remove('technik/i3.de.md', 'technik/b22.de.md');
  await there.review();
  return there;
}

/** What readers and Fin have, without what differs between two runs: ids and signatures. */
export async function whatIsLive(there: Situation): Promise<unknown> {
  const articles = await there.liveArticles();
  const collections = await there.liveCollections();
  const internals = await listed(there, '/internal_articles');
  const centers = await listed(there, '/help_center/help_centers');
  const redirects = await Promise.all(
    centers.map((center) => listed(there, `/help_center/help_centers/${center.id}/redirects`)),
  );
  const names = new Map(collections.map((item) => [String(item.id), item.name]));
  const titles = new Map(articles.map((item) => [String(item.id), item.title]));
  const named = (body: string) =>
    body.replace(/\/articles\/(\d+)/g, (_, id) => `/articles/${titles.get(id) ?? `gone ${id}`}`);
  const content = (text: Loose) => ({
    title: text.title,
    description: text.description,
    state: text.state,
    author: text.author_id,
    fin: [text.ai_chatbot_availability, text.ai_copilot_availability],
    words: visibleText(text.body ?? ''),
    body: withoutHosts(JSON.stringify(canonical(named(text.body ?? ''), identify))),
  });
  return {
    internals: internals
      .map((item) => ({
        title: item.title,
        body: withoutHosts(JSON.stringify(canonical(named(item.body ?? ''), identify))),
        fin: [item.ai_chatbot_availability, item.ai_copilot_availability],
      }))
      .sort(byText),
    redirects: redirects
      .flat()
      .map((item) => ({
        from: withoutHosts(item.from_url),
        locale: item.locale,
        to: titles.get(String(item.target_id ?? item.target?.id)) ?? 'nowhere',
      }))
      .sort(byText),
    collections: collections
      .map((item) => ({
        texts: item.translated_content,
        parent: names.get(String(item.parent_id)) ?? null,
      }))
      .sort(byText),
    articles: articles
      .map((item) => ({
        parents: item.parent_ids.map((id: unknown) => names.get(String(id))),
        tags: item.tags.tags.map((tag: Loose) => tag.name).sort(),
        author: item.author_id,
        texts: Object.fromEntries(
          Object.entries<Loose>(item.translated_content)
            .filter(([locale]) => locale !== 'type')
            .map(([locale, text]) => [locale, content(text)]),
        ),
      }))
      .sort(byText),
  };
}

async function listed(there: Situation, path: string): Promise<Loose[]> {
  const { data } = await there.call('GET', `${path}?per_page=50`);
  return data;
}

function withoutHosts(text: string): string {
  return text.replace(/http:\/\/127\.0\.0\.1:\d+/g, '');
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
