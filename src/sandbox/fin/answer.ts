import MiniSearch from 'minisearch';
import type { Workspace } from '../workspace.ts';
import { type Passage, passagesOf } from './passages.ts';
import { type Agent, readableTexts } from './readable.ts';
import {
  createStemming,
  isInCompound,
  partsOf,
  type QuestionWord,
  questionWords,
} from './words.ts';

/**
 * A stand-in for Fin: it finds and quotes, it does not write. Better silent than wrong: it declines
 * unless one passage covers what the question is about.
 */

export interface FoundPassage extends Passage {
  readonly score: number;
}

export interface Answer {
  /** The passage that answers, quoted; `null` when there is none. */
  readonly answer: string | null;
  readonly passages: readonly FoundPassage[];
}

/** Asks the texts an agent may read in a locale. */
export type Retrieval = (question: string, locale: string, agent: Agent) => Answer;

/** So much of a question's weight must be in one passage. */
const COVERAGE_NEEDED = 0.7;
/** Words in so many neighbouring blocks count as standing together. */
const WINDOW = 3;
const LONGEST_QUOTE = 700;
const MOST_PASSAGES = 5;

/** A retrieval that rebuilds its index only after something changed. */
export function createRetrieval(workspace: Workspace): Retrieval {
  const indexes = new Map<string, PassageIndex>();
  let revision = -1;
  return (question, locale, agent) => {
    if (revision !== workspace.store.revision) indexes.clear();
    revision = workspace.store.revision;
    const key = `${agent}|${locale}`;
    const index = indexes.get(key) ?? indexPassages(readPassages(workspace, locale, agent), locale);
    indexes.set(key, index);
    return answerFrom(index, question, locale);
  };
}

function readPassages(workspace: Workspace, locale: string, agent: Agent): readonly Passage[] {
  return readableTexts(workspace, agent)
    .filter((readable) => readable.locale === locale)
    .flatMap(passagesOf);
}

interface IndexedPassage {
  readonly passage: Passage;
  /** The stems of title and heading, compounds with their parts. */
  readonly topic: ReadonlySet<string>;
  /** The topic with a few neighbouring blocks each: words at both ends of a long list do not meet. */
  readonly windows: readonly ReadonlySet<string>[];
}

interface PassageIndex {
  readonly search: MiniSearch;
  readonly passages: readonly IndexedPassage[];
  readonly vocabulary: ReadonlySet<string>;
}

function indexPassages(passages: readonly Passage[], locale: string): PassageIndex {
  const stemsOf = createStemming(locale);
  const vocabulary = new Set(
    passages.flatMap(({ title, heading, text }) => stemsOf(`${title} ${heading} ${text}`)),
  );
  const withParts = new Map(
    [...vocabulary].map((stem) => [stem, [stem, ...partsOf(stem, vocabulary, locale)]]),
  );
  const expanded = (text: string): readonly string[] =>
    stemsOf(text).flatMap((stem) => withParts.get(stem) ?? [stem]);
  const search = new MiniSearch({
    fields: ['title', 'heading', 'text'],
    tokenize: (text) => [...expanded(text)],
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2, heading: 2 }, tokenize: (text) => text.split(' ') },
  });
  search.addAll(passages.map(({ title, heading, text }, id) => ({ id, title, heading, text })));
  return {
    search,
    vocabulary,
    passages: passages.map((passage) => {
      const topic = new Set(expanded(`${passage.title} ${passage.heading}`));
      return { passage, topic, windows: windowsOf(passage.text, topic, expanded) };
    }),
  };
}

function windowsOf(
  text: string,
  topic: ReadonlySet<string>,
  expanded: (text: string) => readonly string[],
): readonly ReadonlySet<string>[] {
  const lines = text.split('\n').map(expanded);
  return lines.map(
    (_line, index) => new Set([...topic, ...lines.slice(index, index + WINDOW).flat()]),
  );
}

function answerFrom(index: PassageIndex, question: string, locale: string): Answer {
  const words = questionWords(question, locale);
  if (words.length === 0) return { answer: null, passages: [] };
  const terms = words.flatMap(({ stem, forms }) => [
    ...forms,
    ...partsOf(stem, index.vocabulary, locale),
  ]);
  const ranked = index.search
    .search([...new Set(terms)].join(' '))
    .slice(0, 50)
    .flatMap(({ id, score }) => {
      const found = index.passages[Number(id)];
      if (found === undefined) return [];
      return [
        {
          passage: found.passage,
          score: score * coverageOf(found, words, index, locale) ** 2,
          found,
        },
      ];
    })
    .sort((left, right) => right.score - left.score);
  const best = ranked[0];
  if (best === undefined || !answers(best.found, words, index, locale))
    return { answer: null, passages: [] };
  return {
    answer: quoted(best.found, bestWindow(best.found, words, index, locale)),
    passages: ranked
      .slice(0, MOST_PASSAGES)
      .map(({ passage, score }) => ({ ...passage, score: Math.round(score * 1000) / 1000 })),
  };
}

function answers(
  found: IndexedPassage,
  words: readonly QuestionWord[],
  index: PassageIndex,
  locale: string,
): boolean {
  if (coverageOf(found, words, index, locale) < COVERAGE_NEEDED) return false;
  // A single word that is only mentioned in passing is no answer to a question about it.
  return words.length > 1 || words.some((word) => matchOf(found.topic, word, index, locale) > 0.5);
}

/** How much of what the question is about stands together in the passage, from 0 to 1. */
function coverageOf(
  found: IndexedPassage,
  words: readonly QuestionWord[],
  index: PassageIndex,
  locale: string,
): number {
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(...windowCoverages(found, words, index, locale)) / total;
}

function bestWindow(
  found: IndexedPassage,
  words: readonly QuestionWord[],
  index: PassageIndex,
  locale: string,
): number {
  const coverages = windowCoverages(found, words, index, locale);
  return coverages.indexOf(Math.max(...coverages));
}

function windowCoverages(
  { windows }: IndexedPassage,
  words: readonly QuestionWord[],
  index: PassageIndex,
  locale: string,
): readonly number[] {
  return windows.map((stems) =>
    words.reduce((sum, word) => sum + word.weight * matchOf(stems, word, index, locale), 0),
  );
}

function matchOf(
  stems: ReadonlySet<string>,
  { stem, forms }: QuestionWord,
  { vocabulary }: PassageIndex,
  locale: string,
): number {
  if (forms.some((form) => stems.has(form))) return 1;
  if (isInCompound(stem, stems, locale)) return 0.9;
  const parts = partsOf(stem, vocabulary, locale);
  if (parts.length === 0) return 0;
  return (0.9 * parts.filter((part) => stems.has(part)).length) / parts.length;
}

/** The whole passage; of a long one the stretch that covers the question. */
function quoted({ passage }: IndexedPassage, window: number): string {
  const { text, heading } = passage;
  if (text === '') return heading;
  if (text.length <= LONGEST_QUOTE) return text;
  const stretch = text.split('\n').slice(window).join('\n');
  if (stretch.length <= LONGEST_QUOTE) return stretch;
  const cut = stretch.slice(0, LONGEST_QUOTE);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_QUOTE - 80))} …`;
}
