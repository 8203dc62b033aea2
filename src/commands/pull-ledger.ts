import type { MergeConflict } from '../merge/index.ts';
import type { Recorded, RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { echoOf } from '../plan/live.ts';
import { recordUnknownTranslation } from '../plan/record.ts';
import type { Context } from './context.ts';
import { keepBase } from './merge-base.ts';
import type { PulledFile } from './pull-new.ts';
import type { WorkspaceState } from './workspace-state.ts';

export interface PullConflict extends MergeConflict {
  file: string;
  id: string;
  locale: string;
}

/** What one drifted text came to. */
export interface PullOutcome {
  file: string;
  source: string;
  pulled: PulledFile;
  conflicts: readonly PullConflict[];
  base: { id: string; locale: string; echo: string; text: string } | null;
  /** Is it not exactly what is live? Then the ledger learns that what is live was taken in. */
  isMixed: boolean;
  /** Did the file change? */
  isWritten: boolean;
  /** The article in Intercom that a new file stands for. */
  made: LiveArticle | null;
}

/** Keeps the bases of later merges, and lets the ledger know which live texts have been taken in. */
export async function remember(
  context: Context,
  state: WorkspaceState,
  outcomes: readonly PullOutcome[],
  lease: { commit(recorded: Recorded, unfinished: WorkspaceState['journal']): Promise<void> },
): Promise<void> {
  for (const { base } of outcomes) {
    if (base !== null) await keepBase(context, state.connection.config.name, base);
  }
  const mixed = outcomes.filter(({ isMixed }) => isMixed);
  if (mixed.length === 0) return;
  const articles = { ...state.recorded.articles };
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
    const entry = articles[pulled.id];
    const recorded = entry?.translations[locale];
    const live = liveText(state, entry, locale);
    if (entry === undefined || recorded === undefined || live === null) continue;
    const { publication, availability } = live;
    articles[pulled.id] = {
      ...entry,
      translations: {
        ...entry.translations,
        [locale]: { ...recorded, publication, availability, echo: echoOf(live) },
      },
    };
  }
  await lease.commit({ ...state.recorded, articles }, state.journal);
}

/** What was made there is known from now on, as a match that a person told: its file is taken as changed. */
function newEntry(
  made: LiveArticle,
  file: string,
  locale: string,
  { recorded }: WorkspaceState,
): RecordedArticle {
  const collection = Object.entries(recorded.collections).find(
    ([, entry]) => entry.intercomId === made.parentId,
  );
  const isRestricted = made.helpCenterAudience !== null && made.helpCenterAudience !== 'everyone';
  return {
    intercomId: made.intercomId,
    path: file.slice(0, -`.${locale}.md`.length),
    collectionId: collection?.[0] ?? null,
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
