import type { Article, Asset, Collection, CollectionText, Translation } from '../model/article.ts';
import type { Gates, ReviewDecision } from '../model/review.ts';

/** What git says, with the review decision and the gates of each text beside it. */
export interface Desired {
  articles: readonly DesiredArticle[];
  collections: readonly DesiredCollection[];
  assets: ReadonlyMap<string, Asset>;
  /** Why nothing counts as removed; null when everything was readable. */
  removalsHeld: string | null;
  /** Commit of the content, where there is git. */
  commit: string | null;
}

export interface DesiredArticle extends Omit<Article, 'translations'> {
  translations: readonly DesiredTranslation[];
  /** First error that holds the whole article; null when there is none. */
  invalid: string | null;
}

export interface DesiredTranslation extends Translation {
  decision: ReviewDecision;
  gates: Gates;
  outdated: boolean;
  /** First error of this text; null when there is none. */
  invalid: string | null;
}

export interface DesiredCollection extends Omit<Collection, 'texts'> {
  texts: readonly DesiredCollectionText[];
  invalid: string | null;
}

export interface DesiredCollectionText extends CollectionText {
  decision: ReviewDecision;
  gates: Gates;
}
