import { jsonWithoutCommands, withoutCommands } from '../report/escape.ts';
import type { Format } from './declaration.ts';

/** The streams of the process, as far as output needs them. */
export interface Streams {
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}

/** The one place that writes. */
export interface Output {
  /** The result. Resolves when it is out. */
  result(text: string): Promise<void>;
  /** A line for people, beside the result. */
  note(line: string): void;
  /** Paints over the current line of the terminal; an empty text clears it. */
  status(line: string): void;
  /** Resolves when all that was noted is out. */
  flushed(): Promise<void>;
  /** Is there a person in front of stderr? */
  watched: boolean;
  colored: boolean;
  columns: number | null;
}

/**
 * Writes results to stdout and everything else to stderr. What a workflow runner would take for a
 * command is made readable, but in the github format, whose renderers escape what they are handed.
 */
export function createOutput(
  streams: Streams,
  options: {
    format: Format;
    env: NodeJS.ProcessEnv;
    color: boolean;
    redact: (text: string) => string;
  },
): Output {
  const { env, format } = options;
  const { stdout, stderr } = streams;
  const onRunner = env.GITHUB_ACTIONS === 'true';
  const colored = options.color && isColored(env, stdout.isTTY === true);
  const readable = (text: string, guarded: boolean): string => {
    const shown = printable(options.redact(text), colored);
    return guarded ? withoutCommands(shown) : shown;
  };
  // A reader that went away (`kb plan | head`) is no error of anybody.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    result: (text) => {
      const plain = readable(text, onRunner && format !== 'json' && format !== 'github');
      const shown = onRunner && format === 'json' ? jsonWithoutCommands(plain) : plain;
      return written(stdout, shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    note: (line) => {
      stderr.write(`${readable(line, onRunner)}\n`);
    },
    status: (line) => {
      stderr.write(`\r\u001b[2K${line}`);
    },
    flushed: () => written(stderr, ''),
    watched: stderr.isTTY === true && !isSet(env.CI) && env.TERM !== 'dumb',
    colored,
    columns: stdout.isTTY === true ? stdout.columns || 80 : null,
  };
}

function written(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

function isColored(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0';
  return terminal && !isSet(env.CI) && env.TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

const painting = /(\u001b\[(?:0|1|2|22|31|32|33|36|39)m)/;
const unspoken = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Titles come from strangers: what steers a terminal is dropped, our own colours stay. */
function printable(text: string, colored: boolean): string {
  return text
    .split(painting)
    .map((part, index) => {
      if (index % 2 === 1) return colored ? part : '';
      return part.replace(/\r\n/g, '\n').replace(unspoken, '');
    })
    .join('');
}
