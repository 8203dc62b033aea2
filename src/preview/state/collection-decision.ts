import type { CollectionText } from '../../model/article.ts';
import type { ReviewDecision } from '../../model/review.ts';
import { decide } from '../../review/index.ts';
import type { Knowledge } from './knowledge.ts';

/** The review decision about a collection's text. */
export function collectionDecision(
  text: CollectionText,
  { content, today }: Pick<Knowledge, 'content' | 'today'>,
): ReviewDecision {
  const policy = content.config.review;
  return decide({ stamp: text.review, digest: text.textDigest, policy, today });
}
