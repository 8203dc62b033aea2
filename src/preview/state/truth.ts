import { invalidItems } from '../../check/index.ts';
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
  const reason = (agent: Agent) => reasonAgainst({ article, text, open, invalid }, agent);
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

function reasonAgainst(
  facts: { article: Article; text: Translation; open: Gates; invalid: string | null },
  agent: Agent,
): string | null {
  const { article, text, open, invalid } = facts;
  if (invalid !== null) return invalid;
  if (text.publication === 'draft') return 'it is a draft';
  if (!text.fin[agent]) return `fin.${agent} is off`;
  // Internal articles are for teammates: what answers customers never reads them.
  if (article.visibility === 'internal' && agent !== 'copilot') return 'it is internal';
  return open.ai ? null : open.reason;
}

/** Can any agent answer from it? */
export function isReadByAny(truth: TextTruth): boolean {
  return agents.some((agent) => truth.agents[agent] === null);
}
