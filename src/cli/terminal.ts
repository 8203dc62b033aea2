import { createInterface } from 'node:readline/promises';
import type { Progress } from '../publish/outcome.ts';
import type { Style } from '../report/style.ts';
import type { Format, Terminal } from './declaration.ts';
import type { Output } from './output.ts';
import { createProgress } from './progress.ts';
import type { Values } from './values.ts';

/** What a command sees of the terminal; `close` clears what was painted on it. */
export function openTerminal(options: {
  values: Values;
  format: Format;
  output: Output;
  today: string;
}): { terminal: Terminal; close(): void } {
  const { values, format, output } = options;
  const shows = !values.flag('quiet') && format === 'text';
  const progress = lazyProgress(output, options.today);
  const asks =
    output.watched &&
    process.stdin.isTTY === true &&
    process.stdout.isTTY === true &&
    format === 'text' &&
    !values.flag('yes');
  return {
    terminal: {
      tell: (line) => output.result(line),
      progress: (step) => (shows ? progress.tell(step) : undefined),
      ask: asks ? (text, question) => ask(output, text, question) : null,
      format,
      verbose: values.flag('verbose'),
      style: () => styleFor(output, options.today),
    },
    close: progress.clear,
  };
}

async function styleFor(output: Output, today: string): Promise<Style> {
  const { createStyle } = await import('../report/style.ts');
  return createStyle({ color: output.colored, columns: output.columns, today });
}

/** Progress is loaded with the first step that is told: most commands tell none. */
function lazyProgress(
  output: Output,
  today: string,
): { tell(progress: Progress): void; clear(): void } {
  let line: (phases: readonly Progress[]) => string = () => '';
  let loading = false;
  const shown = createProgress(
    output,
    () => performance.now(),
    (phases) => line(phases),
  );
  return {
    tell: (step) => {
      if (!loading && output.watched) {
        loading = true;
        void Promise.all([import('../report/progress.ts'), styleFor(output, today)]).then(
          ([{ progressLine }, style]) => {
            line = (phases) => progressLine(phases, style);
          },
        );
      }
      shown.tell(step);
    },
    clear: shown.clear,
  };
}

async function ask(output: Output, text: string, question: string): Promise<boolean> {
  await output.result(text);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`\n${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
