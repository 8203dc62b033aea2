import { timingSafeEqual } from 'node:crypto';

/** What every answer carries. Nothing inline runs, nothing loads from elsewhere, no other page may frame it. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/** An asset may be SVG, which is a document: opened on its own it runs nothing and loads nothing. */
export const assetHeaders: Readonly<Record<string, string>> = {
  ...safeHeaders,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/**
 * A page on the internet can point its own name at 127.0.0.1 and then read what it likes from here
 * (DNS rebinding); the Host header gives it away.
 */
export function isOwnHost(host: string | null, port: number): boolean {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  const own = names.flatMap((name) =>
    port === 80 ? [name, `${name}:${port}`] : [`${name}:${port}`],
  );
  return host !== null && own.includes(host.toLowerCase());
}

/** Does a request come from a page of ours? Any page can send a form here; browsers say where it came from. */
export function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  return origin === null ? site === 'same-origin' : origin === new URL(request.url).origin;
}

/** Does the caller know the token of this run? */
export function isToken(given: string | null, token: string): boolean {
  if (given === null) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The path of a request as content names it; null where it holds what no path of ours holds. */
export function decodedPath(url: string): string | null {
  const raw = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  // Encoded twice, climbing, or with signs that file systems read in their own way.
  if (/[\u0000-\u001f\\]/.test(path)) return null;
  const steps = path.split('/');
  if (steps.some((step) => step === '.' || step === '..')) return null;
  return path.normalize('NFC');
}
