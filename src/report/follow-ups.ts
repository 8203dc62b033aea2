/** The part of a change or outcome by which it is known to belong to another one. */
interface Step {
  kind: string;
  id: string;
  action: string;
}

/**
 * Parts a run into what a reader wants to see and what merely belongs to it: images, new tags, the
 * tags of new articles and the second write that gives their links an address. All of it happens;
 * only the first is news.
 */
export function withoutFollowUps<T extends Step>(
  steps: readonly T[],
): { news: readonly T[]; followUps: readonly T[] } {
  const created = new Set(
    steps.filter((step) => step.kind === 'article' && step.action === 'create').map(({ id }) => id),
  );
  const follows = (step: T): boolean =>
    step.kind === 'asset' ||
    step.kind === 'tag' ||
    (step.kind === 'article' &&
      created.has(step.id) &&
      (step.action === 'update' || step.action === 'publish'));
  return {
    news: steps.filter((step) => !follows(step)),
    followUps: steps.filter(follows),
  };
}
