import type { Recorded, RecordedArticle, RecordedTranslation } from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { echoOf } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { Context } from './context.ts';
import { keepBase } from './merge-base.ts';
import type { MovedArticle } from './pull-moves.ts';
import type { Outcome } from './pull-outcome.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Keeps the bases of later merges, and lets the ledger know which live texts have been taken in. */
export async function rememberPulled(
  context: Context,
  state: WorkspaceState,
  { outcomes, moved }: { outcomes: readonly Outcome[]; moved: readonly MovedArticle[] },
  lease: { commit(recorded: Recorded, unfinished: WorkspaceState['journal']): Promise<void> },
): Promise<void> {
  for (const { base } of outcomes) {
    if (base !== null) await keepBase(context, state.connection.config.name, base);
  }
  const mixed = outcomes.filter(({ isMixed }) => isMixed);
  if (mixed.length === 0 && moved.length === 0) return;
  const articles = { ...state.recorded.articles };
  const internals = { ...state.recorded.internals };
  for (const { pulled, made, file } of mixed) {
    const locale = pulled.locale ?? '';
    if (made !== null) {
      const known = articles[pulled.id] ?? newEntry(made, file, locale, state);
      const there = made.translations[locale];
      if (there === undefined) continue;
      const texts = { ...known.translations, [locale]: recordUnknownTranslation(there) };
      articles[pulled.id] = { ...known, translations: texts };
      continue;
    }
    const internal = internals[pulled.id];
    const own = internal?.texts[locale];
    if (internal !== undefined && own !== undefined) {
      const texts = { ...internal.texts, [locale]: takenIn(own, state) };
      internals[pulled.id] = { ...internal, texts };
      continue;
    }
    const entry = articles[pulled.id];
    const recorded = entry?.translations[locale];
    const live = liveText(state, entry, locale);
    if (entry === undefined || recorded === undefined || live === null) continue;
    const translations = { ...entry.translations, [locale]: seen(recorded, live) };
    articles[pulled.id] = { ...entry, translations };
  }
  for (const { article, live, path } of moved) {
    const entry = articles[article.id];
    if (entry === undefined) continue;
    const collectionId = collectionOf(live.parentId, state);
    articles[article.id] = { ...entry, path, parentIntercomId: live.parentId, collectionId };
  }
  await lease.commit({ ...state.recorded, articles, internals }, state.journal);
}

/** What was recorded, with what is live taken as seen. */
function seen(recorded: RecordedTranslation, live: LiveTranslation): RecordedTranslation {
  const { publication, availability } = live;
  return { ...recorded, publication, availability, echo: echoOf(live) };
}

function takenIn(
  own: { intercomId: string; entry: RecordedTranslation },
  { actual }: WorkspaceState,
): { intercomId: string; entry: RecordedTranslation } {
  const live = actual.internals.find(({ intercomId }) => intercomId === own.intercomId);
  return live === undefined ? own : { ...own, entry: seen(own.entry, live.text) };
}

function collectionOf(intercomId: string | null, { recorded }: WorkspaceState): string | null {
  const found = Object.entries(recorded.collections).find(
    ([, entry]) => entry.intercomId === intercomId,
  );
  return found?.[0] ?? null;
}

/** What was made there is known from now on, as a match that a person told: its file is taken as changed. */
function newEntry(
  made: LiveArticle,
  file: string,
  locale: string,
  state: WorkspaceState,
): RecordedArticle {
  const isRestricted = made.helpCenterAudience !== null && made.helpCenterAudience !== 'everyone';
  return {
    intercomId: made.intercomId,
    path: file.slice(0, -`.${locale}.md`.length),
    collectionId: collectionOf(made.parentId, state),
    parentIntercomId: made.parentId,
    authorId: made.authorId,
    tags: made.tags.map((tag) => tag.name).sort(),
    visibility: isRestricted ? 'users' : 'public',
    finAudiences: [],
    translations: {},
  };
}

function liveText(
  { actual }: WorkspaceState,
  entry: RecordedArticle | undefined,
  locale: string,
): LiveTranslation | null {
  const there = actual.articles.find(({ intercomId }) => intercomId === entry?.intercomId);
  return there?.translations[locale] ?? null;
}
