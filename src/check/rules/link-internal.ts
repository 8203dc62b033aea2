import type { Rule } from '../rule.ts';

export const linkInternal: Rule = {
  name: 'link-internal',
  severity: 'error',
  holds: 'text',
  fixable: false,
  what: 'a link from an article that customers read to an internal one',
  why: 'Customers cannot open it, and its title would tell them that it exists.',
  mend: 'Remove the link, or change the `visibility` of one of the two.',
  find(facts) {
    return facts.texts
      .filter(({ article }) => article.visibility !== 'internal')
      .flatMap((text) =>
        text.links.flatMap(({ leads, place, reference }) => {
          const target = leads.kind === 'file' ? facts.textByFile.get(leads.path) : undefined;
          if (target?.article.visibility !== 'internal') return [];
          return [
            {
              ...place,
              message: `"${reference.href}" is internal, and customers read this article`,
            },
          ];
        }),
      );
  },
};
