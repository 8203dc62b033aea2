/** Where something is: a file of the content tree (or a setting, an address), with 1-based line and column. */
export interface Location {
  file: string;
  line?: number;
  column?: number;
}

/** How a command ends (the exit codes of docs/cli.md). */
export const exitCodes = {
  done: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  failed: 4,
  held: 5,
  bug: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The one error class: something a person can act on. Anything else that is thrown is a bug of ours.
 * `message` says what and where, expected and found; `hint` is the next step or command.
 */
export class KbError extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly location: Location | null;
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    message: string,
    options: {
      hint?: string | null;
      location?: Location | null;
      exitCode?: ExitCode;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KbError';
    this.code = code;
    this.hint = options.hint ?? null;
    this.location = options.location ?? null;
    this.exitCode = options.exitCode ?? exitCodes.usage;
  }
}
