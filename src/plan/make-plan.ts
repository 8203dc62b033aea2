import type { LedgerPatch } from '../model/recorded.ts';
import type { LiveHelpCenter } from '../model/snapshot.ts';
import { holdDeadLinks } from './dead-links.ts';
import { decideArticle } from './decide-article.ts';
import { decideCollection, unmanagedCollections } from './decide-collection.ts';
import { decideRemovedInternal } from './decide-internal.ts';
import { decideRedirects } from './decide-redirects.ts';
import { decideRemovedArticle, decideRemovedCollection } from './decide-removed.ts';
import { type ChangeDraft, type Decision, nothing, phases, together } from './decision.ts';
import { fingerprint } from './fingerprint.ts';
import { guardsOf } from './guards.ts';
import { chosenHelpCenter } from './help-center.ts';
import type { PlanInput } from './input.ts';
import { type Matches, matchItems, parentsFirst } from './matches.ts';
import { type Change, type Plan, type PlanSummary, planVersion } from './plan.ts';
import { creationOrder, withSecondWrites } from './second-writes.ts';
import { assetDrafts, tagDrafts } from './supplies.ts';

/** Seconds a request takes, for the estimate; requests go out ten at a time. */
const latencySeconds = 0.3;
const concurrency = 10;

/** A plan with what its execution needs beside it. */
export interface Planned {
  plan: Plan;
  matches: Matches;
  helpCenter: LiveHelpCenter | null;
  /** Ledger-only consequences. */
  repairs: readonly LedgerPatch[];
}

/**
 * What publish would do: desired against recorded against actual, every combination with its named
 * result (docs/sync.md). Total and deterministic: the same inputs give the same plan.
 */
export function makePlan(input: PlanInput): Planned {
  const helpCenter = chosenHelpCenter(input.workspace, input.actual.helpCenters);
  const matches = matchItems(input, helpCenter?.url ?? '');
  const isWanted = selection(input, matches);
  const present = [
    ...parentsFirst(input.desired.collections)
      .filter((collection) => isWanted(collection.id, 'collection'))
      .map((collection) => decideCollection(collection, matches, input)),
    ...input.desired.articles
      .filter((article) => isWanted(article.id, 'article'))
      .map((article) => decideArticle(article, matches, input)),
  ];
  const decided = together([
    ...present,
    ...removals(input, matches, isWanted, together(present).drafts),
    { ...nothing, unmanaged: unmanaged(input, matches) },
  ]);
  const linked = holdDeadLinks(decided, matches, input);
  const decision = together([
    linked,
    decideRedirects(linked.drafts, matches, input, (id) => isWanted(id, 'article')),
  ]);
  const order = creationOrder(decision.drafts, input.desired.articles);
  const complete = [
    ...withSecondWrites(decision, order, matches, input, (id) => isWanted(id, 'article')),
    ...assetDrafts(decision.drafts, input),
    ...tagDrafts(decision.drafts, input),
  ];
  const numbered = numberWrites(complete, order);
  const guards = guardsOf(complete, matches, input);
  const requests = complete.filter((draft) => draft.request !== null);
  const writes = requestCount(requests);
  const calls = input.actual.calls + input.involvements.size + writes;
  const plan: Plan = {
    version: planVersion,
    workspace: {
      name: input.workspace.name,
      id: input.actual.workspace.id,
      region: input.actual.workspace.region,
      title: input.actual.workspace.name,
      helpCenter: helpCenter?.url ?? null,
    },
    today: input.today,
    changes: numbered,
    withheld: decision.withheld,
    held: decision.held,
    guards,
    summary: summaryOf(numbered, decision),
    calls,
    seconds: estimate(input.actual.calls + input.involvements.size, writes),
    fingerprint: fingerprint(numbered, guards, input),
    unmanaged: decision.unmanaged,
    articles: input.desired.articles.length,
    locales: input.config.locales.length,
  };
  return { plan, matches, helpCenter, repairs: decision.repairs };
}

/** `--only`: the items named, and the new collections they need to stand in. */
function selection(
  input: PlanInput,
  matches: Matches,
): (id: string, kind: 'article' | 'collection') => boolean {
  const { only } = input.options;
  if (only === null) return () => true;
  const named = new Set(only);
  const collections = new Map(input.desired.collections.map((item) => [item.id, item]));
  const needed = new Set<string>();
  for (const article of input.desired.articles) {
    if (!named.has(article.id)) continue;
    for (let id = article.collectionId; id !== null; id = collections.get(id)?.parentId ?? null) {
      if (matches.collections.get(id)?.live == null) needed.add(id);
    }
  }
  return (id, kind) => named.has(id) || (kind === 'collection' && needed.has(id));
}

function removals(
  input: PlanInput,
  matches: Matches,
  isWanted: (id: string, kind: 'article' | 'collection') => boolean,
  changes: readonly ChangeDraft[],
): Decision[] {
  const articles = new Set(input.desired.articles.map((article) => article.id));
  const internals = new Set(
    input.desired.articles
      .filter((article) => article.visibility === 'internal')
      .map((article) => article.id),
  );
  const removed = Object.entries(input.recorded.articles)
    .filter(([id]) => !articles.has(id) && isWanted(id, 'article'))
    .map(([id, recorded]) =>
      decideRemovedArticle(id, recorded, matches.live.get(recorded.intercomId) ?? null, input),
    );
  const leaving = [...changes, ...together(removed).drafts].filter(
    (draft) => draft.action === 'move' || draft.action === 'delete',
  );
  return [
    ...removed,
    ...removedCollections(input, leaving)
      .filter(([id]) => isWanted(id, 'collection'))
      .map(([, decision]) => decision),
    ...Object.entries(input.recorded.internals)
      .filter(([id]) => !internals.has(id) && isWanted(id, 'article'))
      .map(([id, recorded]) => decideRemovedInternal(id, recorded, input)),
  ];
}

/** Innermost first: what this plan empties, it can delete too. */
function removedCollections(
  input: PlanInput,
  leaving: readonly ChangeDraft[],
): [string, Decision][] {
  const { recorded, desired } = input;
  const kept = new Set(desired.collections.map((collection) => collection.id));
  const left = new Set(
    leaving.map(
      ({ kind, id }) =>
        `${kind} ${(kind === 'collection' ? recorded.collections : recorded.articles)[id]?.intercomId}`,
    ),
  );
  return Object.entries(recorded.collections)
    .filter(([id]) => !kept.has(id))
    .sort(([, a], [, b]) => b.path.split('/').length - a.path.split('/').length)
    .map(([id, entry]) => {
      const decision = decideRemovedCollection(id, entry, input, left);
      if (decision.drafts.length > 0) left.add(`collection ${entry.intercomId}`);
      return [id, decision];
    });
}

/** Intercom ids of articles that the plan removes: their use by Fin is asked before they go. */
export function removedIntercomIds(plan: Plan, input: PlanInput): string[] {
  const kept = new Set(input.desired.articles.map((article) => article.id));
  const ids = plan.changes
    .filter((change) => change.kind === 'article' && !change.isInternal && !kept.has(change.id))
    .map((change) => input.recorded.articles[change.id]?.intercomId)
    .filter((id) => id !== undefined);
  return [...new Set(ids)].sort();
}

function unmanaged(input: PlanInput, matches: Matches): Plan['unmanaged'] {
  const { recorded, actual } = input;
  const known = new Set([
    ...Object.values(recorded.articles).map((article) => article.intercomId),
    ...Object.values(recorded.tombstones.articles).map((stone) => stone.last.intercomId),
    ...input.desired.articles
      // What is for teammates here is not the public article of the same text.
      .filter((article) => article.visibility !== 'internal')
      .map((article) => matches.articles.get(article.id)?.live?.intercomId),
  ]);
  const knownCollections = new Set(
    [
      ...Object.values(recorded.collections),
      ...Object.values(recorded.tombstones.collections).map((stone) => stone.last),
    ].map((collection) => collection.intercomId),
  );
  return [
    ...actual.articles
      .filter((live) => !known.has(live.intercomId))
      .map((live) => ({
        kind: 'article' as const,
        intercomId: live.intercomId,
        locale: null,
        title: live.translations[live.defaultLocale ?? matches.defaultLocale]?.title ?? '',
      })),
    ...unmanagedCollections(actual.collections, matches, knownCollections),
  ];
}

/** Puts the drafts into writing order and numbers their requests. */
function numberWrites(
  drafts: readonly ChangeDraft[],
  order: ReadonlyMap<string, number>,
): Change[] {
  const depth = (draft: ChangeDraft) =>
    draft.phase === 'collection' || draft.phase === 'remove-collection'
      ? draft.path.split('/').length * (draft.phase === 'collection' ? 1 : -1)
      : 0;
  const sorted = [...drafts].sort(
    (a, b) =>
      phases.indexOf(a.phase) - phases.indexOf(b.phase) ||
      depth(a) - depth(b) ||
      (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0) ||
      compareText(a.path, b.path) ||
      compareText(a.id, b.id) ||
      compareText(a.locale ?? '', b.locale ?? ''),
  );
  const numbers = new Map<string, number>();
  return sorted.map(({ phase: _phase, request, requests: _requests, ...change }) => {
    if (request === null) return { ...change, write: null };
    const number = numbers.get(request) ?? numbers.size + 1;
    numbers.set(request, number);
    return { ...change, write: number };
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function requestCount(drafts: readonly ChangeDraft[]): number {
  const counts = new Map<string, number>();
  for (const draft of drafts) {
    if (draft.request !== null) counts.set(draft.request, draft.requests);
  }
  return [...counts.values()].reduce((sum, requests) => sum + requests, 0);
}

function estimate(reads: number, writes: number): number {
  const seconds = reads * latencySeconds + (writes * latencySeconds) / concurrency;
  return Math.round(seconds * 10) / 10;
}

function summaryOf(changes: readonly Change[], decision: Decision): PlanSummary {
  const count = (action: Change['action']) =>
    changes.filter((change) => change.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    move: count('move'),
    publish: count('publish'),
    unpublish: count('unpublish'),
    delete: count('delete'),
    adopt: count('adopt'),
    redirect: count('redirect'),
    unchanged: decision.unchanged,
    withheld: decision.withheld.length,
    held: decision.held.length,
  };
}
