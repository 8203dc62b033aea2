import type { Rule } from '../rule.ts';

export const linkDraft: Rule = {
  name: 'link-draft',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  what: 'a link from a published text to a draft',
  why: 'Readers cannot open a draft.',
  mend: 'Publish the draft, or leave the link out until then.',
  find(facts) {
    return facts.texts
      .filter(({ translation }) => translation.publication === 'published')
      .flatMap((text) =>
        text.links.flatMap(({ leads, place, reference }) => {
          const target = leads.kind === 'file' ? facts.textByFile.get(leads.path) : undefined;
          if (target?.translation.publication !== 'draft' || target.article === text.article) {
            return [];
          }
          return [{ ...place, message: `"${reference.href}" is a draft: readers cannot open it` }];
        }),
      );
  },
};
