import { type ExitCode, exitCodes, KbError } from '../model/kb-error.ts';
import type { Format } from './declaration.ts';

/** An error as it is told: what happened, where, what to do. */
export interface Failure {
  code: string;
  message: string;
  hint: string | null;
  location: { file: string; line: number | null; column: number | null } | null;
  exitCode: ExitCode;
  /** Only of a bug of ours. */
  stack: string | null;
}

/** What to tell about something thrown. All but a KbError and an interruption is a bug of ours. */
export function failureOf(
  error: unknown,
  where: { interrupted: boolean; issues: string | null },
): Failure {
  const told = error instanceof KbError && error.exitCode === exitCodes.interrupted;
  if (where.interrupted && !told) {
    return {
      code: 'interrupted',
      message: 'Interrupted.',
      hint: null,
      location: null,
      exitCode: exitCodes.interrupted,
      stack: null,
    };
  }
  if (error instanceof KbError) {
    const { location } = error;
    return {
      code: error.code,
      message: error.message,
      hint: error.hint,
      location:
        location === null
          ? null
          : { file: location.file, line: location.line ?? null, column: location.column ?? null },
      exitCode: error.exitCode,
      stack: null,
    };
  }
  return {
    code: 'bug',
    message: `This is a bug in kb: ${error instanceof Error ? error.message : String(error)}`,
    hint: `Please report it with the lines above: ${where.issues ?? 'the issue tracker of reviewed-kb'}`,
    location: null,
    exitCode: exitCodes.bug,
    stack: error instanceof Error ? (error.stack ?? String(error)) : String(error),
  };
}

/** The JSON value that stands for the result of a command that failed. */
export function failureJson(failure: Failure): unknown {
  const { code, message, hint, location, stack } = failure;
  return { error: { code, message, hint, location, ...(stack === null ? {} : { stack }) } };
}

/** The lines a person reads: `✗ what happened`, the place, `→ what to do`. */
export function failureText(failure: Failure, paint: (text: string) => string): string {
  const { message, hint, location, stack } = failure;
  const [first = '', ...rest] = message.split('\n');
  const place =
    location === null || message.includes(location.file)
      ? []
      : [
          `  ${[location.file, location.line, location.column].filter((part) => part !== null).join(':')}`,
        ];
  return [
    ...(stack === null ? [] : [stack, '']),
    paint(`✗ ${first}`),
    ...rest.map((line) => `  ${line}`),
    ...place,
    ...(hint === null
      ? []
      : hint.split('\n').map((line, index) => `  ${index === 0 ? '→ ' : '  '}${line}`)),
  ].join('\n');
}

/** An error as a workflow command; `escape` comes from the report room, loaded when it is needed. */
export function failureNote(failure: Failure): {
  level: 'error';
  message: string;
  title: string;
  file?: string;
  line?: number;
  column?: number;
} {
  const { code, message, hint, location } = failure;
  return {
    level: 'error',
    title: code,
    message: hint === null ? message : `${message}\n${hint}`,
    ...(location === null ? {} : { file: location.file }),
    ...(location?.line == null ? {} : { line: location.line }),
    ...(location?.column == null ? {} : { column: location.column }),
  };
}

/** The format a command line asks for, read before it is parsed: errors of parsing need it. */
export function formatAskedFor(argv: readonly string[]): Format {
  const asked = argv.flatMap((word, index) => {
    if (word === '--format') return [argv[index + 1]];
    return word.startsWith('--format=') ? [word.slice('--format='.length)] : [];
  });
  const last = asked.at(-1);
  return last === 'json' || last === 'markdown' || last === 'github' ? last : 'text';
}
