import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { errorCode, isInside } from '../reading/walk-tree.ts';

/** A file to be written that is not there yet. */
export interface NewFile {
  /** Relative to the folder it is written into, with `/`. */
  path: string;
  text: string;
}

/**
 * Writes new files; one that exists stays as it is.
 *
 * @throws KbError `exists` where a file is already there, `path` where a folder on the way is a link
 *   that leaves the root
 */
export async function writeNewFiles(root: string, files: readonly NewFile[]): Promise<string[]> {
  for (const { path, text } of files) {
    const absolute = join(root, path);
    await mkdir(dirname(absolute), { recursive: true });
    if (!isInside(await realpath(root), await realpath(dirname(absolute)))) throw leaves(path);
    try {
      await writeFile(absolute, text, { flag: 'wx' });
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw exists(path);
      throw error;
    }
  }
  return files.map(({ path }) => path);
}

/**
 * A content path as a person types it, without final `/`.
 *
 * @throws KbError `path` where it is empty, absolute, leaves the content folder, or means something else there
 */
export function newContentPath(typed: string): string {
  const path = typed.normalize().replaceAll('\\', '/').replace(/\/+$/, '');
  const steps = path.split('/');
  const isPlain = steps.every(
    (step) => /^[^.\s/][^/\0:*?"<>|]*$/.test(step) && !step.endsWith('.'),
  );
  if (isPlain && steps[0] !== 'assets' && steps[0] !== '_includes') return path;
  throw new KbError('path', `"${typed}" cannot be the path of something new.`, {
    hint: 'Name a path inside the content folder, like konto/passwort-aendern.',
  });
}

/** @throws KbError `exists` */
export function exists(path: string): KbError {
  return new KbError('exists', `${path} is already there; nothing was overwritten.`, {
    hint: 'Choose another path, or edit the file.',
    location: { file: path },
  });
}

function leaves(path: string): KbError {
  return new KbError('path', `${path} lies behind a link that leaves the folder.`, {
    location: { file: path },
  });
}
