import { KbError } from '../model/kb-error.ts';
import type { LedgerPatch, RecordedTranslation } from '../model/recorded.ts';
import type { LiveInternal } from '../model/snapshot.ts';
import { addressesDigest } from '../plan/addresses.ts';
import { asInternal } from '../plan/decide-internal.ts';
import type { DesiredArticle, DesiredTranslation } from '../plan/desired.ts';
import { sendsBody } from '../plan/fields.ts';
import { echoOf } from '../plan/live.ts';
import type { Change } from '../plan/plan.ts';
import { recordTranslation } from '../plan/record.ts';
import { intentKey } from './intents.ts';
import { internalWrite, type RequestContext } from './requests.ts';
import { createInternalResolved, isAmbiguous } from './resolve.ts';
import type { Run } from './run.ts';
import type { Step } from './steps.ts';

/** Creates or updates one locale of an article for teammates. */
export async function applyInternal(
  step: Step,
  article: DesiredArticle | null,
  run: Run,
  context: RequestContext,
  isKnown: (intercomId: string) => boolean,
): Promise<LedgerPatch> {
  const [change] = step.changes;
  const locale = change?.locale ?? null;
  if (change === undefined || locale === null) throw new Error(`step ${intentKey(step)} is empty`);
  const { state } = context;
  const before = state.recordedInternal(step.id)?.texts[locale] ?? null;
  const text = article?.translations.find((item) => item.locale === locale) ?? null;
  const authorId = article === null ? null : run.authorId(article);
  const write = internalWrite(article, change, authorId, context);
  const sent = text === null ? null : addressesDigest(text, state.addresses);
  const live =
    before === null || change.action === 'create'
      ? await createInternalResolved(
          run.workspace,
          run.clock,
          write,
          run.actual.serverTime,
          isKnown,
        )
      : await updateRepeated(run, before.intercomId, write);
  if (text === null) return withoutText(step, locale, context);
  const entry = entryAfter(text, locale, live, before?.entry ?? null, change, run, context);
  const addresses = sendsBody(change) && sent !== null ? sent : entry.addresses;
  const known = state.recordedInternal(step.id)?.texts ?? {};
  return {
    key: intentKey(step),
    internals: {
      [step.id]: {
        path: article?.path ?? step.id,
        texts: {
          ...known,
          [locale]: { intercomId: live.intercomId, entry: { ...entry, addresses } },
        },
      },
    },
  };
}

/** Deletes one locale of an article for teammates. */
export async function deleteInternal(
  step: Step,
  run: Run,
  context: RequestContext,
): Promise<LedgerPatch> {
  const locale = step.changes[0]?.locale ?? '';
  const known = context.state.recordedInternal(step.id)?.texts[locale];
  if (known === undefined) throw new Error(`step ${intentKey(step)} has nothing to delete`);
  await run.workspace.deleteInternal(known.intercomId);
  return withoutText(step, locale, context);
}

/** The same content sent again changes nothing: an update whose answer was lost may be repeated once. */
async function updateRepeated(
  run: Run,
  intercomId: string,
  write: Parameters<Run['workspace']['updateInternal']>[1],
): Promise<LiveInternal> {
  try {
    return await run.workspace.updateInternal(intercomId, write);
  } catch (error) {
    if (!(error instanceof KbError) || !isAmbiguous(error)) throw error;
    return run.workspace.updateInternal(intercomId, write);
  }
}

function entryAfter(
  text: DesiredTranslation,
  locale: string,
  live: LiveInternal,
  before: RecordedTranslation | null,
  change: Change,
  run: Run,
  { state }: RequestContext,
): RecordedTranslation {
  const stored = { ...live.text, locale };
  const isOurs =
    text.gates.helpCenter || before === null || before.articleDigest === text.articleDigest;
  if (isOurs || change.action === 'create') {
    return recordTranslation(asInternal(text), stored, state.addresses, run.desired.commit);
  }
  return { ...before, availability: stored.availability, echo: echoOf(stored) };
}

function withoutText(step: Step, locale: string, { state }: RequestContext): LedgerPatch {
  const known = state.recordedInternal(step.id);
  if (known === null) return { key: intentKey(step) };
  const { [locale]: _gone, ...texts } = known.texts;
  const rest = Object.keys(texts).length === 0 ? null : { ...known, texts };
  return { key: intentKey(step), internals: { [step.id]: rest } };
}
