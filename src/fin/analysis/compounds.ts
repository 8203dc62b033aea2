/** Shortest part of a compound that is looked for: shorter ones are found everywhere. */
const shortestPart = 4;
/** What is longer is a key or a number, and looking for its parts would take long. */
const longestWord = 60;
/** What German puts between two parts: `Rechnung-s-adresse`, `Kund-en-daten`. */
const links = ['', 's', 'es', 'n', 'en', 'e', 'er'];

/**
 * The parts of a compound, when all of them are words of their own in the corpus; else none. The
 * longest first part that works is taken, so `passwort` wins over `pass`.
 */
export function compoundParts(word: string, isWord: (part: string) => boolean): string[] {
  return word.length > longestWord ? [] : (partsFrom(word, isWord, 2) ?? []);
}

/** A word that the corpus has at the beginning or the end of one that it has not, and the rest; else none. */
export function knownPart(word: string, isWord: (part: string) => boolean): string[] {
  if (word.length > longestWord) return [];
  for (let end = word.length - shortestPart + 1; end > shortestPart; end -= 1) {
    const first = firstPart(word.slice(0, end), isWord);
    if (first !== null) return [first, word.slice(end)];
  }
  for (let start = shortestPart; start < word.length - shortestPart; start += 1) {
    if (isWord(word.slice(start))) return [word.slice(0, start), word.slice(start)];
  }
  return [];
}

function partsFrom(
  word: string,
  isWord: (part: string) => boolean,
  splitsLeft: number,
): string[] | null {
  if (splitsLeft === 0) return null;
  for (let end = word.length - shortestPart; end >= shortestPart; end -= 1) {
    const first = firstPart(word.slice(0, end), isWord);
    if (first === null) continue;
    const rest = word.slice(end);
    if (isWord(rest)) return [first, rest];
    const more = partsFrom(rest, isWord, splitsLeft - 1);
    if (more !== null) return [first, ...more];
  }
  return null;
}

function firstPart(text: string, isWord: (part: string) => boolean): string | null {
  const parts = links
    .filter((link) => text.endsWith(link) && text.length - link.length >= shortestPart)
    .map((link) => text.slice(0, text.length - link.length));
  return parts.find(isWord) ?? null;
}
