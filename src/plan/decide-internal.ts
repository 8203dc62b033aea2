import { nobody } from '../model/config.ts';
import type { RecordedInternal, RecordedTranslation } from '../model/recorded.ts';
import type { LiveInternal } from '../model/snapshot.ts';
import { audienceIdsOf } from './decide-audiences.ts';
import { decideTranslation } from './decide-translation.ts';
import { type Decision, nothing, together } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, sameAvailability } from './live.ts';
import type { Matches } from './matches.ts';
import type { Plan } from './plan.ts';
import { recordTranslation } from './record.ts';
import { approvalOf, changeRow, heldAs, rowsOf, textOf, type Writing } from './rows.ts';

/**
 * An article for teammates: the service has one for each locale, without state or collection. The
 * same table decides; a draft is one the AI may not read.
 */
export function decideInternal(
  article: DesiredArticle,
  matches: Matches,
  input: PlanInput,
): Decision {
  return together(article.translations.map((text) => decideText(article, text, matches, input)));
}

/** A text as the service can hold it: no description, always readable by teammates. */
export function asInternal(text: DesiredTranslation): DesiredTranslation {
  const fin = text.publication === 'draft' ? nobody : text.fin;
  return { ...text, description: '', publication: 'published', fin };
}

function decideText(
  article: DesiredArticle,
  text: DesiredTranslation,
  matches: Matches,
  input: PlanInput,
): Decision {
  const recorded = input.recorded.internals[article.id]?.texts[text.locale] ?? null;
  const candidates =
    recorded === null
      ? twinsOf(text, input)
      : input.actual.internals.filter((live) => live.intercomId === recorded.intercomId);
  const live = candidates[0] ?? null;
  if (live === null && text.publication === 'draft') return nothing;
  if (recorded === null && candidates.length > 1) {
    const ids = candidates.map((candidate) => candidate.intercomId).join(', ');
    return heldAs(textOf(article, text), {
      kind: 'ambiguous',
      reason: `${candidates.length} internal articles have this title (${ids})`,
      hint: 'Delete or rename what is too many in Intercom.',
    });
  }
  const verdict = decideTranslation(
    article,
    asInternal(text),
    recorded?.entry ?? null,
    live === null ? null : { ...live.text, locale: text.locale },
    matches,
    input,
  );
  const rows = rowsOf(verdict, textOf(article, text), writingOf(article, text, live));
  const isRepair = verdict.result === 'repair' && live !== null;
  const decided = isRepair
    ? { ...rows, repairs: [repairOf(article, text, live, matches, input)] }
    : rows;
  const isSettled =
    verdict.result === 'unchanged' || verdict.result === 'write' || verdict.result === 'repair';
  return live === null || !isSettled
    ? decided
    : withAudiences(decided, article, text, live, recorded?.entry.articleDigest ?? null, input);
}

/** Whom the AI may tell it: part of what was reviewed, so a difference nobody made here was made there. */
function withAudiences(
  decided: Decision,
  article: DesiredArticle,
  text: DesiredTranslation,
  live: LiveInternal,
  recordedDigest: string | null,
  input: PlanInput,
): Decision {
  if (input.config.uiOwned.includes('finAudiences') || !text.gates.helpCenter) return decided;
  const wanted = audienceIdsOf(article.finAudiences, input).sort();
  const there = [...live.text.audienceIds].sort();
  if (wanted.join() === there.join()) return decided;
  if (recordedDigest === text.articleDigest && input.config.onDrift === 'hold') {
    const held = heldAs(textOf(article, text), {
      kind: 'drift',
      reason: 'its AI audiences were changed in Intercom',
      hint: 'Take them into finAudiences, or undo it there.',
    });
    return together([{ ...decided, unchanged: 0 }, held]);
  }
  const field = { name: 'finAudiences', before: there, after: article.finAudiences };
  const draft = writingOf(article, text, live).change([field], 'AI audiences changed');
  const [own] = decided.drafts;
  const drafts = own === undefined ? [draft] : [{ ...own, fields: [...own.fields, field] }];
  return { ...decided, drafts, unchanged: 0 };
}

/** Internal articles nobody here knows, with this title. */
function twinsOf(text: DesiredTranslation, input: PlanInput): LiveInternal[] {
  const known = new Set(
    Object.values(input.recorded.internals).flatMap((internal) =>
      Object.values(internal.texts).map((entry) => entry.intercomId),
    ),
  );
  return input.actual.internals.filter(
    (live) => !known.has(live.intercomId) && live.text.title === text.title,
  );
}

function writingOf(
  article: DesiredArticle,
  text: DesiredTranslation,
  live: LiveInternal | null,
): Writing {
  const isCreate = live === null;
  const row = (change: Omit<Parameters<typeof changeRow>[2], 'phase' | 'isInternal'>) =>
    changeRow('article', textOf(article, text), { ...change, phase: 'internal', isInternal: true });
  return {
    isCreate,
    change: (fields, reason) =>
      row({
        action: isCreate ? 'create' : 'update',
        request: requestOf(article, text),
        reason,
        approval: approvalOf(text),
        fields: fields.filter(({ name }) => name !== 'publication' && name !== 'description'),
      }),
    adopt: (reason) =>
      row({ action: 'adopt', request: null, reason, approval: approvalOf(text), fields: [] }),
  };
}

function requestOf(article: DesiredArticle, text: DesiredTranslation): string {
  return `internal:${article.id}:${text.locale}`;
}

function repairOf(
  article: DesiredArticle,
  text: DesiredTranslation,
  live: LiveInternal,
  matches: Matches,
  input: PlanInput,
): Decision['repairs'][number] {
  const known = input.recorded.internals[article.id];
  const entry = recordTranslation(
    asInternal(text),
    { ...live.text, locale: text.locale },
    matches.addresses,
    input.desired.commit,
  );
  const texts = { ...known?.texts, [text.locale]: { intercomId: live.intercomId, entry } };
  return { key: null, internals: { [article.id]: { path: article.path, texts } } };
}

/** An internal article whose files are gone, or that is public now: out of the AI, or deleted. */
export function decideRemovedInternal(
  id: string,
  recorded: RecordedInternal,
  input: PlanInput,
): Decision {
  const live = new Map(input.actual.internals.map((item) => [item.intercomId, item]));
  const parts = Object.entries(recorded.texts).map(([locale, { intercomId, entry }]) =>
    removedText(id, locale, recorded.path, entry, live.get(intercomId) ?? null, input),
  );
  const isSettled = parts.every((part) => part.drafts.length === 0 && part.held.length === 0);
  const decision = together(parts);
  return isSettled && input.config.onRemove !== 'report'
    ? { ...decision, repairs: [{ key: null, internals: { [id]: null } }] }
    : decision;
}

function removedText(
  id: string,
  locale: string,
  path: string,
  entry: RecordedTranslation,
  live: LiveInternal | null,
  input: PlanInput,
): Decision {
  if (live === null) return nothing;
  const subject = textOf({ id, path }, { locale, title: entry.title });
  const left: Plan['unmanaged'] = [
    { kind: 'article', intercomId: live.intercomId, locale, title: entry.title },
  ];
  if (input.desired.removalsHeld !== null) {
    const reason = `its files are gone, but ${input.desired.removalsHeld}`;
    return heldAs(subject, { kind: 'invalid', reason, hint: 'kb check' });
  }
  if (driftedFields({ ...live.text, locale }, entry.echo).length > 0) {
    const reason = 'its files are gone, and it was edited in Intercom';
    const hint = 'Restore the files, or delete it in Intercom.';
    return heldAs(subject, { kind: 'conflict', reason, hint });
  }
  const { onRemove } = input.config;
  const isOff = sameAvailability(live.text.availability, nobody);
  if (onRemove === 'report' || (onRemove === 'unpublish' && isOff)) {
    return { ...nothing, unmanaged: left };
  }
  const isDelete = onRemove === 'delete';
  const draft = changeRow('article', subject, {
    isInternal: true,
    action: isDelete ? 'delete' : 'unpublish',
    phase: 'remove',
    request: `remove-internal:${id}:${locale}`,
    reason: isDelete
      ? 'its files were removed'
      : 'its files were removed; internal articles cannot be unpublished, the AI loses it',
    fields: isDelete ? [] : [{ name: 'fin', before: live.text.availability, after: nobody }],
  });
  return { ...nothing, drafts: [draft], unmanaged: isDelete ? [] : left };
}
