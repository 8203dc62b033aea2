import { distance } from 'fastest-levenshtein';

/** The candidate that was probably meant, or null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const same = candidates.find((candidate) => candidate.toLowerCase() === wanted);
  if (same !== undefined) return same;
  // The longest key there is has 14 characters; what is far longer was not meant to be one.
  if (wanted.length > 60) return null;
  const ranked = candidates
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  if (best === undefined) return null;
  return best.away <= Math.max(1, Math.floor(wanted.length / 3)) ? best.candidate : null;
}

/** `Did you mean "x"?`, or null where nothing is near. */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const candidate = nearest(word, candidates);
  return candidate === null ? null : `Did you mean "${candidate}"?`;
}
