import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Availability } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { sameAvailability } from '../plan/live.ts';
import type { Workspace } from '../publish/ports.ts';
import type { Context } from './context.ts';
import { stateDir } from './ledger-store.ts';
import type { OpenedWorkspace } from './workspace-state.ts';

/** What the AI may read of one text, before and after. */
export interface AvailabilityChange {
  kind: 'article' | 'internal_article';
  id: string;
  intercomId: string;
  locale: string;
  title: string;
  before: Availability;
  after: Availability;
  /** What the service said when it refused; null: done. */
  error: string | null;
}

/** Is shown what would be changed, and says whether to. */
export type Confirm = (changes: readonly AvailabilityChange[]) => Promise<boolean>;

interface UndoFile {
  version: 1;
  workspace: string;
  changes: readonly AvailabilityChange[];
}

/**
 * Changes what the AI may read, and keeps a file that takes it back. The ledger stays as it is: the
 * next plan shows the change as drift, so that nothing opens it again unseen.
 */
export async function applyAvailability(
  context: Context,
  opened: OpenedWorkspace,
  actual: Snapshot,
  changes: readonly AvailabilityChange[],
): Promise<{ changes: AvailabilityChange[]; undo: string | null }> {
  if (changes.length === 0) return { changes: [], undo: null };
  // Written first: a run that is killed half-way can be undone whole.
  const undo = await writeUndo(context, actual, changes, opened.connection.config.name);
  const done: AvailabilityChange[] = [];
  const isMultilingual = actual.articles.some((article) => article.defaultLocale !== null);
  for (const change of changes) {
    context.signal.throwIfAborted();
    const error = await applied(opened.connection.workspace, change, {
      isMultilingual,
      defaultLocale: opened.content.config.defaultLocale,
    });
    done.push({ ...change, error });
  }
  return { changes: done, undo };
}

async function applied(
  workspace: Workspace,
  { kind, intercomId, locale, after }: AvailabilityChange,
  help: { isMultilingual: boolean; defaultLocale: string },
): Promise<string | null> {
  try {
    const answer =
      kind === 'internal_article'
        ? (await workspace.updateInternal(intercomId, { availability: after })).text.availability
        : (
            await workspace.updateArticle(intercomId, {
              ...help,
              translations: { [locale]: { availability: after } },
            })
          ).translations[locale]?.availability;
    // Set it explicitly and read it back: what was not taken is no withdrawal.
    return answer !== undefined && sameAvailability(answer, after)
      ? null
      : 'Intercom answered another availability than was sent.';
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
    return error.message;
  }
}

async function writeUndo(
  context: Context,
  actual: Snapshot,
  changes: readonly AvailabilityChange[],
  workspaceName: string,
): Promise<string> {
  const folder = join(stateDir(context), 'undo');
  await mkdir(folder, { recursive: true });
  const data: UndoFile = { version: 1, workspace: actual.workspace.id, changes };
  for (let number = 1; ; number++) {
    const file = join(folder, `${workspaceName}-${context.today}-${number}.json`);
    try {
      await writeFile(file, `${JSON.stringify(data, null, 2)}\n`, { flag: 'wx' });
      return relative(context.cwd, file);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** The changes that take back what an undo file holds. @throws KbError `undo-file` */
export async function readUndo(
  context: Context,
  file: string,
  actual: Snapshot,
): Promise<AvailabilityChange[]> {
  const text = await readFile(resolve(context.cwd, file), 'utf8').catch((error: unknown) => {
    throw new KbError('undo-file', `${file} cannot be read.`, {
      hint: 'kb audit --fix and kb quarantine name the file they write.',
      location: { file },
      cause: error,
    });
  });
  const data = parsedUndo(text);
  if (data === null) {
    throw new KbError('undo-file', `${file} is no undo file.`, { location: { file } });
  }
  if (data.workspace !== actual.workspace.id) {
    throw new KbError(
      'undo-file',
      `${file} belongs to the workspace ${data.workspace}, this one is ${actual.workspace.id}.`,
      { location: { file } },
    );
  }
  return data.changes.map((change) => ({
    ...change,
    before: change.after,
    after: change.before,
    error: null,
  }));
}

function parsedUndo(text: string): UndoFile | null {
  try {
    const data = JSON.parse(text) as Partial<UndoFile>;
    const isWhole =
      data.version === 1 && Array.isArray(data.changes) && data.workspace !== undefined;
    return isWhole ? (data as UndoFile) : null;
  } catch {
    return null;
  }
}
