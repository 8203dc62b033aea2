import { evaluate, questionCases, retrievalIndex } from '../fin/index.ts';
import type { Agent } from '../model/config.ts';
import { readContent } from '../repository/index.ts';
import type { Context } from './context.ts';
import { type AgentText, agentTexts } from './readable-texts.ts';

/** A question with the place its article came at; null: not found. */
export interface EvalCase {
  question: string;
  expected: string;
  rank: number | null;
  locale: string;
  path: string;
}

export interface EvalResult {
  cases: EvalCase[];
  /** Questions of texts that the agent may not read. */
  skipped: { question: string; expected: string; locale: string; reason: string }[];
  recallAt1: number;
  recallAt3: number;
  mrr: number;
}

/** Asks all `questions` of the content and says where the articles came that should answer them. */
export async function evalCommand(
  context: Context,
  options: { agent: Agent },
): Promise<EvalResult> {
  const content = await readContent(context.contentDir);
  return evaluated(await agentTexts(context, content, options.agent));
}

/** The same for texts that are read already. */
export function evaluated(texts: readonly AgentText[]): EvalResult {
  const byKey = new Map(
    texts.map((text) => [`${text.article.id}:${text.translation.locale}`, text]),
  );
  const readable = texts.filter(({ reason }) => reason === null);
  const index = retrievalIndex(readable.map(({ translation }) => translation));
  const cases = questionCases(texts.map(({ translation }) => translation));
  const { recallAt1, recallAt3, mrr, ...found } = evaluate(index, cases);
  return {
    cases: found.cases.map(({ question, expected, rank, locale }) => ({
      question,
      expected,
      rank,
      locale,
      path: byKey.get(`${expected}:${locale}`)?.article.path ?? expected,
    })),
    skipped: found.skipped.map(({ question, expected, locale }) => ({
      question,
      expected,
      locale,
      reason: byKey.get(`${expected}:${locale}`)?.reason ?? '',
    })),
    recallAt1,
    recallAt3,
    mrr,
  };
}
