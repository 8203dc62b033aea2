import type { Translation } from '../model/article.ts';
import { articlesFound } from './ask.ts';
import { type RetrievalIndex, textKey } from './retrieval-index.ts';

/** A question with the article that answers it. */
export interface QuestionCase {
  question: string;
  /** Article id. */
  expected: string;
  locale: string;
}

export interface QuestionResult extends QuestionCase {
  /** The article that was found first; null when nothing was. */
  id: string | null;
  /** Place of the expected article among the articles found, from 1; null when it is not there. */
  rank: number | null;
}

export interface Evaluation {
  cases: readonly QuestionResult[];
  /** Questions of texts that are not in the index: the agent may not read them, so they count for nothing. */
  skipped: readonly QuestionCase[];
  /** Shares of the cases, 0 to 1; 1 when there are none. */
  recallAt1: number;
  recallAt3: number;
  /** Mean of 1 / rank. */
  mrr: number;
}

/** The questions that texts say they answer. */
export function questionCases(translations: readonly Translation[]): QuestionCase[] {
  return translations.flatMap(({ articleId, locale, questions }) =>
    questions.map((question) => ({ question, expected: articleId, locale })),
  );
}

/** Asks every question and says where its article came. */
export function evaluate(index: RetrievalIndex, cases: readonly QuestionCase[]): Evaluation {
  const isAsked = (one: QuestionCase) => index.texts.has(textKey(one.expected, one.locale));
  const results = cases.filter(isAsked).map((one) => resultOf(index, one));
  const share = (worst: number) =>
    mean(results.map(({ rank }) => (rank !== null && rank <= worst ? 1 : 0)));
  return {
    cases: results,
    skipped: cases.filter((one) => !isAsked(one)),
    recallAt1: share(1),
    recallAt3: share(3),
    mrr: mean(results.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
  };
}

function resultOf(index: RetrievalIndex, one: QuestionCase): QuestionResult {
  const found = articlesFound(index, one.question, one.locale);
  const place = found.indexOf(one.expected);
  return { ...one, id: found[0] ?? null, rank: place === -1 ? null : place + 1 };
}

function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) return 1;
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
