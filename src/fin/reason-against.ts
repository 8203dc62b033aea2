import type { Article, Publication } from '../model/article.ts';
import type { Agent, Config } from '../model/config.ts';
import type { Gates } from '../model/review.ts';

/** What decides whether an agent may answer from a text, as if the working tree were published now. */
export interface AgentFacts {
  visibility: Article['visibility'];
  publication: Publication;
  fin: Readonly<Record<Agent, boolean>>;
  /** What kb.yaml allows at most, where the reason shall tell it; `fin` is within it already. */
  ceilings: Config['ai'] | null;
  /** First error that holds the text; null when there is none. */
  invalid: string | null;
  gates: Gates;
}

/** Why an agent may not read a text; null when it may. */
export function reasonAgainst(facts: AgentFacts, agent: Agent): string | null {
  const { visibility, publication, fin, ceilings, invalid, gates } = facts;
  if (invalid !== null) return invalid;
  if (publication === 'draft') return 'it is a draft';
  if (ceilings?.[agent] === false) return `ai.${agent} in kb.yaml is off`;
  if (!fin[agent]) return `fin.${agent} is off`;
  // Internal articles are for teammates: what answers customers never reads them.
  if (visibility === 'internal' && agent !== 'copilot') return 'it is internal';
  return gates.ai ? null : gates.reason;
}
