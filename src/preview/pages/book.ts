import type { Article, Collection, Translation } from '../../model/article.ts';
import type { Profile } from '../../model/profile.ts';
import type { ImageSource, Target } from '../../model/tree.ts';
import type { Showing, ShownImage, ShownLink } from '../render/article-html.ts';
import type { Knowledge } from '../state/knowledge.ts';
import { type Addresses, articleRef } from './addresses.ts';
import { wordsFor } from './words.ts';

/** Everything a page is made of. */
export interface Book {
  knowledge: Knowledge;
  addresses: Addresses;
  profile: Profile;
  /** Links to a file in the writer's editor; null in exports, which name no path of a machine. */
  editor: ((file: string, line: number, column: number) => string) | null;
  /** Links to a file on GitHub; null elsewhere. */
  hosted: ((file: string) => string) | null;
  isLive: boolean;
}

/** A text's title, which may be missing. */
export function titleOf(text: { title: string } | undefined, fallback: string): string {
  return text === undefined || text.title === '' ? fallback : text.title;
}

/** The text that is shown where one in this locale is wanted: that one, the source's, any. */
export function textFor(article: Article, locale: string): Translation | undefined {
  const { translations, sourceLocale } = article;
  return (
    translations.find((text) => text.locale === locale) ??
    translations.find((text) => text.locale === sourceLocale) ??
    translations[0]
  );
}

export function collectionTitle(collection: Collection, locale: string, book: Book): string {
  const { defaultLocale } = book.knowledge.content.config;
  const { texts } = collection;
  const text =
    texts.find((one) => one.locale === locale) ??
    texts.find((one) => one.locale === defaultLocale) ??
    texts[0];
  return titleOf(text, collection.id);
}

/** Collections from the top down to this one. */
export function chainOf(collectionId: string | null, { knowledge }: Book): Collection[] {
  const chain: Collection[] = [];
  let next = collectionId;
  while (next !== null && chain.length < 10) {
    const collection = knowledge.collection(next);
    if (collection === null) break;
    chain.unshift(collection);
    next = collection.parentId;
  }
  return chain;
}

/** By the order writers gave, then by title. */
export function inOrder<Item>(
  items: readonly Item[],
  locale: string,
  of: (item: Item) => { order: number | null; title: string },
): Item[] {
  const collator = collatorFor(locale);
  return items
    .map((item) => ({ item, ...of(item) }))
    .sort(
      (a, b) =>
        (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER) ||
        collator.compare(a.title, b.title),
    )
    .map(({ item }) => item);
}

const collators = new Map<string, Intl.Collator>();

function collatorFor(locale: string): Intl.Collator {
  const known = collators.get(locale) ?? new Intl.Collator(locale, { numeric: true });
  collators.set(locale, known);
  return known;
}

/** How the trees of a text are shown: its links inside the preview, its images from here. */
export function showingFor(book: Book, locale: string): Showing {
  const words = wordsFor(locale);
  return {
    link: (target) => shownLink(target, locale, book),
    image: (source) => shownImage(source, book),
    words,
  };
}

function shownLink(
  target: Target,
  locale: string,
  { knowledge, addresses }: Book,
): ShownLink | null {
  switch (target.kind) {
    case 'article': {
      const article = knowledge.article(target.id);
      if (article === null) return null;
      const ref = articleRef(article, target.locale ?? locale);
      return { href: addresses.page(ref, target.anchor ?? undefined), external: false };
    }
    case 'anchor':
      return { href: `#${encodeURIComponent(target.anchor)}`, external: false };
    case 'asset': {
      const asset = knowledge.content.assets.get(target.hash);
      return asset === undefined ? null : { href: addresses.asset(asset), external: false };
    }
    case 'url':
      return /^(?:https?|mailto|tel):/i.test(target.url)
        ? { href: target.url, external: /^https?:/i.test(target.url) }
        : null;
    case 'broken':
      return null;
  }
}

function shownImage(source: ImageSource, { knowledge, addresses }: Book): ShownImage {
  switch (source.kind) {
    case 'asset': {
      const asset = knowledge.content.assets.get(source.hash);
      return asset === undefined
        ? { kind: 'missing', href: source.hash }
        : { kind: 'own', src: addresses.asset(asset) };
    }
    case 'url':
      return { kind: 'foreign', url: source.url };
    case 'broken':
      return { kind: 'missing', href: source.href };
  }
}
