import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes, KbError } from '../model/kb-error.ts';
import { authorIdOf } from '../plan/decide-whole.ts';
import type { PlanOptions } from '../plan/input.ts';
import type { Planned } from '../plan/make-plan.ts';
import { type Plan, planVersion } from '../plan/plan.ts';
import type { Progress, PublishResult } from '../publish/outcome.ts';
import { assertNotRefused, publish } from '../publish/publish.ts';
import { readAsset } from '../repository/index.ts';
import { breakGlassFrom } from './break-glass.ts';
import type { Context } from './context.ts';
import { keepPublished } from './merge-base.ts';
import { inputFor, optionsFrom, type PlanWishes, planFor } from './plan.ts';
import { openWorkspace, readState, type WorkspaceState } from './workspace-state.ts';

export interface PublishWishes extends PlanWishes {
  /** A saved plan; null: plan now. */
  planFile: string | null;
  onProgress(progress: Progress): void;
  /** Asked once the ledger is ours, before anything is read or written; throws to stop the run. */
  beforeReading?(): Promise<void>;
}

/**
 * Applies a plan: the saved one if it still is what would be done, else one made now. Reads, compares,
 * then writes.
 * @throws KbError with exit 3 when refused as a whole (`refused`, `stale`, `locked`); nothing is written then
 */
export async function publishCommand(
  context: Context,
  wishes: PublishWishes,
): Promise<{ result: PublishResult; plan: Plan }> {
  const saved = wishes.planFile === null ? null : await readPlan(context, wishes.planFile);
  const breakGlass = await breakGlassFrom(context, wishes.breakGlass ?? null, wishes.only);
  const opened = await openWorkspace(context, breakGlass);
  // Taken before anything is read: what another publisher writes meanwhile would not be seen.
  const lease = await opened.ledger.acquire(opened.desired.commit);
  try {
    await wishes.beforeReading?.();
    const state = await readState(context, opened);
    const asked = optionsFrom(context, state, wishes);
    const options =
      saved === null
        ? asked
        : {
            ...asked,
            only: itemsOf(saved, asked),
            recreate: [...asked.recreate, ...createdBy(saved)],
          };
    const planned = await planFor(context, state, options);
    if (saved !== null) assertCurrent(saved, planned, state);
    assertNotRefused(planned, saved === null ? [] : passedIn(saved, planned.plan));
    context.signal.throwIfAborted();
    const input = inputFor(context, state, options);
    const result = await publish({
      planned,
      desired: state.desired,
      recorded: state.recorded,
      actual: state.actual,
      profile: state.profile,
      authorId: (article) => authorIdOf(article, input),
      workspace: state.connection.workspace,
      lease,
      store: state.store,
      readAsset: (asset) => readAsset(context.contentDir, asset),
      clock: state.connection.clock,
      signal: context.signal,
      onProgress: wishes.onProgress,
    });
    await keepPublished(context, state.connection.config.name, state, result.outcomes);
    return { result: saved === null ? result : withRest(result, saved), plan: planned.plan };
  } finally {
    await lease.release();
  }
}

/**
 * Guards that the saved plan was let past, as long as no number has grown since: whoever made it may
 * have overridden them. What is left of an interrupted run has smaller numbers.
 */
function passedIn(saved: Plan, now: Plan): string[] {
  const passed = new Map(
    saved.guards
      .filter((guard) => !guard.tripped && guard.override !== null)
      .map((guard) => [guard.name, Number(guard.value)]),
  );
  return now.guards
    .filter((guard) => Number(guard.value) <= (passed.get(guard.name) ?? -1))
    .map((guard) => guard.name);
}

/** What the saved plan leaves alone belongs to the result: it still waits. */
function withRest(result: PublishResult, saved: Plan): PublishResult {
  const keyOf = (item: { id: string; locale: string | null; reason: string }) =>
    `${item.id} ${item.locale} ${item.reason}`;
  const held = new Map([...saved.held, ...result.held].map((item) => [keyOf(item), item]));
  const withheld = new Map(
    [...saved.withheld, ...result.withheld].map((item) => [keyOf(item), item]),
  );
  return {
    ...result,
    held: [...held.values()],
    withheld: [...withheld.values()],
    summary: {
      ...result.summary,
      unchanged: saved.summary.unchanged,
      held: held.size,
      withheld: withheld.size,
    },
  };
}

async function readPlan(context: Context, file: string): Promise<Plan> {
  const path = resolve(context.cwd, file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new KbError('plan-file', `${file} cannot be read.`, {
      hint: 'kb plan --out plan.json writes one.',
      location: { file },
      cause: error,
    });
  });
  const plan = parsedPlan(text);
  if (plan?.version === planVersion) return plan;
  throw new KbError(
    'plan-file',
    plan === null
      ? `${file} is not a plan.`
      : `${file} is a plan of version ${String(plan.version)}, expected ${planVersion}.`,
    { hint: 'kb plan --out plan.json writes one.', location: { file } },
  );
}

function parsedPlan(text: string): Plan | null {
  try {
    const data: unknown = JSON.parse(text);
    return isPlan(data) ? data : null;
  } catch {
    return null;
  }
}

/** Has it the parts that a saved plan is compared by? */
function isPlan(data: unknown): data is Plan {
  if (!isObject(data) || !isObject(data.workspace) || !isObject(data.summary)) return false;
  const lists = [data.changes, data.held, data.withheld, data.guards];
  return (
    typeof data.version === 'number' &&
    typeof data.fingerprint === 'string' &&
    typeof data.today === 'string' &&
    typeof data.workspace.id === 'string' &&
    lists.every((list) => Array.isArray(list) && list.every(isObject)) &&
    (data.changes as Record<string, unknown>[]).every((change) =>
      [change.kind, change.id, change.action, change.path].every(
        (part) => typeof part === 'string',
      ),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A saved plan is checked against what it touches alone: other edits do not make it stale. */
function itemsOf(saved: Plan, asked: PlanOptions): string[] {
  const touched = saved.changes.flatMap((change) => {
    if (change.kind === 'article' || change.kind === 'collection') return [change.id];
    // A redirect goes by its address; what it belongs to is the article it leads to.
    const target = change.fields.find((field) => field.name === 'target')?.after;
    return change.kind === 'redirect' && typeof target === 'string' ? [target] : [];
  });
  const ids = [...new Set(touched)];
  return asked.only === null ? ids : ids.filter((id) => asked.only?.includes(id));
}

/** What a saved plan creates again although it was gone from Intercom needs no second permission. */
function createdBy(saved: Plan): string[] {
  return saved.changes.filter((change) => change.action === 'create').map((change) => change.id);
}

/**
 * Is the saved plan still exactly what would be done? A run of this very plan that was interrupted
 * has done part of it: what is left must be part of it too.
 */
function assertCurrent(saved: Plan, planned: Planned, state: WorkspaceState): void {
  const { plan } = planned;
  if (plan.fingerprint === saved.fingerprint) return;
  const announced = new Set(saved.changes.map((change) => `${change.kind} ${change.id}`));
  const isRest = plan.changes.every((change) => announced.has(`${change.kind} ${change.id}`));
  if (state.journal?.fingerprint === saved.fingerprint && isRest) return;
  const isOther = saved.workspace.id !== plan.workspace.id;
  throw new KbError(
    'stale',
    isOther
      ? `This plan is for workspace ${saved.workspace.id}, the token belongs to ${plan.workspace.id}. Nothing was written.`
      : `This plan of ${saved.today} is no longer what would be done: ${difference(saved, plan)}. Nothing was written.`,
    { hint: 'kb plan --out plan.json makes a new one.', exitCode: exitCodes.refused },
  );
}

function difference(saved: Plan, now: Plan): string {
  const nameOf = (change: Plan['changes'][number]) =>
    `${change.action} ${change.path}${change.locale === null ? '' : ` (${change.locale})`}`;
  const before = new Set(saved.changes.map(nameOf));
  const after = new Set(now.changes.map(nameOf));
  const gone = [...before].filter((name) => !after.has(name));
  const added = [...after].filter((name) => !before.has(name));
  const [first] = [
    ...gone.map((name) => `no longer "${name}"`),
    ...added.map((name) => `now also "${name}"`),
  ];
  return first ?? 'the content or what is live has changed since';
}
