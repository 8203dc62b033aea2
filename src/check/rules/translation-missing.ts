import { shellWord } from '../../model/shell-word.ts';
import type { Rule } from '../rule.ts';

export const translationMissing: Rule = {
  name: 'translation-missing',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'an article or collection without a text in one of the `locales` of kb.yaml; drafts are not counted',
  why: 'Readers of that locale get another one, or nothing.',
  mend: '`kb new translation <path> --locale <locale>`, or the texts in `_collection.yaml`.',
  find(facts) {
    const { content, unreadable } = facts;
    const { locales, defaultLocale } = content.config;
    const articles = content.articles
      .filter(({ translations }) => translations.some((one) => one.publication === 'published'))
      .flatMap((article) => {
        const source = article.translations.find((one) => one.locale === article.sourceLocale);
        const file = (source ?? article.translations[0])?.file ?? `${article.path}.md`;
        return locales
          .filter((locale) => locale !== defaultLocale)
          .filter((locale) => !article.translations.some((one) => one.locale === locale))
          .filter((locale) => !unreadable.has(`${article.path}.${locale}.md`))
          .map((locale) => ({
            file,
            line: 1,
            column: 1,
            message: `there is no ${locale} text`,
            hint: `kb new translation ${shellWord(article.path)} --locale ${locale}`,
          }));
      });
    const collections = content.collections.flatMap(({ file, texts }) =>
      locales
        .filter((locale) => !texts.some((text) => text.locale === locale))
        .map((locale) => ({
          file,
          line: 1,
          column: 1,
          message: `the collection has no ${locale} title`,
          hint: `add "${locale}:" with a title and a description`,
        })),
    );
    return [...articles, ...collections];
  },
};
