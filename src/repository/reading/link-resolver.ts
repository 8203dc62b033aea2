import { posix } from 'node:path';
import type { ImageSource, Target } from '../../model/tree.ts';
import type { AssetIndex } from './asset-index.ts';
import { folderOf, localisedAsset } from './content-path.ts';

/** Where a link is written and for whom it is read. */
export interface LinkOrigin {
  /** The file it stands in (an include's own file), relative to the content folder. */
  file: string;
  /** The article and locale it is read in; the id is null where there is none yet. */
  articleId: string | null;
  locale: string;
}

export interface LinkIndex {
  /** Every article file by its path. */
  articleFiles: ReadonlyMap<string, { id: string; locale: string }>;
  assets: AssetIndex;
}

/** What a link of a text leads to: an article, a heading, an asset, an address, or nowhere. */
export function resolveLink(index: LinkIndex, origin: LinkOrigin, href: string): Target {
  const broken: Target = { kind: 'broken', href };
  if (/^(?:https?:\/\/[^/?#]|mailto:.|tel:.)/i.test(href)) return { kind: 'url', url: href };
  if (isForeign(href)) return broken;
  const hashAt = href.indexOf('#');
  const anchor = hashAt === -1 ? null : decoded(href.slice(hashAt + 1));
  const path = hashAt === -1 ? href : href.slice(0, hashAt);
  if (path === '') return anchor === null || anchor === '' ? broken : { kind: 'anchor', anchor };
  const wanted = contentPath(origin.file, path);
  if (wanted === null) return broken;
  const article = index.articleFiles.get(wanted);
  if (article !== undefined) return articleTarget(article, origin, anchor === '' ? null : anchor);
  const asset = anchor === null ? assetAt(index.assets, wanted, origin.locale) : null;
  return asset === null ? broken : { kind: 'asset', hash: asset };
}

/** What an image shows: an asset (its override for the locale first), an address, or nothing. */
export function resolveImage(index: LinkIndex, origin: LinkOrigin, src: string): ImageSource {
  if (/^https?:\/\/[^/?#]/i.test(src)) return { kind: 'url', url: src };
  const wanted = isForeign(src) ? null : contentPath(origin.file, src);
  const hash = wanted === null ? null : assetAt(index.assets, wanted, origin.locale);
  return hash === null ? { kind: 'broken', href: src } : { kind: 'asset', hash };
}

function articleTarget(
  article: { id: string; locale: string },
  origin: LinkOrigin,
  anchor: string | null,
): Target {
  const isSameLocale = article.locale === origin.locale;
  // A heading of the page itself is one target, however its address is written.
  if (isSameLocale && anchor !== null && article.id === origin.articleId) {
    return { kind: 'anchor', anchor };
  }
  return { kind: 'article', id: article.id, locale: isSameLocale ? null : article.locale, anchor };
}

function assetAt(assets: AssetIndex, path: string, locale: string): string | null {
  return (assets.at(localisedAsset(path, locale)) ?? assets.at(path))?.hash ?? null;
}

/** Absolute paths, other schemes and hosts: nothing of this tree. */
function isForeign(href: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/|\\)/i.test(href);
}

/** The content path that a relative address means; null where it leaves the tree or cannot be read. */
function contentPath(from: string, address: string): string | null {
  const path = decoded(address);
  if (path === null || path.includes('\0') || path.includes('\\') || path.startsWith('/'))
    return null;
  const joined = posix.join(folderOf(from), path).normalize();
  return joined === '..' || joined.startsWith('../') ? null : joined;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
