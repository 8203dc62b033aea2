import { shellWord } from '../../model/shell-word.ts';
import { isOutdated } from '../../review/index.ts';
import type { Rule } from '../rule.ts';
import { translatedTexts } from '../translated-texts.ts';

export const outdated: Rule = {
  name: 'outdated',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a translation whose source text has changed since',
  why: 'Readers of that locale get what was true before; `translations.onOutdated` says whether the AI still may.',
  mend: 'Bring the change over, then `kb translated <item>`. `kb translated --status` shows what changed.',
  find(facts) {
    return translatedTexts(facts)
      .filter(({ text, source }) => isOutdated(text, source))
      .map(({ label, item, path, source, place }) => ({
        ...place([...path, 'translationOf']),
        message: `${label}translates an earlier version of "${source.title}" (${source.locale}), which has changed since`,
        hint: `kb translated ${shellWord(item)} --status`,
      }));
  },
};
