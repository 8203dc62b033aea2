import type { CollectionText, Stamp, Translation } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { Item } from './items.ts';

/** One text of the content: a locale of an article or of a collection. */
export interface ItemText {
  kind: 'article' | 'collection';
  id: string;
  path: string;
  file: string;
  locale: string;
  title: string;
  /** What a reviewer approves. */
  digest: string;
  review: Stamp | null;
  text: Translation | CollectionText;
  /** The text it translates; null: it is the source itself, or there is none. */
  source: Translation | CollectionText | null;
  /** The file of that source. */
  sourceFile: string | null;
}

/** Every text of every article and collection. */
export function allTexts(content: Content): ItemText[] {
  return [...articleTexts(content), ...collectionTexts(content)];
}

/** The texts that items name. */
export function textsOf(content: Content, items: readonly Item[]): ItemText[] {
  return allTexts(content).filter((text) =>
    items.some(
      ({ kind, id, locale }) =>
        kind === text.kind && id === text.id && (locale === null || locale === text.locale),
    ),
  );
}

function articleTexts(content: Content): ItemText[] {
  return content.articles.flatMap(({ id, path, sourceLocale, translations }) => {
    const source = translations.find(({ locale }) => locale === sourceLocale) ?? null;
    return translations.map(
      (text): ItemText => ({
        kind: 'article',
        id,
        path,
        file: text.file,
        locale: text.locale,
        title: text.title,
        digest: text.articleDigest,
        review: text.review,
        text,
        source: text.locale === sourceLocale ? null : source,
        sourceFile: text.locale === sourceLocale ? null : (source?.file ?? null),
      }),
    );
  });
}

function collectionTexts(content: Content): ItemText[] {
  const { defaultLocale } = content.config;
  return content.collections.flatMap(({ id, path, file, texts }) => {
    const source = texts.find(({ locale }) => locale === defaultLocale) ?? null;
    return texts.map(
      (text): ItemText => ({
        kind: 'collection',
        id,
        path,
        file,
        locale: text.locale,
        title: text.title,
        digest: text.textDigest,
        review: text.review,
        text,
        source: text.locale === defaultLocale ? null : source,
        sourceFile: text.locale === defaultLocale || source === null ? null : file,
      }),
    );
  });
}
