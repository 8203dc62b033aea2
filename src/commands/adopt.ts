import { KbError } from '../model/kb-error.ts';
import { patchedAll } from '../model/patched.ts';
import type { LedgerPatch, Recorded } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import type { Planned } from '../plan/make-plan.ts';
import { recordArticle, recordCollection, recordUnknownTranslation } from '../plan/record.ts';
import type { Context } from './context.ts';
import { resolveItems } from './items.ts';
import { planFor } from './plan.ts';
import { openWorkspace, readState, type WorkspaceState } from './workspace-state.ts';

export interface Matched {
  kind: 'article' | 'collection';
  id: string;
  locale: string | null;
  intercomId: string;
  /** exact: same content. told: matched by a person, content as it is. */
  sure: 'exact' | 'told';
  path: string;
  title: string;
}

export interface Unmatched {
  kind: 'article' | 'collection';
  id: string;
  locale: string | null;
  reason: string;
  path: string;
  title: string;
}

export interface AdoptResult {
  matched: Matched[];
  unmatched: Unmatched[];
  /** What a rebuilt ledger cannot know. */
  lost: string[];
}

/**
 * Takes over what is live: items with the same content, and those a person matches. Writes only the
 * ledger. Approvals are judged again by the files; removed items and merge bases are not known any more.
 */
export async function adoptCommand(
  context: Context,
  options: { match: Readonly<Record<string, string>> },
): Promise<AdoptResult> {
  const opened = await openWorkspace(context);
  const lease = await opened.ledger.acquire();
  try {
    const state = await readState(context, opened);
    const told = toldPatches(context, state, options.match);
    const recorded = patchedAll(state.recorded, told.patches);
    const planned = await planFor(
      context,
      { ...state, recorded },
      { only: null, allow: [], recreate: [] },
    );
    refuseWrongWorkspace(planned);
    await lease.commit(adopted(recorded, planned, state), null);
    return resultOf(planned, told.matched, state);
  } finally {
    await lease.release();
  }
}

function resultOf(planned: Planned, told: readonly Matched[], state: WorkspaceState): AdoptResult {
  const wasEmpty = Object.keys(state.recorded.articles).length === 0;
  return {
    matched: [...told, ...exactMatches(planned)],
    unmatched: unmatchedOf(planned),
    lost: wasEmpty
      ? [
          'what was removed earlier, so an item that reappears counts as new',
          'who approved what is live; the stamps in the files are judged again',
        ]
      : [],
  };
}

function adopted(recorded: Recorded, planned: Planned, state: WorkspaceState): Recorded {
  const identity: LedgerPatch = {
    key: null,
    workspace: {
      id: state.actual.workspace.id,
      region: state.actual.workspace.region,
      helpCenterId: planned.helpCenter?.id ?? null,
    },
  };
  return patchedAll(recorded, [identity, ...planned.repairs]);
}

function refuseWrongWorkspace(planned: Planned): void {
  const wrong = planned.plan.guards.find((guard) => guard.tripped && guard.override === null);
  if (wrong === undefined) return;
  throw new KbError('refused', `Refused: ${wrong.message}. Nothing was recorded.`, {
    hint: 'kb doctor shows what the token and kb.yaml point to.',
    exitCode: 3,
  });
}

function exactMatches({ plan, matches }: Planned): Matched[] {
  return plan.changes
    .filter((change) => change.action === 'adopt')
    .flatMap((change): Matched[] => {
      const kind = change.kind === 'collection' ? 'collection' : 'article';
      const live =
        kind === 'article'
          ? matches.articles.get(change.id)?.live
          : matches.collections.get(change.id)?.live;
      if (live == null) return [];
      const { id, locale, path, title } = change;
      return [{ kind, id, locale, intercomId: live.intercomId, sure: 'exact', path, title }];
    });
}

function unmatchedOf({ plan, matches }: Planned): Unmatched[] {
  const isNew = (kind: string, id: string) =>
    (kind === 'collection' ? matches.collections.get(id)?.live : matches.articles.get(id)?.live) ===
    null;
  const created = plan.changes
    .filter(
      (change) => change.action === 'create' && change.kind !== 'asset' && change.kind !== 'tag',
    )
    .map(({ kind, id, locale, path, title }) => ({
      kind,
      id,
      locale,
      path,
      title,
      reason: 'not live',
    }));
  const waiting = plan.withheld
    .filter((item) => isNew(item.kind, item.id))
    .map(({ kind, id, locale, path, title, reason }) => ({
      kind,
      id,
      locale,
      path,
      title,
      reason: `not live; ${reason}`,
    }));
  const held = plan.held
    .filter((item) => item.kind === 'ambiguous' || item.kind === 'missing')
    .map(({ id, locale, path, title, reason, hint }) => ({
      kind: 'article' as const,
      id,
      locale,
      path,
      title,
      reason: `${reason}. ${hint}`,
    }));
  return [...created, ...waiting, ...held].map((item) => ({
    ...item,
    kind: item.kind === 'collection' ? 'collection' : 'article',
  }));
}

/** `--match id=intercomId`: recorded with whatever is live, so that plan shows the difference. */
function toldPatches(
  context: Context,
  state: WorkspaceState,
  match: Readonly<Record<string, string>>,
): { patches: LedgerPatch[]; matched: Matched[] } {
  const patches: LedgerPatch[] = [];
  const matched: Matched[] = [];
  for (const [name, intercomId] of Object.entries(match)) {
    const [item] = resolveItems(state.content, [name], context);
    const article = state.desired.articles.find((candidate) => candidate.id === item?.id);
    const collection = state.desired.collections.find((candidate) => candidate.id === item?.id);
    if (item?.kind === 'collection' && collection !== undefined) {
      const live = state.actual.collections.find(
        (candidate) => candidate.intercomId === intercomId,
      );
      if (live === undefined) throw notLive(name, intercomId, 'collection');
      patches.push({
        key: null,
        collections: { [collection.id]: recordCollection(collection, live, {}) },
      });
      const { id, path } = collection;
      matched.push({
        kind: 'collection',
        id,
        locale: null,
        intercomId,
        sure: 'told',
        path,
        title: path,
      });
    } else if (article !== undefined) {
      const live = state.actual.articles.find((candidate) => candidate.intercomId === intercomId);
      if (live === undefined) throw notLive(name, intercomId, 'article');
      refuseTaken(state.recorded, article.id, intercomId);
      const known = state.recorded.articles[article.id]?.translations ?? {};
      const translations = { ...unknownTexts(article.translations, live), ...known };
      patches.push({
        key: null,
        articles: { [article.id]: recordArticle(article, live, translations) },
      });
      for (const text of article.translations) {
        if (live.translations[text.locale] === undefined) continue;
        const { locale, title } = text;
        matched.push({
          kind: 'article',
          id: article.id,
          locale,
          intercomId,
          sure: 'told',
          path: article.path,
          title,
        });
      }
    }
  }
  return { patches, matched };
}

function unknownTexts(
  texts: readonly { locale: string }[],
  live: LiveArticle,
): Record<string, ReturnType<typeof recordUnknownTranslation>> {
  return Object.fromEntries(
    texts.flatMap(({ locale }) => {
      const stored = live.translations[locale];
      return stored === undefined ? [] : [[locale, recordUnknownTranslation(stored)] as const];
    }),
  );
}

function refuseTaken(recorded: Recorded, id: string, intercomId: string): void {
  const owner = Object.entries(recorded.articles).find(
    ([other, entry]) => other !== id && entry.intercomId === intercomId,
  );
  if (owner === undefined) return;
  throw new KbError('match-taken', `Intercom ${intercomId} already belongs to ${owner[0]}.`, {
    hint: 'Match another article, or remove that one first.',
  });
}

function notLive(name: string, intercomId: string, kind: string): KbError {
  return new KbError(
    'match-unknown',
    `There is no ${kind} ${intercomId} in Intercom to match ${name}.`,
    {
      hint: 'The number is at the end of its address in Intercom.',
    },
  );
}
