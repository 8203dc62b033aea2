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
};

/** A situation whose next publish makes more than twenty requests that write. */
export async function beforeTheRun(options: SituationOptions = {}): Promise<Situation> {
  const there = await situation({
    files: before,
    isValidated: false,
    config: workspaceConfig('guards: { deletePercent: 100, updatePercent: 100 }\n'),
    ...options,
  });
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
  await there.review();
  return there;
}

/** What readers and Fin have, without what differs between two runs: ids and signatures. */
export async function whatIsLive(there: Situation): Promise<unknown> {
  const articles = await there.liveArticles();
  const collections = await there.liveCollections();
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

function withoutHosts(text: string): string {
  return text.replace(/http:\/\/127\.0\.0\.1:\d+/g, '');
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
