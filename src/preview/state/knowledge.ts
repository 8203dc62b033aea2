import type { Article, Collection, Translation } from '../../model/article.ts';
import type { Content } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import type { KbError } from '../../model/kb-error.ts';
import type { Proof } from '../../review/index.ts';
import type { Reading } from '../reading/content-reader.ts';
import type { Uses } from './uses.ts';

/** All that the preview knows of a knowledge base at one moment. */
export interface Knowledge {
  /** Counts up with every change. */
  readonly version: number;
  readonly content: Content;
  readonly uses: Pick<Uses, 'linksTo' | 'ofAsset' | 'ofInclude'>;
  /** ISO date. */
  readonly today: string;
  /** Is only a part of the content read yet? */
  readonly isPartial: boolean;
  /** Why the content cannot be read now; what is shown is the last that could be. */
  readonly trouble: KbError | null;
  source(file: string): string | undefined;
  parse: Reading['parse'];
  article(id: string): Article | null;
  articleAt(path: string): Article | null;
  collection(id: string): Collection | null;
  collectionAt(path: string): Collection | null;
  /** What GitHub proves of a text; null where stamps count. */
  proof(article: Article, text: Translation): Proof | null;
  /** Findings of an article's files and of the includes they use, true for this version. */
  findingsOf(article: Article): readonly Finding[];
  /** All findings by file; `isCurrent` is false while a big base is still being checked. */
  findings(): { byFile: ReadonlyMap<string, readonly Finding[]>; isCurrent: boolean };
}

/** Collections by what asks for them. */
export function indexed(collections: readonly Collection[]) {
  return {
    byId: new Map(collections.map((collection) => [collection.id, collection])),
    byPath: new Map(collections.map((collection) => [collection.path, collection])),
  };
}
