const dayMs = 86_400_000;

/** Is this a plain ISO date (`2026-11-20`) that the calendar has? */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(timeOf(text)).toISOString().startsWith(text);
}

/** The date `count` days after a date. Days are UTC days, so no clock change shifts one. */
export function daysAfter(day: string, count: number): string {
  const time = timeOf(day) + count * dayMs;
  return Number.isFinite(time) && time <= lastTime
    ? new Date(time).toISOString().slice(0, 10)
    : lastDay;
}

/** Whole days from one date to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((timeOf(to) - timeOf(from)) / dayMs);
}

// Dates are compared as strings, which holds for four-digit years only.
const lastDay = '9999-12-31';
const lastTime = Date.UTC(9999, 11, 31);

/** Milliseconds; a date the calendar has not (30 February) rolls over, which `isDay` notices. */
function timeOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, date);
  return time.getTime();
}
