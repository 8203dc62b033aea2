/** What an address in a body is to the help center it stands in. */
export type ZendeskAddress =
  | { kind: 'article'; id: string; locale: string | null; fragment: string | null; url: string }
  /** A place on the same page. */
  | { kind: 'page'; fragment: string }
  /** A picture or download that Zendesk holds. */
  | { kind: 'file'; id: string | null; name: string | null; url: string }
  /** A file beside the text in an export, or another text of it. */
  | { kind: 'relative'; path: string; fragment: string | null; url: string }
  /** Another page of the help center: a section, a form, the community. */
  | { kind: 'help-center'; url: string }
  | { kind: 'external'; url: string }
  /** Nothing that an article may link to. */
  | { kind: 'none' };

const locale = '([a-z]{2}(?:-[a-z0-9]{2,4})?)';
const article = new RegExp(
  `^/(?:hc/(?:${locale}/)?|knowledge/)articles/(\\d+)(?:[-/]([^?#]*))?$`,
  'i',
);
/** Relative to the page of an article, as editors leave it. */
const besideArticle =
  /^(?:\.{0,2}\/)*(?:articles\/(\d+)|(\d{6,}))(?:[-/][^?#]*)?(?:\?[^#]*)?(?:#(.*))?$/;
const besideFile =
  /^(?![a-z][\w+.-]*:|[/?#\\]|www\.)([^?#]+\.(?:html?|png|jpe?g|gif|svg|webp|bmp|pdf|docx?|xlsx?|pptx?|odt|zip|csv|txt|json|xml|mp[34]|mov|webm))(?:\?[^#]*)?(?:#(.*))?$/i;
const attachment = new RegExp(`^/hc/(?:${locale}/)?article_attachments/(\\d+)(?:/([^/?#]+))?`, 'i');
const token = /^\/attachments\/token\/[^/]+\/?/i;
const media = /^\/guide-media\/([\w-]+)/i;
const helpCenter = /^\/(?:hc|knowledge)(?:\/|$)/i;
const tracking =
  /^(?:utm_\w+|gad_\w+|gclid|gbraid|wbraid|fbclid|msclkid|mc_[ce]id|_hs\w+|_ga|_gl|__hst\w|__hs\w+|yclid)$/i;

/** Reads an address as it is written in a body of a help center with these hosts. */
export function zendeskAddress(
  href: string,
  place: { hosts: ReadonlySet<string>; base: string | null },
): ZendeskAddress {
  const written = href.trim();
  if (written.startsWith('#'))
    return written.length > 1 ? { kind: 'page', fragment: written.slice(1) } : { kind: 'none' };
  const brokenPage = /(?:^|\/)articles\/undefined#(.+)$/.exec(written)?.[1];
  if (brokenPage !== undefined) return { kind: 'page', fragment: brokenPage };
  if (/^(?:mailto|tel):./i.test(written)) return { kind: 'external', url: written };
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(written))
    return { kind: 'external', url: `mailto:${written}` };
  const beside = besideAddress(written, place.base);
  if (beside !== null) return beside;
  const url = urlOf(written, place.base);
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'none' };
  const isOwn = place.hosts.has(url.hostname) || url.hostname.endsWith('.zendesk.com');
  return isOwn ? ownAddress(url, written) : { kind: 'external', url: externalUrl(url, written) };
}

/** The address without parameters that only count clicks, and whether there were any. */
export function withoutTracking(address: string): { address: string; isChanged: boolean } {
  if (!/[?&][\w-]+=/.test(address) || !URL.canParse(address)) return { address, isChanged: false };
  const [beforeFragment = '', ...fragment] = address.split('#');
  const [path = '', ...query] = beforeFragment.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((pair) => !tracking.test(pair.split('=')[0] ?? ''));
  const isChanged = kept.length < query.join('?').split('&').length;
  if (!isChanged) return { address, isChanged };
  const rest = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return { address: [path + rest, ...fragment].join('#'), isChanged };
}

function besideAddress(written: string, base: string | null): ZendeskAddress | null {
  const url = urlOf(written, base)?.href ?? written;
  const article = besideArticle.exec(written);
  if (article !== null) {
    const id = article[1] ?? article[2] ?? '';
    return { kind: 'article', id, locale: null, fragment: article[3] || null, url };
  }
  const file = besideFile.exec(written);
  if (file === null) return null;
  return { kind: 'relative', path: decoded(file[1] ?? '') ?? '', fragment: file[2] || null, url };
}

function ownAddress(url: URL, written: string): ZendeskAddress {
  const fragment = url.hash.length > 1 ? url.hash.slice(1) : null;
  const asArticle = article.exec(url.pathname);
  if (asArticle !== null) {
    const [, inPath = null, id = '', rest] = asArticle;
    const inRest = rest !== undefined && new RegExp(`^${locale}$`, 'i').test(rest) ? rest : null;
    return {
      kind: 'article',
      id,
      locale: (inPath ?? inRest)?.toLowerCase() ?? null,
      fragment,
      url: url.href,
    };
  }
  const asAttachment = attachment.exec(url.pathname);
  if (asAttachment !== null)
    return {
      kind: 'file',
      id: asAttachment[2] ?? null,
      name: decoded(asAttachment[3] ?? null),
      url: url.href,
    };
  if (token.test(url.pathname))
    return { kind: 'file', id: null, name: url.searchParams.get('name'), url: url.href };
  const asMedia = media.exec(url.pathname);
  if (asMedia !== null) return { kind: 'file', id: asMedia[1] ?? null, name: null, url: url.href };
  if (helpCenter.test(url.pathname)) return { kind: 'help-center', url: url.href };
  return { kind: 'external', url: externalUrl(url, written) };
}

/** As it was written, where that is a whole address: `URL` would change its spelling. */
function externalUrl(url: URL, written: string): string {
  return /^https?:\/\//i.test(written) ? written : url.href;
}

function urlOf(written: string, base: string | null): URL | null {
  const full = /^www\.[\w-]+\./i.test(written) ? `https://${written}` : written;
  try {
    if (base !== null) return new URL(full, base);
    return new URL(full.startsWith('//') ? `https:${full}` : full);
  } catch {
    return null;
  }
}

function decoded(text: string | null): string | null {
  try {
    return text === null ? null : decodeURIComponent(text);
  } catch {
    return text;
  }
}
