import { appendFileSync } from 'node:fs';

/** Is this the full proof (`npm run prove`), not the small share of `npm test`? */
export const isProof = process.env.KB_PROVE === '1';

/** All cases when proving; else those named, or the fallback. */
export function share<T>(all: readonly T[], names: readonly string[], fallback?: T): T[] {
  if (isProof) return [...all];
  if (fallback !== undefined) return [fallback];
  return all.filter((item) => names.includes((item as { name?: string }).name ?? ''));
}

/** Notes a number for the summary that `npm run prove` prints. */
export function proof(what: string, count: number): void {
  const file = process.env.KB_PROVE_FILE;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, count })}\n`);
}
