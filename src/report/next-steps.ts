import { aligned, columnsOf, type Style, wrapped } from './style.ts';

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
  const fits = !style.wraps || rows.every((row) => leadColumns + columnsOf(row) <= style.width);
  const shown = fits ? rows : steps.flatMap((step) => stackedStep(step, style));
  return shown.map((row, index) => `  ${index === 0 ? 'Next: ' : '      '}${row}`).join('\n');
}

const leadColumns = '  Next: '.length;

/** Where both do not fit into one line, what it does stands below the command. */
function stackedStep({ command, says }: Step, style: Style): string[] {
  const below = wrapped(says, leadColumns + 2, style).split('\n');
  return [
    style.paint('strong', command),
    ...below.filter((line) => line.trim() !== '').map((line) => `  ${line.trim()}`),
  ];
}
