import type { Progress } from '../publish/outcome.ts';
import { clipped, columnsOf, type Style } from './style.ts';
import { clockTime, numeral } from './wording.ts';

const barColumns = 10;

/** `██████░░░░`. */
export function progressBar(done: number, total: number): string {
  const full = total === 0 ? barColumns : Math.floor((Math.min(done, total) / total) * barColumns);
  return '█'.repeat(full) + '░'.repeat(barColumns - full);
}

/**
 * One line about a run that goes on: a bar for each phase in the order they were told, the pace, the
 * time left. `phases` holds the last word about each phase. Where the phases count one and the same
 * total, or the terminal is narrow, the latest bars are what is left of them.
 */
export function progressLine(phases: readonly Progress[], style: Style): string {
  const latest = phases.at(-1);
  if (latest === undefined) return '';
  const isOneCount = phases.every(({ total }) => total === latest.total);
  const limit = latest.limitPerWindow === null ? '' : ` (limit ${numeral(latest.limitPerWindow)})`;
  const pace = `${numeral(latest.callsPerWindow)} calls/10 s${limit}`;
  const left = latest.secondsLeft === null ? [] : [`${clockTime(latest.secondsLeft)} left`];
  const lines = (isOneCount ? [latest] : phases).map(
    (_, index, shown) => `  ${[...shown.slice(index).map(phaseBar), pace, ...left].join('     ')}`,
  );
  const fitting = lines.find((line) => columnsOf(line) < style.width);
  return fitting ?? clipped(lines.at(-1) ?? '', style.width - 1);
}

function phaseBar({ phase, done, total }: Progress): string {
  return `${phase}  ${progressBar(done, total)} ${numeral(done)}/${numeral(total)}`;
}
