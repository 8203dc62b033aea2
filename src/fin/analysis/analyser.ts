import { compoundParts, knownPart } from './compounds.ts';
import {
  infinitivesOf,
  joinedVerbs,
  withoutLastN,
  withoutNounEnding,
  withUmlauts,
} from './german-forms.ts';
import { type Stemmer, stemmerFor } from './stemmers.ts';
import { stopWords } from './stop-words.ts';
import { withoutAccents, wordsOf } from './words.ts';

/** One word of a question or text as terms: its stem, and other forms that mean the same. */
export interface Concept {
  word: string;
  stem: string;
  /** Stems of its compound's parts: half a match each. */
  parts: readonly string[];
  /** Stems of other forms of the same word: a match like the stem. */
  forms: readonly string[];
}

/** How the words of one locale become terms. */
export interface Analyser {
  locale: string;
  words(text: string): string[];
  /** null: a stop word. */
  stem(word: string): string | null;
}

/** Locales that write compounds as one word. */
const compounding = new Set(['de', 'da', 'sv', 'nb', 'nl', 'fi']);

/** The analyser of a locale. Texts and questions go through the same one. */
export function analyserFor(locale: string): Analyser {
  const stops = stopWords(locale);
  const stemmer = stemmerFor(locale);
  const known = new Map<string, string | null>();
  return {
    locale,
    words: (text) => wordsOf(text, locale),
    stem: (word) => {
      const stem = known.get(word);
      if (stem !== undefined) return stem;
      const made = stops.has(word) ? null : stemOf(word, locale, stemmer);
      known.set(word, made);
      return made;
    },
  };
}

function stemOf(word: string, locale: string, stemmer: Stemmer): string | null {
  if (word.length === 1 && /[\p{L}\p{M}]/u.test(word) && /^\p{Script=Latin}/u.test(word))
    return null;
  const plain = word.replace(/['’]\p{L}*$/u, '');
  if (/\p{N}/u.test(plain)) return withoutAccents(plain);
  if (locale !== 'de') return withoutAccents(stemmer(plain));
  return withoutNounEnding(withoutAccents(stemmer(withoutLastN(withUmlauts(plain)))));
}

/** What a corpus knows: which stems are words of its own, and how its words become concepts. */
export interface Lexicon {
  /** The concept of a word; null for a stop word. */
  concept(word: string): Concept | null;
  /** The concepts of a question, verbs put together that it tore apart. */
  question(text: string): Concept[];
}

/** A lexicon over the words of a corpus. Compounds are parted only into words that the corpus has. */
export function lexiconOf(words: Iterable<string>, analyser: Analyser): Lexicon {
  const stems = new Set<string>();
  const partStems = new Set<string>();
  for (const word of words) {
    const stem = analyser.stem(word);
    if (stem === null) continue;
    stems.add(stem);
    if (word.length >= 4 && !/\p{N}/u.test(word)) partStems.add(stem);
  }
  const known = new Map<string, Concept | null>();
  const isWord = (part: string) => partStems.has(analyser.stem(part) ?? '');

  function concept(word: string): Concept | null {
    const found = known.get(word);
    if (found !== undefined) return found;
    const made = conceptOf(word);
    known.set(word, made);
    return made;
  }

  function conceptOf(word: string): Concept | null {
    const stem = analyser.stem(word);
    if (stem === null) return null;
    const written = analyser.locale === 'de' ? withUmlauts(word) : word;
    const parts = compounding.has(analyser.locale) ? compoundParts(written, isWord) : [];
    const forms = analyser.locale === 'de' ? infinitivesOf(written) : [];
    return {
      word,
      stem,
      parts: stemsOf(parts, stem),
      forms: stemsOf(forms, stem).filter((form) => stems.has(form)),
    };
  }

  /** A compound that the corpus does not have may still name one of its words. */
  function askedConcept(word: string): Concept | null {
    const found = concept(word);
    if (found === null || stems.has(found.stem) || found.parts.length > 0) return found;
    if (!compounding.has(analyser.locale)) return found;
    const written = analyser.locale === 'de' ? withUmlauts(word) : word;
    return { ...found, parts: stemsOf(knownPart(written, isWord), found.stem) };
  }

  function stemsOf(list: readonly string[], except: string): string[] {
    const found = list.map((one) => analyser.stem(one)).filter((one) => one !== null);
    return [...new Set(found)].filter((one) => one !== except);
  }

  function question(text: string): Concept[] {
    const asked = analyser.words(text);
    const joined = analyser.locale === 'de' ? joinedVerbs(asked.map(withUmlauts)) : [];
    const torn = joined.filter((verb) => stems.has(analyser.stem(verb) ?? ''));
    const concepts = [...asked, ...torn].map(askedConcept).filter((one) => one !== null);
    return [...new Map(concepts.map((one) => [one.stem, one])).values()];
  }

  return { concept, question };
}

/** Every term of a concept. */
export function termsOf({ stem, parts, forms }: Concept): string[] {
  return [stem, ...forms, ...parts];
}
