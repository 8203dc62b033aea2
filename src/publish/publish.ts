import { exitCodes, KbError } from '../model/kb-error.ts';
import { patchedAll } from '../model/patched.ts';
import type { LedgerPatch } from '../model/recorded.ts';
import { audienceIdsOf } from '../plan/decide-audiences.ts';
import type { Planned } from '../plan/make-plan.ts';
import type { Change } from '../plan/plan.ts';
import { createApplier } from './apply.ts';
import { dependenciesOf, ownKey } from './dependencies.ts';
import { inOrder, type Task } from './in-order.ts';
import { intentsOf } from './intents.ts';
import type { Outcome, PublishResult } from './outcome.ts';
import type { Intent } from './ports.ts';
import type { RequestContext } from './requests.ts';
import type { Run } from './run.ts';
import { createRunState, type RunState } from './run-state.ts';
import { type Step, stepsOf } from './steps.ts';

/** Requests under way at once: at 300 ms a call this stays far below the limit, and hides the latency. */
const concurrency = 10;

/**
 * Carries out a plan: announces all it will do, writes in order, records each answer at once. One
 * failed write skips only what depends on it. Can be killed anywhere: the journal tells the next run.
 * @returns what became of each change; `summary` counts changes
 */
export async function publish(run: Run): Promise<PublishResult> {
  const { planned, lease } = run;
  const { plan } = planned;
  const steps = stepsOf(plan.changes);
  const state = createRunState(planned, run.recorded, run.desired, run.store, run.actual.tags);
  const context: RequestContext = {
    state,
    profile: run.profile,
    defaultLocale: planned.matches.defaultLocale,
    isMultilingual: (planned.helpCenter?.locales.length ?? 1) > 1,
    helpCenterId: planned.helpCenter?.id ?? null,
    authorId: run.authorId,
    audienceIds: (names) => audienceIdsOf(names, { actual: run.actual }),
  };
  const journal = {
    fingerprint: plan.fingerprint,
    intents: intentsOf(steps, context, run),
    serverTime: run.actual.serverTime,
  };
  const identity = {
    id: run.actual.workspace.id,
    region: run.actual.workspace.region,
    helpCenterId: planned.helpCenter?.id ?? null,
  };
  for (const patch of [{ key: null, workspace: identity }, ...planned.repairs])
    state.learnPatch(patch);
  if (steps.length > 0) {
    await lease.announce(journal);
    for (const patch of state.patches()) await lease.append(patch);
  }

  const outcomes = await applyAll(run, steps, context);
  const isUnfinished = outcomes.some((outcome) => outcome.status !== 'applied');
  await lease.commit(
    patchedAll(run.recorded, state.patches()),
    isUnfinished ? { ...journal, intents: unanswered(journal.intents, state) } : null,
  );
  const adopted = plan.changes
    .filter((change) => change.action === 'adopt')
    .map((change) => outcomeOf(change, 'applied', null));
  const all = [...adopted, ...outcomes];
  return {
    outcomes: all,
    withheld: plan.withheld,
    held: plan.held,
    summary: {
      ...plan.summary,
      applied: all.filter((outcome) => outcome.status === 'applied').length,
      skipped: all.filter((outcome) => outcome.status === 'skipped').length,
      failed: all.filter((outcome) => outcome.status === 'failed').length,
    },
    calls: run.workspace.calls(),
  };
}

/** What was announced and got no answer may have been carried out: the next run looks for it. */
function unanswered(intents: readonly Intent[], state: RunState): Intent[] {
  const answered = new Set(state.patches().map((patch) => patch.key));
  return intents.filter((intent) => !answered.has(intent.key));
}

type StepResult = { error: string | null; isSkipped: boolean };

async function applyAll(
  run: Run,
  steps: readonly Step[],
  context: RequestContext,
): Promise<Outcome[]> {
  const apply = createApplier(run, context);
  const finished = new Map<string, Promise<StepResult>[]>();
  const results: Promise<StepResult>[] = [];
  const tasks: Task[] = [];
  let done = 0;
  let stopped: string | null = null;

  for (const step of steps) {
    const before = dependenciesOf(step, run, context.state).flatMap((key) =>
      (finished.get(key) ?? []).map((result) => ({ key, result })),
    );
    const slot = Promise.withResolvers<StepResult>();
    results.push(slot.promise);
    const own = ownKey(step);
    finished.set(own, [...(finished.get(own) ?? []), slot.promise]);
    tasks.push({
      after: before.length === 0 ? null : Promise.all(before.map(({ result }) => result)),
      async run() {
        slot.resolve(await runStep(step, await firstFailed(before)));
        done += 1;
        report(step);
      },
    });
  }

  async function runStep(step: Step, failed: string | null): Promise<StepResult> {
    if (run.signal.aborted) return { error: 'interrupted', isSkipped: true };
    if (stopped !== null) return { error: stopped, isSkipped: true };
    if (failed !== null) return { error: `${failed} failed`, isSkipped: true };
    try {
      await run.lease.assertHeld();
      const patch = await apply(step);
      context.state.learnPatch(patch);
      await run.lease.append(patch);
      const refused = readBack(step, patch);
      return { error: refused, isSkipped: false };
    } catch (error) {
      if (!(error instanceof KbError)) throw error;
      if (stopsEverything(error)) stopped = error.message;
      return { error: [error.message, error.hint].filter(Boolean).join(' '), isSkipped: false };
    }
  }

  function report(step: Step): void {
    const { callsPerWindow, limitPerWindow } = run.workspace.pace();
    const rate = callsPerWindow / 10;
    run.onProgress({
      phase: step.kind,
      done,
      total: steps.length,
      callsPerWindow,
      limitPerWindow,
      secondsLeft: rate === 0 ? null : Math.ceil((steps.length - done) / rate),
    });
  }

  await inOrder(tasks, concurrency);
  const settled = await Promise.all(results);
  return steps.flatMap((step, index) => {
    const result = settled[index] ?? { error: 'not reached', isSkipped: true };
    const status = result.error === null ? 'applied' : result.isSkipped ? 'skipped' : 'failed';
    return step.changes.map((change) => outcomeOf(change, status, result.error));
  });
}

/** The lease is gone, or the token: nothing that follows can succeed. */
function stopsEverything(error: KbError): boolean {
  return ['lease-lost', 'unauthorized', 'default-locale'].includes(error.code);
}

/** What the service did not take although it answered with success; null: it took all. */
function readBack(step: Step, patch: LedgerPatch): string | null {
  const entry = patch.articles?.[step.id];
  if (entry == null) return null;
  for (const change of step.changes) {
    const recorded = change.locale === null ? undefined : entry.translations[change.locale];
    for (const field of change.fields) {
      if (recorded === undefined) continue;
      const answered =
        field.name === 'publication'
          ? recorded.publication
          : field.name === 'fin'
            ? recorded.availability
            : undefined;
      if (answered !== undefined && JSON.stringify(answered) !== JSON.stringify(field.after)) {
        return `Intercom answered ${field.name} ${JSON.stringify(answered)} after ${JSON.stringify(field.after)} was sent.`;
      }
    }
  }
  return null;
}

async function firstFailed(
  before: readonly { key: string; result: Promise<StepResult> }[],
): Promise<string | null> {
  let failed: string | null = null;
  for (const { key, result } of before) {
    if ((await result).error !== null) failed ??= key;
  }
  return failed;
}

function outcomeOf(change: Change, status: Outcome['status'], error: string | null): Outcome {
  return {
    kind: change.kind,
    id: change.id,
    locale: change.locale,
    action: change.action,
    write: change.write,
    status,
    error,
    path: change.path,
    title: change.title,
  };
}

/**
 * Refuses a plan whose guards tripped.
 * @param passed names of guards that were let pass before
 * @throws KbError `refused`, exit 3
 */
export function assertNotRefused({ plan }: Planned, passed: readonly string[] = []): void {
  const tripped = plan.guards.filter((guard) => guard.tripped && !passed.includes(guard.name));
  const [first] = tripped;
  if (first === undefined) return;
  throw new KbError(
    'refused',
    `Refused: ${tripped.map((guard) => guard.message).join('; ')}. Nothing was written.`,
    {
      hint: tripped.every((guard) => guard.override !== null)
        ? `kb publish ${tripped.map((guard) => guard.override).join(' ')}     if that is what you want`
        : 'kb doctor shows what the token and kb.yaml point to.',
      exitCode: exitCodes.refused,
    },
  );
}
