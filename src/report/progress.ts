import type { Progress } from '../publish/outcome.ts';
import { clipped, type Style } from './style.ts';
import { clockTime, numeral } from './wording.ts';

const barColumns = 10;

/** `██████░░░░`. */
export function progressBar(done: number, total: number): string {
  const full = total === 0 ? barColumns : Math.floor((Math.min(done, total) / total) * barColumns);
  return '█'.repeat(full) + '░'.repeat(barColumns - full);
}

/**
 * One line about a run that goes on: a bar for each phase in the order they were told, the pace, the
 * time left. `phases` holds the last word about each phase.
 */
export function progressLine(phases: readonly Progress[], style: Style): string {
  const latest = phases.at(-1);
  if (latest === undefined) return '';
  const bars = phases.map(
    ({ phase, done, total }) =>
      `${phase}  ${progressBar(done, total)} ${numeral(done)}/${numeral(total)}`,
  );
  const limit = latest.limitPerWindow === null ? '' : ` (limit ${numeral(latest.limitPerWindow)})`;
  const pace = `${numeral(latest.callsPerWindow)} calls/10 s${limit}`;
  const left = latest.secondsLeft === null ? [] : [`${clockTime(latest.secondsLeft)} left`];
  return clipped(`  ${[...bars, pace, ...left].join('     ')}`, style.width - 1);
}
