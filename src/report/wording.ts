/** Numbers, dates and lists as people read them. Reports speak English, whatever the content speaks. */

let numbers: Intl.NumberFormat | null = null;
const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** `1204` → `1,204`. */
export function numeral(value: number): string {
  // Loading its data takes a third of a bare Node's start, and most numbers look the same without.
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  numbers ??= new Intl.NumberFormat('en-GB');
  return numbers.format(value);
}

/** `1 change`, `2 changes`, `no changes`; the plural only where it is not the noun and an s. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${value === 0 ? 'no' : numeral(value)} ${value === 1 ? noun : plural}`;
}

/** `2026-11-20` → `20 Nov`; with its year when it is not the year of `today`. Anything else as it is. */
export function shownDate(iso: string, today: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (match === null) return iso;
  const [, year = '', month = '', day = ''] = match;
  const name = months[Number(month) - 1];
  if (name === undefined) return iso;
  const short = `${Number(day)} ${name}`;
  return year === today.slice(0, 4) ? short : `${short} ${year}`;
}

/** ISO dates inside a sentence, shown as dates. */
export function withDates(text: string, today: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => shownDate(iso, today));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Seconds as `0:48` or `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** A rough duration: `about 3 s`, `about 4 min`, `about 1.5 h`. */
export function roughly(seconds: number): string {
  if (seconds < 1) return 'about 1 s';
  if (seconds < 100) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${(seconds / 3600).toFixed(1)} h`;
}

/** `path · de, en`; an item without locale is its path. */
export function itemName(path: string, locales: readonly (string | null)[]): string {
  const shown = locales.filter((locale) => locale !== null);
  return shown.length === 0 ? path : `${path} · ${shown.join(', ')}`;
}

/** A text on one line, so that what teammates typed cannot break the layout. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
