import type { Rule } from '../rule.ts';

export const tags: Rule = {
  name: 'tags',
  severity: 'warn',
  holds: 'item',
  fixable: false,
  looksAt: 'item',
  what: 'a tag that is empty or stands twice, in whatever case',
  why: 'The service has one tag by that name.',
  mend: 'Leave one of them out.',
  find(facts) {
    return facts.texts
      .filter(({ isSource }) => isSource)
      .flatMap(({ article, translation }) => {
        const names = (article.tags ?? []).map((tag) => tag.trim().toLowerCase());
        return names.flatMap((name, index) => {
          if (name !== '' && names.indexOf(name) === index) return [];
          const message =
            name === '' ? 'a tag is empty' : `the tag "${article.tags?.[index]}" stands twice`;
          return [{ ...facts.place(translation.file, ['tags', index]), message }];
        });
      });
  },
};
