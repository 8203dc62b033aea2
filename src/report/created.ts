import { nextSteps, type Step } from './next-steps.ts';
import type { Style } from './style.ts';

/** Files that were made, then what to do with them. */
export function createdText(
  files: readonly string[],
  notes: readonly string[],
  steps: readonly Step[],
  style: Style,
): string {
  return [
    ...files.map((file) => `  ${style.paint('good', '+')} ${file}`),
    ...notes.map((note) => `  ${note}`),
    '',
    nextSteps(steps, style),
  ].join('\n');
}
