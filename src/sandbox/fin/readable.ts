import type { Availability } from '../state/entities.ts';
import { compareIds } from '../state/table.ts';
import type { Workspace } from '../workspace.ts';

/** Fin's agents: the one that talks to customers, the one that helps teammates, the one that sells. */
export type Agent = 'agent' | 'copilot' | 'salesAgent';
export const AGENTS: readonly Agent[] = ['agent', 'copilot', 'salesAgent'];

/** A text Fin may answer from now. */
export interface FinSource {
  readonly kind: 'article' | 'internal_article';
  readonly id: string;
  readonly locale: string;
  readonly title: string;
}

export interface ReadableText extends FinSource {
  readonly description: string;
  readonly body: string;
}

const FLAG = {
  agent: 'chatbot',
  copilot: 'copilot',
  salesAgent: 'salesAgent',
} as const satisfies Record<Agent, keyof Availability>;

/**
 * What an agent may read: published locales and internal articles whose flag for it is on. An article
 * in no collection counts, as Intercom's newest document has it. Unpublished changes do not count.
 */
export function readableTexts(workspace: Workspace, agent: Agent): readonly ReadableText[] {
  const { articles, internalArticles } = workspace.store.tables;
  const flag = FLAG[agent];
  const published = [...articles.rows()].flatMap(({ id, contents }) =>
    Object.entries(contents)
      .filter(([, { state, availability }]) => state === 'published' && availability[flag])
      .map(([locale, { title, description, body }]): ReadableText => {
        return { kind: 'article', id, locale, title, description, body };
      }),
  );
  const internal = [...internalArticles.rows()]
    .filter(({ availability }) => availability[flag])
    .map(({ id, locale, title, body }): ReadableText => {
      return { kind: 'internal_article', id, locale, title, description: '', body };
    });
  return [...published, ...internal].sort(bySource);
}

function bySource(left: FinSource, right: FinSource): number {
  if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1;
  return compareIds(left.id, right.id) || (left.locale < right.locale ? -1 : 1);
}

/** A readable text without its content: who it is. */
export function sourceOf({ kind, id, locale, title }: ReadableText): FinSource {
  return { kind, id, locale, title };
}
