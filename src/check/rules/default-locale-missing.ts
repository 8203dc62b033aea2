import { shellWord } from '../../model/shell-word.ts';
import type { Rule } from '../rule.ts';

export const defaultLocaleMissing: Rule = {
  name: 'default-locale-missing',
  severity: 'warn',
  holds: 'item',
  fixable: false,
  looksAt: 'item',
  what: 'an article without a text in the default locale',
  why: 'The service needs a title in the default locale, so the article is held until there is one.',
  mend: '`kb new translation <path> --locale <default locale>`.',
  find(facts) {
    const { config, articles } = facts.content;
    const locale = config.defaultLocale;
    return articles
      .filter(({ translations }) => !translations.some((one) => one.locale === locale))
      .filter(({ path }) => !facts.unreadable.has(`${path}.${locale}.md`))
      .map(({ path, translations }) => ({
        file: translations[0]?.file ?? `${path}.${locale}.md`,
        line: 1,
        column: 1,
        message: `there is no text in the default locale (${locale}): the article is not published`,
        hint: `kb new translation ${shellWord(path)} --locale ${locale}`,
      }));
  },
};
