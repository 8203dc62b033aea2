import { headingId } from '../model/address.ts';
import type {
  LedgerPatch,
  Recorded,
  RecordedArticle,
  RecordedInternal,
} from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import type { Addresses } from '../plan/addresses.ts';
import type { Desired } from '../plan/desired.ts';
import type { Planned } from '../plan/make-plan.ts';
import type { AssetStore } from './ports.ts';

/** What is known while a run goes on: grows with each answer. */
export interface RunState {
  readonly addresses: Addresses;
  articleIntercomId(id: string): string | null;
  collectionIntercomId(id: string): string | null;
  /** The ledger's entry as of now, a tombstone's last state included. */
  recordedArticle(id: string): RecordedArticle | null;
  recordedInternal(id: string): RecordedInternal | null;
  /** The live article as of the last answer. */
  liveArticle(id: string): LiveArticle | null;
  tagId(name: string): string | null;
  learnArticle(id: string, live: LiveArticle): void;
  learnCollection(id: string, intercomId: string): void;
  learnTag(name: string, tagId: string): void;
  learnPatch(patch: LedgerPatch): void;
  patches(): readonly LedgerPatch[];
}

export function createRunState(
  planned: Planned,
  recorded: Recorded,
  desired: Desired,
  store: AssetStore,
  tags: readonly { id: string; name: string }[],
): RunState {
  const articles = new Map<string, LiveArticle>();
  const collections = new Map<string, string>();
  const entries = new Map<string, RecordedArticle>(Object.entries(recorded.articles));
  const internals = new Map<string, RecordedInternal>(Object.entries(recorded.internals));
  const tagIds = new Map(tags.map((tag) => [tag.name, tag.id]));
  const patches: LedgerPatch[] = [];
  for (const [id, match] of planned.matches.articles) {
    if (match.live !== null) articles.set(id, match.live);
    for (const tag of match.live?.tags ?? []) tagIds.set(tag.name, tag.id);
    if (match.recorded !== null) entries.set(id, match.recorded);
  }
  for (const [id, match] of planned.matches.collections) {
    if (match.live !== null) collections.set(id, match.live.intercomId);
  }

  // What is gone from the service has no id until it is created again.
  const isGone = (id: string) => planned.matches.articles.has(id);
  const articleIntercomId = (id: string) =>
    articles.get(id)?.intercomId ??
    (isGone(id) ? null : (recorded.articles[id]?.intercomId ?? null));

  return {
    addresses: {
      helpCenterUrl: planned.matches.addresses.helpCenterUrl,
      intercomId: articleIntercomId,
      headingId(articleId, locale, anchor) {
        const entry =
          entries.get(articleId)?.translations[locale] ??
          internals.get(articleId)?.texts[locale]?.entry;
        return entry?.anchors[anchor] ?? headingId(articleId, anchor);
      },
      asset(hash) {
        const asset = desired.assets.get(hash);
        return asset === undefined ? null : store.address(asset);
      },
    },
    articleIntercomId,
    collectionIntercomId: (id) => collections.get(id) ?? null,
    recordedInternal: (id) => internals.get(id) ?? null,
    recordedArticle: (id) => entries.get(id) ?? null,
    liveArticle: (id) => articles.get(id) ?? null,
    tagId: (name) => tagIds.get(name) ?? null,
    learnArticle: (id, live) => void articles.set(id, live),
    learnCollection: (id, intercomId) => void collections.set(id, intercomId),
    learnTag: (name, tagId) => void tagIds.set(name, tagId),
    learnPatch(patch) {
      patches.push(patch);
      for (const [id, entry] of Object.entries(patch.internals ?? {})) {
        if (entry === null) internals.delete(id);
        else internals.set(id, entry);
      }
      for (const [id, entry] of Object.entries(patch.articles ?? {})) {
        if (entry === null) entries.delete(id);
        else entries.set(id, entry);
      }
    },
    patches: () => patches,
  };
}
