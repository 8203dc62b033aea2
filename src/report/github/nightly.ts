import type { DueReview } from '../../review/due.ts';
import { approvalText } from '../approval.ts';
import type { DriftRow } from '../drift.ts';
import { driftCells } from '../drift.ts';
import { markdownCode, markdownText } from '../escape.ts';
import { clipped } from '../style.ts';
import { counted, itemName, numeral, shownDate } from '../wording.ts';
import { commentBytes } from './pull-request.ts';
import { bytesOf, fitted, type Part, tablePart } from './room.ts';

/** What a night found. */
export interface NightlyReport {
  /** ISO date. */
  today: string;
  /** Name of the workspace in kb.yaml. */
  workspace: string;
  drift: readonly DriftRow[];
  /** What was brought into files; empty for an issue. */
  files: readonly {
    file: string;
    action: 'updated' | 'created' | 'moved' | 'removed' | 'conflict';
  }[];
  /** What no file can hold. */
  left: readonly { id: string; locale: string | null; reason: string; hint: string }[];
  /** Files that were left for another night. */
  more: number;
  due: readonly DueReview[];
  links: { run: string | null };
}

/** Reviews that a person is asked for at once. */
const mostDue = 20;

/** The text of the pull request, or of the issue, below GitHub's limit. */
export function nightlyMarkdown(report: NightlyReport, limitBytes = commentBytes): string {
  const head = headOf(report).join('\n\n');
  const room = limitBytes - bytesOf(head) - 8;
  return [head, ...fitted(partsOf(report), room)].join('\n\n');
}

/** `3 edits made in Intercom, 4 reviews to renew`. */
export function nightlyTitle({ drift, due, workspace }: NightlyReport): string {
  const parts = [
    ...(drift.length === 0 ? [] : [`${counted(drift.length, 'edit')} made in Intercom`]),
    ...(due.length === 0 ? [] : [`${counted(due.length, 'review')} to renew`]),
  ];
  return parts.length === 0
    ? `${workspace}: live is what was published`
    : `${workspace}: ${parts.join(', ')}`;
}

function headOf({ files, drift, due, more }: NightlyReport): string[] {
  const conflicts = files.filter(({ action }) => action === 'conflict').length;
  return [
    ...(files.length === 0
      ? []
      : [
          `**${counted(drift.length, 'edit')} made in Intercom, brought into ${counted(files.length, 'file')}.** Merging this pull request after a review publishes them as reviewed; closing it leaves them live and held.`,
        ]),
    ...(files.length === 0 && drift.length > 0
      ? [
          `**${counted(drift.length, 'edit')} made in Intercom that no file can hold.** Publishing leaves them alone until somebody decides.`,
        ]
      : []),
    ...(conflicts === 0
      ? []
      : [
          `✗ ${counted(conflicts, 'file')} changed on both sides: take out the conflict markers before merging. ${markdownCode('kb check')} finds what is left.`,
        ]),
    ...(more === 0
      ? []
      : [
          `${numeral(more)} new files are left for later: ${markdownCode('kb pull')} brings them all.`,
        ]),
    ...(due.length === 0 ? [] : [dueText(due)]),
  ];
}

function dueText(due: readonly DueReview[]): string {
  const expired = due.filter(({ hasExpired }) => hasExpired).length;
  const over = expired === 0 ? '' : `, ${numeral(expired)} of them over`;
  return `${counted(due.length, 'review')} to renew${over}.`;
}

function partsOf(report: NightlyReport): Part[] {
  const { drift, left, due, files, today } = report;
  const shown = due.slice(0, mostDue);
  return [
    tablePart(
      0.45,
      '#### Made in Intercom',
      ['', 'item', 'fields', 'by'],
      drift.map((row) => ({ name: row.path, cells: driftCells(row, today) })),
    ),
    tablePart(
      0.15,
      '#### In these files',
      ['', 'file'],
      files.map(({ file, action }) => ({
        name: file,
        cells: [action === 'conflict' ? '✗ conflict' : action, markdownCode(clipped(file, 200))],
      })),
    ),
    tablePart(
      0.2,
      '#### For a person',
      ['item', 'what', 'next'],
      left.map(({ id, locale, reason, hint }) => ({
        name: id,
        cells: [itemName(id, [locale]), reason, hint].map((text) =>
          markdownText(clipped(text.slice(0, 1200), 300)),
        ),
      })),
    ),
    tablePart(
      0.2,
      `#### Reviews to renew${due.length > shown.length ? `: the ${numeral(shown.length)} most urgent of ${numeral(due.length)}` : ''}`,
      ['item', 'ends', 'review'],
      shown.map(({ path, locale, lastDay, hasExpired, approval }) => ({
        name: path,
        cells: [
          markdownText(clipped(itemName(path, [locale]), 200)),
          `${hasExpired ? '✗ ' : ''}${shownDate(lastDay, today)}`,
          markdownText(approvalText(approval, today)),
        ],
      })),
    ),
  ];
}
