import type { Translated } from '../review/index.ts';
import type { Facts } from './facts.ts';
import type { Place } from './place.ts';

/** A text beside the source text it translates, of an article or a collection. */
export interface TranslatedText {
  text: Translated;
  source: Translated & { title: string };
  /** Which of a file's texts is meant, before a message; empty where the file has one. */
  label: string;
  /** As commands take it. */
  item: string;
  /** Where the text's own values stand in the file's YAML. */
  path: readonly string[];
  place(path: readonly string[]): Place;
}

/** Every translation with its source text. */
export function translatedTexts(facts: Facts): TranslatedText[] {
  const { content } = facts;
  const articles = facts.texts
    .filter(({ isSource }) => !isSource)
    .flatMap(({ article, translation }) => {
      const { file } = translation;
      const source = article.translations.find((one) => one.locale === article.sourceLocale);
      return source === undefined
        ? []
        : [
            {
              text: translation,
              source,
              label: '',
              item: file,
              path: [],
              place: placeIn(file, facts),
            },
          ];
    });
  const collections = content.collections.flatMap(({ file, path, texts }) => {
    const source = texts.find((one) => one.locale === content.config.defaultLocale);
    if (source === undefined) return [];
    return texts
      .filter((text) => text !== source)
      .map((text) => ({
        text,
        source,
        item: path,
        label: `${text.locale}: `,
        path: [text.locale],
        place: placeIn(file, facts),
      }));
  });
  return [...articles, ...collections];
}

function placeIn(file: string, facts: Facts): TranslatedText['place'] {
  return (path) => (path.length === 0 ? { file, line: 1, column: 1 } : facts.place(file, path));
}
