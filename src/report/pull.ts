import type { Loss } from '../model/finding.ts';
import { markdownTable, markdownText } from './escape.ts';
import { nextSteps } from './next-steps.ts';
import { aligned, type Style } from './style.ts';
import { counted, itemName, oneLine } from './wording.ts';

export interface PullReport {
  files: readonly {
    file: string;
    id: string;
    locale: string | null;
    action: 'updated' | 'created' | 'moved' | 'removed' | 'conflict';
    from?: string;
    losses: readonly Loss[];
  }[];
  conflicts: readonly { file: string; line: number; base: string; theirs: string | null }[];
  left: readonly { id: string; locale: string | null; reason: string; hint: string }[];
  assets: readonly string[];
  branch: string | null;
}

const looks = {
  updated: { symbol: '~', tone: 'good' },
  created: { symbol: '+', tone: 'good' },
  moved: { symbol: '→', tone: 'good' },
  removed: { symbol: '−', tone: 'warning' },
  conflict: { symbol: '!', tone: 'bad' },
} as const;

/** What came into which files, what is in dispute, and what only a person can follow. */
export function pullText(report: PullReport, contentFlags: string, style: Style): string {
  const { files, conflicts, left, branch } = report;
  if (files.length === 0 && left.length === 0) {
    return style.paint('good', '✓ Nothing to pull: the files have all that is live.');
  }
  const rows = aligned(
    files.map(({ file, from, action, losses }) => [
      `  ${style.paint(looks[action].tone, `${looks[action].symbol} ${action}`)}`,
      from === undefined ? file : `${from} → ${file}`,
      losses.length === 0 ? '' : style.paint('warning', counted(losses.length, 'loss', 'losses')),
    ]),
  );
  const lost = files.flatMap(({ file, losses }) =>
    losses.map((loss) => `  ${style.paint('warning', 'loss')} ${file}: ${lossText(loss)}`),
  );
  const disputed = conflicts.map(
    ({ file, line }) =>
      `  ${style.paint('bad', 'conflict')} ${file}:${line}  both sides changed this block`,
  );
  const there = left.flatMap(({ id, locale, reason, hint }) => [
    `  ${style.paint('warning', '?')} ${itemName(id, [locale])}  ${reason}`,
    `      ${style.paint('quiet', hint)}`,
  ]);
  const where = branch === null ? '' : ` · on the branch ${branch}`;
  const total = `  ${counted(files.length, 'file')} written · ${counted(conflicts.length, 'conflict')}${where}`;
  const steps = [
    ...(conflicts.length === 0
      ? []
      : [
          {
            command: 'edit the files',
            says: 'and take out the markers; kb check finds what is left',
          },
        ]),
    ...(files.length === 0
      ? []
      : [
          {
            command: `kb review --status${contentFlags}`,
            says: 'what was pulled is not reviewed yet',
          },
        ]),
  ];
  const next = steps.length === 0 ? [] : [nextSteps(steps, style)];
  return [...rows, ...lost, ...disputed, ...there, '', total, ...next].join('\n');
}

function lossText({ construct, action, excerpt }: Loss): string {
  return `${construct} ${action}${excerpt === '' ? '' : `: "${oneLine(excerpt)}"`}`;
}

/** The same as a table. */
export function pullMarkdown({ files, conflicts, left }: PullReport): string {
  if (files.length === 0 && left.length === 0) return '**Nothing to pull.**';
  return [
    `**${counted(files.length, 'file')} written, ${counted(conflicts.length, 'conflict')}**`,
    '',
    markdownTable(
      ['', 'file', 'losses'],
      files.map(({ file, action, losses }) => [
        action,
        markdownText(file),
        markdownText(losses.map(lossText).join('; ')),
      ]),
    ),
    ...left.map(({ id, reason }) => `- ${markdownText(id)}: ${markdownText(reason)}`),
  ].join('\n');
}
