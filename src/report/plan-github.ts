import type { Plan } from '../plan/plan.ts';
import type { PublishResult } from '../publish/outcome.ts';
import { annotation } from './escape.ts';
import { heldEntries, summaryText, withheldEntries } from './plan-entries.ts';
import { refusingGuards } from './plan-facts.ts';
import { outcomeEntries } from './publish-text.ts';
import { counted } from './wording.ts';

type Note = Parameters<typeof annotation>[0];

/** The runner shows ten annotations of a kind and step. */
const shownAnnotations = 10;

/** Guards, held and withheld items as annotations, worst first; the counts last. */
export function planGithub(plan: Plan): string {
  const guards = refusingGuards(plan).map(
    (guard): Note => ({
      level: 'error',
      title: `Refused: ${guard.name}`,
      message:
        guard.override === null
          ? guard.message
          : `${guard.message}\nOverride: kb publish ${guard.override}`,
    }),
  );
  return notesText([...guards, ...waiting(plan)], summaryText(plan.summary, plan.changes));
}

/** What failed, waits or was withheld, as annotations. */
export function publishGithub(result: PublishResult): string {
  const failed = outcomeEntries(result)
    .filter(({ verb }) => verb === 'failed' || verb === 'skipped')
    .map(
      (entry): Note => ({
        level: entry.verb === 'failed' ? 'error' : 'warning',
        title: `${entry.verb}: ${entry.name}`,
        message: entry.note,
      }),
    );
  const counts = `${counted(result.summary.applied, 'change')} published, ${counted(result.calls, 'call')}`;
  return notesText([...failed, ...waiting(result)], counts);
}

function waiting(parts: Pick<Plan, 'held' | 'withheld'>): Note[] {
  const held = heldEntries(parts.held).map(
    (entry): Note => ({
      level: 'warning',
      title: `held: ${entry.name}`,
      message: entry.hint === null ? entry.note : `${entry.note}\n${entry.hint}`,
    }),
  );
  const withheld = withheldEntries(parts.withheld).map(
    (entry): Note => ({ level: 'notice', title: `withheld: ${entry.name}`, message: entry.note }),
  );
  return [...held, ...withheld];
}

function notesText(notes: readonly Note[], counts: string): string {
  const shown = notes.slice(0, shownAnnotations);
  const more = notes.length - shown.length;
  return [
    ...shown.map(annotation),
    ...(more > 0 ? [`${more} more: kb plan lists them all`] : []),
    ...(counts === '' ? ['nothing to do'] : [counts]),
  ].join('\n');
}
