import MiniSearch from 'minisearch';
import type { Translation } from '../model/article.ts';
import {
  type Analyser,
  analyserFor,
  type Lexicon,
  lexiconOf,
  termsOf,
} from './analysis/analyser.ts';
import { type Passage, passages } from './passages.ts';

/** Passages of one locale, searchable. */
export interface LocaleIndex {
  locale: string;
  passages: readonly Passage[];
  analyser: Analyser;
  lexicon: Lexicon;
  search: MiniSearch<Indexed>;
  /** How much a term tells: the rarer, the more. What no passage has tells the most. */
  weight(term: string): number;
}

/** What an AI agent could answer from, by locale. */
export interface RetrievalIndex {
  locales: ReadonlyMap<string, LocaleIndex>;
  /** `id:locale` of each text in it. */
  texts: ReadonlySet<string>;
}

/** A passage as terms, joined by spaces. */
interface Indexed {
  id: number;
  title: string;
  headings: string;
  text: string;
}

/**
 * An index over the texts that an agent may read: the caller passes only those that the AI gate lets
 * through. Their `questions` are not indexed, as they test what is found.
 */
export function retrievalIndex(translations: readonly Translation[]): RetrievalIndex {
  const byLocale = Map.groupBy(translations, ({ locale }) => locale as string);
  return {
    locales: new Map([...byLocale].map(([locale, texts]) => [locale, localeIndex(locale, texts)])),
    texts: new Set(translations.map(({ articleId, locale }) => textKey(articleId, locale))),
  };
}

/** The name of a text within an index. */
export function textKey(id: string, locale: string): string {
  return `${id}:${locale}`;
}

function localeIndex(locale: string, translations: readonly Translation[]): LocaleIndex {
  const analyser = analyserFor(locale);
  const found = translations.flatMap(passages);
  const words = found.map(({ title, trail, text }) => ({
    title: analyser.words(title),
    headings: analyser.words(trail.join('\n')),
    text: analyser.words(text),
  }));
  const lexicon = lexiconOf(vocabulary(words), analyser);
  const search = new MiniSearch<Indexed>({
    fields: ['title', 'headings', 'text'],
    tokenize: (terms) => terms.split(' '),
    processTerm: (term) => term || null,
  });
  const counts = new Map<string, number>();
  const documents = words.map((fields, id) => {
    const title = indexTerms(fields.title, lexicon);
    const headings = indexTerms(fields.headings, lexicon);
    const text = indexTerms(fields.text, lexicon);
    for (const term of new Set([...title, ...headings, ...text])) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    return { id, title: title.join(' '), headings: headings.join(' '), text: text.join(' ') };
  });
  search.addAll(documents);
  const weight = (term: string) => {
    const count = counts.get(term) ?? 0;
    return Math.log(1 + (found.length - count + 0.5) / (count + 0.5));
  };
  return { locale, passages: found, analyser, lexicon, search, weight };
}

function* vocabulary(
  all: readonly { title: string[]; headings: string[]; text: string[] }[],
): Generator<string> {
  for (const { title, headings, text } of all) {
    yield* title;
    yield* headings;
    yield* text;
  }
}

function indexTerms(words: readonly string[], lexicon: Lexicon): string[] {
  return words.flatMap((word) => {
    const concept = lexicon.concept(word);
    return concept === null ? [] : termsOf(concept);
  });
}
