import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemGerman } from '@orama/stemmers/german';
import { isStopWord } from './stop-words.ts';

/** Words as a search compares them. */

export interface QuestionWord {
  readonly stem: string;
  /** The stem, and those of the verbs the word may be a form of. */
  readonly forms: readonly string[];
  /** How much the question is about it: a German noun says more than a verb. */
  readonly weight: number;
}

/** A reader of texts: their stems in order, stop words included; of a verb's form the verb's stem, too. */
export function createStemming(locale: string): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (text) =>
    wordsOf(text).flatMap((word) => {
      const forms = known.get(word) ?? formsOf(word.toLowerCase(), locale);
      known.set(word, forms);
      return forms;
    });
}

/** The words that make up what a question is about, each once. */
export function questionWords(question: string, locale: string): readonly QuestionWord[] {
  const found = new Map<string, QuestionWord>();
  for (const [index, word] of wordsOf(question).entries()) {
    const lower = word.toLowerCase();
    if (isStopWord(lower, locale) || (lower.length === 1 && !/\d/.test(lower))) continue;
    const stem = stemOf(lower, locale);
    const weight = isGerman(locale) && !isGermanNoun(word, index) ? 0.6 : 1;
    found.set(stem, {
      stem,
      forms: formsOf(lower, locale),
      weight: Math.max(weight, found.get(stem)?.weight ?? 0),
    });
  }
  return [...found.values()];
}

/** Numbers count: in "prices from 2027" the year is half of the question. */
function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isGerman(locale: string): boolean {
  return locale.slice(0, 2) === 'de';
}

/** The first word of a sentence has a capital anyway. */
function isGermanNoun(word: string, index: number): boolean {
  return /\d/.test(word) || (index > 0 && word.charAt(0) !== word.charAt(0).toLowerCase());
}

/** The stem of a word, and for German the stems of the infinitives it may come from. */
function formsOf(word: string, locale: string): readonly string[] {
  const stem = stemOf(word, locale);
  if (!isGerman(locale)) return [stem];
  return [
    ...new Set([stem, ...infinitivesOf(withUmlauts(word)).map((verb) => stemOf(verb, locale))]),
  ];
}

const SEPARABLE =
  '(?:ab|an|auf|aus|bei|dar|durch|ein|fest|frei|her|hin|los|mit|nach|teil|um|unter|vor|weg|weiter|wieder|zu|zurück|zusammen)';
const PARTICIPLE = new RegExp(`^(${SEPARABLE}?)ge(.{3,}?)e?t$`);
const WITH_ZU = new RegExp(`^(${SEPARABLE})zu(.{3,}en)$`);

/** "gelöscht" → "löschen", "eingerichtet" → "einrichten", "aufbewahrt" → "aufbewahren". */
function infinitivesOf(word: string): readonly string[] {
  const participle = PARTICIPLE.exec(word);
  const withZu = WITH_ZU.exec(word);
  return [
    ...(participle === null ? [] : [`${participle[1] ?? ''}${participle[2] ?? ''}en`]),
    ...(withZu === null ? [] : [`${withZu[1] ?? ''}${withZu[2] ?? ''}`]),
    ...(word.length >= 6 && /[^e]t$/.test(word) ? [`${word.slice(0, -1)}en`] : []),
  ];
}

/** Is the word a part of a compound: "Frist" in "Kündigungsfrist"? Short words are in too many. */
export function isInCompound(stem: string, compounds: Iterable<string>, locale: string): boolean {
  if (!isGerman(locale) || stem.length < 5) return false;
  for (const compound of compounds) {
    const isLonger = compound.length >= stem.length + 3;
    if (isLonger && (compound.startsWith(stem) || compound.endsWith(stem))) return true;
  }
  return false;
}

function stemOf(word: string, locale: string): string {
  if (isGerman(locale)) return stemGerman(withUmlauts(word));
  return locale.slice(0, 2) === 'en' ? stemEnglish(word) : word;
}

/** Who has no umlauts types "zuruecksetzen": after a consonant ae, oe, ue are read as umlauts. */
function withUmlauts(word: string): string {
  return word
    .replace(/(^|[^aeiouäöüq])ae/g, '$1ä')
    .replace(/(^|[^aeiouäöüq])oe/g, '$1ö')
    .replace(/(^|[^aeiouäöüq])ue/g, '$1ü')
    .replace(/ß/g, 'ss');
}

/**
 * The parts of a compound, as far as they are words of the vocabulary: "Kündigungsfrist" is
 * "Kündigung" and "Frist". Only for languages that write compounds as one word.
 */
export function partsOf(
  stem: string,
  vocabulary: ReadonlySet<string>,
  locale: string,
): readonly string[] {
  if (!isGerman(locale) || stem.length < 8) return [];
  for (let cut = stem.length - 4; cut >= 4; cut -= 1) {
    const tail = stemOf(stem.slice(cut), locale);
    const head = headOf(stem.slice(0, cut), vocabulary, locale);
    if (head !== undefined && vocabulary.has(tail)) return [head, tail];
  }
  return [];
}

/** The first part of a compound, without the letters that join it to the next. */
function headOf(text: string, vocabulary: ReadonlySet<string>, locale: string): string | undefined {
  const endings = ['', 's', 'es', 'n', 'en', 'er', 'e'];
  return endings
    .filter((ending) => text.endsWith(ending) && text.length - ending.length >= 4)
    .map((ending) => stemOf(text.slice(0, text.length - ending.length), locale))
    .find((head) => vocabulary.has(head));
}
