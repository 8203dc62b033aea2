import type { Approval } from '../model/review.ts';
import { approvalText } from './approval.ts';
import { markdownTable, markdownText } from './escape.ts';
import { aligned, type Style } from './style.ts';
import { oneLine, shownDate } from './wording.ts';

export interface LogRow {
  locale: string;
  event: string;
  at: string;
  by: string | null;
  via: string | null;
  title: string;
  commit: string | null;
  isLive: boolean;
  approval: Approval | null;
}

/** What happened to an article, newest first. */
export function logText(rows: readonly LogRow[], style: Style): string {
  if (rows.length === 0) return 'Nothing is known of it yet: neither published nor reviewed.';
  return aligned(
    rows.map((row) => [
      `  ${style.paint(row.isLive ? 'good' : 'quiet', row.isLive ? '●' : '○')} ${shownDate(row.at, style.today)}`,
      row.locale,
      row.isLive ? `${row.event}, live` : row.event,
      originOf(row, style.today),
      style.paint('quiet', oneLine(row.title)),
    ]),
  ).join('\n');
}

function originOf({ by, via, commit, approval }: LogRow, today: string): string {
  return [
    by === null ? '' : `by ${oneLine(by)}`,
    via === null ? '' : `via ${via}`,
    commit === null ? '' : commit.slice(0, 7),
    approval === null ? '' : oneLine(approvalText(approval, today)),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function logMarkdown(rows: readonly LogRow[], today: string): string {
  return markdownTable(
    ['when', 'locale', 'what', 'who', 'title'],
    rows.map((row) => [
      shownDate(row.at, today),
      row.locale,
      row.isLive ? `${row.event}, live` : row.event,
      markdownText(originOf(row, today)),
      markdownText(oneLine(row.title)),
    ]),
  );
}
