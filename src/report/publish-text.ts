import type { Outcome, PublishResult } from '../publish/outcome.ts';
import { entriesText } from './entry-text.ts';
import { withoutFollowUps } from './follow-ups.ts';
import { grouped } from './grouped.ts';
import { nextSteps, type Step } from './next-steps.ts';
import {
  actionLooks,
  type Entry,
  followUpEntries,
  heldEntries,
  withheldEntries,
} from './plan-entries.ts';
import type { PlanView } from './plan-text.ts';
import type { Style, Tone } from './style.ts';
import { counted, itemName, numeral } from './wording.ts';

/** What a run did: changes with what became of them, what was left, the next step. */
export function publishText(result: PublishResult, workspace: string, view: PlanView): string {
  const { style } = view;
  const rows = entriesText(outcomeEntries(result, view), style, { all: view.all });
  return [
    ...(rows === '' ? [] : [rows, '']),
    verdict(result, workspace, style),
    ...steps(result, view),
  ].join('\n');
}

/** Rows of a run: failed and skipped ones say why. */
export function outcomeEntries(
  result: PublishResult,
  options: { all: boolean } = { all: true },
): Entry[] {
  const isQuiet = !options.all && result.outcomes.every(({ status }) => status === 'applied');
  const { news, followUps } = isQuiet
    ? withoutFollowUps(result.outcomes)
    : { news: result.outcomes, followUps: [] };
  const groups = grouped(news, (outcome) =>
    [outcome.kind, outcome.id, outcome.action, outcome.status, outcome.error].join('\n'),
  );
  const entries = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [outcomeEntry(first, group)];
  });
  return [
    ...entries,
    ...followUpEntries(followUps.length),
    ...withheldEntries(result.withheld),
    ...heldEntries(result.held),
  ];
}

function outcomeEntry(outcome: Outcome, group: readonly Outcome[]): Entry {
  const { symbol, tone } = lookOf(outcome);
  const path = outcome.path === '' ? outcome.id : outcome.path;
  return {
    symbol,
    tone,
    verb: outcome.status === 'applied' ? outcome.action : outcome.status,
    name: itemName(
      outcome.kind === 'collection' ? `${path}/` : path,
      group.map(({ locale }) => locale),
    ),
    beside: outcome.status === 'applied' ? '' : outcome.action,
    note: outcome.error ?? '',
    lines: [],
    hint: null,
  };
}

function lookOf({ status, action }: Outcome): { symbol: string; tone: Tone } {
  if (status === 'failed') return { symbol: '✗', tone: 'bad' };
  if (status === 'skipped') return { symbol: '–', tone: 'warning' };
  const looks: Readonly<Record<string, { symbol: string; tone: Tone }>> = actionLooks;
  return looks[action] ?? { symbol: '✓', tone: 'good' };
}

function verdict(
  { summary, outcomes, calls }: PublishResult,
  workspace: string,
  style: Style,
): string {
  const parts: [number, string][] = [
    [summary.failed, `${numeral(summary.failed)} failed`],
    [summary.skipped, `${numeral(summary.skipped)} skipped`],
    [summary.withheld, `${numeral(summary.withheld)} withheld`],
    [summary.held, `${numeral(summary.held)} held`],
    [summary.unchanged, `${numeral(summary.unchanged)} unchanged`],
  ];
  const rest = parts.filter(([value]) => value > 0).map(([, text]) => text);
  const made = style.paint('quiet', counted(calls, 'call'));
  if (outcomes.length === 0) {
    const nothing = [`Nothing to publish to ${workspace}`, ...rest].join(' · ');
    return `${style.paint('good', `✓ ${nothing}`)}   ${made}`;
  }
  const applied = `${counted(summary.applied, 'change')} published to ${workspace}`;
  const [mark, tone]: [string, Tone] =
    summary.failed + summary.skipped > 0 ? ['✗', 'bad'] : ['✓', 'good'];
  return `${style.paint(tone, `${mark} ${[applied, ...rest].join(' · ')}`)}   ${made}`;
}

function steps({ summary }: PublishResult, { style, flags }: PlanView): string[] {
  const next: Step[] = [
    ...(summary.failed + summary.skipped > 0
      ? [{ command: `kb publish${flags}`, says: 'does the rest; what is done stays done' }]
      : []),
    ...(summary.held > 0
      ? [{ command: `kb plan${flags}`, says: 'says what the held items wait for' }]
      : []),
  ];
  return next.length === 0 ? [] : [nextSteps(next, style)];
}
