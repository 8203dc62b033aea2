import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { compareText, type Problem, problem } from './problem.ts';

/** A regular file of the tree. */
export interface TreeFile {
  /** Relative to the content folder, with `/`, NFC: what is compared and shown. */
  path: string;
  /** The real name, as the file system has it: what is opened. */
  absolute: string;
  bytes: number;
}

export interface WalkedTree {
  files: readonly TreeFile[];
  /** What was not followed or not read, with the reason. */
  skipped: readonly { path: string; kind: 'file' | 'folder'; problem: Problem }[];
}

/** Links to folders inside linked folders multiply; nobody needs more than this. */
const linksInsideLinks = 3;

interface Folder {
  path: string;
  absolute: string;
  /** Real paths of this folder and the ones above it: a link back to one of them is a loop. */
  ancestors: readonly string[];
  links: number;
}

/**
 * Lists every file below a folder, sorted by path. Dot files are ignored. Symbolic links are
 * followed where they stay inside; what leaves the tree, loops, or is neither file nor folder
 * (opening a pipe would hang) is listed as skipped.
 */
export async function walkTree(root: string): Promise<WalkedTree> {
  const realRoot = await realpath(root);
  const files = new Map<string, TreeFile>();
  const skipped: { path: string; kind: 'file' | 'folder'; problem: Problem }[] = [];

  async function visitFolder(folder: Folder): Promise<void> {
    for (const { name, isFolder, isFile, isLink } of await entriesOf(folder)) {
      const path = folder.path === '' ? name.normalize() : `${folder.path}/${name.normalize()}`;
      const absolute = join(folder.absolute, name);
      if (isLink) await followLink(folder, path, absolute);
      else if (isFolder) await enter(folder, path, absolute, absolute);
      else if (isFile) await addFile(path, absolute);
      else
        skip(path, 'file', 'is neither a file nor a folder', 'Move it out of the content folder.');
    }
  }

  async function entriesOf(folder: Folder) {
    try {
      const entries = await readdir(folder.absolute, { withFileTypes: true });
      return entries
        .filter((entry) => !entry.name.startsWith('.'))
        .map((entry) => ({
          name: entry.name,
          isFolder: entry.isDirectory(),
          isFile: entry.isFile(),
          isLink: entry.isSymbolicLink(),
        }))
        .sort((a, b) => compareText(a.name, b.name));
    } catch (error) {
      skip(folder.path, 'folder', `cannot be read (${errorCode(error)})`, null, 'unreadable');
      return [];
    }
  }

  async function enter(parent: Folder, path: string, absolute: string, real: string, links = 0) {
    const ancestors = [...parent.ancestors, real];
    await visitFolder({ path, absolute, ancestors, links: parent.links + links });
  }

  async function followLink(folder: Folder, path: string, absolute: string): Promise<void> {
    let real: string;
    try {
      real = await realpath(absolute);
    } catch (error) {
      const loops = errorCode(error) === 'ELOOP';
      skip(
        path,
        'file',
        loops ? 'is a link to itself' : 'is a link to nothing',
        'Remove the link.',
      );
      return;
    }
    const target = await stat(real);
    if (!isInside(realRoot, real)) {
      const hint = 'Copy what it points at into the content folder.';
      const kind = target.isDirectory() ? 'folder' : 'file';
      skip(path, kind, 'is a link that leaves the content folder', hint);
      return;
    }
    if (target.isFile()) {
      await addFile(path, real);
    } else if (!target.isDirectory()) {
      skip(path, 'file', 'is a link to neither a file nor a folder', 'Remove the link.');
    } else if (folder.ancestors.includes(real)) {
      skip(path, 'folder', 'is a link to a folder that contains it', 'Remove the link.');
    } else if (folder.links >= linksInsideLinks) {
      skip(path, 'folder', 'is a link inside links inside links', 'Remove the link.');
    } else {
      await enter(folder, path, absolute, real, 1);
    }
  }

  async function addFile(path: string, absolute: string): Promise<void> {
    if (files.has(path)) {
      const message = 'has the same name as another file, written in another Unicode form';
      skip(path, 'file', message, 'Rename or remove one of the two.');
      return;
    }
    try {
      const { size } = await stat(absolute);
      files.set(path, { path, absolute, bytes: size });
    } catch (error) {
      skip(path, 'file', `cannot be read (${errorCode(error)})`, null, 'unreadable');
    }
  }

  function skip(
    path: string,
    kind: 'file' | 'folder',
    what: string,
    hint: string | null,
    rule: 'path' | 'unreadable' = 'path',
  ): void {
    skipped.push({
      path,
      kind,
      problem: problem(rule, `${path || 'the folder'} ${what}`, { hint }),
    });
  }

  await visitFolder({ path: '', absolute: root, ancestors: [realRoot], links: 0 });
  return { files: [...files.values()].sort((a, b) => compareText(a.path, b.path)), skipped };
}

/** Does a real path lie in a real folder? */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return (
    way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !/^(?:[A-Za-z]:|\/)/.test(way))
  );
}

/** The system's name of an error (`EACCES`), for messages. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
