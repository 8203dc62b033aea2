import type { Text } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const titleDuplicate: Rule = {
  name: 'title-duplicate',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  what: 'two articles of one collection with the same title',
  why: 'Readers cannot tell them apart, and `kb adopt` finds articles by title and collection.',
  mend: 'Give one of them another title.',
  find(facts) {
    const first = new Map<string, Text>();
    return facts.texts.flatMap((text) => {
      const { article, translation } = text;
      const title = translation.title.normalize('NFKC').trim().toLowerCase();
      const key = [article.collectionId, translation.locale, title].join('\n');
      const other = first.get(key);
      if (other === undefined) first.set(key, text);
      if (other === undefined || title === '') return [];
      return [
        {
          ...facts.place(translation.file, ['title']),
          message: `${other.translation.file} has the same title, "${translation.title}"`,
        },
      ];
    });
  },
};
