import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRedactor, tokenNamesIn } from '../../report/redact.ts';
import type { Context } from '../context.ts';

/** Larger than any kb.yaml. */
const mostConfigCharacters = 5 * 1024 * 1024;

/**
 * Takes tokens out of whatever a job sends to GitHub: the runner masks its own log only, not a comment.
 * kb.yaml says which variables hold one; a file that cannot be read names none.
 */
export async function readRedactor(context: Context): Promise<(text: string) => string> {
  const file = join(context.contentDir, 'kb.yaml');
  const text = await readFile(file, 'utf8').catch(() => '');
  return createRedactor(context.env, tokenNamesIn(text.slice(0, mostConfigCharacters)));
}
