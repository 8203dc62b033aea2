import type { Approval } from '../model/review.ts';
import { approvalText } from './approval.ts';
import { markdownTable, markdownText } from './escape.ts';
import { clipped, columnsOf, padded, paddedLeft, type Style, wrapped } from './style.ts';
import { counted, itemName, numeral, oneLine } from './wording.ts';

/** A passage that would ground an answer. */
export interface HitRow {
  id: string;
  path: string;
  locale: string;
  title: string;
  heading: string;
  score: number;
  excerpt: string;
  approval: Approval | null;
}

/** What would ground an answer, best first, and who stands behind it. */
export function askText(
  question: string,
  hits: readonly HitRow[],
  context: { agent: string; locales: readonly string[] },
  style: Style,
): string {
  if (hits.length === 0) {
    return [
      `No reviewed passage answers "${oneLine(question)}" (${context.agent}, ${context.locales.join(', ')}).`,
      '  An article that is not reviewed, or that this agent may not read, does not count.',
      '  Next: kb review --status    lists what is still to be reviewed',
    ].join('\n');
  }
  const most = style.wraps ? Math.max(20, style.width - 44) : 72;
  const names = hits.map((hit) =>
    clipped(`${itemName(hit.path, [hit.locale])} › ${hit.heading}`, most),
  );
  const nameColumns = Math.max(...names.map(columnsOf));
  const rankColumns = String(hits.length).length;
  return hits
    .map((hit, index) => {
      const rank = paddedLeft(String(index + 1), rankColumns);
      const behind = hit.approval === null ? '' : approvalText(hit.approval, style.today);
      const head = `${style.paint('strong', rank)}  ${padded(names[index] ?? '', nameColumns)}   ${hit.score.toFixed(2)}   ${style.paint('quiet', behind)}`;
      const indent = rankColumns + 2;
      return `${head.trimEnd()}\n${' '.repeat(indent)}${wrapped(oneLine(hit.excerpt), indent, style)}`;
    })
    .join('\n');
}

/** The passages as a table. */
export function askMarkdown(question: string, hits: readonly HitRow[], today: string): string {
  const rows = hits.map((hit, index) => [
    String(index + 1),
    markdownText(`${itemName(hit.path, [hit.locale])} › ${hit.heading}`),
    hit.score.toFixed(2),
    markdownText(oneLine(hit.excerpt)),
    hit.approval === null ? '' : markdownText(approvalText(hit.approval, today)),
  ]);
  return [
    `**${markdownText(question)}**`,
    '',
    hits.length === 0
      ? 'No reviewed passage answers this.'
      : markdownTable(['', 'passage', 'score', 'text', 'review'], rows),
  ].join('\n');
}

/** One question of an article, and where its article came in the ranking. */
export interface CaseRow {
  question: string;
  /** Id of the article it belongs to. */
  expected: string;
  path: string;
  locale: string;
  /** 1 is best; null: not found. */
  rank: number | null;
}

export interface Evaluation {
  cases: readonly CaseRow[];
  /** Questions of articles that the AI may not read: not counted. */
  skipped: readonly { question: string; expected: string; locale: string; reason: string }[];
  recallAt1: number;
  recallAt3: number;
  mrr: number;
  minRecall: number;
}

/** An answer is grounded in the first three passages: a question below them has failed. */
export function isFound({ rank }: CaseRow): boolean {
  return rank !== null && rank <= 3;
}

/** The questions that fail, then the scores. */
export function evaluationText(evaluation: Evaluation, style: Style): string {
  const failed = evaluation.cases.filter((row) => !isFound(row));
  const lines = failed.map((row) => {
    const place = row.rank === null ? 'not found' : `rank ${row.rank}`;
    return `  ${style.paint('bad', `✗ ${place.padEnd(9)}`)}  "${oneLine(row.question)}"\n             ${style.paint('quiet', itemName(row.path, [row.locale]))}`;
  });
  return [...lines, ...(lines.length === 0 ? [] : ['']), `  ${scores(evaluation, style)}`].join(
    '\n',
  );
}

function scores(evaluation: Evaluation, style: Style): string {
  const { cases, skipped, recallAt1, recallAt3, mrr } = evaluation;
  const failed = cases.filter((row) => !isFound(row)).length;
  const notAsked = `${numeral(skipped.length)} not counted (the AI may not read their articles)`;
  if (cases.length === 0) {
    return style.paint(
      'warning',
      `! no questions to ask${skipped.length === 0 ? '' : ` · ${notAsked}`}`,
    );
  }
  const verdict =
    failed === 0
      ? style.paint('good', `✓ ${counted(cases.length, 'question')}, all answered`)
      : style.paint('bad', `✗ ${numeral(failed)} of ${counted(cases.length, 'question')} failed`);
  const notCounted = skipped.length === 0 ? [] : [notAsked];
  return [
    verdict,
    `first ${percent(recallAt1)}`,
    `within three ${percent(recallAt3)}`,
    `MRR ${mrr.toFixed(2)}`,
    ...notCounted,
  ].join(' · ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share === 1 ? 0 : 1)}%`;
}

/** Scores and failures as a comment. */
export function evaluationMarkdown(evaluation: Evaluation): string {
  const { cases, recallAt1, recallAt3, mrr } = evaluation;
  const failed = cases.filter((row) => !isFound(row));
  const head = `**${counted(cases.length, 'question')}** · first ${percent(recallAt1)} · within three ${percent(recallAt3)} · MRR ${mrr.toFixed(2)}`;
  if (failed.length === 0) return head;
  const rows = failed.map((row) => [
    row.rank === null ? 'not found' : String(row.rank),
    markdownText(row.question),
    markdownText(itemName(row.path, [row.locale])),
  ]);
  return [head, '', markdownTable(['rank', 'question', 'article'], rows)].join('\n');
}
