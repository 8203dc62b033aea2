import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from './context.ts';
import { type ImportResult, isContentLoss } from './import-result.ts';
import { stateDir } from './ledger-store.ts';

/** How many losses a text came with: those a reader misses, and those of looks. */
export interface ImportedLosses {
  content: number;
  look: number;
}

/** Remembers the losses of each text, for the order of the work list (`kb review --status`). */
export async function writeImportedLosses(
  context: Context,
  { articles, losses }: Pick<ImportResult, 'articles' | 'losses'>,
): Promise<void> {
  const counts = new Map(await readImportedLosses(context));
  for (const { id, locale } of articles) counts.set(`${id}:${locale}`, { content: 0, look: 0 });
  for (const loss of losses) {
    const count = counts.get(`${loss.article}:${loss.locale}`);
    if (count === undefined) continue;
    if (isContentLoss(loss)) count.content++;
    else count.look++;
  }
  const file = lossesFile(context);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(Object.fromEntries(counts))}\n`);
}

/** By `<id>:<locale>`; empty where nothing was imported on this machine. */
export async function readImportedLosses(
  context: Context,
): Promise<ReadonlyMap<string, ImportedLosses>> {
  const text = await readFile(lossesFile(context), 'utf8').catch(() => '{}');
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, ImportedLosses>));
  } catch {
    return new Map();
  }
}

function lossesFile(context: Context): string {
  return join(stateDir(context), 'import', 'losses.json');
}
