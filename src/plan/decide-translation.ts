import { predict, storability } from '../markdown/index.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import { shellWord } from '../model/shell-word.ts';
import type { LiveTranslation } from '../model/snapshot.ts';
import { addressesDigest, bodyHtml, targetsOf } from './addresses.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import { isWithdrawal } from './fields.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, isBlank, isSameText, sameAvailability } from './live.ts';
import type { Matches } from './matches.ts';
import type { FieldChange, HeldKind } from './plan.ts';
import { bodyDigest, gatedAvailability, withdrawn } from './record.ts';

/** One row of the decision table, as it applies to one text. */
export type Verdict =
  | { result: 'unchanged' }
  /** Live as wanted, but not as recorded: the ledger learns, nothing is sent. */
  | {
      result: 'repair';
      isAdoption: boolean;
      withheld: string | null;
      /** What is taken away from what was found live. */
      fields: readonly FieldChange[];
    }
  /** `isContent`: title, description or body is sent; false for publication, AI and links alone. */
  | {
      result: 'write';
      fields: readonly FieldChange[];
      reason: string;
      isContent: boolean;
      isNew: boolean;
    }
  /** `fields`: what is taken away although the text waits. */
  | { result: 'withheld'; reason: string; fields: readonly FieldChange[] }
  | {
      result: 'held';
      kind: HeldKind;
      reason: string;
      hint: string;
      /** What is taken away although the text is held. */
      fields?: readonly FieldChange[];
    };

/**
 * Applies the table of docs/sync.md to one text.
 * @param recorded what the ledger holds of it; null: nothing
 * @param live what is there now; null: nothing
 */
export function decideTranslation(
  article: DesiredArticle,
  text: DesiredTranslation,
  recorded: RecordedTranslation | null,
  live: LiveTranslation | null,
  matches: Matches,
  input: PlanInput,
): Verdict {
  const there = live === null || (recorded === null && isBlank(live)) ? null : live;
  if (text.invalid !== null) {
    return {
      result: 'held',
      kind: 'invalid',
      reason: text.invalid,
      hint: `kb check ${shellWord(text.file)}`,
      fields: heldWithdrawals(text, recorded, there, input),
    };
  }
  if (there?.hasPendingDraft === true) {
    return {
      result: 'held',
      kind: 'pending-draft',
      reason: 'has unpublished changes in Intercom',
      hint: 'Publish or discard the draft in Intercom, then run kb plan again.',
    };
  }
  if (recorded === null && there === null) return decideNew(text, input);
  if (recorded === null && there !== null) return decideUnrecorded(text, there, matches, input);
  if (recorded !== null && there === null) return decideMissing(article, text, recorded, input);
  if (recorded === null || there === null) return { result: 'unchanged' };
  return decideKnown(text, recorded, there, matches, input);
}

function decideNew(text: DesiredTranslation, input: PlanInput): Verdict {
  if (!text.gates.helpCenter) return withheldAs(text, []);
  const lost = storability(text.body, input.profile);
  if (lost.length > 0) return notStorable(lost);
  return {
    result: 'write',
    fields: allFields(text, input),
    reason: 'new',
    isContent: true,
    isNew: true,
  };
}

/** Live, never recorded: ours only if it says exactly the same. */
function decideUnrecorded(
  text: DesiredTranslation,
  live: LiveTranslation,
  matches: Matches,
  input: PlanInput,
): Verdict {
  if (isContentLive(text, live, matches, input)) {
    if (isStateLive(text, live)) {
      return { result: 'repair', isAdoption: true, withheld: withheldReason(text), fields: [] };
    }
    // More is live than git allows: the AI gate has closed, or a draft is published.
    const fields = stateFields(text, live);
    if (text.gates.helpCenter && fields.every(isWithdrawal)) {
      return { result: 'repair', isAdoption: true, withheld: null, fields };
    }
  }
  return {
    result: 'held',
    kind: 'ambiguous',
    reason: `${text.locale} is live with other content, and the ledger does not know it`,
    hint: `kb adopt --match ${text.articleId}=${matches.articles.get(text.articleId)?.live?.intercomId ?? '…'} takes it over as it is; kb plan then shows the difference.`,
  };
}

function decideMissing(
  article: DesiredArticle,
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  input: PlanInput,
): Verdict {
  if (input.options.recreate.includes(article.id)) {
    if (!text.gates.helpCenter) return withheldAs(text, []);
    return {
      result: 'write',
      fields: allFields(text, input),
      reason: 'recreated: gone from Intercom',
      isContent: true,
      isNew: true,
    };
  }
  return {
    result: 'held',
    kind: 'missing',
    reason: `"${recorded.title}" is gone from Intercom`,
    hint: `kb publish --recreate ${article.id} creates it again; kb pull --remove ${article.id} removes its files.`,
  };
}

function decideKnown(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  live: LiveTranslation,
  matches: Matches,
  input: PlanInput,
): Verdict {
  const drifted = driftedFields(live, recorded.echo).filter((field) => !isUiOwned(field, input));
  const isChanged = isChangedInGit(text, recorded);
  if (drifted.length > 0) {
    if (isLiveAsWanted(text, live, matches, input)) {
      return { result: 'repair', isAdoption: false, withheld: withheldReason(text), fields: [] };
    }
    if (isChanged) {
      return {
        result: 'held',
        kind: 'conflict',
        reason: `${drifted.join(', ')} edited in Intercom, and changed here`,
        hint: `kb pull ${text.articleId} merges Intercom's side into the file; or undo it in Intercom.`,
      };
    }
    if (input.config.onDrift === 'restore' && text.gates.helpCenter) {
      return {
        result: 'write',
        fields: allFields(text, input).filter((field) => isDrifted(field.name, drifted)),
        reason: 'restored: edited in Intercom',
        isContent: false,
        isNew: false,
      };
    }
    return {
      result: 'held',
      kind: 'drift',
      reason: `${drifted.join(', ')} edited in Intercom since the last publish`,
      hint: `kb pull ${text.articleId} brings it into the file; or undo it in Intercom.`,
    };
  }
  if (isChanged && !text.gates.helpCenter) {
    return withheldAs(text, withdrawals(text, recorded, input));
  }
  return decideUndisturbed(text, recorded, matches, input, isChanged);
}

/** Live as recorded, and approved or unchanged. */
function decideUndisturbed(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  matches: Matches,
  input: PlanInput,
  isChanged: boolean,
): Verdict {
  if (!text.gates.helpCenter) {
    return withheldAs(text, withdrawals(text, recorded, input));
  }
  const content = contentFields(text, recorded, matches, input);
  const state = stateFields(text, recorded);
  if (content.length > 0) {
    const lost = storability(text.body, input.profile);
    if (lost.length > 0) return { ...notStorable(lost), fields: state.filter(isWithdrawal) };
  }
  if (content.length === 0 && state.length === 0) {
    // A review renewed in time counts from now on, also for what an edit will leave live.
    const isRenewed = canonicalJson(recorded.approval) !== canonicalJson(text.decision.approval);
    if (isChanged || isRenewed) {
      return { result: 'repair', isAdoption: false, withheld: null, fields: [] };
    }
    return { result: 'unchanged' };
  }
  return {
    result: 'write',
    fields: [...content, ...state],
    reason: reasonOf(text, content, isChanged),
    isContent: content.some((field) => field.name !== 'links'),
    isNew: false,
  };
}

function reasonOf(
  text: DesiredTranslation,
  content: readonly FieldChange[],
  isChanged: boolean,
): string {
  if (isChanged) return text.decision.reason;
  if (content.length > 0) return 'addresses of linked articles changed';
  return text.gates.reason ?? 'open to the AI again';
}

/** Changed since it was recorded, publication included; the AI gate does not count. */
export function isChangedInGit(text: DesiredTranslation, recorded: RecordedTranslation): boolean {
  return text.articleDigest !== recorded.articleDigest || text.publication !== recorded.publication;
}

function isLiveAsWanted(
  text: DesiredTranslation,
  live: LiveTranslation,
  matches: Matches,
  input: PlanInput,
): boolean {
  return isContentLive(text, live, matches, input) && isStateLive(text, live);
}

function isContentLive(
  text: DesiredTranslation,
  live: LiveTranslation,
  matches: Matches,
  input: PlanInput,
): boolean {
  const predicted = predict(bodyHtml(text, matches.addresses, input.profile), input.profile);
  return isSameText(text, predicted, live, isUiOwned('description', input));
}

function isStateLive(text: DesiredTranslation, live: LiveTranslation): boolean {
  return (
    live.publication === text.publication &&
    (sameAvailability(live.availability, gatedAvailability(text)) ||
      (!text.gates.helpCenter && sameAvailability(live.availability, text.fin)))
  );
}

function withheldReason(text: DesiredTranslation): string | null {
  return text.gates.helpCenter ? null : text.decision.reason;
}

function withheldAs(text: DesiredTranslation, fields: readonly FieldChange[]): Verdict {
  return { result: 'withheld', reason: text.decision.reason, fields };
}

function notStorable(lost: readonly string[]): Extract<Verdict, { result: 'held' }> {
  return {
    result: 'held',
    kind: 'not-storable',
    reason: `this workspace would destroy: ${lost.join(', ')}`,
    hint: 'Write it in another form; docs/content.md lists what survives.',
  };
}

function isDrifted(field: string, drifted: readonly string[]): boolean {
  return drifted.includes(field);
}

function isUiOwned(field: string, input: PlanInput): boolean {
  return (input.config.uiOwned as readonly string[]).includes(field);
}

/**
 * May the AI go on reading the version that stays live? By the approval it was published with. What was
 * never approved, but found live as it stands here, is left as it is: audit lists it (docs/sync.md).
 */
function isOpenToAi(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  input: PlanInput,
): boolean {
  if (text.outdated && input.config.translations.onOutdated === 'withhold-from-ai') return false;
  const isFoundLive = recorded.approval === null && recorded.articleDigest === text.articleDigest;
  return isFoundLive || input.opensAi(recorded.approval);
}

/** A text with an error keeps its last approved version, but not beyond what that may do. */
function heldWithdrawals(
  text: DesiredTranslation,
  recorded: RecordedTranslation | null,
  live: LiveTranslation | null,
  input: PlanInput,
): FieldChange[] {
  if (recorded === null || live === null || live.hasPendingDraft) return [];
  if (driftedFields(live, recorded.echo).length > 0) return [];
  return withdrawals(text, recorded, input).filter((field) => field.name === 'fin');
}

function allFields(text: DesiredTranslation, input: PlanInput): FieldChange[] {
  return [
    { name: 'title', before: null, after: text.title },
    ...(text.description === '' || isUiOwned('description', input)
      ? []
      : [{ name: 'description', before: null, after: text.description }]),
    { name: 'body', before: null, after: bodyDigest(text) },
    { name: 'publication', before: null, after: text.publication },
    { name: 'fin', before: null, after: gatedAvailability(text) },
  ];
}

function contentFields(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  matches: Matches,
  input: PlanInput,
): FieldChange[] {
  const fields: FieldChange[] = [];
  if (text.title !== recorded.title) {
    fields.push({ name: 'title', before: recorded.title, after: text.title });
  }
  if (text.description !== recorded.description && !isUiOwned('description', input)) {
    fields.push({ name: 'description', before: recorded.description, after: text.description });
  }
  const body = bodyDigest(text);
  if (body !== recorded.bodyDigest) {
    fields.push({ name: 'body', before: recorded.bodyDigest, after: body });
    return fields;
  }
  const addresses = addressesDigest(text, matches.addresses);
  // A target that is not there yet has no address in what was sent, nor now: it will get one.
  if (addresses !== recorded.addresses || linksToNothing(text, matches)) {
    fields.push({ name: 'links', before: recorded.addresses, after: addresses });
  }
  return fields;
}

function linksToNothing(text: DesiredTranslation, matches: Matches): boolean {
  return targetsOf(text.body).some(
    (target) => target.kind === 'article' && matches.addresses.intercomId(target.id) === null,
  );
}

function stateFields(
  text: DesiredTranslation,
  recorded: Pick<RecordedTranslation, 'publication' | 'availability'>,
): FieldChange[] {
  const fields: FieldChange[] = [];
  if (text.publication !== recorded.publication) {
    fields.push({ name: 'publication', before: recorded.publication, after: text.publication });
  }
  const wanted = gatedAvailability(text);
  if (!sameAvailability(wanted, recorded.availability)) {
    fields.push({ name: 'fin', before: recorded.availability, after: wanted });
  }
  return fields;
}

function withdrawals(
  text: DesiredTranslation,
  recorded: RecordedTranslation,
  input: PlanInput,
): FieldChange[] {
  const left = withdrawn(text, recorded, isOpenToAi(text, recorded, input));
  const fields: FieldChange[] = [];
  if (left.publication !== recorded.publication) {
    fields.push({ name: 'publication', before: recorded.publication, after: left.publication });
  }
  if (!sameAvailability(left.availability, recorded.availability)) {
    fields.push({ name: 'fin', before: recorded.availability, after: left.availability });
  }
  return fields;
}
