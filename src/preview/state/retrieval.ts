import { evaluate, questionCases, type RetrievalIndex, retrievalIndex } from '../../fin/index.ts';
import type { Article, Translation } from '../../model/article.ts';
import type { Finding } from '../../model/finding.ts';
import type { Knowledge } from './knowledge.ts';
import { truthOf } from './truth.ts';

/** How a text's questions were answered when everything an agent may read was searched. */
export interface Answered {
  question: string;
  /** Place of this article among those found; null when it was not found. */
  rank: number | null;
  /** The article found first. */
  first: string | null;
}

export interface Retrieval {
  /** The questions of a text, asked. `isCurrent` is false when texts have changed since the index was made. */
  answered(text: Translation): { cases: Answered[]; isCurrent: boolean };
}

/** An index that took longer than this is not made anew for every change. */
const quickMs = 150;
const patience = 20;

/** Asks questions over the texts that the AI agent may read; the index is made when it is needed. */
export function createRetrieval(
  knowledge: Knowledge,
  now: () => number = () => performance.now(),
): Retrieval {
  const indexes = new Map<
    string,
    { index: RetrievalIndex; version: number; tookMs: number; madeAt: number }
  >();

  function indexFor(locale: string) {
    const known = indexes.get(locale);
    if (known !== undefined && known.version === knowledge.version) return known;
    const mayWait =
      known !== undefined &&
      known.tookMs > quickMs &&
      now() - known.madeAt < known.tookMs * patience;
    if (known !== undefined && mayWait) return known;
    const start = now();
    const index = retrievalIndex(readableTexts(knowledge, locale));
    const made = { index, version: knowledge.version, tookMs: now() - start, madeAt: now() };
    indexes.set(locale, made);
    return made;
  }

  return {
    answered(text) {
      const { index, version } = indexFor(text.locale);
      const { cases } = evaluate(index, questionCases([text]));
      return {
        cases: cases.map(({ question, rank, id }) => ({ question, rank, first: id })),
        isCurrent: version === knowledge.version,
      };
    },
  };
}

/** The texts of a locale that the customers' agent may answer from. */
function readableTexts(knowledge: Knowledge, locale: string): Translation[] {
  const { byFile } = knowledge.findings();
  const includes = new Map(
    knowledge.content.includes.map((include) => [
      `${include.locale}\n${include.name}`,
      include.file,
    ]),
  );
  const findingsAt = (article: Article): Finding[] =>
    article.translations.flatMap((text) => [
      ...(byFile.get(text.file) ?? []),
      ...text.includes.flatMap((name) => [
        ...(byFile.get(includes.get(`${text.locale}\n${name}`) ?? '') ?? []),
      ]),
    ]);
  return knowledge.content.articles.flatMap((article) =>
    article.translations
      .filter((text) => text.locale === locale)
      .filter(
        (text) => truthOf(article, text, knowledge, findingsAt(article)).agents.agent === null,
      ),
  );
}
