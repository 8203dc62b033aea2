import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import { contentFile } from '../editing/content-file.ts';
import { yamlValue } from '../editing/yaml-value.ts';
import { articleFile } from '../reading/article-file.ts';
import {
  collectionFileOf,
  collectionLevel,
  deepestCollection,
} from '../reading/collection-files.ts';
import { folderOf, localisedName, suggestedLocale } from '../reading/content-path.ts';
import { freeId } from '../reading/item-id.ts';
import { readKnownIds } from '../reading/known-ids.ts';
import { readConfig } from '../reading/read-config.ts';
import { decodeUtf8 } from '../reading/utf8.ts';
import { collectionTextPath } from '../schema/collection-schema.ts';
import { exists, type NewFile, newContentPath, writeNewFiles } from './new-file.ts';

/** What was made. Files are relative to the content folder. */
export interface Scaffolded {
  path: string;
  id: string;
  files: string[];
}

/**
 * A new article, in the default locale unless its path names another one (`konto/sso.en.md`).
 * Folders on the way that are no collection yet become one.
 *
 * @throws KbError `path`, `exists`, `too-deep`
 */
export async function scaffoldArticle(
  root: string,
  article: { path: string; title?: string; description?: string; locale?: Locale },
): Promise<Scaffolded> {
  const { config } = await readConfig(root);
  const typed = newContentPath(article.path);
  const name = typed.endsWith('.md') ? localisedName(typed) : null;
  const path = name?.base ?? typed;
  const named = name?.kind === 'localised' ? name.locale : null;
  const locale = article.locale ?? named ?? config.defaultLocale;
  const known = await readKnownIds(root);
  const id = freeId(path, new Set(known.articles.keys()), 'article');
  const file = `${path}.${locale}.md`;
  await assertNew(root, file);
  for (const other of config.locales) await assertNew(root, `${path}.${other}.md`);
  const title = article.title ?? titleOf(path);
  const text = articleText({ id, title, description: article.description ?? '' });
  const collections = await missingCollections(root, folderOf(path), config.locales, known);
  const files = await writeNewFiles(root, [...collections, { path: file, text }]);
  return { path, id, files };
}

/**
 * A new collection: a folder with its `_collection.yaml`, and those of the folders above it where
 * they are missing.
 *
 * @throws KbError `path`, `exists`, `too-deep`
 */
export async function scaffoldCollection(
  root: string,
  collection: { path: string; titles?: Readonly<Record<string, string>> },
): Promise<Scaffolded> {
  const { config } = await readConfig(root);
  const path = newContentPath(collection.path);
  const file = collectionFileOf(path);
  await assertNew(root, file);
  const known = await readKnownIds(root);
  const made = await missingCollections(root, path, config.locales, known, collection.titles);
  const own = made.find((it) => it.path === file);
  const files = await writeNewFiles(root, made);
  return { path, id: own?.id ?? '', files };
}

/**
 * The file of one more locale of an article, with the source's text to translate.
 *
 * @throws KbError `no-article`, `locale-unlisted`, `exists`
 */
export async function scaffoldTranslation(
  root: string,
  translation: { item: string; locale: string },
): Promise<Scaffolded> {
  const { config } = await readConfig(root);
  const { item, locale } = translation;
  if (!isLocale(locale) || !config.locales.includes(locale)) {
    const meant = suggestedLocale(locale);
    throw new KbError('locale-unlisted', `kb.yaml does not list the locale "${locale}".`, {
      hint: `Its locales are ${config.locales.join(', ')}.${meant === null || meant === locale ? '' : ` Did you mean "${meant}"?`}`,
    });
  }
  const { articles } = await readKnownIds(root);
  const found = [...articles].find(
    ([id, file]) => id === item || file === item || localisedName(file).base === item,
  );
  if (found === undefined) {
    throw new KbError('no-article', `There is no article "${item}".`, {
      hint: 'Name it by its id, its path without locale, or its file with the id.',
    });
  }
  const [id, source] = found;
  const path = localisedName(source).base;
  const file = `${path}.${locale}.md`;
  await assertNew(root, file);
  const text = await translationText(root, source);
  return { path, id, files: await writeNewFiles(root, [{ path: file, text }]) };
}

async function translationText(root: string, source: string): Promise<string> {
  const decoded = decodeUtf8(await readFile(await contentFile(root, source)));
  const name = localisedName(source);
  const { parsed } =
    'text' in decoded && name.kind === 'localised'
      ? articleFile(source, name.locale, decoded)
      : { parsed: null };
  const { title = '', description = '' } = parsed?.frontMatter ?? {};
  return `---\n${texts({ title, description })}---\n${parsed?.body ?? ''}`;
}

function articleText(article: { id: string; title: string; description: string }): string {
  const { id, ...rest } = article;
  return `---\nid: ${yamlValue(id)}\n${texts(rest)}---\n\n<!-- Write the article here. -->\n`;
}

function texts({ title, description }: { title: string; description: string }): string {
  return `title: ${yamlValue(title)}\ndescription: ${yamlValue(description)}\npublication: published\n`;
}

/** The `_collection.yaml` files that a folder and those above it lack, the uppermost first. */
async function missingCollections(
  root: string,
  folder: string,
  locales: readonly string[],
  known: { collections: ReadonlyMap<string, string> },
  titles: Readonly<Record<string, string>> = {},
): Promise<(NewFile & { id: string })[]> {
  if (folder === '') return [];
  if (collectionLevel(folder) > deepestCollection) {
    const message = `${folder} is level ${collectionLevel(folder)}; Intercom has ${deepestCollection} levels of collections.`;
    throw new KbError('too-deep', message, { hint: 'Choose a folder further up.' });
  }
  const steps = folder.split('/');
  const folders = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  const taken = new Set(known.collections.keys());
  const files: (NewFile & { id: string })[] = [];
  for (const path of folders) {
    const file = collectionFileOf(path);
    if (await isThere(root, file)) continue;
    const id = freeId(path, taken, 'collection');
    taken.add(id);
    const text = collectionText(id, locales, (locale) =>
      path === folder ? (titles[locale] ?? titleOf(path)) : titleOf(path),
    );
    files.push({ path: file, text, id });
  }
  return files;
}

/** A `_collection.yaml` with a title in each locale. */
export function collectionText(
  id: string,
  locales: readonly string[],
  title: (locale: string) => string,
): string {
  const blocks = locales.map((locale) => {
    const keys = collectionTextPath(locale);
    const indent = '  '.repeat(keys.length);
    const heads = keys.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`).join('');
    return `${heads}${indent}title: ${yamlValue(title(locale))}\n${indent}description: ""\n`;
  });
  return `id: ${yamlValue(id)}\n${blocks.join('')}`;
}

/** `konto/passwort-aendern` → `Passwort aendern`: better than nothing, and seen at once. */
function titleOf(path: string): string {
  const words = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function isThere(root: string, path: string): Promise<boolean> {
  return (await stat(join(root, path)).catch(() => null)) !== null;
}

async function assertNew(root: string, path: string): Promise<void> {
  if (await isThere(root, path)) throw exists(path);
}
