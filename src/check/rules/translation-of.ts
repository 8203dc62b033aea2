import { shellWord } from '../../model/shell-word.ts';
import { translationState } from '../../review/index.ts';
import type { Rule } from '../rule.ts';
import { translatedTexts } from '../translated-texts.ts';

export const translationOf: Rule = {
  name: 'translation-of',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a translation that does not say which version of the source text it translates',
  why: 'Nobody will notice when the source text moves on.',
  mend: 'Compare the two, then `kb translated <item>`.',
  find(facts) {
    return translatedTexts(facts)
      .filter(({ text, source }) => translationState(text, source) === 'unknown')
      .map(({ label, item, path, source, place }) => ({
        ...place(path),
        message: `${label}does not say which version of the ${source.locale} text it translates`,
        hint: `kb translated ${shellWord(item)}`,
      }));
  },
};
