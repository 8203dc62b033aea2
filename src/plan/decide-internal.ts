import { nobody } from '../model/config.ts';
import type { RecordedInternal, RecordedTranslation } from '../model/recorded.ts';
import type { LiveInternal } from '../model/snapshot.ts';
import { audienceIdsOf } from './decide-audiences.ts';
import { decideTranslation, type Verdict } from './decide-translation.ts';
import { type ChangeDraft, type Decision, nothing, together } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, sameAvailability } from './live.ts';
import type { Matches } from './matches.ts';
import type { Action, Held, Plan, Withheld } from './plan.ts';
import { recordTranslation } from './record.ts';

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
    return heldAs(article, text, {
      result: 'held',
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
  const decided = fromVerdict(article, text, verdict, live, matches, input);
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
    const held = heldAs(article, text, {
      result: 'held',
      kind: 'drift',
      reason: 'its AI audiences were changed in Intercom',
      hint: 'Take them into finAudiences, or undo it there.',
    });
    return together([{ ...decided, unchanged: 0 }, held]);
  }
  const field = { name: 'finAudiences', before: there, after: article.finAudiences };
  const draft: ChangeDraft = {
    kind: 'article',
    id: article.id,
    locale: text.locale,
    path: article.path,
    title: text.title,
    isInternal: true,
    action: 'update',
    phase: 'internal',
    request: `internal:${article.id}:${text.locale}`,
    requests: 1,
    reason: 'AI audiences changed',
    approval: text.decision.approval,
    fields: [field],
  };
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

function fromVerdict(
  article: DesiredArticle,
  text: DesiredTranslation,
  verdict: Verdict,
  live: LiveInternal | null,
  matches: Matches,
  input: PlanInput,
): Decision {
  const draft = (action: Action, fields: ChangeDraft['fields'], reason: string): ChangeDraft => ({
    kind: 'article',
    id: article.id,
    locale: text.locale,
    path: article.path,
    title: text.title,
    isInternal: true,
    action,
    phase: 'internal',
    request: action === 'adopt' ? null : `internal:${article.id}:${text.locale}`,
    requests: action === 'adopt' ? 0 : 1,
    reason,
    approval: text.gates.helpCenter ? text.decision.approval : null,
    fields: fields.filter((field) => field.name !== 'publication' && field.name !== 'description'),
  });
  switch (verdict.result) {
    case 'unchanged':
      return { ...nothing, unchanged: 1 };
    case 'held': {
      const fields = live === null ? [] : (verdict.fields ?? []);
      const drafts =
        fields.length === 0 ? [] : [draft('update', fields, 'withdrawn, the text is held')];
      return { ...heldAs(article, text, verdict), drafts };
    }
    case 'withheld':
      return {
        ...nothing,
        withheld: [withheldOf(article, text, verdict.reason)],
        drafts:
          verdict.fields.length === 0
            ? []
            : [draft('update', verdict.fields, 'withdrawn, the text waits for its review')],
      };
    case 'repair':
      return {
        ...nothing,
        withheld: verdict.withheld === null ? [] : [withheldOf(article, text, verdict.withheld)],
        unchanged: verdict.isAdoption || verdict.withheld !== null ? 0 : 1,
        drafts: verdict.isAdoption ? [draft('adopt', [], 'live with the same content')] : [],
        repairs: live === null ? [] : [repairOf(article, text, live, matches, input)],
      };
    case 'write':
      return {
        ...nothing,
        drafts: [draft(live === null ? 'create' : 'update', verdict.fields, verdict.reason)],
      };
  }
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
  const at = { id, locale, path, title: entry.title };
  const left: Plan['unmanaged'] = [
    { kind: 'article', intercomId: live.intercomId, locale, title: entry.title },
  ];
  if (input.desired.removalsHeld !== null) {
    const reason = `its files are gone, but ${input.desired.removalsHeld}`;
    return { ...nothing, held: [{ ...at, kind: 'invalid', reason, hint: 'kb check' }] };
  }
  if (driftedFields({ ...live.text, locale }, entry.echo).length > 0) {
    const reason = 'its files are gone, and it was edited in Intercom';
    const hint = 'Restore the files, or delete it in Intercom.';
    return { ...nothing, held: [{ ...at, kind: 'conflict', reason, hint }] };
  }
  const { onRemove } = input.config;
  const isOff = sameAvailability(live.text.availability, nobody);
  if (onRemove === 'report' || (onRemove === 'unpublish' && isOff)) {
    return { ...nothing, unmanaged: left };
  }
  const isDelete = onRemove === 'delete';
  const draft: ChangeDraft = {
    ...at,
    kind: 'article',
    isInternal: true,
    action: isDelete ? 'delete' : 'unpublish',
    phase: 'remove',
    request: `remove-internal:${id}:${locale}`,
    requests: 1,
    reason: isDelete
      ? 'its files were removed'
      : 'its files were removed; internal articles cannot be unpublished, the AI loses it',
    approval: null,
    fields: isDelete ? [] : [{ name: 'fin', before: live.text.availability, after: nobody }],
  };
  return { ...nothing, drafts: [draft], unmanaged: isDelete ? [] : left };
}

function heldAs(
  article: DesiredArticle,
  text: DesiredTranslation,
  verdict: Extract<Verdict, { result: 'held' }>,
): Decision {
  const held: Held = {
    id: article.id,
    locale: text.locale,
    kind: verdict.kind,
    reason: verdict.reason,
    hint: verdict.hint,
    path: article.path,
    title: text.title,
  };
  return { ...nothing, held: [held] };
}

function withheldOf(article: DesiredArticle, text: DesiredTranslation, reason: string): Withheld {
  const { id, path } = article;
  return { kind: 'article', id, locale: text.locale, reason, path, title: text.title };
}
