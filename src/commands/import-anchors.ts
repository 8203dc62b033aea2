import type { Locale } from '../model/locale.ts';
import { anchorsOf, type ImportedArticle, type LinkIndex } from '../zendesk/index.ts';

/** The places in texts that other texts link to. */
export interface LinkedPlaces {
  /** Ids of a text that links name; undefined: none. */
  wanted(sourceId: string, locale: Locale): ReadonlySet<string> | undefined;
  /** The anchors they have become; null: nobody links into that text. */
  anchors(sourceId: string, locale: Locale): ReadonlyMap<string, string> | null;
}

/** Finds them before the first link is written: only texts that others link into are read twice. */
export function linkedPlaces(
  articles: readonly ImportedArticle[],
  links: LinkIndex,
  bodyOf: (text: ImportedArticle['texts'][number]) => string,
): LinkedPlaces {
  const wanted = new Map<string, Set<string>>();
  for (const article of articles) {
    for (const text of article.texts) {
      for (const met of links.wantedBy(bodyOf(text), { article, locale: text.locale })) {
        const key = `${met.sourceId}/${met.locale}`;
        const ids = wanted.get(key) ?? new Set<string>();
        wanted.set(key, ids.add(met.id).add(decoded(met.id)));
      }
    }
  }
  const anchors = new Map<string, ReadonlyMap<string, string>>();
  for (const article of articles) {
    for (const text of article.texts) {
      const key = `${article.sourceId}/${text.locale}`;
      const ids = wanted.get(key);
      if (ids === undefined) continue;
      const context = links.contextFor({ article, locale: text.locale }, ids);
      const found = anchorsOf(bodyOf(text), context);
      anchors.set(key, new Map([...found].filter(([id]) => ids.has(id))));
    }
  }
  return {
    wanted: (sourceId, locale) => wanted.get(`${sourceId}/${locale}`),
    anchors: (sourceId, locale) => anchors.get(`${sourceId}/${locale}`) ?? null,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
