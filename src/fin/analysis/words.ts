const unspacedScripts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/**
 * The words of a text, in order: lower case, one form for each character (NFKC). Hyphens part words
 * (`API-Schlüssel`), save in e-mail, which everybody writes differently.
 */
export function wordsOf(text: string, locale: string): string[] {
  const even = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/\be-mail/g, 'email');
  if (unspacedScripts.test(even)) return segmentedWords(even, locale);
  return even.match(wordPattern) ?? [];
}

function segmentedWords(text: string, locale: string): string[] {
  return [...segmenter(locale).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Making one takes longer than using it. */
function segmenter(locale: string): Intl.Segmenter {
  const known = segmenters.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, made);
  return made;
}

/** Letters of Latin and Greek script without their accents; other scripts carry meaning in theirs. */
export function withoutAccents(word: string): string {
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC');
}
