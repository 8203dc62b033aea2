import { targetsOf } from '../plan/addresses.ts';
import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';
import type { Step } from './steps.ts';

/** The name under which a step is waited for: that of what it writes. */
export function ownKey(step: Step): string {
  switch (step.kind) {
    case 'tag':
      return `tag ${step.id}`;
    case 'asset':
      return `asset ${step.id}`;
    case 'collection':
    case 'delete-collection':
      return `collection ${step.id}`;
    case 'internal':
    case 'delete-internal':
      return `internal ${step.id}`;
    case 'redirect':
    case 'delete-redirect':
      return `redirect ${step.id}`;
    default:
      return `article ${step.id}`;
  }
}

/** What must have been written before a step: earlier writes of itself, and what it needs to exist. */
export function dependenciesOf(step: Step, run: Run, state: RunState): string[] {
  const { desired } = run;
  const own = ownKey(step);
  if (step.kind === 'delete-collection') return [own, ...insideOf(step.id, run)];
  if (step.kind === 'collection') {
    const parentId = desired.collections.find((item) => item.id === step.id)?.parentId ?? null;
    return [own, ...newCollection(parentId, state)];
  }
  if (step.kind === 'redirect') {
    const target = step.changes[0]?.fields.find((field) => field.name === 'target')?.after;
    return [own, ...newArticle(String(target), state)];
  }
  const article = desired.articles.find((item) => item.id === step.id);
  if (article === undefined) return [own];
  if (step.kind === 'tagging') return [own, ...(article.tags ?? []).map((tag) => `tag ${tag}`)];
  if (step.kind !== 'article' && step.kind !== 'internal') return [own];
  const written = new Set(step.changes.map((change) => change.locale));
  const texts = article.translations.filter((text) => written.has(text.locale));
  return [
    own,
    ...newCollection(article.collectionId, state),
    ...texts.flatMap((text) =>
      text.assets.map((hash) => `asset ${desired.assets.get(hash)?.path ?? hash}`),
    ),
    ...texts.flatMap((text) =>
      targetsOf(text.body).flatMap((target) => {
        if (target.kind !== 'article') return [];
        // Heading ids that the service makes up are known once what holds them was written.
        const isAwaited = target.anchor !== null && run.profile.headingIds === 'replaced';
        return isAwaited ? [`article ${target.id}`] : newArticle(target.id, state);
      }),
    ),
  ];
}

/** What leaves a collection before it is deleted: if one of them fails, it stays. */
function insideOf(id: string, { recorded, actual }: Run): string[] {
  const intercomId = recorded.collections[id]?.intercomId;
  const articles = new Set(
    actual.articles.filter((live) => live.parentId === intercomId).map((live) => live.intercomId),
  );
  const collections = new Set(
    actual.collections
      .filter((live) => live.parentId === intercomId)
      .map((live) => live.intercomId),
  );
  return [
    ...Object.entries(recorded.articles)
      .filter(([, entry]) => articles.has(entry.intercomId))
      .map(([key]) => `article ${key}`),
    ...Object.entries(recorded.collections)
      .filter(([, entry]) => collections.has(entry.intercomId))
      .map(([key]) => `collection ${key}`),
  ];
}

function newArticle(id: string, state: RunState): string[] {
  return state.articleIntercomId(id) === null ? [`article ${id}`] : [];
}

function newCollection(id: string | null, state: RunState): string[] {
  return id === null || state.collectionIntercomId(id) !== null ? [] : [`collection ${id}`];
}
