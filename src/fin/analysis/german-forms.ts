/**
 * German forms that a stemmer leaves apart: `gelöscht`, `löscht` and `Löschung` belong to
 * `löschen`, `anzumelden` and `melde … an` to `anmelden`.
 */

const particles = [
  'ab',
  'an',
  'auf',
  'aus',
  'bei',
  'ein',
  'fest',
  'fort',
  'frei',
  'hinzu',
  'hoch',
  'los',
  'mit',
  'nach',
  'um',
  'vor',
  'weg',
  'weiter',
  'wieder',
  'zu',
  'zurück',
  'zusammen',
];
const particle = `(${particles.join('|')})`;

/** `oe` for `ö` and the like, as typed without umlauts; not where two vowels meet (`neue`, `bauen`). */
export function withUmlauts(word: string): string {
  return word.replace(/(?<![aeouqäöü])([aou])e/g, (_, vowel: string) => umlauts[vowel] ?? vowel);
}

const umlauts: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' };

const participle = new RegExp(`^${particle}?ge(.{3,}?)e?t$`);
const thirdPerson = /^(.{3,}?)e?t$/;
const infinitiveWithZu = new RegExp(`^${particle}zu(.{3,}en)$`);

/** Infinitives that `gelöscht`, `löscht` or `anzumelden` may belong to. They need not exist. */
export function infinitivesOf(word: string): string[] {
  const [, before = '', stem] = participle.exec(word) ?? [];
  const [, apart = '', verb] = infinitiveWithZu.exec(word) ?? [];
  const [, spoken] = thirdPerson.exec(word) ?? [];
  return [
    ...(spoken === undefined ? [] : [`${spoken}en`]),
    ...(stem === undefined ? [] : [`${before}${stem}en`, `${before}${stem}n`]),
    ...(verb === undefined ? [] : [`${apart}${verb}`]),
  ];
}

/** Verbs that a question may have torn apart: `wie setze ich es zurück` → `zurücksetze`, … */
export function joinedVerbs(words: readonly string[]): string[] {
  return words.flatMap((word, index) =>
    particles.includes(word) ? words.slice(0, index).map((verb) => `${word}${verb}`) : [],
  );
}

/** `Schlüsseln` and `wechseln` as `Schlüssel` and `Wechsel`: the stemmer leaves that n. */
export function withoutLastN(word: string): string {
  return word.replace(/(?<=.{3}el)n$/, '');
}

/** The stem without a noun's ending that the stemmer keeps on short words: `loschung` → `losch`. */
export function withoutNounEnding(stem: string): string {
  return stem.replace(/(?<=.{4})ung$/, '');
}
