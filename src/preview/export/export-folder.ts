import { mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { isInside } from '../../repository/reading/walk-tree.ts';

const mark = '.kb-preview';
const nameAnother = 'Name an empty or new folder: kb preview --build <dir>';

/**
 * Only an empty folder, or one that an export made, is written into, and none of the content: its
 * pages would be read as content. Writes nothing.
 * @throws KbError `no-folder`, `inside-content`, `not-empty`; `not-written` where it cannot be looked into
 */
export async function assertExportFolder(into: string, contentDir: string): Promise<void> {
  const { existing, whole } = await realPlace(into);
  if (!(await stat(existing)).isDirectory()) {
    throw new KbError('no-folder', `${existing} is a file, so no preview can be written there.`, {
      hint: nameAnother,
      location: { file: existing },
    });
  }
  if (isInside((await realPlace(contentDir)).whole, whole)) {
    throw new KbError('inside-content', `${into} lies in the content folder, ${contentDir}.`, {
      hint: 'Its files would become content. Name a folder outside: kb preview --build <dir>',
      location: { file: into },
    });
  }
  const there = existing === whole ? await filesIn(whole) : [];
  if (there.length > 0 && !there.includes(mark)) {
    throw new KbError('not-empty', `${into} is not empty, and no export made it.`, {
      hint: nameAnother,
      location: { file: into },
    });
  }
}

/** Makes the folder, and marks it as one that later exports may write over. @throws KbError `not-written` */
export async function beginExport(into: string): Promise<void> {
  try {
    await mkdir(into, { recursive: true });
    await writeFile(join(into, mark), 'Written by kb preview --build.\n');
  } catch (error) {
    throw notWritten(into, error);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw notWritten(folder, error);
  }
}

function notWritten(into: string, error: unknown): KbError {
  return new KbError('not-written', `The preview could not be written to ${into}.`, {
    hint: error instanceof Error ? error.message : null,
    location: { file: into },
    cause: error,
  });
}

/** Where a path leads through every link: what of it exists, and the whole. */
async function realPlace(path: string): Promise<{ existing: string; whole: string }> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return { existing: real, whole: real };
  const { existing, whole } = await realPlace(dirname(path));
  return { existing, whole: join(whole, basename(path)) };
}
