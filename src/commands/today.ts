import { KbError } from '../model/kb-error.ts';
import { isDay } from '../review/day.ts';

/** A day of the command line, checked. KbError `usage` naming the option and what was found. */
export function dayFrom(option: string, asked: string): string {
  if (isDay(asked)) return asked;
  throw new KbError('usage', `${option} needs a day like 2026-11-20, found "${asked}".`, {
    hint: `Write year, month and day, as in ${option} 2026-11-20.`,
  });
}

/** The day reviews are judged at: the one asked for, else today in UTC. */
export function todayFrom(asked: string | null, now: Date): string {
  return asked === null ? now.toISOString().slice(0, 10) : dayFrom('--today', asked);
}
