import { relative, resolve, sep } from 'node:path';
import { KbError } from '../model/kb-error.ts';
import type { Locale } from '../model/locale.ts';
import { shellWord } from '../model/shell-word.ts';
import {
  readConfig,
  readContent,
  type Scaffolded,
  scaffoldArticle,
  scaffoldCollection,
  scaffoldTranslation,
  translatedChange,
  writeFrontMatter,
} from '../repository/index.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';
import { localeFrom } from './init.ts';
import { resolveItems } from './items.ts';

interface NewOptions {
  path: string;
  title: string | null;
  locale: string | null;
}

/** A new article in one locale, with an id of its own, not yet reviewed. */
export async function newArticleCommand(
  context: Context,
  { path, title, locale }: NewOptions,
): Promise<Scaffolded> {
  return scaffoldArticle(context.contentDir, {
    path: contentPath(context, path),
    ...(title === null ? {} : { title }),
    ...(locale === null ? {} : { locale: await listedLocale(context, locale) }),
  });
}

/** A new collection: a folder with its texts. */
export async function newCollectionCommand(
  context: Context,
  { path, title, locale }: NewOptions,
): Promise<Scaffolded> {
  const { config } = await readConfig(context.contentDir);
  const titled = locale === null ? config.defaultLocale : await listedLocale(context, locale);
  return scaffoldCollection(context.contentDir, {
    path: contentPath(context, path),
    ...(title === null ? {} : { titles: { [titled]: title } }),
  });
}

/**
 * One more locale of an article: the source's text to be translated, marked as a translation of the
 * source as it is now, and not yet reviewed.
 * @throws KbError `usage` without a locale.
 */
export async function newTranslationCommand(
  context: Context,
  { path, title, locale }: NewOptions,
): Promise<Scaffolded> {
  if (locale === null) {
    throw new KbError('usage', 'kb new translation needs --locale <locale>.', {
      hint: `kb new translation ${shellWord(path)} --locale en`,
    });
  }
  const { contentDir } = context;
  const content = await readContent(contentDir);
  const [item] = resolveItems(content, [path], context);
  const article = content.articles.find(({ id }) => item?.kind === 'article' && id === item.id);
  if (article === undefined) {
    throw new KbError(
      'usage',
      `${path} is a collection: its texts stand in its _collection.yaml.`,
      {
        hint: 'Add the locale there.',
      },
    );
  }
  const made = await scaffoldTranslation(contentDir, { item: article.id, locale });
  const source = article.translations.find((text) => text.locale === article.sourceLocale);
  const [file] = made.files;
  if (file !== undefined) {
    await writeFrontMatter(contentDir, file, [
      ...(title === null ? [] : [{ path: ['title'], value: title }]),
      ...(source === undefined ? [] : [translatedChange(source.textDigest)]),
    ]);
  }
  return made;
}

/** A path may be typed from the working folder, content folder first, as a shell completes it. */
function contentPath({ contentDir, cwd }: Context, typed: string): string {
  const way = relative(contentDir, resolve(cwd, typed));
  const isInside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
  return isInside ? way.split(sep).join('/') : typed;
}

async function listedLocale({ contentDir }: Context, asked: string): Promise<Locale> {
  const locale = localeFrom(asked);
  const { config } = await readConfig(contentDir);
  if (config.locales.includes(locale)) return locale;
  throw new KbError('usage', `kb.yaml does not list the locale "${locale}".`, {
    hint: didYouMean(locale, config.locales) ?? `Its locales are ${config.locales.join(', ')}.`,
  });
}
