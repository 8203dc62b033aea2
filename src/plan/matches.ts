import { headingIds, predict } from '../markdown/index.ts';
import { headingId } from '../model/address.ts';
import type { RecordedArticle, RecordedCollection } from '../model/recorded.ts';
import type { LiveArticle, LiveCollection } from '../model/snapshot.ts';
import { type Addresses, bodyHtml } from './addresses.ts';
import type { DesiredArticle, DesiredCollection } from './desired.ts';
import type { PlanInput } from './input.ts';
import { isAlike } from './likeness.ts';
import { isSameText, storedTree } from './live.ts';

/** Which live item an item of ours is. */
export interface ArticleMatch {
  /** What the ledger holds, a tombstone's last state included; null: never published from here. */
  recorded: RecordedArticle | null;
  live: LiveArticle | null;
  how: 'recorded' | 'tombstone' | 'twin' | 'new' | 'ambiguous';
  /** For `ambiguous`: the live articles it could be. */
  candidates: readonly LiveArticle[];
}

export interface CollectionMatch {
  recorded: RecordedCollection | null;
  live: LiveCollection | null;
  how: 'recorded' | 'tombstone' | 'twin' | 'new' | 'ambiguous';
  candidates: readonly LiveCollection[];
}

export interface Matches {
  collections: ReadonlyMap<string, CollectionMatch>;
  articles: ReadonlyMap<string, ArticleMatch>;
  /** Every live article by its Intercom id. */
  live: ReadonlyMap<string, LiveArticle>;
  addresses: Addresses;
  defaultLocale: string;
}

/**
 * Finds, for every desired item, its live counterpart: by the recorded id; for what was never
 * recorded, by content. Only an identical twin is taken over; the same title in the same place with
 * other text is ambiguous, and never created a second time.
 */
export function matchItems(input: PlanInput, helpCenterUrl: string): Matches {
  const { desired, recorded, actual } = input;
  const defaultLocale = defaultLocaleOf(input);
  const managed = new Set([
    ...Object.values(recorded.articles).map((article) => article.intercomId),
    ...Object.values(recorded.tombstones.articles).map((stone) => stone.last.intercomId),
  ]);
  const managedCollections = new Set([
    ...Object.values(recorded.collections).map((collection) => collection.intercomId),
    ...Object.values(recorded.tombstones.collections).map((stone) => stone.last.intercomId),
  ]);
  const titled = matchCollections(input, defaultLocale, managedCollections, new Map());
  const liveArticles = new Map(actual.articles.map((live) => [live.intercomId, live]));
  const unmanaged = actual.articles.filter((live) => !managed.has(live.intercomId));
  const byTitle = Map.groupBy(unmanaged, (live) => titleOf(live, defaultLocale));

  const articles = new Map<string, ArticleMatch>();
  const open: DesiredArticle[] = [];
  for (const article of desired.articles) {
    const known = recorded.articles[article.id];
    const stone = recorded.tombstones.articles[article.id];
    const last = known ?? (stone?.deleted === false ? stone.last : undefined);
    if (last === undefined) {
      open.push(article);
      continue;
    }
    articles.set(article.id, {
      recorded: last,
      live: liveArticles.get(last.intercomId) ?? null,
      how: known === undefined ? 'tombstone' : 'recorded',
      candidates: [],
    });
  }

  // Links between twins can only be compared once each side knows whom the other may be.
  const guesses = new Map(
    open.map((article) => [article.id, candidatesOf(article, byTitle, titled, defaultLocale)]),
  );
  const guessed = addressesOf(input, helpCenterUrl, articles, guesses);
  const taken = new Map<string, string[]>();
  const twins = new Map<string, LiveArticle[]>();
  for (const article of open) {
    const same = (guesses.get(article.id) ?? []).filter((live) =>
      isTwin(article, live, guessed, input, defaultLocale),
    );
    twins.set(article.id, same);
    for (const live of same) {
      taken.set(live.intercomId, [...(taken.get(live.intercomId) ?? []), article.id]);
    }
  }
  const homes = homesOf(open, twins, titled, managedCollections, actual.collections);
  const collections =
    homes.size === 0 ? titled : matchCollections(input, defaultLocale, managedCollections, homes);
  for (const article of open) {
    articles.set(
      article.id,
      openMatch(
        twins.get(article.id) ?? [],
        (guesses.get(article.id) ?? []).filter(
          (live) =>
            isInPlace(article, live, collections) || isMovedCopy(article, live, defaultLocale),
        ),
        taken,
      ),
    );
  }
  return {
    collections,
    articles,
    live: liveArticles,
    addresses: addressesOf(input, helpCenterUrl, articles, new Map()),
    defaultLocale,
  };
}

/**
 * Collections nobody knows, by the articles in them: where identical twins of its articles stand
 * together, a collection of ours is at home, under whatever title.
 */
function homesOf(
  open: readonly DesiredArticle[],
  twins: ReadonlyMap<string, readonly LiveArticle[]>,
  matches: ReadonlyMap<string, CollectionMatch>,
  managed: ReadonlySet<string>,
  live: readonly LiveCollection[],
): Map<string, LiveCollection> {
  const matched = new Set([...matches.values()].map((match) => match.live?.intercomId));
  const free = new Map(
    live
      .filter(({ intercomId }) => !managed.has(intercomId) && !matched.has(intercomId))
      .map((collection) => [collection.intercomId, collection]),
  );
  const byCollection = Map.groupBy(open, (article) => article.collectionId);
  const homes = new Map<string, LiveCollection>();
  for (const [id, match] of matches) {
    if (match.recorded !== null || match.live !== null) continue;
    const parents = new Set(
      (byCollection.get(id) ?? []).flatMap((article) => {
        const twin = onlyOne(twins.get(article.id) ?? []);
        return twin === null ? [] : [twin.parentId ?? ''];
      }),
    );
    const home = free.get(onlyOne([...parents]) ?? '');
    if (home === undefined) continue;
    homes.set(id, home);
    free.delete(home.intercomId);
  }
  return homes;
}

/** The default locale as live items tell it, else as configured. */
export function defaultLocaleOf(input: PlanInput): string {
  const { articles, collections } = input.actual;
  const told =
    articles.find((live) => live.defaultLocale !== null)?.defaultLocale ??
    collections.find((live) => live.defaultLocale !== null)?.defaultLocale;
  return told ?? input.config.defaultLocale;
}

function openMatch(
  same: readonly LiveArticle[],
  candidates: readonly LiveArticle[],
  taken: ReadonlyMap<string, readonly string[]>,
): ArticleMatch {
  const [twin] = same;
  if (twin !== undefined && same.length === 1 && taken.get(twin.intercomId)?.length === 1) {
    return { recorded: null, live: twin, how: 'twin', candidates: [] };
  }
  if (candidates.length > 0) return { recorded: null, live: null, how: 'ambiguous', candidates };
  return { recorded: null, live: null, how: 'new', candidates: [] };
}

/** Unmanaged articles with the same title: those in the same collection, else those anywhere, which only count as twins. */
function candidatesOf(
  article: DesiredArticle,
  byTitle: ReadonlyMap<string, readonly LiveArticle[]>,
  collections: ReadonlyMap<string, CollectionMatch>,
  defaultLocale: string,
): LiveArticle[] {
  const title = (
    article.translations.find((translation) => translation.locale === defaultLocale) ??
    article.translations.find((translation) => translation.locale === article.sourceLocale)
  )?.title;
  if (title === undefined) return [];
  const titled = byTitle.get(title) ?? [];
  const inPlace = titled.filter((live) => isInPlace(article, live, collections));
  return inPlace.length > 0 ? inPlace : [...titled];
}

function isInPlace(
  { collectionId }: DesiredArticle,
  live: LiveArticle,
  collections: ReadonlyMap<string, CollectionMatch>,
): boolean {
  const parent = collectionId === null ? null : collections.get(collectionId)?.live?.intercomId;
  return live.parentId === parent;
}

/** Much the same text under the same title somewhere else: likely this article, moved and edited. */
function isMovedCopy(article: DesiredArticle, live: LiveArticle, defaultLocale: string): boolean {
  const text = article.translations.find((item) => item.locale === defaultLocale);
  const stored = live.translations[defaultLocale];
  return text !== undefined && stored !== undefined && isAlike(text.body, storedTree(stored.body));
}

function isTwin(
  article: DesiredArticle,
  live: LiveArticle,
  addresses: Addresses,
  input: PlanInput,
  defaultLocale: string,
): boolean {
  const translation = article.translations.find((text) => text.locale === defaultLocale);
  const stored = live.translations[defaultLocale];
  if (translation === undefined || stored === undefined) return false;
  const predicted = predict(bodyHtml(translation, addresses, input.profile), input.profile);
  const isDescriptionOwned = input.config.uiOwned.includes('description');
  return isSameText(translation, predicted, stored, isDescriptionOwned);
}

function titleOf(live: LiveArticle, defaultLocale: string): string {
  return live.translations[live.defaultLocale ?? defaultLocale]?.title ?? '';
}

/** Addresses as far as matches tell; a single guess counts where there is no match yet. */
function addressesOf(
  input: PlanInput,
  helpCenterUrl: string,
  articles: ReadonlyMap<string, ArticleMatch>,
  guesses: ReadonlyMap<string, readonly LiveArticle[]>,
): Addresses {
  const outlines = new Map<string, readonly { anchor: string }[]>(
    input.desired.articles.flatMap((article) =>
      article.translations.map((text) => [`${article.id} ${text.locale}`, text.outline] as const),
    ),
  );
  const stored = new Map<string, ReadonlyMap<string, string>>();
  const liveOf = (id: string) => articles.get(id)?.live ?? onlyOne(guesses.get(id) ?? []);

  function storedAnchors(articleId: string, locale: string): ReadonlyMap<string, string> {
    const key = `${articleId} ${locale}`;
    const cached = stored.get(key);
    if (cached !== undefined) return cached;
    const body = liveOf(articleId)?.translations[locale]?.body;
    const anchors =
      body === undefined ? new Map<string, string>() : anchorsOf(outlines.get(key) ?? [], body);
    stored.set(key, anchors);
    return anchors;
  }

  return {
    helpCenterUrl,
    intercomId: (id) => liveOf(id)?.intercomId ?? null,
    headingId(articleId, locale, anchor) {
      const known =
        articles.get(articleId)?.recorded?.translations[locale] ??
        input.recorded.internals[articleId]?.texts[locale]?.entry;
      if (known !== undefined) return known.anchors[anchor] ?? headingId(articleId, anchor);
      return storedAnchors(articleId, locale).get(anchor) ?? headingId(articleId, anchor);
    },
    asset: (hash) => input.assetAddress(hash),
  };
}

/** Which stored id each of our headings has, by position; nothing when the counts differ. */
export function anchorsOf(
  outline: readonly { anchor: string }[],
  storedBody: string,
): ReadonlyMap<string, string> {
  const stored = headingIds(storedBody);
  if (stored.length !== outline.length) return new Map();
  return new Map(
    outline.flatMap((heading, index) => {
      const id = stored[index]?.id ?? null;
      return id === null ? [] : [[heading.anchor, id] as const];
    }),
  );
}

function matchCollections(
  input: PlanInput,
  defaultLocale: string,
  managed: ReadonlySet<string>,
  homes: ReadonlyMap<string, LiveCollection>,
): Map<string, CollectionMatch> {
  const { desired, recorded, actual } = input;
  const live = new Map(actual.collections.map((collection) => [collection.intercomId, collection]));
  const matches = new Map<string, CollectionMatch>();
  for (const collection of parentsFirst(desired.collections)) {
    const known = recorded.collections[collection.id];
    const stone = recorded.tombstones.collections[collection.id];
    const last = known ?? (stone?.deleted === false ? stone.last : undefined);
    if (last !== undefined) {
      matches.set(collection.id, {
        recorded: last,
        live: live.get(last.intercomId) ?? null,
        how: known === undefined ? 'tombstone' : 'recorded',
        candidates: [],
      });
      continue;
    }
    const parent =
      collection.parentId === null
        ? null
        : (matches.get(collection.parentId)?.live?.intercomId ?? undefined);
    const title = collection.texts.find((text) => text.locale === defaultLocale)?.title;
    const candidates = actual.collections.filter(
      (item) =>
        !managed.has(item.intercomId) &&
        item.parentId === parent &&
        title !== undefined &&
        item.texts[item.defaultLocale ?? defaultLocale]?.title === title,
    );
    const twin = onlyOne(candidates) ?? homes.get(collection.id) ?? null;
    matches.set(collection.id, {
      recorded: null,
      live: twin,
      how: twin !== null ? 'twin' : candidates.length > 0 ? 'ambiguous' : 'new',
      candidates,
    });
  }
  return matches;
}

/** Collections sorted so that each comes after its parent, then by path. */
export function parentsFirst(collections: readonly DesiredCollection[]): DesiredCollection[] {
  const depth = (collection: DesiredCollection) => collection.path.split('/').length;
  return [...collections].sort(
    (a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}

function onlyOne<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] ?? null) : null;
}
