import type { Agent } from '../../model/config.ts';
import type { Desired } from '../../plan/desired.ts';
import type { QuestionReport, Scores } from '../../report/github/questions.ts';
import { type EvalResult, evaluated } from '../eval.ts';
import { agentTextsOf } from '../readable-texts.ts';

/** The agent that answers customers. */
const asked: Agent = 'agent';

/**
 * How well questions are answered with a change, and without it. The base branch is asked the
 * questions it has itself; one that is new has nothing to be compared with.
 * @returns null where there is no question
 */
export function questionReport(head: Desired, base: Desired | null): QuestionReport | null {
  const now = evaluated(agentTextsOf(head, asked));
  if (now.cases.length === 0) return null;
  const before = base === null ? null : evaluated(agentTextsOf(base, asked));
  const ranks = new Map(before?.cases.map((one) => [keyOf(one), one.rank]));
  return {
    now: scoresOf(now),
    before: before === null || before.cases.length === 0 ? null : scoresOf(before),
    rows: now.cases.map(({ question, path, locale, expected, rank }) => {
      const old = ranks.get(keyOf({ question, locale, expected }));
      return { question, path, locale, rank, ...(old === undefined ? {} : { before: old }) };
    }),
  };
}

function keyOf(one: { question: string; locale: string; expected: string }): string {
  return JSON.stringify([one.expected, one.locale, one.question]);
}

function scoresOf({ cases, recallAt1, recallAt3, mrr }: EvalResult): Scores {
  return { asked: cases.length, recallAt1, recallAt3, mrr };
}
