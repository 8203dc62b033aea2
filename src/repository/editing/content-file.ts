import { randomUUID } from 'node:crypto';
import { readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { decodeUtf8 } from '../reading/utf8.ts';
import { isInside } from '../reading/walk-tree.ts';

/**
 * The real path of a file of the content tree, given by its content path. A name that the file
 * system holds in another Unicode form is found, too.
 *
 * @throws KbError `path` where it leaves the tree, `no-file` where it does not exist
 */
export async function contentFile(root: string, file: string): Promise<string> {
  const steps = file.split('/');
  if (
    file === '' ||
    steps.some((step) => step === '' || step === '.' || step === '..' || /[\\\0]/.test(step))
  ) {
    throw outside(file);
  }
  const realRoot = await realpath(root);
  let path = realRoot;
  for (const step of steps) path = await entryOf(path, step, file);
  const real = await realpath(path);
  if (!isInside(realRoot, real)) throw outside(file);
  return real;
}

async function entryOf(folder: string, name: string, file: string): Promise<string> {
  const direct = join(folder, name);
  if ((await stat(direct).catch(() => null)) !== null) return direct;
  const names = await readdir(folder).catch(() => []);
  const same = names.find((it) => it.normalize() === name.normalize());
  if (same !== undefined) return join(folder, same);
  throw new KbError('no-file', `There is no file ${file} in the content folder.`, {
    location: { file },
  });
}

function outside(file: string): KbError {
  return new KbError('path', `${file} is not a path inside the content folder.`, {
    hint: 'Name it relative to the content folder, with /.',
    location: { file },
  });
}

/**
 * Rewrites a text file: byte order mark and line ends are part of the text. Unchanged text writes
 * nothing; changed text replaces the file in one step.
 *
 * @throws KbError `encoding` where the file is not UTF-8
 */
export async function rewriteFile(
  root: string,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const path = await contentFile(root, file);
  const decoded = decodeUtf8(await readFile(path));
  if (!('text' in decoded)) {
    throw new KbError('encoding', `${file} is not UTF-8, so it is not edited.`, {
      hint: 'Save the file as UTF-8.',
      location: { file, line: decoded.line },
    });
  }
  const text = change(decoded.text);
  if (text !== decoded.text) await replaceFile(path, text);
}

async function replaceFile(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { mode: mode & 0o777, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
