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
  /** null: not given. KbError `usage` when it is no whole number within the bounds. */
  wholeNumber(name: string, bounds: Bounds): number | null;
  /** null: not given. KbError `usage` when it is no number within the bounds; fractions are numbers. */
  number(name: string, bounds: Bounds): number | null;
}

interface Bounds {
  min: number;
  max: number;
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
    wholeNumber: (name, bounds) => {
      const value = text(name);
      return value === null ? null : numberIn(value, { name, kind: 'whole number', ...bounds });
    },
    number: (name, bounds) => {
      const value = text(name);
      return value === null ? null : numberIn(value, { name, kind: 'number', ...bounds });
    },
  };
}

// Number() alone would read 0x10, 1e3 and an empty text as numbers, too.
const decimals = { 'whole number': /^\d+$/, number: /^(?:\d+\.?\d*|\.\d+)$/ } as const;

function numberIn(
  value: string,
  { name, kind, min, max }: Bounds & { name: string; kind: keyof typeof decimals },
): number {
  const number = Number(value);
  if (decimals[kind].test(value) && number >= min && number <= max) return number;
  throw new KbError(
    'usage',
    `--${dashed(name)} needs a ${kind} from ${min} to ${max}, found "${value}".`,
  );
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
