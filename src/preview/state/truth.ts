import { invalidItems } from '../../check/index.ts';
import { reasonAgainst } from '../../fin/index.ts';
import type { Article, Translation } from '../../model/article.ts';
import { type Agent, agents } from '../../model/config.ts';
import type { Finding } from '../../model/finding.ts';
import type { Gates, ReviewDecision } from '../../model/review.ts';
import { decide, gates, type TranslationState, translationState } from '../../review/index.ts';
import type { Knowledge } from './knowledge.ts';

/** What is true of one text today: who stands behind it, and who may read it. */
export interface TextTruth {
  decision: ReviewDecision;
  gates: Gates;
  translation: TranslationState;
  /** First error that holds it; null when there is none. */
  invalid: string | null;
  /** Why each agent may not answer from it; null when it may. */
  agents: Readonly<Record<Agent, string | null>>;
}

/** The truth about a text, as if the working tree were published now. */
export function truthOf(
  article: Article,
  text: Translation,
  knowledge: Pick<Knowledge, 'content' | 'today' | 'proof'>,
  findings: readonly Finding[],
): TextTruth {
  const { content, today } = knowledge;
  const { config } = content;
  const source = article.translations.find(({ locale }) => locale === article.sourceLocale);
  const translation = source === undefined ? 'unknown' : translationState(text, source);
  const decision = decide({
    stamp: text.review,
    digest: text.articleDigest,
    policy: config.review,
    today,
    proof: knowledge.proof(article, text),
  });
  const open = gates({ decision, config, outdated: translation === 'outdated' });
  const held = invalidItems(findings, { ...content, articles: [article], collections: [] });
  const errors = held.articles.get(article.id);
  const invalid = errors?.whole ?? errors?.locales.get(text.locale) ?? null;
  const { visibility } = article;
  const { publication, fin } = text;
  const facts = { visibility, publication, fin, ceilings: config.ai, invalid, gates: open };
  const reason = (agent: Agent) => reasonAgainst(facts, agent);
  return {
    decision,
    gates: open,
    translation,
    invalid,
    agents: {
      agent: reason('agent'),
      copilot: reason('copilot'),
      salesAgent: reason('salesAgent'),
    },
  };
}

/** Can any agent answer from it? */
export function isReadByAny(truth: TextTruth): boolean {
  return agents.some((agent) => truth.agents[agent] === null);
}
