import type { MarkdownProblem } from '../../model/article.ts';

/** A problem met while lines were read, with the 0-based line of its source. */
export interface LineProblem {
  line: number;
  problem: Pick<MarkdownProblem, 'rule' | 'message' | 'hint'>;
}

const key = Symbol('problems');

/** Remembers a problem in the environment that markdown-it passes through its rules. */
export function noteProblem(env: object, line: number, problem: LineProblem['problem']): void {
  const notes = env as { [key]?: LineProblem[] };
  notes[key] ??= [];
  notes[key].push({ line, problem });
}

/** The problems remembered in an environment. */
export function notedProblems(env: object): readonly LineProblem[] {
  return (env as { [key]?: LineProblem[] })[key] ?? [];
}
