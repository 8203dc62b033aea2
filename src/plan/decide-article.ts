import { nobody } from '../model/config.ts';
import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { audiencesOf } from './decide-audiences.ts';
import { decideInternal } from './decide-internal.ts';
import { decideTranslation, type Verdict } from './decide-translation.ts';
import { type ChangeDraft, type Decision, nothing, type Stop, together } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, isBlank, sameAvailability } from './live.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import type { Action, FieldChange, Held, HeldKind, Plan, Withheld } from './plan.ts';
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
  if (wholly !== null) return { ...nothing, held: [wholly] };
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

function isRestricted(live: LiveArticle | null): boolean {
  const audience = live?.helpCenterAudience ?? 'everyone';
  return audience === 'all_users' || audience === 'restricted';
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
  if (article.collectionId === null) return null;
  const collection = input.desired.collections.find((item) => item.id === article.collectionId);
  const match = matches.collections.get(article.collectionId);
  if (collection === undefined || match === undefined || match.live !== null) return null;
  const main = collection.texts.find((text) => text.locale === matches.defaultLocale);
  if (collection.invalid !== null || match.how === 'ambiguous' || main === undefined) {
    return {
      ...nothing,
      held: [
        {
          id: article.id,
          locale: null,
          kind: 'links-to-held',
          reason: `its collection ${collection.path} is held`,
          hint: `kb check ${collection.path}`,
          path: article.path,
          title: titleOf(article),
        },
      ],
    };
  }
  if (main.gates.helpCenter) return null;
  return {
    ...nothing,
    withheld: article.translations.map((text) =>
      withheldWith(
        article,
        text,
        `its collection ${collection.path} is withheld: ${main.decision.reason}`,
      ),
    ),
  };
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
    case 'held':
      return { ...nothing, held: [heldOf(article, text, verdict)] };
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

function actionOf(fields: readonly FieldChange[]): Action {
  const publication = fields.find((field) => field.name === 'publication');
  if (publication === undefined || publication.before === null) return 'update';
  return publication.after === 'published' ? 'publish' : 'unpublish';
}

/** Collection, author and tags: they belong to all locales, and need no review. */
function decideWhole(
  article: DesiredArticle,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Pick<Decision, 'drafts' | 'held'> {
  const drafts: ChangeDraft[] = [];
  const held: Held[] = [];
  const { live, recorded } = match;
  const stop = (kind: HeldKind, reason: string, hint: string) =>
    held.push({
      id: article.id,
      locale: null,
      kind,
      reason,
      hint,
      path: article.path,
      title: titleOf(article),
    });

  const author = authorIdOf(article, input);
  if (article.visibility === 'users' && !isRestricted(live)) {
    stop(
      'manual-step',
      'is for logged-in users, and Intercom lets only a person restrict an article',
      'In Intercom, set its help center audience to users; kb publish then publishes it.',
    );
  }
  if (live !== null && recorded !== null) {
    const move = moveOf(article, live, recorded, matches, input);
    if (move !== null && 'kind' in move) stop(move.kind, move.reason, move.hint);
    else if (move !== null) {
      drafts.push(wholeDraft(article, 'move', move, `${recorded.path} → ${article.path}`));
    }
    const isOwned = input.config.uiOwned.includes('author');
    if (
      !isOwned &&
      author !== null &&
      author !== recorded.authorId &&
      live.authorId === recorded.authorId
    ) {
      drafts.push(
        wholeDraft(
          article,
          'update',
          { name: 'author', before: recorded.authorId, after: author },
          'author changed',
        ),
      );
    }
  }
  const audiences = audiencesOf(article, match, matches.defaultLocale, input);
  if (audiences !== null && 'kind' in audiences) {
    stop(audiences.kind, audiences.reason, audiences.hint);
  } else if (audiences !== null) {
    drafts.push(wholeDraft(article, 'update', audiences, 'AI audiences changed'));
  }
  const tags = tagsOf(article, match, input);
  if (tags !== null) drafts.push(tags);
  return { drafts, held };
}

function wholeDraft(
  article: DesiredArticle,
  action: Action,
  field: FieldChange,
  reason: string,
): ChangeDraft {
  return {
    ...base(article, null, titleOf(article)),
    action,
    phase: 'update',
    request: `article:${article.id}`,
    requests: 1,
    reason,
    approval: null,
    fields: [field],
  };
}

function moveOf(
  article: DesiredArticle,
  live: LiveArticle,
  recorded: RecordedArticle,
  matches: Matches,
  input: PlanInput,
): FieldChange | Stop | null {
  if (input.config.uiOwned.includes('collection')) return null;
  const wanted =
    article.collectionId === null
      ? null
      : (matches.collections.get(article.collectionId)?.live?.intercomId ?? 'new');
  if (live.parentId === wanted) return null;
  const isMovedHere = article.collectionId !== recorded.collectionId || wanted === 'new';
  const isMovedThere = live.parentId !== recorded.parentIntercomId;
  if (isMovedThere && isMovedHere) {
    return {
      kind: 'conflict',
      reason: 'moved in Intercom, and here to another collection',
      hint: 'Move it to the same collection on both sides.',
    };
  }
  if (isMovedThere && input.config.onDrift === 'hold') {
    return {
      kind: 'drift',
      reason: 'moved to another collection in Intercom',
      hint: 'Move its files to the same collection, or move it back in Intercom.',
    };
  }
  if (article.collectionId === null) {
    return {
      kind: 'manual-step',
      reason: 'left its collection, and the API has no call to take an article out of one',
      hint: 'Take it out of the collection in Intercom.',
    };
  }
  return { name: 'collection', before: recorded.collectionId, after: article.collectionId };
}

/** Tags have calls of their own: one for each tag added or taken. */
function tagsOf(
  article: DesiredArticle,
  match: ArticleMatch,
  input: PlanInput,
): ChangeDraft | null {
  if (article.tags === null || input.config.uiOwned.includes('tags')) return null;
  const wanted = [...new Set(article.tags)].sort();
  const there = (match.live?.tags ?? []).map((tag) => tag.name).sort();
  const before = match.recorded?.tags ?? there;
  const isSame = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n');
  if (isSame(wanted, there) || (isSame(wanted, before) && input.config.onDrift === 'hold'))
    return null;
  const moved = symmetricDifference(wanted, there);
  return {
    ...base(article, null, titleOf(article)),
    action: 'update',
    phase: 'tagging',
    request: `tags:${article.id}`,
    requests: moved.length,
    reason: 'tags changed',
    approval: null,
    fields: [{ name: 'tags', before: there, after: wanted }],
  };
}

function symmetricDifference(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter((item) => !b.includes(item)), ...b.filter((item) => !a.includes(item))];
}

/** The teammate an article is attributed to; null where nobody is named, or nobody of that name is one. */
export function authorIdOf(article: DesiredArticle, input: PlanInput): string | null {
  const email = article.author ?? input.workspace.author;
  if (email === null) return null;
  const teammate = input.actual.teammates.find(
    (mate) => mate.email.toLowerCase() === email.toLowerCase(),
  );
  return teammate?.id ?? null;
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
  const settled = settledPlace(article, entry, live, matches);
  const isKnown = match.recorded !== null;
  if (repaired.length === 0 && (!isKnown || settled === entry)) return [];
  const translations = { ...entry.translations, ...Object.fromEntries(repaired) };
  return [{ key: null, articles: { [article.id]: { ...settled, translations } } }];
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

function titleOf(article: DesiredArticle): string {
  const source = article.translations.find((text) => text.locale === article.sourceLocale);
  return source?.title ?? article.translations[0]?.title ?? article.path;
}
