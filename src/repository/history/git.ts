import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import { fields, folderInRepository, git, gitText } from './run-git.ts';

/** One commit that touched a file. */
export interface FileCommit {
  hash: string;
  /** ISO date and time, as the author's clock had it. */
  at: string;
  author: string;
  email: string;
  subject: string;
}

/** The commit the content stands at (HEAD); null outside git and before the first commit. */
export async function lastCommit(root: string): Promise<string | null> {
  const output = await gitText(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return output?.trim() || null;
}

/** The address that git would commit with here; null where none is configured. */
export async function committerEmail(root: string): Promise<string | null> {
  return (await gitText(root, ['config', 'user.email']))?.trim() || null;
}

/** The commit the content stands at, with the tree of the whole repository; null outside git. */
export async function headCommit(root: string): Promise<{ commit: string; tree: string } | null> {
  const output = await gitText(root, ['rev-parse', 'HEAD', 'HEAD^{tree}']);
  const [commit = '', tree = ''] = (output ?? '').split('\n');
  return commit === '' || tree === '' ? null : { commit, tree };
}

/** Is part of the history missing here? Null outside git. */
export async function isShallow(root: string): Promise<boolean | null> {
  const output = await gitText(root, ['rev-parse', '--is-shallow-repository']);
  return output === null ? null : output.trim() === 'true';
}

/** Is a commit part of what is checked out? False for one that git does not know here. */
export async function isAncestor(root: string, commit: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', '--end-of-options', commit, 'HEAD'];
  return (await gitText(root, args)) !== null;
}

/** Content paths that differ from the last commit, new files included; null outside git. */
export async function uncommittedFiles(root: string): Promise<string[] | null> {
  const prefix = await folderInRepository(root);
  if (prefix === null) return null;
  const options = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames'];
  const output = await gitText(root, ['status', ...options, '--', '.']);
  if (output === null) return null;
  return fields(output)
    .map((line) => line.slice(3))
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).normalize())
    .sort();
}

/** The commits that touched a file, newest first; null outside git. */
export async function fileHistory(root: string, file: string): Promise<FileCommit[] | null> {
  const format = '--format=%H%x1f%aI%x1f%an%x1f%ae%x1f%s';
  const path = `:(literal)${file}`;
  const output = await gitText(root, ['log', '-z', format, '--no-show-signature', '--', path]);
  if (output === null) return null;
  return fields(output).map((line) => {
    const [hash = '', at = '', author = '', email = '', subject = ''] = line.split('\x1f');
    return { hash, at, author, email, subject };
  });
}

/**
 * The last commit that changed each content file that is no article, by content path: what an address
 * pinned to a commit is made of. Empty outside git. In a shallow clone older files belong to its
 * oldest commit, which holds them, too.
 */
export async function lastCommitsOfAssets(root: string): Promise<ReadonlyMap<string, string>> {
  const commits = new Map<string, string>();
  const options = ['-z', '--format=%x1e%H', '--name-only', '--no-renames', '--relative', '-m'];
  const texts = [':(exclude,glob)**/*.md', ':(exclude,glob)**/*.yaml'];
  const output = await gitText(root, ['log', ...options, '--', '.', ...texts]);
  for (const record of (output ?? '').split('\x1e').slice(1)) {
    const [hash = '', ...files] = record.split(/[\0\n]+/);
    for (const file of files.map((name) => name.normalize())) {
      if (file !== '' && !commits.has(file)) commits.set(file, hash);
    }
  }
  return commits;
}

/** A content file as it was in a commit; null where it was not there, or outside git. */
export async function fileAt(
  root: string,
  commit: string,
  file: string,
): Promise<Uint8Array | null> {
  const hash = await resolveCommit(root, commit);
  return git(root, ['cat-file', 'blob', `${hash}:./${file}`]);
}

/** A text's file as a commit has it, wherever it lay then: found by its article's id. Null: nowhere. */
export async function fileOfText(
  root: string,
  commit: string,
  { id, locale }: { id: string; locale: string },
): Promise<{ file: string; bytes: Uint8Array } | null> {
  const hash = await resolveCommit(root, commit);
  const places = ['--', `*.${locale}.md`];
  const output = await gitText(root, [
    'grep',
    '-l',
    '-z',
    '-F',
    '-e',
    `id: ${id}`,
    hash,
    ...places,
  ]);
  for (const found of fields(output ?? '')) {
    const file = found.slice(`${hash}:`.length);
    const bytes = await git(root, ['cat-file', 'blob', `${hash}:./${file}`]);
    if (bytes !== null && statesId(new TextDecoder().decode(bytes), id)) return { file, bytes };
  }
  return null;
}

function statesId(text: string, id: string): boolean {
  const [front = ''] = text.split(/^---\s*$/m, 2).slice(1);
  return front.split(/\r?\n/).some((line) => line.trimEnd() === `id: ${id}`);
}

/**
 * Writes the content folder as it was in a commit into another folder. Work tree and index of the
 * repository stay as they are.
 *
 * @returns the commit's full hash
 * @throws KbError `unknown-commit` where git does not know the commit, or it had no such folder
 */
export async function checkOutContent(root: string, commit: string, into: string): Promise<string> {
  const hash = await resolveCommit(root, commit);
  const prefix = await folderInRepository(root);
  const scratch = await mkdtemp(join(tmpdir(), 'kb-index-'));
  const environment = { GIT_INDEX_FILE: join(scratch, 'index') };
  try {
    const tree = `${hash}:${(prefix ?? '').replace(/\/$/, '')}`;
    if ((await git(root, ['read-tree', tree], environment)) === null) {
      throw new KbError('unknown-commit', `The content folder did not exist in ${commit}.`, {
        hint: 'Choose a later commit: git log -- <content folder>',
      });
    }
    // From the top of the work tree: below it, checkout-index sees only that part of the index.
    const top = (await gitText(root, ['rev-parse', '--show-toplevel']))?.trim() ?? root;
    const target = `--prefix=${resolve(into)}${sep}`;
    const written = await git(top, ['checkout-index', '--all', '--quiet', target], environment);
    if (written === null) {
      throw new KbError('unknown-commit', `git could not write the content of ${commit}.`, {
        hint: 'Is there space left, and is the repository complete (not shallow or partial)?',
      });
    }
    return hash;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The full hash of a commit, branch or tag. */
export async function resolveCommit(root: string, commit: string): Promise<string> {
  // What begins with - would be read as an option.
  const isName = /^[A-Za-z0-9@][\w./@^~{}+-]*$/.test(commit);
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
  const hash = isName ? (await gitText(root, args))?.trim() : undefined;
  if (hash !== undefined && /^[0-9a-f]{40,64}$/.test(hash)) return hash;
  throw new KbError('unknown-commit', `git does not know the commit "${commit}" here.`, {
    hint: 'Is the clone shallow? git fetch --unshallow brings the history.',
  });
}
