import { storedTree } from '../plan/live.ts';
import type { Context } from './context.ts';
import { articlesDrift } from './drift-articles.ts';
import { collectionDrift } from './drift-collections.ts';
import { internalsDrift } from './drift-internals.ts';
import { type Drift, isoTime } from './drift-kinds.ts';
import { unrecordedDrift } from './drift-unrecorded.ts';
import { readStoredBefore, readVersions } from './stored-before.ts';
import { readWorkspaceState, type WorkspaceState } from './workspace-state.ts';

export type { Drift } from './drift-kinds.ts';

/**
 * What was changed in Intercom since we last wrote it. Without a ledger git is compared with what is
 * live, and `ledger` says that nothing tells which side changed.
 */
export async function driftCommand(context: Context): Promise<{ drift: Drift[]; ledger: boolean }> {
  const state = await readWorkspaceState(context);
  return state.recorded.workspace === null
    ? { drift: unrecordedDrift(context, state), ledger: false }
    : { drift: await driftIn(state), ledger: true };
}

/** The same for a state that is read already, and known to have a ledger. */
export async function driftIn(state: WorkspaceState): Promise<Drift[]> {
  const drift: Drift[] = [];
  for (const item of articlesDrift(state)) drift.push(await explained(item, state));
  return [...drift, ...internalsDrift(state), ...collectionDrift(state)];
}

/** Adds who made a text what it is, and what it was before, as far as its versions tell. */
async function explained(item: Drift, state: WorkspaceState): Promise<Drift> {
  const { workspace } = state.connection;
  if (item.locale === null || item.kind === 'deleted') return item;
  const { intercomId, locale } = item;
  const versions = await readVersions(workspace, { intercomId, locale });
  const [newest] = versions;
  if (newest === undefined) return item;
  const teammate = state.actual.teammates.find(({ id }) => id === newest.by);
  const origin = {
    by: teammate === undefined ? newest.by : teammate.name || teammate.email,
    via: newest.via,
    at: isoTime(newest.createdAt) ?? item.at,
  };
  const echo = state.recorded.articles[item.id]?.translations[locale]?.echo.body ?? null;
  if (echo === null || !item.fields.some(({ name }) => name === 'body')) {
    return { ...item, ...origin };
  }
  const live = state.actual.articles.find((article) => article.intercomId === intercomId);
  const before = await readStoredBefore(workspace, { intercomId, locale }, versions, echo);
  return {
    ...item,
    ...origin,
    texts: {
      before: before === null ? null : storedTree(before),
      after: storedTree(live?.translations[locale]?.body ?? ''),
    },
  };
}
