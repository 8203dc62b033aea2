import { relative, resolve, sep } from 'node:path';
import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';
import { isLocale } from '../model/locale.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';

/** An item that a command line names: an article or a collection, whole or one locale of it. */
export interface Item {
  kind: 'article' | 'collection';
  id: string;
  /** null: all of them. */
  locale: string | null;
}

type Where = Pick<Context, 'contentDir' | 'cwd'>;

/**
 * Finds what names mean: an id, a content path without locale, or a file (relative to the working
 * folder or the content folder), the first two with `:locale` where one text is meant. A folder with
 * a slash at its end is a collection. Every item comes once.
 * @throws KbError `item-unknown` with the nearest name, `item-ambiguous` with the candidates.
 */
export function resolveItems(content: Content, names: readonly string[], where: Where): Item[] {
  const found = new Map<string, Item>();
  for (const name of names) {
    for (const item of resolveItem(content, name, where)) found.set(keyOf(item), item);
  }
  return [...found.values()].filter(
    (item) => item.locale === null || !found.has(keyOf({ ...item, locale: null })),
  );
}

function resolveItem(content: Content, name: string, where: Where): Item[] {
  const exact = filesMeant(content, name, where);
  if (exact.length > 0) return exact;
  const { base, locale } = withLocale(name);
  const meant = namesMeant(content, base, where);
  const [item] = meant;
  if (item === undefined) throw unknownItem(content, base, pathsMeant(base, where));
  if (meant.length > 1) throw ambiguousItem(content, base, meant);
  return [{ ...item, locale: knownLocale(content, item, locale, base) }];
}

/** A file names one text, a collection's file the whole collection. */
function filesMeant(content: Content, name: string, where: Where): Item[] {
  const paths = pathsMeant(name, where);
  const texts = content.articles.flatMap(({ id, translations }) =>
    translations
      .filter(({ file }) => paths.includes(file))
      .map(({ locale }): Item => ({ kind: 'article', id, locale })),
  );
  const collections = content.collections
    .filter(
      ({ file, path }) => paths.includes(file) || (name.endsWith('/') && paths.includes(path)),
    )
    .map(({ id }): Item => ({ kind: 'collection', id, locale: null }));
  return [...texts, ...collections];
}

function namesMeant(content: Content, name: string, where: Where): Item[] {
  const paths = pathsMeant(name, where);
  const means = ({ id, path }: { id: string; path: string }): boolean =>
    id === name || paths.includes(path);
  return [
    ...content.articles
      .filter(means)
      .map(({ id }): Item => ({ kind: 'article', id, locale: null })),
    ...content.collections
      .filter(means)
      .map(({ id }): Item => ({ kind: 'collection', id, locale: null })),
  ];
}

/** Content paths that a name can mean, seen from the content folder and from the working folder. */
function pathsMeant(name: string, { contentDir, cwd }: Where): string[] {
  const plain = name.normalize('NFC').replace(/\/+$/, '');
  const fromHere = relative(contentDir, resolve(cwd, plain)).split(sep).join('/');
  return [plain.replace(/^\.\//, ''), fromHere.normalize('NFC')];
}

function withLocale(name: string): { base: string; locale: string | null } {
  const match = /^(.+):([A-Za-z]{2}(?:-[A-Za-z]{2})?)$/.exec(name);
  const [, base, locale] = match ?? [];
  return base !== undefined && locale !== undefined && isLocale(locale)
    ? { base, locale }
    : { base: name, locale: null };
}

function knownLocale(
  content: Content,
  item: Item,
  locale: string | null,
  name: string,
): string | null {
  if (locale === null) return item.locale;
  const locales = localesOf(content, item);
  if (locales.includes(locale)) return locale;
  throw new KbError('item-unknown', `${name} has no text in ${locale}.`, {
    hint: `It has ${locales.join(', ')}.`,
  });
}

function localesOf(content: Content, { kind, id }: Item): string[] {
  const texts =
    kind === 'article'
      ? content.articles.find((article) => article.id === id)?.translations
      : content.collections.find((collection) => collection.id === id)?.texts;
  return (texts ?? []).map(({ locale }) => locale);
}

function unknownItem(content: Content, name: string, paths: readonly string[]): KbError {
  const include = content.includes.find(({ file }) => paths.includes(file));
  if (include !== undefined) {
    return new KbError('item-unknown', `${include.file} is an include, no item of its own.`, {
      hint: 'Name the articles that use it.',
      location: { file: include.file },
    });
  }
  const unread = content.unreadable.find(({ file }) => paths.includes(file));
  if (unread !== undefined) {
    return new KbError('item-unreadable', `${unread.file} could not be read.`, {
      hint: 'kb check says why.',
      location: { file: unread.file },
    });
  }
  const names = [
    ...content.articles.flatMap(({ id, path }) => [path, id]),
    ...content.collections.flatMap(({ id, path }) => [path, id]),
  ];
  const files = content.articles.flatMap(({ translations }) =>
    translations.map(({ file }) => file),
  );
  return new KbError('item-unknown', `There is no article or collection "${name}".`, {
    hint:
      didYouMean(name, names) ??
      didYouMean(name, files) ??
      'Name an item by its id, its path without locale, or its file.',
  });
}

function ambiguousItem(content: Content, name: string, items: readonly Item[]): KbError {
  const candidates = items.map((item) =>
    item.kind === 'article'
      ? `the article ${articleFile(content, item.id)}`
      : `the collection ${content.collections.find(({ id }) => id === item.id)?.path ?? item.id}/`,
  );
  return new KbError('item-ambiguous', `"${name}" is ambiguous: ${candidates.join(', ')}.`, {
    hint: 'Name the file, or the folder with a slash at its end.',
  });
}

function articleFile(content: Content, id: string): string {
  const article = content.articles.find((candidate) => candidate.id === id);
  return article?.translations[0]?.file ?? id;
}

function keyOf({ kind, id, locale }: Item): string {
  return `${kind}\n${id}\n${locale ?? ''}`;
}
