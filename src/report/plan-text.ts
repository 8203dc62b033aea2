import { shellWord } from '../model/shell-word.ts';
import type { Guard, Plan } from '../plan/plan.ts';
import { entriesText } from './entry-text.ts';
import { nextSteps, type Step } from './next-steps.ts';
import {
  byFolder,
  planEntries,
  planHeading,
  summaryText,
  type TextsOf,
  withheldEntries,
} from './plan-entries.ts';
import { refusingGuards, writesSomething } from './plan-facts.ts';
import { columnsOf, type Style, wrapped } from './style.ts';
import { counted, numeral, roughly } from './wording.ts';

/** How a plan is shown. */
export interface PlanView {
  style: Style;
  /** All rows, however many. */
  all: boolean;
  /** Flags that the next command needs to mean the same place, with a leading space; or empty. */
  flags: string;
  /** Those of them that commands about content alone need. */
  contentFlags: string;
  /** The file the plan was saved to, as it was named; null: it is not kept. */
  savedTo: string | null;
}

/** What publish would do, for a person at a terminal. */
export function planText(plan: Plan, texts: TextsOf, view: PlanView): string {
  const { style } = view;
  const rows = entriesText(planEntries(plan, texts, style, view), style, { all: view.all });
  const refused = refusingGuards(plan);
  return [
    style.paint('strong', wrapped(planHeading(plan), 0, style)),
    '',
    ...(rows === '' ? [] : [rows, '']),
    ...(refused.length === 0 ? [] : [guardsText(refused, view), '']),
    totalsText(plan, style),
    ...stepsText(planSteps(plan, view), style),
  ].join('\n');
}

function totalsText(plan: Plan, style: Style): string {
  const counts = summaryText(plan.summary, plan.changes);
  const effort = `${counted(plan.calls, 'call')}, ${roughly(plan.seconds)}`;
  if (!writesSomething(plan) && plan.held.length === 0 && plan.withheld.length === 0) {
    const all = style.paint('good', '✓ Nothing to do: what is live is what git says.');
    return [`  ${all}`, ...(counts === '' ? [] : [`  ${counts}`])].join('\n');
  }
  const gap = Math.max(3, style.width - 2 - columnsOf(counts) - columnsOf(effort));
  const besides = 2 + columnsOf(counts) + 3 + columnsOf(effort) <= style.width;
  return besides || !style.wraps
    ? `  ${counts}${' '.repeat(Math.min(gap, 10))}${style.paint('quiet', effort)}`
    : `  ${wrapped(counts, 2, style)}\n  ${style.paint('quiet', effort)}`;
}

function stepsText(steps: readonly Step[], style: Style): string[] {
  return steps.length === 0 ? [] : [nextSteps(steps, style)];
}

function planSteps(plan: Plan, { flags, contentFlags, savedTo }: PlanView): Step[] {
  const refused = refusingGuards(plan).length > 0;
  const applies = new Set(plan.changes.map(({ kind, id }) => `${kind} ${id}`)).size;
  const others = plan.held.length + plan.withheld.length > 0;
  const publish =
    applies === 0 || refused
      ? []
      : [
          {
            command: `kb publish${savedTo === null ? '' : ` ${shellWord(savedTo)}`}${flags}`,
            says: `${writesSomething(plan) ? 'publishes' : 'adopts'} ${numeral(applies)}${
              others ? ', leaves the others as they are' : ''
            }`,
          },
        ];
  return [...publish, ...reviewStep(plan, contentFlags)];
}

function reviewStep(plan: Pick<Plan, 'withheld'>, flags: string): Step[] {
  const [entry] = withheldEntries(plan.withheld);
  const [first] = plan.withheld;
  if (entry === undefined || first === undefined) return [];
  const others = withheldEntries(plan.withheld).length - 1;
  const says = others === 0 ? 'once somebody has read it' : `and ${counted(others, 'other')}`;
  return [
    {
      command: `kb review ${shellWord(first.kind === 'collection' ? `${first.path}/` : first.path || first.id)} --by <email>${flags}`,
      says,
    },
  ];
}

/** Why the whole run is refused: each guard with its numbers, what tripped it, and its override. */
export function guardsText(guards: readonly Guard[], { style, flags }: PlanView): string {
  return guards
    .map((guard) => {
      const items =
        guard.items.length === 0 ? [] : [`    ${wrapped(byFolder(guard.items), 4, style)}`];
      const override =
        guard.override === null
          ? `    → nothing overrides this guard: put right what it names`
          : `    → ${style.paint('strong', `kb publish${flags} ${guard.override}`)}     if that is what you want`;
      const message = wrapped(`Refused: ${guard.message}`, 4, style);
      return [`  ${style.paint('bad', `✗ ${message}`)}`, ...items, override].join('\n');
    })
    .join('\n');
}
