import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fields, folderInRepository, gitText } from './run-git.ts';

/** A content file as the last commit has it. */
export interface CommittedFile {
  /** From the top of the repository. */
  path: string;
  /** From the content folder, spelled as on disk: its key is spelled in NFC. */
  relativePath: string;
  blob: string;
}

/** The commit on the first-parent line that last touched a file. */
export interface LastCommit {
  oid: string;
  parents: readonly string[];
  /** ISO time, by the author's clock. */
  authoredAt: string;
}

/**
 * Content path → what a commit holds there; null outside git and before the first commit.
 * @param commit a full hash, or HEAD
 */
export async function committedFiles(
  root: string,
  commit = 'HEAD',
): Promise<Map<string, CommittedFile> | null> {
  const prefix = await folderInRepository(root);
  // A replaced object is another one under the same name: proof is of what really is there.
  const args = ['--no-replace-objects', 'ls-tree', '-r', '-z', '--full-name', commit, '--', '.'];
  const output = await gitText(root, args);
  if (prefix === null || output === null) return null;
  return new Map(
    fields(output).flatMap((line) => {
      const [, blob = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      const relativePath = path.slice(prefix.length);
      return path === '' ? [] : [[relativePath.normalize(), { path, relativePath, blob }] as const];
    }),
  );
}

/**
 * The last commit of each file on the line of first parents. `git log -- <path>` would follow side
 * branches: what matters is when the main branch got it.
 * @param paths from the top of the repository
 */
export async function lastCommits(
  root: string,
  paths: ReadonlySet<string>,
  commit = 'HEAD',
): Promise<Map<string, LastCommit>> {
  const format = '--format=%x01%H %P%x02%aI%x02';
  const shape = ['--first-parent', '--full-history', '--no-renames', '--name-only', '-z', format];
  const output = await gitText(root, [
    ...['--no-replace-objects', 'log', '--no-show-signature', ...shape, commit, '--', '.'],
  ]);
  const found = new Map<string, LastCommit>();
  for (const part of (output ?? '').split('\x01').slice(1)) {
    const [oids = '', authoredAt = '', names = ''] = part.split('\x02');
    const [oid = '', ...parents] = oids.split(' ').filter((word) => word !== '');
    for (const path of fields(names.replace(/^\0?\n?/, ''))) {
      if (paths.has(path) && !found.has(path)) found.set(path, { oid, parents, authoredAt });
    }
    if (found.size === paths.size) break;
  }
  return found;
}

/**
 * Has the file on disk the bytes of this blob? Line ends may differ, as git's own settings change them;
 * filters of `.gitattributes` are not asked, as what they make is not what was reviewed.
 */
export async function isOnDisk(root: string, file: string, blob: string): Promise<boolean> {
  const bytes = await readFile(join(root, file)).catch(() => null);
  if (bytes === null) return false;
  if (blobId(bytes, blob.length) === blob) return true;
  const text = bytes.toString('latin1');
  const unix = text.replaceAll('\r\n', '\n');
  return text !== unix && blobId(Buffer.from(unix, 'latin1'), blob.length) === blob;
}

/** Which commits the main branch had before another one. */
export interface Ancestry {
  /** Is it on the line of first parents? */
  isOnLine(commit: string): boolean;
  /** Can `commit` be reached from `from`, a commit on the line of first parents? */
  isWithin(commit: string, from: string): boolean;
}

/** Reads the whole history once, for any number of questions. */
export async function readAncestry(root: string, commit = 'HEAD'): Promise<Ancestry> {
  const output = await gitText(root, ['--no-replace-objects', 'log', '--format=%H %P', commit]);
  const parentsOf = new Map<string, readonly string[]>();
  let head: string | null = null;
  for (const line of (output ?? '').split('\n')) {
    const [oid = '', ...parents] = line.split(' ').filter((word) => word !== '');
    if (oid === '') continue;
    head ??= oid;
    parentsOf.set(oid, parents);
  }
  const line: string[] = [];
  for (let at = head; at !== null; at = parentsOf.get(at)?.[0] ?? null) line.push(at);
  line.reverse();
  const placeOf = new Map(line.map((oid, index) => [oid, index]));
  const broughtBy = introductions(line, parentsOf);
  return {
    isOnLine: (commit) => placeOf.has(commit),
    isWithin(commit, from) {
      const brought = broughtBy.get(commit);
      const place = placeOf.get(from);
      return brought !== undefined && place !== undefined && brought <= place;
    },
  };
}

/** Commit → place on the line of the first commit that it can be reached from. */
function introductions(
  line: readonly string[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const broughtBy = new Map<string, number>();
  for (const [index, oid] of line.entries()) {
    const waiting = [oid];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (broughtBy.has(at)) continue;
      broughtBy.set(at, index);
      waiting.push(...(parentsOf.get(at) ?? []));
    }
  }
  return broughtBy;
}

/** A repository file as a commit has it, by its path from the top; null where there is none. */
export async function textInCommit(
  root: string,
  commit: string,
  path: string,
): Promise<{ blob: string; bytes: number; text: string } | null> {
  const name = `${commit}:${path}`;
  const blob = await gitText(root, [
    '--no-replace-objects',
    'rev-parse',
    '--verify',
    '--quiet',
    name,
  ]);
  if (blob === null) return null;
  const text = await gitText(root, ['--no-replace-objects', 'cat-file', 'blob', blob.trim()]);
  return text === null ? null : { blob: blob.trim(), bytes: Buffer.byteLength(text), text };
}

/** Git's name of bytes, in a repository whose names have this many hex digits. */
function blobId(bytes: Uint8Array, digits: number): string {
  const hash = createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
