import { shellWord } from '../model/shell-word.ts';
import { collectionState } from './collection-state.ts';
import { authorIdOf } from './decide-whole.ts';
import { type Decision, nothing, type Stop } from './decision.ts';
import type { DesiredArticle } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import { wantedParent } from './placement.ts';
import { heldAs, textOf, titleOf, wholeArticle, withheldRow } from './rows.ts';

/** What keeps every text of an article from being written; null: nothing does. */
export function articleStop(
  article: DesiredArticle,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Stop | null {
  if (article.invalid !== null) {
    return {
      kind: 'invalid',
      reason: article.invalid,
      hint: `kb check ${shellWord(article.path)}`,
    };
  }
  if (match.how === 'ambiguous') {
    const ids = match.candidates.map((live) => live.intercomId);
    return {
      kind: 'ambiguous',
      reason: `${ids.length === 1 ? 'an article with this title is' : `${ids.length} articles with this title are`} live ${whereOf(article, match, matches)} (${ids.join(', ')}), and not from here`,
      hint: `kb adopt --match ${article.id}=${ids[0] ?? ''} takes it over; or change the title.`,
    };
  }
  const isGone = match.recorded !== null && match.live === null;
  if (isGone && !input.options.recreate.includes(article.id)) {
    return {
      kind: 'missing',
      reason: `"${titleOf(article)}" (Intercom ${match.recorded?.intercomId ?? ''}) is gone from Intercom`,
      hint: `kb publish --recreate ${article.id} creates it again; kb pull --remove ${article.id} removes its files.`,
    };
  }
  if (match.live?.hasSchedule === true) {
    return {
      kind: 'pending-draft',
      reason: 'has a scheduled publish or unpublish in Intercom',
      hint: 'Cancel the schedule in Intercom, or wait for it, then run kb plan again.',
    };
  }
  const hasDefault = article.translations.some((text) => text.locale === matches.defaultLocale);
  if (!hasDefault && article.visibility !== 'internal') {
    return {
      kind: 'no-default-locale',
      reason: `has no ${matches.defaultLocale} text, and Intercom needs a title in its default locale`,
      hint: `kb new translation ${shellWord(article.path)} --locale ${matches.defaultLocale}`,
    };
  }
  return audienceStop(article, input);
}

function whereOf(article: DesiredArticle, match: ArticleMatch, matches: Matches): string {
  const parent = wantedParent(article.collectionId, matches);
  return match.candidates.some((live) => live.parentId === parent)
    ? 'in the same collection'
    : 'in another collection, with much the same text';
}

function audienceStop(article: DesiredArticle, input: PlanInput): Stop | null {
  if (input.config.uiOwned.includes('finAudiences')) return null;
  const names = new Set(input.actual.audiences.map((audience) => audience.name));
  const unknown = article.finAudiences.filter((name) => !names.has(name));
  if (unknown.length === 0) return null;
  return {
    kind: 'manual-step',
    reason: `there is no audience "${unknown.join('", "')}" in this workspace`,
    hint: 'Create it in Intercom (its conditions are not ours to guess), or correct finAudiences.',
  };
}

/** What keeps an article from being created: its collection, or its author; null: nothing does. */
export function creationStop(
  article: DesiredArticle,
  matches: Matches,
  input: PlanInput,
): Decision | null {
  const state = collectionState(article.collectionId, matches, input);
  if (state.kind === 'withheld') {
    return {
      ...nothing,
      withheld: article.translations.map((text) =>
        withheldRow('article', textOf(article, text), state.reason),
      ),
    };
  }
  const stop: Stop | null =
    state.kind === 'held'
      ? {
          kind: 'links-to-held',
          reason: state.reason,
          hint: 'kb plan names what the collection waits for.',
        }
      : authorStop(article, input);
  return stop === null ? null : heldAs(wholeArticle(article), stop);
}

/** Intercom creates no article without a teammate as its author. */
function authorStop(article: DesiredArticle, input: PlanInput): Stop | null {
  if (authorIdOf(article, input) !== null) return null;
  const email = article.author ?? input.workspace.author;
  return {
    kind: 'manual-step',
    reason:
      email === null ? 'has no author' : `its author ${email} is no teammate of this workspace`,
    hint: 'Set author, in the front matter or for the workspace in kb.yaml, to the e-mail of a teammate.',
  };
}
