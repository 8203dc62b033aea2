import type { Stamp } from '../../model/article.ts';
import { shellWord } from '../../model/shell-word.ts';
import { daysBetween, decide, expiresOn } from '../../review/index.ts';
import type { Facts } from '../facts.ts';
import type { Place } from '../place.ts';
import type { Found, Rule } from '../rule.ts';

/** How many days ahead an end is announced. */
const noticeDays = 30;

export const review: Rule = {
  name: 'review',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a text that nobody has reviewed, that was edited since, or whose review has ended or ends within 30 days; drafts are not counted',
  why: 'What is not reviewed is not published, and the AI does not answer from it.',
  mend: 'Read it, then `kb review <item> --by <your e-mail>`. With `review.require: github` a merged, approved pull request says it, and this rule is silent.',
  find(facts) {
    if (facts.content.config.review.require === 'github') return [];
    const articles = facts.texts
      .filter(({ translation }) => translation.publication === 'published')
      .flatMap(({ translation }) =>
        reviewFound(
          { stamp: translation.review, digest: translation.articleDigest, item: translation.file },
          facts,
          () => facts.place(translation.file, ['review']),
        ),
      );
    const collections = facts.content.collections.flatMap(({ file, path, texts }) =>
      texts.flatMap((text) =>
        reviewFound({ stamp: text.review, digest: text.textDigest, item: path }, facts, () =>
          facts.place(file, [text.locale, 'review']),
        ).map((found) => ({ ...found, message: `${text.locale}: ${found.message}` })),
      ),
    );
    return [...articles, ...collections];
  },
};

function reviewFound(
  text: { stamp: Stamp | null; digest: string; item: string },
  facts: Facts,
  place: () => Place,
): Found[] {
  const { today, content } = facts;
  const policy = content.config.review;
  const decision = decide({ stamp: text.stamp, digest: text.digest, policy, today });
  const hint = `kb review ${shellWord(text.item)} --by <your e-mail>`;
  const { approval, status, reason } = decision;
  if (status !== 'declared' && status !== 'baseline') {
    return [{ ...place(), message: `${status}: ${reason}`, hint }];
  }
  const lastDay = approval === null ? null : expiresOn(approval, policy);
  const left = lastDay === null ? null : daysBetween(today, lastDay);
  if (left === null || left > noticeDays) return [];
  const days = left === 1 ? '1 day' : `${left} days`;
  return [{ ...place(), message: `${reason}; that ends on ${lastDay} (in ${days})`, hint }];
}
