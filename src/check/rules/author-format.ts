import { isEmail } from '../email.ts';
import type { Rule } from '../rule.ts';

export const authorFormat: Rule = {
  name: 'author-format',
  severity: 'error',
  holds: 'item',
  fixable: false,
  looksAt: 'item',
  what: 'an `author` that is no e-mail address',
  why: 'Teammates are found by their e-mail address.',
  mend: 'Write the address of a teammate, or leave it out: kb.yaml names a default.',
  find(facts) {
    return facts.texts
      .filter(({ isSource, article }) => isSource && article.author !== null)
      .filter(({ article }) => !isEmail(article.author ?? ''))
      .map(({ article, translation }) => ({
        ...facts.place(translation.file, ['author']),
        message: `author is "${article.author}": expected a teammate's e-mail address`,
      }));
  },
};
