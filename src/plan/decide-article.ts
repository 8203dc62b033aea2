import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { decideInternal } from './decide-internal.ts';
import { decideTranslation, type Verdict } from './decide-translation.ts';
import { authorIdOf, decideWhole, isRestricted, settledTags } from './decide-whole.ts';
import { type ChangeDraft, type Decision, nothing, together } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import { actionOf } from './fields.ts';
import { articleStop, creationStop } from './hold-article.ts';
import type { PlanInput } from './input.ts';
import { isBlank } from './live.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import { settledStanding } from './placement.ts';
import type { Plan } from './plan.ts';
import { recordArticle, recordTranslation } from './record.ts';
import {
  approvalOf,
  changeRow,
  heldAs,
  heldRow,
  rowsOf,
  textOf,
  type Writing,
  wholeArticle,
  withheldRow,
} from './rows.ts';
import { removedLocales, takenBack } from './take-back.ts';

interface Decided {
  text: DesiredTranslation;
  verdict: Verdict;
}

/** What becomes of one article: each of its texts, and what belongs to the whole of it. */
export function decideArticle(
  article: DesiredArticle,
  matches: Matches,
  input: PlanInput,
): Decision {
  const match = matches.articles.get(article.id);
  if (match === undefined) return nothing;
  const stop = articleStop(article, match, matches, input);
  if (stop !== null) {
    const drafts = stop.kind === 'invalid' ? withdrawals(article, match, matches, input) : [];
    return { ...nothing, drafts, held: [heldRow(wholeArticle(article), stop)] };
  }
  if (article.visibility === 'internal') {
    return together([decideInternal(article, matches, input), takenBack(article, match)]);
  }
  const decided = article.translations.map((text) => ({
    text,
    verdict: verdictOn(article, effective(article, text, match), match, matches, input),
  }));
  const waiting = match.live === null ? decideCreation(article, decided, matches, input) : null;
  if (waiting !== null) return waiting;
  const { drafts, held } = decideWhole(article, match, matches, input);
  return together([
    ...decided.map(({ text, verdict }) =>
      rowsOf(verdict, textOf(article, text), writingOf(article, text, match)),
    ),
    { ...nothing, drafts, held },
    removedLocales(article, match, input),
    {
      ...nothing,
      repairs: repairsOf(article, decided, match, matches, input),
      unmanaged: unmanagedLocales(article, match),
    },
  ]);
}

/** A new article waits as a whole: for its default locale, its collection, its author. null: it does not. */
function decideCreation(
  article: DesiredArticle,
  decided: readonly Decided[],
  matches: Matches,
  input: PlanInput,
): Decision | null {
  const main = decided.find(({ text }) => text.locale === matches.defaultLocale);
  if (main?.verdict.result === 'withheld') {
    const rows = decided.map(({ text }) =>
      withheldRow('article', textOf(article, text), mainReason(text, main.text)),
    );
    return { ...nothing, withheld: rows };
  }
  if (main?.verdict.result === 'held') return heldAs(textOf(article, main.text), main.verdict);
  return creationStop(article, matches, input);
}

function mainReason(text: DesiredTranslation, main: DesiredTranslation): string {
  if (text.locale === main.locale) return text.decision.reason;
  return `${main.locale}, the default locale, is withheld: ${main.decision.reason}`;
}

function verdictOn(
  article: DesiredArticle,
  text: DesiredTranslation,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Verdict {
  const recorded = match.recorded?.translations[text.locale] ?? null;
  const live = match.live?.translations[text.locale] ?? null;
  return decideTranslation(article, text, recorded, live, matches, input);
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
    const verdict = verdictOn(article, held, match, matches, input);
    return rowsOf(verdict, textOf(article, held), writingOf(article, held, match)).drafts;
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

function writingOf(
  article: DesiredArticle,
  text: DesiredTranslation,
  { live }: ArticleMatch,
): Writing {
  const isCreate = live === null;
  const row = (change: Parameters<typeof changeRow>[2]) =>
    changeRow('article', textOf(article, text), change);
  return {
    isCreate,
    change: (fields, reason) =>
      row({
        action: isCreate ? 'create' : actionOf(fields),
        phase: isCreate ? 'create' : 'update',
        request: `article:${article.id}`,
        reason,
        approval: approvalOf(text),
        fields,
      }),
    adopt: (reason) =>
      row({
        action: 'adopt',
        phase: 'update',
        request: null,
        reason,
        approval: text.decision.approval,
        fields: [],
      }),
  };
}

/** What the ledger learns without a write: adoption and repair. */
function repairsOf(
  article: DesiredArticle,
  decided: readonly Decided[],
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Decision['repairs'] {
  const { live } = match;
  if (live === null) return [];
  const repaired = decided.flatMap(({ text, verdict }) => {
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

/** The entry with what is already as git says: its place, its author, its tags. The same object where nothing is new. */
function settledWhole(
  article: DesiredArticle,
  entry: RecordedArticle,
  live: LiveArticle,
  matches: Matches,
  input: PlanInput,
): RecordedArticle {
  const standing = { parentId: entry.collectionId, parentIntercomId: entry.parentIntercomId };
  const now = settledStanding(article.collectionId, standing, live.parentId, matches);
  const isAuthor = live.authorId !== null && live.authorId === authorIdOf(article, input);
  const settled = {
    path: article.path,
    collectionId: now.parentId,
    parentIntercomId: now.parentIntercomId,
    authorId: isAuthor ? live.authorId : entry.authorId,
    tags: settledTags(article, live, entry.tags),
  };
  const isSame =
    entry.path === settled.path &&
    entry.collectionId === settled.collectionId &&
    entry.parentIntercomId === settled.parentIntercomId &&
    entry.authorId === settled.authorId &&
    entry.tags === settled.tags;
  return isSame ? entry : { ...entry, ...settled };
}

function unmanagedLocales(article: DesiredArticle, match: ArticleMatch): Plan['unmanaged'] {
  const ours = new Set<string>([
    ...article.translations.map((text) => text.locale),
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
