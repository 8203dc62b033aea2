import type { Article } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { Finding } from '../model/finding.ts';
import { isLocale } from '../model/locale.ts';
import { type IncludeFile, includeFiles } from './include-files.ts';
import { ruleNamed } from './rules.ts';

/** The first error of an item: of all of it, or of one locale's text. */
export interface InvalidArticle {
  whole: string | null;
  locales: ReadonlyMap<string, string>;
}

/** Which errors hold which items back. What is not in here has no error. */
export interface InvalidItems {
  /** By article id. */
  articles: ReadonlyMap<string, InvalidArticle>;
  /** By collection id. */
  collections: ReadonlyMap<string, string>;
  /** First error of kb.yaml, which no single item can answer for. */
  configuration: string | null;
}

/**
 * Says which errors hold which items (design: "An item with an error finding is held"). An error in a
 * translation's file holds that locale; one about identity or front matter in the source-locale file
 * holds the whole article; one inside an include holds every text that uses it. Rules we do not know
 * hold the whole item.
 */
export function invalidItems(findings: readonly Finding[], content: Content): InvalidItems {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const byFile = Map.groupBy(errors, ({ file }) => file);
  const held: Errors = {
    byFile,
    includeFile: includeFiles(content),
    locales: content.config.locales,
  };
  const articles = content.articles.flatMap((article): [string, InvalidArticle][] => {
    const invalid = invalidArticle(article, held);
    return invalid === null ? [] : [[article.id, invalid]];
  });
  const collections = content.collections.flatMap(({ id, file }): [string, string][] => {
    const [first] = byFile.get(file) ?? [];
    return first === undefined ? [] : [[id, told(first)]];
  });
  const [configuration] = byFile.get('kb.yaml') ?? [];
  return {
    articles: new Map(articles),
    collections: new Map(collections),
    configuration: configuration === undefined ? null : told(configuration),
  };
}

interface Errors {
  byFile: ReadonlyMap<string, readonly Finding[]>;
  includeFile: IncludeFile;
  locales: readonly string[];
}

function invalidArticle(article: Article, errors: Errors): InvalidArticle | null {
  const found = localesOf(article, errors).map((locale) => ({
    locale,
    own: errorsOf(article, locale, errors),
  }));
  const whole = found
    .filter(({ locale }) => locale === article.sourceLocale)
    .flatMap(({ own }) => own.filter(isOfItem))[0];
  const locales = found.flatMap(({ locale, own }): [string, string][] => {
    const [first] = own;
    return first === undefined ? [] : [[locale, told(first)]];
  });
  if (whole === undefined && locales.length === 0) return null;
  return { whole: whole === undefined ? null : told(whole), locales: new Map(locales) };
}

/** The locales an article has, or would have if their files were readable. */
function localesOf(article: Article, { byFile, locales }: Errors): string[] {
  const known = article.translations.map(({ locale }) => locale as string);
  const missing = [...locales, article.sourceLocale]
    .filter((locale) => !known.includes(locale) && byFile.has(`${article.path}.${locale}.md`))
    .filter(isLocale);
  return [...new Set([...known, ...missing])];
}

function errorsOf(
  article: Article,
  locale: string,
  { byFile, includeFile }: Errors,
): readonly Finding[] {
  const text = article.translations.find((one) => one.locale === locale);
  const own = byFile.get(text?.file ?? `${article.path}.${locale}.md`) ?? [];
  const included = (text?.includes ?? []).flatMap(
    (name) => byFile.get(includeFile(name, locale)) ?? [],
  );
  return [...own, ...included];
}

/** An error inside an include is about text, whatever its rule holds elsewhere. */
function isOfItem({ rule, file }: Finding): boolean {
  return !file.startsWith('_includes/') && (ruleNamed(rule)?.holds ?? 'item') === 'item';
}

function told({ file, line, message }: Finding): string {
  return `${file}:${line} ${message}`;
}
