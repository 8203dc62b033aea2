import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ExitCode, exitCodes } from '../model/kb-error.ts';
import { createRedactor, tokenNamesIn } from '../report/redact.ts';
import type { Answer, CommandDeclaration, Format, Terminal } from './declaration.ts';
import { loadDeclarationsFor } from './declarations.ts';
import { failureJson, failureNote, failureOf, failureText, formatAskedFor } from './failure.ts';
import { createOutput, type Output } from './output.ts';
import { readPackageFacts } from './package-facts.ts';
import { parseCommandLine } from './program.ts';
import { contextFrom, placeFlags } from './run-context.ts';
import { type Parsed, readValues, type Values } from './values.ts';

/** Runs the command line of this process to its end: output flushed, exit code set. */
export async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const interruption = listenForInterruption();
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? String(error)}\n`);
    process.exit(exitCodes.bug);
  });
  const code = await runCommandLine(argv, interruption);
  process.exit(interruption.signal.reason === 'SIGINT' ? exitCodes.interrupted : code);
}

interface Interruption {
  signal: AbortSignal;
}

/** The first Ctrl-C (or SIGTERM) asks the command to end, the second ends the process. */
function listenForInterruption(): Interruption {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort(name);
    });
  }
  return { signal: controller.signal };
}

async function runCommandLine(
  argv: readonly string[],
  interruption: Interruption,
): Promise<ExitCode> {
  const facts = readPackageFacts();
  const plain = outputFor({
    format: formatAskedFor(argv),
    color: !argv.includes('--no-color'),
    content: null,
  });
  try {
    const declarations = await loadDeclarationsFor(argv);
    const request = parseCommandLine(argv, declarations, facts.version);
    if (request.kind === 'show') {
      await plain.result(request.text);
      return exitCodes.done;
    }
    return await runCommand(request.declaration, request.parsed, interruption, facts.issues);
  } catch (error) {
    return await tellFailure(error, plain, formatAskedFor(argv), {
      interrupted: false,
      issues: facts.issues,
    });
  }
}

async function runCommand(
  declaration: CommandDeclaration,
  parsed: Parsed,
  interruption: Interruption,
  issues: string | null,
): Promise<ExitCode> {
  const values = readValues(parsed);
  const format = formatAskedFor(['--format', values.text('format') ?? 'text']);
  const output = outputFor({ format, color: parsed.color !== false, content: values });
  try {
    const terminal = await import('./terminal.ts');
    const context = contextFrom(values, {
      cwd: process.cwd(),
      env: process.env,
      now: new Date(),
      signal: interruption.signal,
      verbose: (line) => (values.flag('verbose') ? output.note(line) : undefined),
      warn: (line) => (values.flag('quiet') ? undefined : output.note(line)),
    });
    const seat = terminal.openTerminal({ values, format, output, today: context.today });
    const invocation = { values, context, terminal: seat.terminal, flags: placeFlags(values) };
    const answer = await orInterrupted(
      declaration,
      declaration.run(invocation),
      interruption.signal,
    );
    seat.close();
    if (answer !== null) await output.result(await rendered(answer, format, seat.terminal));
    await output.flushed();
    return answer?.exitCode ?? exitCodes.done;
  } catch (error) {
    return await tellFailure(error, output, format, {
      interrupted: interruption.signal.aborted,
      issues,
    });
  }
}

/** Commands with nothing to save end at once when they are interrupted. */
function orInterrupted(
  declaration: CommandDeclaration,
  running: Promise<Answer | null>,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (declaration.finishesOnInterrupt) return running;
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  return Promise.race([running, interrupted]);
}

async function rendered(answer: Answer, format: Format, terminal: Terminal): Promise<string> {
  if (format === 'json') return JSON.stringify(answer.json, null, 2);
  const style = await terminal.style();
  if (format === 'text') return answer.text(style);
  const own = format === 'markdown' ? answer.markdown : answer.github;
  if (own !== undefined) return own();
  const { markdownFence, withoutCommands } = await import('../report/escape.ts');
  const text = answer.text(style);
  return format === 'markdown' ? markdownFence(text) : withoutCommands(text);
}

async function tellFailure(
  error: unknown,
  output: Output,
  format: Format,
  where: { interrupted: boolean; issues: string | null },
): Promise<ExitCode> {
  const failure = failureOf(error, where);
  const bold = (text: string): string => (output.colored ? `\u001b[31m${text}\u001b[39m` : text);
  if (format === 'json') await output.result(JSON.stringify(failureJson(failure), null, 2));
  else if (format === 'github') {
    const { annotation } = await import('../report/escape.ts');
    await output.result(annotation(failureNote(failure)));
  }
  if (format !== 'json' || failure.stack !== null) output.note(failureText(failure, bold));
  await output.flushed();
  return failure.exitCode;
}

function outputFor(options: { format: Format; color: boolean; content: Values | null }): Output {
  const { content } = options;
  const names =
    content === null
      ? []
      : tokenNamesIn(textOf(join(content.text('content') ?? 'content', 'kb.yaml')));
  return createOutput(process, {
    format: options.format,
    env: process.env,
    color: options.color,
    redact: createRedactor(process.env, names),
  });
}

/** Larger than any kb.yaml; then nothing of it is used either. */
const largestConfigBytes = 5 * 1024 * 1024;

/** A file's text; empty where there is none. What is wrong with it, reading the content will say. */
function textOf(file: string): string {
  try {
    return statSync(file).size > largestConfigBytes ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
