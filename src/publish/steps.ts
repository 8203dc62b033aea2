import type { Change } from '../plan/plan.ts';

/** Changes that travel in one request, or one asset transfer. */
export interface Step {
  write: number | null;
  kind:
    | 'tag'
    | 'asset'
    | 'collection'
    | 'article'
    | 'tagging'
    | 'internal'
    | 'delete-internal'
    | 'redirect'
    | 'delete-redirect'
    | 'delete-article'
    | 'delete-collection';
  id: string;
  changes: readonly Change[];
}

/** The steps of a plan in writing order. Adoption has no step: it writes only the ledger. */
export function stepsOf(changes: readonly Change[]): Step[] {
  const assets = changes.filter((change) => change.kind === 'asset').map(assetStep);
  const grouped = new Map<number, Change[]>();
  for (const change of changes) {
    if (change.write === null) continue;
    grouped.set(change.write, [...(grouped.get(change.write) ?? []), change]);
  }
  const writes = [...grouped]
    .sort(([a], [b]) => a - b)
    .flatMap(([write, group]): Step[] => {
      const [first] = group;
      return first === undefined
        ? []
        : [{ write, kind: stepKind(first), id: first.id, changes: group }];
    });
  return [...assets, ...writes];
}

function assetStep(change: Change): Step {
  return { write: null, kind: 'asset', id: change.id, changes: [change] };
}

function stepKind(change: Change): Step['kind'] {
  switch (change.kind) {
    case 'tag':
      return 'tag';
    case 'asset':
      return 'asset';
    case 'collection':
      return change.action === 'delete' ? 'delete-collection' : 'collection';
    case 'redirect':
      return change.action === 'delete' ? 'delete-redirect' : 'redirect';
    case 'article':
      if (change.isInternal) return change.action === 'delete' ? 'delete-internal' : 'internal';
      if (change.action === 'delete') return 'delete-article';
      return change.fields.some((field) => field.name === 'tags') ? 'tagging' : 'article';
  }
}
