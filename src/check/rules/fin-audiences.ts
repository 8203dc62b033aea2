import type { Rule } from '../rule.ts';

export const finAudiences: Rule = {
  name: 'fin-audiences',
  severity: 'warn',
  holds: 'item',
  fixable: false,
  looksAt: 'item',
  what: '`finAudiences` on an article that no AI agent may read',
  why: 'One of the two is not what was meant.',
  mend: 'Correct `fin` or leave `finAudiences` out.',
  find(facts) {
    return facts.texts
      .filter(({ isSource, article }) => isSource && article.finAudiences.length > 0)
      .filter(({ article }) =>
        article.translations.every(({ fin }) => !fin.agent && !fin.copilot && !fin.salesAgent),
      )
      .map(({ translation }) => ({
        ...facts.place(translation.file, ['finAudiences']),
        message: 'finAudiences names who may be told this, but no AI agent may read it',
      }));
  },
};
