import type { Plan } from '../plan/plan.ts';
import type { PublishResult } from '../publish/outcome.ts';
import { markdownFence, markdownTable, markdownText } from './escape.ts';
import { type Entry, planEntries, planHeading, summaryText, type TextsOf } from './plan-entries.ts';
import { refusingGuards } from './plan-facts.ts';
import { outcomeEntries } from './publish-text.ts';
import { clipped, plainStyle } from './style.ts';
import { counted, numeral, roughly, withDates } from './wording.ts';

/** Rows of a table, and characters of differences, that fit a comment of 65,535 characters. */
const mostRows = 200;
const mostDiffCharacters = 30_000;

/** A plan for a pull request comment: counts first, then the table, then the differences. */
export function planMarkdown(plan: Plan, texts: TextsOf): string {
  const entries = planEntries(plan, texts, plainStyle(plan.today));
  const refused = refusingGuards(plan).map(
    (guard) =>
      `> **✗ Refused:** ${markdownText(guard.message)}.${
        guard.override === null ? '' : ` Override: \`kb publish ${guard.override}\``
      }\n`,
  );
  const counts = summaryText(plan.summary, plan.changes);
  const head = [
    `**${counts === '' ? 'Nothing to do' : counts}**`,
    '',
    `${markdownText(planHeading(plan))} · ${counted(plan.calls, 'call')}, ${roughly(plan.seconds)}`,
  ];
  return [
    ...head,
    ...(refused.length === 0 ? [] : ['', refused.join('\n').trimEnd()]),
    ...tableOf(entries, plan.today),
    ...diffsOf(entries),
  ].join('\n');
}

/** What a run did, as a comment. */
export function publishMarkdown(result: PublishResult, workspace: string, today: string): string {
  const { summary } = result;
  const counts: [number, string][] = [
    [summary.applied, 'applied'],
    [summary.skipped, 'skipped'],
    [summary.failed, 'failed'],
    [summary.withheld, 'withheld'],
    [summary.held, 'held'],
    [summary.unchanged, 'unchanged'],
  ];
  const shown = counts
    .filter(([value, word]) => value > 0 || word === 'applied')
    .map(([value, word]) => `${numeral(value)} ${word}`)
    .join(' · ');
  return [
    `**${shown}** · ${markdownText(workspace)} · ${counted(result.calls, 'call')}`,
    ...tableOf(outcomeEntries(result), today),
  ].join('\n');
}

function tableOf(entries: readonly Entry[], today: string): string[] {
  if (entries.length === 0) return [];
  const rows = entries.slice(0, mostRows).map((entry) => entryCells(entry, today));
  const more = entries.length - mostRows;
  return [
    '',
    markdownTable(['', 'item', ''], rows),
    ...(more > 0 ? ['', `and ${numeral(more)} more`] : []),
  ];
}

/** The cells of one row: what happens, to what, and who approved it or why. */
export function entryCells(entry: Entry, today: string): string[] {
  const hint = entry.hint === null ? '' : `→ ${entry.hint}`;
  return [
    `${entry.symbol === '~' ? '\\~' : entry.symbol} ${entry.verb}`,
    cellText(entry.name),
    [entry.beside, entry.note, hint]
      .filter((text) => text !== '')
      .map((text) => cellText(withDates(text, today)))
      .join('<br>'),
  ];
}

/** A title can be as long as a file. */
const longestCell = 300;

function cellText(text: string): string {
  return markdownText(clipped(text.slice(0, longestCell * 4), longestCell));
}

/** How one entry's fields change, in words, below its name. */
export function entryDifference(entry: Entry): string {
  const lines = entry.lines.map(({ label, text, size }) =>
    `${label.padEnd(12)} ${clipped(text.slice(0, longestLine * 4), longestLine)}${size === '' ? '' : `   (${size})`}`.trimEnd(),
  );
  return `**${cellText(entry.name)}**\n\n${markdownFence(lines.join('\n'))}`;
}

const longestLine = 400;

function diffsOf(entries: readonly Entry[]): string[] {
  const sections: string[] = [];
  let characters = 0;
  let left = 0;
  for (const entry of entries.filter(({ lines }) => lines.length > 0)) {
    const section = entryDifference(entry);
    if (characters + section.length > mostDiffCharacters) {
      left += 1;
      continue;
    }
    characters += section.length;
    sections.push(section);
  }
  if (sections.length === 0) return [];
  const more = left === 0 ? [] : [`and ${counted(left, 'more update')}`];
  const summary = `<summary>What changes in ${counted(sections.length, 'text')}</summary>`;
  return ['', '<details>', summary, '', [...sections, ...more].join('\n\n'), '', '</details>'];
}
