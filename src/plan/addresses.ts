import { renderHtml } from '../markdown/index.ts';
import { articleAddress } from '../model/address.ts';
import { digestOf } from '../model/hash.ts';
import type { Profile } from '../model/profile.ts';
import type { ImageSource, Target, Tree } from '../model/tree.ts';
import { allInlines } from '../model/tree-text.ts';

/** Where things of ours are in one workspace. */
export interface Addresses {
  helpCenterUrl: string;
  /** null: not there yet. */
  intercomId(articleId: string): string | null;
  /** The id of a heading, as stored where that is known, else as we ask for it. */
  headingId(articleId: string, locale: string, anchor: string): string;
  asset(hash: string): string | null;
}

/** The text that links: what "same page" and "same locale" mean. */
export interface Place {
  articleId: string;
  locale: string;
}

/** The address a link gets; null while its article has none. */
export function linkAddress(target: Target, from: Place, addresses: Addresses): string | null {
  switch (target.kind) {
    case 'url':
      return target.url;
    case 'anchor':
      return `#${addresses.headingId(from.articleId, from.locale, target.anchor)}`;
    case 'asset':
      return addresses.asset(target.hash);
    case 'broken':
      return null;
    case 'article': {
      const intercomId = addresses.intercomId(target.id);
      if (intercomId === null) return null;
      const locale = target.locale ?? from.locale;
      const fragment =
        target.anchor === null ? null : addresses.headingId(target.id, locale, target.anchor);
      return articleAddress(addresses.helpCenterUrl, locale, intercomId, fragment);
    }
  }
}

export function imageAddress(source: ImageSource, addresses: Addresses): string | null {
  switch (source.kind) {
    case 'asset':
      return addresses.asset(source.hash);
    case 'url':
      return source.url;
    case 'broken':
      return null;
  }
}

/** The HTML to send for a text. */
export function bodyHtml(
  text: { body: Tree; articleId: string; locale: string },
  addresses: Addresses,
  profile: Profile,
): string {
  return renderHtml(text.body, {
    profile,
    link: (target) => linkAddress(target, text, addresses),
    image: (source) => imageAddress(source, addresses),
    headingId: (anchor) => addresses.headingId(text.articleId, text.locale, anchor),
  });
}

/** Every link target of a tree, in order. */
export function targetsOf(tree: Tree): Target[] {
  return allInlines(tree).flatMap((inline) => {
    if (inline.type === 'button') return [inline.target];
    if (inline.type === 'break' || inline.link === undefined) return [];
    return [inline.link];
  });
}

/**
 * Digest of the addresses that links to articles and headings have. The help center's own address
 * does not count: a new domain redirects from the old one, and is no reason to write every article.
 */
export function addressesDigest(
  text: { body: Tree; articleId: string; locale: string },
  addresses: Addresses,
): string {
  const relative = { ...addresses, helpCenterUrl: '' };
  const links = targetsOf(text.body)
    .filter((target) => target.kind === 'article' || target.kind === 'anchor')
    .map((target) => linkAddress(target, text, relative));
  return digestOf(links);
}
