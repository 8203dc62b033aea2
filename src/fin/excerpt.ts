import { type Concept, termsOf } from './analysis/analyser.ts';
import type { Passage } from './passages.ts';
import type { LocaleIndex } from './retrieval-index.ts';

const longest = 200;
/** What title and heading say already counts less. */
const toldShare = 0.1;

/** The sentence or two of a passage that say most about a question, shortened to a line or so. */
export function excerptOf(
  { text, title, heading }: Passage,
  concepts: readonly Concept[],
  index: LocaleIndex,
): string {
  const asked = new Set(concepts.flatMap(termsOf));
  const told = new Set(termsIn(`${title}\n${heading}`, index));
  const sentences = sentencesOf(text, index.locale);
  const weightOf = (sentence: string) =>
    [...new Set(termsIn(sentence, index))]
      .filter((term) => asked.has(term))
      .reduce((sum, term) => sum + index.weight(term) * (told.has(term) ? toldShare : 1), 0);
  const best = windowsOf(sentences)
    .map((window) => ({ ...window, weight: weightOf(window.text) }))
    .sort((a, b) => b.weight - a.weight || a.count - b.count || a.first - b.first)[0];
  if (best === undefined) return '';
  const shown = shortened(best.text);
  const before = best.first > 0 ? '… ' : '';
  const after = best.first + best.count < sentences.length && !shown.endsWith('…') ? ' …' : '';
  return `${before}${shown}${after}`;
}

interface Window {
  text: string;
  first: number;
  count: number;
}

/** Each sentence, and with the next one where the two are short. */
function windowsOf(sentences: readonly string[]): Window[] {
  return sentences.flatMap((sentence, first): Window[] => {
    const both = `${sentence} ${sentences[first + 1] ?? ''}`;
    const single = { text: sentence, first, count: 1 };
    const fits = first + 1 < sentences.length && both.length <= longest;
    return fits ? [single, { text: both, first, count: 2 }] : [single];
  });
}

function sentencesOf(text: string, locale: string): string[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
  return text
    .split('\n')
    .flatMap((line) => wholeSentences([...segmenter.segment(line)].map(({ segment }) => segment)))
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

/** `am 1. Januar` and `z. B.` are no ends of sentences, though the segmenter takes them for such. */
function wholeSentences(segments: readonly string[]): string[] {
  const whole: string[] = [];
  for (const segment of segments) {
    const last = whole.at(-1);
    if (last !== undefined && abbreviated.test(last)) whole.splice(-1, 1, last + segment);
    else whole.push(segment);
  }
  return whole;
}

const abbreviated = /(?:^|[\s(])(?:\p{N}+|\p{L}|bzw|ca|ggf|inkl|Nr|vgl|usw)\.\s*$/u;

function termsIn(text: string, index: LocaleIndex): string[] {
  return index.analyser.words(text).flatMap((word) => {
    const concept = index.lexicon.concept(word);
    return concept === null ? [] : termsOf(concept);
  });
}

/** Cut between words, never inside a character. */
function shortened(sentence: string): string {
  if (sentence.length <= longest) return sentence;
  const cut = sentence.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()} …`;
}
