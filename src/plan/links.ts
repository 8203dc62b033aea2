import type { Target } from '../model/tree.ts';
import { targetsOf } from './addresses.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';

type ArticleTarget = Extract<Target, { kind: 'article' }>;

/** The articles that a text links to; itself does not count. */
export function linkedArticles(text: DesiredTranslation): ArticleTarget[] {
  return targetsOf(text.body).filter(
    (target): target is ArticleTarget => target.kind === 'article' && target.id !== text.articleId,
  );
}

/** A link to the own article, in this locale or another: it has no address before the article is there. */
export function linksToItself(text: DesiredTranslation): boolean {
  return targetsOf(text.body).some(
    (target) => target.kind === 'article' && target.id === text.articleId,
  );
}

/** The name of one text of an item; null: of the whole item. */
export const keyOf = (id: string, locale: string | null) => `${id} ${locale ?? '*'}`;

/** Every text by its name. */
export function textsOf(articles: readonly DesiredArticle[]): Map<string, DesiredTranslation> {
  return new Map(
    articles.flatMap((article) =>
      article.translations.map((text) => [keyOf(article.id, text.locale), text] as const),
    ),
  );
}
