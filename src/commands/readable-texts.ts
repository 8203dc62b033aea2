import { reasonAgainst } from '../fin/index.ts';
import type { Article, Translation } from '../model/article.ts';
import type { Agent } from '../model/config.ts';
import type { Content } from '../model/content.ts';
import type { Approval } from '../model/review.ts';
import type { Desired } from '../plan/desired.ts';
import type { Context } from './context.ts';
import { desiredOf } from './desired.ts';
import { workingTreeProofs } from './proof/working-tree-proofs.ts';

/** A text of the working tree, and whether an agent may answer from it. */
export interface AgentText {
  article: Pick<Article, 'id' | 'path'>;
  translation: Translation;
  approval: Approval | null;
  /** Why the agent may not read it; null when it may. */
  reason: string | null;
}

/** Every text with the AI gate applied, as if the working tree were published now. */
export async function agentTexts(
  context: Context,
  content: Content,
  agent: Agent,
): Promise<AgentText[]> {
  const proofs = await workingTreeProofs(context, content);
  return agentTextsOf(desiredOf(content, context.today, null, proofs), agent);
}

/** The same for content that is judged already. */
export function agentTextsOf(desired: Desired, agent: Agent): AgentText[] {
  return desired.articles.flatMap((article) =>
    article.translations.map((translation) => {
      const { publication, fin, gates } = translation;
      const invalid = article.invalid ?? translation.invalid;
      const { visibility } = article;
      const facts = { visibility, publication, fin, ceilings: null, invalid, gates };
      return {
        article,
        translation,
        approval: translation.decision.approval,
        reason: reasonAgainst(facts, agent),
      };
    }),
  );
}
