import { isFound } from '../ask.ts';
import { markdownText } from '../escape.ts';
import { clipped } from '../style.ts';
import { counted, itemName } from '../wording.ts';
import { type Part, tablePart } from './room.ts';

/** One question, and where its article comes now and on the base branch; null: not found. */
export interface QuestionRow {
  question: string;
  path: string;
  locale: string;
  rank: number | null;
  /** undefined: it was not asked there. */
  before?: number | null;
}

/** How well the AI would find what customers ask for, with this change and without. */
export interface QuestionReport {
  rows: readonly QuestionRow[];
  now: Scores;
  /** null: the base branch could not be read. */
  before: Scores | null;
}

/** Shares from 0 to 1. */
export interface Scores {
  asked: number;
  recallAt1: number;
  recallAt3: number;
  mrr: number;
}

/** `31 questions · first 90% (was 94%) · within three 100% · MRR 0.94 (was 0.95)`. */
export function questionsLine({ now, before }: QuestionReport): string {
  const share = (value: number): string => `${Math.round(value * 1000) / 10}%`;
  const score = (label: string, value: string, old: string | null): string =>
    old === null || old === value ? `${label} ${value}` : `${label} ${value} (was ${old})`;
  return [
    counted(now.asked, 'question'),
    score('first', share(now.recallAt1), before === null ? null : share(before.recallAt1)),
    score('within three', share(now.recallAt3), before === null ? null : share(before.recallAt3)),
    score('MRR', now.mrr.toFixed(2), before === null ? null : before.mrr.toFixed(2)),
  ].join(' · ');
}

/** Questions that fail now, those that fail because of this change first; then those that are found again. */
export function questionParts({ rows }: QuestionReport): Part[] {
  const wasFound = (row: QuestionRow): boolean =>
    row.before === undefined || isFound({ ...row, expected: '', rank: row.before });
  const found = (row: QuestionRow): boolean => isFound({ ...row, expected: '' });
  const failing = rows.filter((row) => !found(row));
  const fresh = failing.filter(wasFound);
  const old = failing.filter((row) => !wasFound(row));
  const mended = rows.filter((row) => found(row) && !wasFound(row));
  const cells = (row: QuestionRow, mark: string) => ({
    name: row.path,
    cells: [
      mark,
      markdownText(clipped(row.question.slice(0, 1200), 300)),
      markdownText(clipped(itemName(row.path, [row.locale]), 200)),
      place(row.rank),
      row.before === undefined ? 'new' : place(row.before),
    ],
  });
  return [
    tablePart(
      0.15,
      '#### Questions the AI would not find',
      ['', 'question', 'article', 'place', 'before'],
      [
        ...fresh.map((row) => cells(row, '✗ lost')),
        ...old.map((row) => cells(row, '✗ as before')),
        ...mended.map((row) => cells(row, '✓ found again')),
      ],
    ),
  ];
}

function place(rank: number | null): string {
  return rank === null ? 'not found' : String(rank);
}
