import type { SearchResult } from 'minisearch';
import { type Concept, termsOf } from './analysis/analyser.ts';
import { excerptOf } from './excerpt.ts';
import type { Passage } from './passages.ts';
import type { LocaleIndex, RetrievalIndex } from './retrieval-index.ts';

/** A passage that would ground an answer. */
export interface Hit {
  /** Article id. */
  id: string;
  locale: string;
  /** The heading the passage stands under; the title for an introduction. */
  heading: string;
  anchor: string | null;
  /** 0 to 1, comparable between questions: about how much of the question the passage covers. */
  score: number;
  excerpt: string;
}

/**
 * The passages that would ground an answer to a question, best first. Nothing for a locale that the
 * index does not have, or a question that asks nothing.
 */
export function ask(index: RetrievalIndex, question: string, locale: string, limit = 5): Hit[] {
  const found = index.locales.get(locale);
  if (found === undefined) return [];
  const concepts = found.lexicon.question(question);
  return ranked(found, concepts)
    .slice(0, limit)
    .map(({ passage, score }) => ({
      id: passage.articleId,
      locale: passage.locale,
      heading: passage.heading,
      anchor: passage.anchor,
      score: Math.round(score * 1000) / 1000,
      excerpt: excerptOf(passage, concepts, found),
    }));
}

/** Ids of the articles that passages come from, best first, each once. */
export function articlesFound(index: RetrievalIndex, question: string, locale: string): string[] {
  const found = index.locales.get(locale);
  if (found === undefined) return [];
  const hits = ranked(found, found.lexicon.question(question));
  return [...new Set(hits.map(({ passage }) => passage.articleId))];
}

interface Ranked {
  passage: Passage;
  score: number;
}

function ranked(index: LocaleIndex, concepts: readonly Concept[]): Ranked[] {
  const query = [...new Set(concepts.flatMap(termsOf))].join(' ');
  if (query === '') return [];
  const total = concepts.reduce((sum, concept) => sum + index.weight(concept.stem), 0);
  return index.search
    .search(query, {
      boost: { title: 2.5, headings: 2, text: 1 },
      fuzzy: (term) => (term.length >= 6 && !/\d/.test(term) ? 1 : false),
      prefix: (term) => term.length >= 4,
      weights: { fuzzy: 0.25, prefix: 0.35 },
    })
    .flatMap((result) => {
      const passage = index.passages[Number(result.id)];
      return passage === undefined
        ? []
        : [{ passage, score: scoreOf(result, concepts, total, index), id: Number(result.id) }];
    })
    .sort((a, b) => b.score - a.score || a.id - b.id);
}

/** How much of the question is covered, and how strongly: both count, so that neither alone is enough. */
function scoreOf(
  result: SearchResult,
  concepts: readonly Concept[],
  total: number,
  index: LocaleIndex,
): number {
  const matched = new Set(result.queryTerms);
  const exact = new Set(result.terms);
  const covered = concepts.reduce(
    (sum, concept) => sum + index.weight(concept.stem) * coverage(concept, matched, exact),
    0,
  );
  const strength = result.score / total;
  return (covered / total) * (0.2 + (0.8 * strength) / (strength + 4));
}

/** How far a passage has a word of the question: as such 1, in parts or nearly less. */
function coverage(
  { stem, forms, parts }: Concept,
  matched: ReadonlySet<string>,
  exact: ReadonlySet<string>,
): number {
  if ([stem, ...forms].some((term) => exact.has(term))) return 1;
  const found = parts.filter((part) => exact.has(part)).length;
  const inParts = parts.length === 0 ? 0 : (0.9 * found) / parts.length;
  const nearly = matched.has(stem) ? 0.6 : 0;
  return Math.max(inParts, nearly);
}
