import { sha256 } from './hash.ts';

/**
 * The public address of an article, known from its id alone: Intercom redirects it to the one with
 * the slug, so a title change breaks no link.
 */
export function articleAddress(
  helpCenterUrl: string,
  locale: string,
  intercomId: string,
  fragment: string | null = null,
): string {
  const base = `${helpCenterUrl.replace(/\/+$/, '')}/${locale}/articles/${intercomId}`;
  return fragment === null ? base : `${base}#${encodeURIComponent(fragment)}`;
}

/** Reads an article address of this help center; null for any other address. */
export function parseArticleAddress(
  helpCenterUrl: string,
  href: string,
): { locale: string; intercomId: string; fragment: string | null } | null {
  const base = helpCenterUrl.replace(/\/+$/, '');
  if (!href.startsWith(`${base}/`)) return null;
  const match = /^\/([A-Za-z-]+)\/articles\/(\d+)(?:-[^/?#]*)?\/?(?:\?[^#]*)?(?:#(.*))?$/.exec(
    href.slice(base.length),
  );
  if (match === null) return null;
  const [, locale = '', intercomId = '', fragment] = match;
  return { locale, intercomId, fragment: fragment === undefined ? null : decoded(fragment) };
}

/** The heading id we ask the service to keep: its own form (`h_` + 10 hex), from article and anchor. */
export function headingId(articleId: string, anchor: string): string {
  return `h_${sha256(`${articleId}#${anchor}`).slice(0, 10)}`;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
