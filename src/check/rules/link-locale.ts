import { linkTo } from '../article-link.ts';
import { hrefFixes } from '../href-edit.ts';
import type { Rule } from '../rule.ts';

export const linkLocale: Rule = {
  name: 'link-locale',
  severity: 'warn',
  holds: 'text',
  fixable: true,
  what: "a link to an article's file in another locale, though it has one in this locale",
  why: 'Readers would change locale without asking for it.',
  mend: "Link to the file of the text's own locale.",
  find(facts) {
    const fixes = hrefFixes(facts.sources);
    return facts.texts.flatMap(({ translation, links }) =>
      links.flatMap(({ leads, place, reference }) => {
        const target = leads.kind === 'file' ? facts.textByFile.get(leads.path) : undefined;
        if (target === undefined || target.translation.locale === translation.locale) return [];
        const own = target.article.translations.find((one) => one.locale === translation.locale);
        if (own === undefined) return [];
        const replacement = linkTo(place.file, own.file, reference.href);
        return [
          {
            ...place,
            message: `"${reference.href}" leads to ${target.translation.locale}, this text is ${translation.locale}: link to "${replacement}"`,
            fix: fixes(place, reference.href, replacement),
          },
        ];
      }),
    );
  },
};
