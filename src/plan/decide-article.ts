import { nobody } from '../model/config.ts';
import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { collectionState } from './collection-state.ts';
import { decideInternal } from './decide-internal.ts';
import { decideTranslation, type Verdict } from './decide-translation.ts';
import { authorIdOf, decideWhole, isRestricted, settledTags, titleOf } from './decide-whole.ts';
import { type ChangeDraft, type Decision, nothing, together } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import { actionOf } from './fields.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, isBlank, sameAvailability } from './live.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import type { FieldChange, Held, HeldKind, Plan, Withheld } from './plan.ts';
import { recordArticle, recordTranslation } from './record.ts';

/** What becomes of one article: each of its texts, and what belongs to the whole of it. */
export function decideArticle(
  article: DesiredArticle,
  matches: Matches,
  input: PlanInput,
): Decision {
  const match = matches.articles.get(article.id);
  if (match === undefined) return nothing;
  const wholly = holdWholly(article, match, matches, input);
  if (wholly !== null) {
    const drafts = wholly.kind === 'invalid' ? withdrawals(article, match, matches, input) : [];
    return { ...nothing, drafts, held: [wholly] };
  }
  if (article.visibility === 'internal') {
    return together([decideInternal(article, matches, input), takenBack(article, match)]);
  }

  const verdicts = article.translations.map((text) => ({
    text,
    verdict: decideTranslation(
      article,
      effective(article, text, match),
      match.recorded?.translations[text.locale] ?? null,
      match.live?.translations[text.locale] ?? null,
      matches,
      input,
    ),
  }));
  const isNew = match.live === null;
  const main = verdicts.find(({ text }) => text.locale === matches.defaultLocale);
  if (isNew && main?.verdict.result === 'withheld') {
    return {
      ...nothing,
      withheld: verdicts.map(({ text }) => withheldWith(article, text, mainReason(text, main))),
    };
  }
  if (isNew && main !== undefined && main.verdict.result === 'held') {
    const { verdict } = main;
    return { ...nothing, held: [heldOf(article, main.text, verdict)] };
  }
  const stop = isNew
    ? (collectionStop(article, matches, input) ?? authorStop(article, input))
    : null;
  if (stop !== null) return stop;

  const texts = verdicts.map(({ text, verdict }) => fromVerdict(article, text, verdict, match));
  const whole = decideWhole(article, match, matches, input);
  return {
    withheld: texts.flatMap((part) => part.withheld),
    repairs: repairsOf(article, verdicts, match, matches, input),
    unmanaged: unmanagedLocales(article, match),
    unchanged: texts.reduce((sum, part) => sum + part.unchanged, 0),
    ...removedLocales(article, match, input, texts, whole),
  };
}

/** What is taken from the AI although the article is held: an approval that lapsed lapses all the same. */
function withdrawals(
  article: DesiredArticle,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): readonly ChangeDraft[] {
  if (match.live === null) return [];
  return article.translations.flatMap((text) => {
    const held = { ...text, invalid: text.invalid ?? article.invalid };
    const verdict = decideTranslation(
      article,
      held,
      match.recorded?.translations[text.locale] ?? null,
      match.live?.translations[text.locale] ?? null,
      matches,
      input,
    );
    return fromVerdict(article, held, verdict, match).drafts;
  });
}

/** A text as its article's visibility allows: for logged-in users only once Intercom restricts it. */
function effective(
  article: DesiredArticle,
  text: DesiredTranslation,
  match: ArticleMatch,
): DesiredTranslation {
  return article.visibility === 'users' && !isRestricted(match.live)
    ? { ...text, publication: 'draft' }
    : text;
}

function mainReason(
  text: DesiredTranslation,
  main: { text: DesiredTranslation; verdict: Verdict },
): string {
  if (text.locale === main.text.locale) return text.decision.reason;
  return `${main.text.locale}, the default locale, is withheld: ${main.text.decision.reason}`;
}

function holdWholly(
  article: DesiredArticle,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Held | null {
  const held = (kind: HeldKind, reason: string, hint: string): Held => ({
    id: article.id,
    locale: null,
    kind,
    reason,
    hint,
    path: article.path,
    title: titleOf(article),
  });
  if (article.invalid !== null) {
    return held('invalid', article.invalid, `kb check ${article.path}`);
  }
  if (match.how === 'ambiguous') {
    const ids = match.candidates.map((live) => live.intercomId);
    return held(
      'ambiguous',
      `${ids.length === 1 ? 'an article' : `${ids.length} articles`} with this title is live in the same collection (${ids.join(', ')}), and not from here`,
      `kb adopt --match ${article.id}=${ids[0] ?? ''} takes it over; or change the title.`,
    );
  }
  const isGone = match.recorded !== null && match.live === null;
  if (isGone && !input.options.recreate.includes(article.id)) {
    return held(
      'missing',
      `"${titleOf(article)}" (Intercom ${match.recorded?.intercomId ?? ''}) is gone from Intercom`,
      `kb publish --recreate ${article.id} creates it again; or remove its files.`,
    );
  }
  if (match.live?.hasSchedule === true) {
    return held(
      'pending-draft',
      'has a scheduled publish or unpublish in Intercom',
      'Cancel the schedule in Intercom, or wait for it, then run kb plan again.',
    );
  }
  const hasDefault = article.translations.some((text) => text.locale === matches.defaultLocale);
  if (!hasDefault && article.visibility !== 'internal') {
    return held(
      'no-default-locale',
      `has no ${matches.defaultLocale} text, and Intercom needs a title in its default locale`,
      `kb new translation ${article.path} --locale ${matches.defaultLocale}`,
    );
  }
  const names = new Set(input.actual.audiences.map((audience) => audience.name));
  const unknown = article.finAudiences.filter((name) => !names.has(name));
  if (unknown.length > 0 && !input.config.uiOwned.includes('finAudiences')) {
    return held(
      'manual-step',
      `there is no audience "${unknown.join('", "')}" in this workspace`,
      'Create it in Intercom (its conditions are not ours to guess), or correct finAudiences.',
    );
  }
  return null;
}

/** What was public is taken off the help center when its article becomes internal. */
function takenBack(article: DesiredArticle, match: ArticleMatch): Decision {
  const live = match.recorded === null ? null : match.live;
  const drafts = Object.values(live?.translations ?? {})
    .filter((text) => text.publication === 'published')
    .map(
      (text): ChangeDraft => ({
        ...base(article, text.locale, text.title),
        action: 'unpublish',
        phase: 'update',
        request: `article:${article.id}`,
        requests: 1,
        reason: 'is internal now',
        approval: null,
        fields: withdrawal(text),
      }),
    );
  return { ...nothing, drafts };
}

/** A new article waits for its collection. */
function collectionStop(
  article: DesiredArticle,
  matches: Matches,
  input: PlanInput,
): Decision | null {
  const state = collectionState(article.collectionId, matches, input);
  if (state.kind === 'withheld') {
    return {
      ...nothing,
      withheld: article.translations.map((text) => withheldWith(article, text, state.reason)),
    };
  }
  if (state.kind !== 'held') return null;
  const held: Held = {
    id: article.id,
    locale: null,
    kind: 'links-to-held',
    reason: state.reason,
    hint: 'kb plan names what the collection waits for.',
    path: article.path,
    title: titleOf(article),
  };
  return { ...nothing, held: [held] };
}

/** Intercom creates no article without a teammate as its author. */
function authorStop(article: DesiredArticle, input: PlanInput): Decision | null {
  if (authorIdOf(article, input) !== null) return null;
  const email = article.author ?? input.workspace.author;
  return {
    ...nothing,
    held: [
      {
        id: article.id,
        locale: null,
        kind: 'manual-step',
        reason:
          email === null ? 'has no author' : `its author ${email} is no teammate of this workspace`,
        hint: 'Set author, in the front matter or for the workspace in kb.yaml, to the e-mail of a teammate.',
        path: article.path,
        title: titleOf(article),
      },
    ],
  };
}

function fromVerdict(
  article: DesiredArticle,
  text: DesiredTranslation,
  verdict: Verdict,
  match: ArticleMatch,
): Decision {
  const isCreate = match.live === null;
  switch (verdict.result) {
    case 'unchanged':
      return { ...nothing, unchanged: 1 };
    case 'held': {
      const fields = isCreate ? [] : (verdict.fields ?? []);
      const drafts =
        fields.length === 0
          ? []
          : [writeDraft(article, text, fields, 'withdrawn, the text is held', isCreate)];
      return { ...nothing, drafts, held: [heldOf(article, text, verdict)] };
    }
    case 'repair': {
      const withheld =
        verdict.withheld === null ? [] : [withheldWith(article, text, verdict.withheld)];
      if (!verdict.isAdoption)
        return { ...nothing, withheld, unchanged: withheld.length === 0 ? 1 : 0 };
      const draft: ChangeDraft = {
        ...base(article, text.locale, text.title),
        action: 'adopt',
        phase: 'update',
        request: null,
        requests: 0,
        reason: 'live with the same content',
        approval: text.decision.approval,
        fields: [],
      };
      return { ...nothing, drafts: [draft], withheld };
    }
    case 'withheld':
      return {
        ...nothing,
        withheld: [withheldWith(article, text, verdict.reason)],
        drafts:
          verdict.fields.length === 0
            ? []
            : [
                writeDraft(
                  article,
                  text,
                  verdict.fields,
                  'withdrawn, the text waits for its review',
                  isCreate,
                ),
              ],
      };
    case 'write':
      return {
        ...nothing,
        drafts: [writeDraft(article, text, verdict.fields, verdict.reason, isCreate)],
      };
  }
}

function writeDraft(
  article: DesiredArticle,
  text: DesiredTranslation,
  fields: readonly FieldChange[],
  reason: string,
  isCreate: boolean,
): ChangeDraft {
  return {
    ...base(article, text.locale, text.title),
    action: isCreate ? 'create' : actionOf(fields),
    phase: isCreate ? 'create' : 'update',
    request: `article:${article.id}`,
    requests: 1,
    reason,
    approval: text.gates.helpCenter ? text.decision.approval : null,
    fields,
  };
}

/** What the ledger learns without a write: adoption and repair. */
function repairsOf(
  article: DesiredArticle,
  verdicts: readonly { text: DesiredTranslation; verdict: Verdict }[],
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Decision['repairs'] {
  const { live } = match;
  if (live === null) return [];
  const repaired = verdicts.flatMap(({ text, verdict }) => {
    const stored = live.translations[text.locale];
    if (verdict.result !== 'repair' || stored === undefined) return [];
    const entry = recordTranslation(text, stored, matches.addresses, input.desired.commit);
    return [[text.locale, entry] as const];
  });
  const entry = match.recorded ?? recordArticle(article, live, {});
  const settled = settledWhole(article, entry, live, matches, input);
  const isKnown = match.recorded !== null;
  if (repaired.length === 0 && (!isKnown || settled === entry)) return [];
  const translations = { ...entry.translations, ...Object.fromEntries(repaired) };
  return [{ key: null, articles: { [article.id]: { ...settled, translations } } }];
}

/** The entry with what is already as git says: its place, its author, its tags. */
function settledWhole(
  article: DesiredArticle,
  entry: RecordedArticle,
  live: LiveArticle,
  matches: Matches,
  input: PlanInput,
): RecordedArticle {
  const placed = settledPlace(article, entry, live, matches);
  const isAuthor = live.authorId !== null && live.authorId === authorIdOf(article, input);
  const authorId = isAuthor ? live.authorId : placed.authorId;
  const tags = settledTags(article, live, placed.tags);
  const isSettled = authorId === placed.authorId && tags === placed.tags;
  return isSettled ? placed : { ...placed, authorId, tags };
}

/** The entry with the place an article already is at: renamed files, or a move that has happened. */
function settledPlace(
  article: DesiredArticle,
  entry: RecordedArticle,
  live: LiveArticle,
  matches: Matches,
): RecordedArticle {
  const parent =
    article.collectionId === null
      ? null
      : (matches.collections.get(article.collectionId)?.live?.intercomId ?? 'new');
  const isThere = live.parentId === parent;
  const collectionId = isThere ? article.collectionId : entry.collectionId;
  const parentIntercomId = isThere ? live.parentId : entry.parentIntercomId;
  const isSettled =
    entry.path === article.path &&
    entry.collectionId === collectionId &&
    entry.parentIntercomId === parentIntercomId;
  return isSettled ? entry : { ...entry, path: article.path, collectionId, parentIntercomId };
}

function unmanagedLocales(article: DesiredArticle, match: ArticleMatch): Plan['unmanaged'] {
  const ours = new Set([
    ...article.translations.map((text) => text.locale as string),
    ...Object.keys(match.recorded?.translations ?? {}),
  ]);
  return Object.values(match.live?.translations ?? {})
    .filter((live) => !ours.has(live.locale) && !isBlank(live))
    .map((live) => ({
      kind: 'locale',
      intercomId: match.live?.intercomId ?? '',
      locale: live.locale,
      title: live.title,
    }));
}

/** Locales whose file is gone: taken off the help center, as the API deletes none. */
function removedLocales(
  article: DesiredArticle,
  match: ArticleMatch,
  input: PlanInput,
  texts: readonly Decision[],
  whole: Pick<Decision, 'drafts' | 'held'>,
): Pick<Decision, 'drafts' | 'held'> {
  const kept = new Set(article.translations.map((text) => text.locale as string));
  const drafts = [...texts.flatMap((part) => part.drafts), ...whole.drafts];
  const held = [...texts.flatMap((part) => part.held), ...whole.held];
  for (const [locale, recorded] of Object.entries(match.recorded?.translations ?? {})) {
    const live = match.live?.translations[locale];
    if (kept.has(locale) || live === undefined) continue;
    const at = { id: article.id, locale, path: article.path, title: recorded.title };
    if (input.desired.removalsHeld !== null) {
      held.push({
        ...at,
        kind: 'invalid',
        reason: `its file is gone, but ${input.desired.removalsHeld}`,
        hint: 'kb check',
      });
    } else if (driftedFields(live, recorded.echo).length > 0) {
      held.push({
        ...at,
        kind: 'conflict',
        reason: 'its file is gone, and it was edited in Intercom',
        hint: 'Restore the file, or undo the edit in Intercom.',
      });
    } else if (isOff(live) || input.config.onRemove === 'report') {
    } else {
      drafts.push({
        ...base(article, locale, recorded.title),
        action: 'unpublish',
        phase: 'update',
        request: `article:${article.id}`,
        requests: 1,
        reason: 'its file was removed',
        approval: null,
        fields: withdrawal(live),
      });
    }
  }
  return { drafts, held };
}

function isOff(live: { publication: string; availability: typeof nobody }): boolean {
  return live.publication === 'draft' && sameAvailability(live.availability, nobody);
}

/** Off the help center and out of the AI. */
export function withdrawal(live: {
  publication: string;
  availability: typeof nobody;
}): FieldChange[] {
  return [
    { name: 'publication', before: live.publication, after: 'draft' },
    { name: 'fin', before: live.availability, after: nobody },
  ].filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
}

function base(
  article: { id: string; path: string },
  locale: string | null,
  title: string,
): Pick<ChangeDraft, 'kind' | 'id' | 'locale' | 'path' | 'title'> {
  return { kind: 'article', id: article.id, locale, path: article.path, title };
}

function heldOf(
  article: DesiredArticle,
  text: DesiredTranslation,
  verdict: Extract<Verdict, { result: 'held' }>,
): Held {
  return {
    id: article.id,
    locale: text.locale,
    kind: verdict.kind,
    reason: verdict.reason,
    hint: verdict.hint,
    path: article.path,
    title: text.title,
  };
}

function withheldWith(article: DesiredArticle, text: DesiredTranslation, reason: string): Withheld {
  return {
    kind: 'article',
    id: article.id,
    locale: text.locale,
    reason,
    path: article.path,
    title: text.title,
  };
}
