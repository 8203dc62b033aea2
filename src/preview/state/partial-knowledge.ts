import type { Content } from '../../model/content.ts';
import { indexed, type Knowledge } from './knowledge.ts';

/** Knowledge of a part of the content, for the time until all of it is read. */
export function partialKnowledge(content: Content, today: string): Knowledge {
  const articles = new Map(content.articles.map((article) => [article.id, article]));
  const paths = new Map(content.articles.map((article) => [article.path, article]));
  const collections = indexed(content.collections);
  return {
    version: 0,
    content,
    uses: { linksTo: () => [], ofAsset: () => [], ofInclude: () => [] },
    today,
    isPartial: true,
    trouble: null,
    source: () => undefined,
    parse: () => null,
    article: (id) => articles.get(id) ?? null,
    articleAt: (path) => paths.get(path) ?? null,
    collection: (id) => collections.byId.get(id) ?? null,
    collectionAt: (path) => collections.byPath.get(path) ?? null,
    proof: () => null,
    findingsOf: () => [],
    findings: () => ({ byFile: new Map(), isCurrent: false }),
  };
}
