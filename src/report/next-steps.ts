import { aligned, type Style } from './style.ts';

/** A command somebody may want to run now, and what it would do for them. */
export interface Step {
  command: string;
  says: string;
}

/** The end of a report: `Next: kb publish   publishes 3`, further steps below it. */
export function nextSteps(steps: readonly Step[], style: Style): string {
  const rows = aligned(
    steps.map(({ command, says }) => [style.paint('strong', command), says]),
    4,
  );
  return rows.map((row, index) => `  ${index === 0 ? 'Next: ' : '      '}${row}`).join('\n');
}
