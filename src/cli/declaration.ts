import type { Context } from '../commands/context.ts';
import type { ExitCode } from '../model/kb-error.ts';
import type { Progress } from '../publish/outcome.ts';
import type { Style } from '../report/style.ts';
import type { Values } from './values.ts';

/** One command as it is declared: what help, parser and docs are made of. Nothing heavy is loaded by it. */
export interface CommandDeclaration {
  name: string;
  summary: string;
  /** The heading that help lists it under. */
  group: string;
  arguments: readonly ArgumentDeclaration[];
  options: readonly OptionDeclaration[];
  examples: readonly Example[];
  /** Top-level keys of its JSON. */
  jsonKeys: readonly string[];
  /** Does it end in its own time after Ctrl-C, because it has something to save? */
  finishesOnInterrupt?: true;
  /** null: everything has been told already. */
  run(invocation: Invocation): Promise<Answer | null>;
}

export interface ArgumentDeclaration {
  name: string;
  summary: string;
  required: boolean;
  /** Takes all that follow. */
  variadic?: true;
  choices?: readonly string[];
}

export interface OptionDeclaration {
  /** `--until <date>`; a flag has no value. */
  flags: string;
  summary: string;
  choices?: readonly string[];
  /** May be given several times, each time with a list. */
  list?: true;
}

export interface Example {
  line: string;
  says: string;
}

/** What a command is run with. */
export interface Invocation {
  values: Values;
  context: Context;
  terminal: Terminal;
  /** Flags that name the same place again, for next steps; with a leading space, or empty. */
  flags: { place: string; content: string };
}

/** What a command may do with the terminal before its answer is there. */
export interface Terminal {
  /** Writes a line of the result now; only for commands that go on after it. */
  tell(line: string): Promise<void>;
  /** Shows how far a run is, where somebody watches. */
  progress(progress: Progress): void;
  /** Asks on a terminal; null where nobody can answer (or `--yes` did). */
  ask: ((text: string, question: string) => Promise<boolean>) | null;
  format: Format;
  verbose: boolean;
  style(): Promise<Style>;
}

export const formats = ['text', 'json', 'markdown', 'github'] as const;
export type Format = (typeof formats)[number];

/** The result of a command, and its pictures. Without its own a form falls back to the text. */
export interface Answer {
  exitCode: ExitCode;
  json: unknown;
  text(style: Style): string;
  markdown?: () => string;
  github?: () => string;
}
