/**
 * Article bodies come from outside. They are sanitised when saved and when shown; this is the third
 * wall: no inline script, no frame, nothing from another host. Style attributes carry cell colours.
 */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; " +
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // With `no-referrer` a browser sends `Origin: null` with our own forms, which the server refuses.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** An SVG can hold script: shown as an image it does not run, opened alone it may not either. */
export function inertFileHeaders(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
