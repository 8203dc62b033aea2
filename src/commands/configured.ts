import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';

/**
 * Refuses to act under a configuration that could not be read: what fell back to a default would be
 * taken for what the team decided.
 * @throws KbError `config` with the first error of kb.yaml and its place
 */
export function assertConfigured(content: Content): void {
  const [first] = content.problems.filter(
    (problem) => problem.file === 'kb.yaml' && problem.severity === 'error',
  );
  if (first === undefined) return;
  const { file, line, column, message } = first;
  throw new KbError('config', `${file}:${line} ${message}`, {
    hint: first.hint ?? 'kb check shows every problem of kb.yaml.',
    location: { file, line, column },
  });
}
