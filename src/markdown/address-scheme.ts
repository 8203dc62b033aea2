const linkSchemes = ['http', 'https', 'mailto', 'tel'];
const imageSchemes = ['http', 'https'];

/**
 * The scheme of an address in lower case; null for a relative one. Control characters and white
 * space are dropped first, because browsers drop some of them before they look for the scheme.
 */
export function schemeOf(address: string): string | null {
  const visible = address.replace(
    /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g,
    '',
  );
  return /^([^:/?#]*):/.exec(visible)?.[1]?.toLowerCase() ?? null;
}

/** May a link in an article lead to this address? http, https, mailto, tel and relative ones may. */
export function isLinkAddress(address: string): boolean {
  const scheme = schemeOf(address);
  return scheme === null || linkSchemes.includes(scheme);
}

/** May an image in an article come from this address? http, https and relative ones may. */
export function isImageAddress(address: string): boolean {
  const scheme = schemeOf(address);
  return scheme === null || imageSchemes.includes(scheme);
}
