import { KbError } from '../model/kb-error.ts';

/** What the parser found: by argument name and by option name (`dryRun` for `--dry-run`). */
export type Parsed = Readonly<Record<string, unknown>>;

/** The values of a command line, read with the type that the declaration promises. */
export interface Values {
  flag(name: string): boolean;
  /** null: not given. */
  text(name: string): string | null;
  /** As given, in order. */
  texts(name: string): string[];
  /** Split at commas too, without empty parts. */
  list(name: string): string[];
  /** null: not given. KbError `usage` when it is no number within the bounds. */
  number(name: string, bounds: { min: number; max: number }): number | null;
}

/** Reads arguments and options alike. */
export function readValues(parsed: Parsed): Values {
  const text = (name: string): string | null => {
    const value = parsed[name];
    return typeof value === 'string' ? value : null;
  };
  const texts = (name: string): string[] => {
    const value = parsed[name];
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    flag: (name) => parsed[name] === true,
    text,
    texts,
    list: (name) =>
      texts(name)
        .flatMap((value) => value.split(','))
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    number: (name, { min, max }) => {
      const value = text(name);
      if (value === null) return null;
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number) || number < min || number > max) {
        throw new KbError(
          'usage',
          `--${dashed(name)} needs a number from ${min} to ${max}, found "${value}".`,
        );
      }
      return number;
    },
  };
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
