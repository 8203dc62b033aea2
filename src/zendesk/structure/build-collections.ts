import type { Locale } from '../../model/locale.ts';
import type { ZendeskArticle, ZendeskGroup, ZendeskSource } from '../source/records.ts';
import type { FileNames } from './file-names.ts';
import type { ImportedCollection, Skipped } from './import-structure.ts';

/** Intercom nests collections this deep. */
const deepest = 3;
const otherKey = 'other';

interface Group {
  key: string;
  kind: 'category' | 'section' | 'folder';
  id: string;
  parent: string | null;
  position: number | null;
  texts: Map<string, { title: string; description: string }>;
}

export interface BuiltCollections {
  collections: ImportedCollection[];
  skipped: Skipped[];
  /** The collection an article belongs into. */
  collectionOf(article: ZendeskArticle): ImportedCollection;
}

/**
 * Categories and sections as collections: three levels, deeper ones folded into the third, and one
 * collection for articles whose section nobody knows. Collections without an article are left out.
 */
export function buildCollections(
  source: ZendeskSource,
  options: {
    locales: ReadonlyMap<string, Locale>;
    defaultLocale: Locale;
    names: FileNames;
    /** Collections that an earlier import made, by the id it gave them. */
    known: ReadonlyMap<string, string>;
  },
): BuiltCollections {
  const groups = groupsOf(source, options.defaultLocale);
  const skipped: Skipped[] = [];
  const made = new Map<string, ImportedCollection>();
  const titles = new Set<string>();

  const folded = (key: string): string[] => {
    const chain = chainOf(groups, key);
    return chain.slice(0, deepest);
  };
  const make = (key: string): ImportedCollection => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const group = groups.get(key);
    const chain = folded(key);
    const own = chain.at(-1) ?? key;
    if (own !== key) {
      skipped.push({
        kind: 'collection',
        id: group?.id ?? key,
        title: titleOf(group),
        reason: `is level ${chainOf(groups, key).length}; Intercom has ${deepest}, so its articles go to the level above`,
      });
      const collection = make(own);
      made.set(key, collection);
      return collection;
    }
    const parentKey = chain.at(-2);
    const parent = parentKey === undefined ? null : make(parentKey);
    const collection = collectionFrom(group, key, parent, options, titles);
    made.set(key, collection);
    return collection;
  };

  const collectionOf = (article: ZendeskArticle): ImportedCollection => {
    const key = keyOf(article, groups);
    if (key === otherKey && article.sectionId !== null && !made.has(otherKey))
      skipped.push({
        kind: 'collection',
        id: article.sectionId,
        title: '',
        reason:
          'the source does not say what this section is; its articles and others like them go to one collection',
      });
    return make(key);
  };
  return {
    get collections() {
      return [...new Set(made.values())];
    },
    skipped,
    collectionOf,
  };
}

function keyOf(article: ZendeskArticle, groups: ReadonlyMap<string, Group>): string {
  if (article.sectionId !== null && groups.has(`section/${article.sectionId}`))
    return `section/${article.sectionId}`;
  if (article.folders.length > 0) {
    const key = `folder/${article.folders.join('/')}`;
    if (groups.has(key)) return key;
  }
  return otherKey;
}

function groupsOf(source: ZendeskSource, defaultLocale: Locale): Map<string, Group> {
  const groups = new Map<string, Group>();
  const add = (
    key: string,
    kind: Group['kind'],
    id: string,
    parent: string | null,
    position: number | null,
  ): Group => {
    const known = groups.get(key);
    if (known !== undefined) return known;
    const group: Group = { key, kind, id, parent, position, texts: new Map() };
    groups.set(key, group);
    return group;
  };
  for (const record of source.groups) {
    const group = add(
      `${record.kind}/${record.id}`,
      record.kind,
      record.id,
      parentOf(record),
      record.position,
    );
    const locale = record.locale ?? record.sourceLocale ?? defaultLocale;
    if (record.name !== '')
      group.texts.set(locale, { title: record.name, description: plainText(record.description) });
  }
  for (const { kind, sourceId, locale, title, body } of source.translations) {
    const group = kind === 'article' ? undefined : groups.get(`${kind}/${sourceId}`);
    if (group !== undefined && title !== '')
      group.texts.set(locale, {
        title,
        description: plainText(body === null ? '' : source.bodies.read(body)),
      });
  }
  for (const { folders, locale } of source.articles) {
    for (let depth = 1; depth <= folders.length; depth++) {
      const path = folders.slice(0, depth).join('/');
      const parent = depth === 1 ? null : `folder/${folders.slice(0, depth - 1).join('/')}`;
      const group = add(`folder/${path}`, 'folder', path, parent, null);
      const title = folders[depth - 1] ?? '';
      group.texts.set(locale ?? defaultLocale, { title, description: '' });
    }
  }
  return groups;
}

function parentOf(record: ZendeskGroup): string | null {
  if (record.parentSectionId !== null) return `section/${record.parentSectionId}`;
  return record.kind === 'section' && record.categoryId !== null
    ? `category/${record.categoryId}`
    : null;
}

/** From the top down to the group itself; parents that are not there or run in a circle end it. */
function chainOf(groups: ReadonlyMap<string, Group>, key: string): string[] {
  const chain: string[] = [];
  for (let at: string | null = key; at !== null && !chain.includes(at); ) {
    const group = groups.get(at);
    if (group === undefined && at !== key) break;
    chain.unshift(at);
    at = group?.parent ?? null;
  }
  return chain;
}

function collectionFrom(
  group: Group | undefined,
  key: string,
  parent: ImportedCollection | null,
  { locales, defaultLocale, names, known }: Parameters<typeof buildCollections>[1],
  takenTitles: Set<string>,
): ImportedCollection {
  const id = group === undefined ? 'imported' : `zendesk-${group.kind}-${slugId(group.id)}`;
  const folder = parent?.path ?? '';
  const texts = textsOf(group, locales, defaultLocale);
  const unique = texts.map((text) => ({ ...text, title: uniqueTitle(folder, text, takenTitles) }));
  const titles = preferred(texts, defaultLocale);
  const path =
    known.get(id) ??
    [folder, names.name(folder, titles, group?.id ?? 'articles', group?.kind ?? key)]
      .filter((step) => step !== '')
      .join('/');
  return { id, path, order: group?.position ?? null, texts: unique };
}

function textsOf(
  group: Group | undefined,
  locales: ReadonlyMap<string, Locale>,
  defaultLocale: Locale,
): { locale: Locale; title: string; description: string }[] {
  if (group === undefined)
    return [...new Set([defaultLocale, ...locales.values()])].map((locale) => ({
      locale,
      title: locale === 'de' ? 'Importierte Artikel' : 'Imported articles',
      description: '',
    }));
  const texts = [...group.texts].flatMap(([name, text]) => {
    const locale = locales.get(name) ?? (name === defaultLocale ? defaultLocale : null);
    return locale === null ? [] : [{ locale, ...text }];
  });
  return texts.length > 0 ? texts : [{ locale: defaultLocale, title: group.id, description: '' }];
}

/** Titles for a file name: English letters most likely in the default locale, then in English. */
export function preferred(
  texts: readonly { locale: Locale; title: string }[],
  defaultLocale: Locale,
): string[] {
  const rank = (locale: Locale): number => (locale === defaultLocale ? 0 : locale === 'en' ? 1 : 2);
  return texts.toSorted((a, b) => rank(a.locale) - rank(b.locale)).map(({ title }) => title);
}

/** Two collections side by side with one title cannot be told apart. */
function uniqueTitle(
  folder: string,
  { locale, title }: { locale: Locale; title: string },
  taken: Set<string>,
): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? title : `${title} (${number})`;
    const key = `${folder}/${locale}/${candidate.toLowerCase()}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return candidate;
  }
}

function titleOf(group: Group | undefined): string {
  const [first] = group?.texts.values() ?? [];
  return first?.title ?? '';
}

function slugId(id: string): string {
  return (
    id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'x'
  );
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
