import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { checkOutContent } from '../../repository/index.ts';

/**
 * Runs something with the content as the base branch has it, in a folder of its own.
 * @returns null where that cannot be read: a shallow clone, a base without content
 */
export async function withBaseContent<T>(
  contentDir: string,
  base: string,
  run: (baseDir: string) => Promise<T>,
): Promise<T | null> {
  const folder = await mkdtemp(join(tmpdir(), 'kb-base-'));
  try {
    await checkOutContent(contentDir, base, folder);
    return await run(folder);
  } catch (error) {
    if (error instanceof KbError) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
