import { execFile } from 'node:child_process';
import { createBatch, environment } from './object-pipe.ts';

/** Who wrote or committed, as git keeps it. */
export interface Signature {
  name: string;
  email: string;
  /** Milliseconds. */
  at: number;
}

export interface CommitData {
  oid: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

export interface NewCommit {
  /** Ref to move; it is created where it is missing. */
  ref: string;
  parents: readonly string[];
  author: Signature;
  committer: Signature;
  message: string;
  /** Path → bytes; null removes. */
  files: Readonly<Record<string, string | Uint8Array | null>>;
  /** Renames, done before the files are written. */
  renames?: readonly (readonly [string, string])[];
}

/** A bare repository on disk, worked on by git itself. */
export interface GitRepository {
  dir: string;
  commit(commit: NewCommit): Promise<string>;
  /** Many commits on one line in one go, for large histories; oids in the same order. */
  commitAll(commits: readonly NewCommit[]): Promise<string[]>;
  /** A commit that has exactly this tree. */
  commitTree(
    commit: Omit<NewCommit, 'files' | 'renames' | 'ref'> & { tree: string },
  ): Promise<string>;
  /** The tree of merging two commits. @throws when they conflict */
  mergeTree(ours: string, theirs: string): Promise<string>;
  /** What a commit changed, put on top of another commit: the new tree. */
  pickTree(onto: string, commit: CommitData): Promise<string>;
  ref(name: string): Promise<string | null>;
  setRef(name: string, oid: string): Promise<void>;
  deleteRef(name: string): Promise<void>;
  /** Names of refs below a prefix. */
  refs(prefix: string): Promise<{ name: string; oid: string }[]>;
  /** Oid and type of an expression such as `<commit>:<path>`; null where there is none. */
  object(expression: string): Promise<{ oid: string; type: string; size: number } | null>;
  bytes(oid: string): Promise<Uint8Array>;
  commitData(oid: string): Promise<CommitData>;
  /** Commits of `head` that are not in `base`, oldest first. */
  between(base: string, head: string): Promise<string[]>;
  changedPaths(base: string, head: string): Promise<string[]>;
  mergeBase(a: string, b: string): Promise<string | null>;
  isAncestor(ancestor: string, of: string): Promise<boolean>;
  /** Newest first; of a path: as `git log -- <path>` shows it. */
  history(oid: string, path: string | null): Promise<string[]>;
  run(args: readonly string[], input?: string | Uint8Array): Promise<string>;
  close(): void;
}

export async function createGitRepository(dir: string): Promise<GitRepository> {
  await git(dir, ['init', '--quiet', '--bare', '--initial-branch=main', dir]);
  await git(dir, ['config', 'core.logAllRefUpdates', 'false']);
  await git(dir, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  return openGitRepository(dir);
}

function openGitRepository(dir: string): GitRepository {
  const batch = createBatch(dir);
  const commits = new Map<string, CommitData>();
  const linesOf = new Map<string, Promise<Map<string, string[]> | null>>();
  const run = (args: readonly string[], input?: string | Uint8Array) => git(dir, args, input);
  const word = async (args: readonly string[]) => (await run(args)).trim();

  async function commitAll(list: readonly NewCommit[]): Promise<string[]> {
    const stream = Buffer.concat(list.map((commit, index) => importCommand(commit, index + 1)));
    const marks = list.map((_, index) => `get-mark :${index + 1}\n`).join('');
    const output = await run(
      ['fast-import', '--quiet', '--force', '--date-format=raw'],
      Buffer.concat([stream, Buffer.from(`${marks}done\n`)]),
    );
    return output.trim().split('\n');
  }

  /** Path → commits that touched it, newest first, of a history without merges; null: it has some. */
  function lineOf(oid: string): Promise<Map<string, string[]> | null> {
    const found = linesOf.get(oid) ?? readLine(oid);
    linesOf.set(oid, found);
    return found;
  }

  async function readLine(oid: string): Promise<Map<string, string[]> | null> {
    const merges = await run(['rev-list', '--merges', '--max-count=1', oid]);
    return merges === '' ? touched(oid) : null;
  }

  /** One process for all paths: a thousand of them would take minutes. */
  async function touched(oid: string): Promise<Map<string, string[]>> {
    const output = await run(['log', '--format=%x01%H', '--name-only', '--no-renames', '-z', oid]);
    const found = new Map<string, string[]>();
    for (const part of output.split('\x01').slice(1)) {
      const [commit = '', ...names] = part.split('\0').map((name) => name.replace(/^\n/, ''));
      for (const name of names) found.set(name, [...(found.get(name) ?? []), commit]);
    }
    return found;
  }

  const self: GitRepository = {
    dir,
    run,
    commitAll,
    commit: async (commit) => (await commitAll([commit]))[0] ?? '',
    async commitTree({ tree, parents, author, committer, message }) {
      const lines = [
        `tree ${tree}`,
        ...parents.map((parent) => `parent ${parent}`),
        `author ${signatureText(author)}`,
        `committer ${signatureText(committer)}`,
        '',
        message,
      ];
      return (await run(['hash-object', '-t', 'commit', '-w', '--stdin'], lines.join('\n'))).trim();
    },
    async mergeTree(ours, theirs) {
      const [tree = ''] = (await run(['merge-tree', '--write-tree', ours, theirs])).split('\n');
      return tree;
    },
    async pickTree(onto, { oid, parents, author, committer }) {
      // What `onto` holds, as a sibling of the commit: their merge base is then the commit's parent.
      const { tree } = await self.commitData(onto);
      const sibling = { tree, parents, author, committer, message: 'sibling' };
      return self.mergeTree(await self.commitTree(sibling), oid);
    },
    async ref(name) {
      const found = await run(['for-each-ref', '--format=%(objectname)', name]);
      return found.trim() || null;
    },
    setRef: async (name, oid) => void (await run(['update-ref', name, oid])),
    deleteRef: async (name) => void (await run(['update-ref', '-d', name])),
    async refs(prefix) {
      const output = await run(['for-each-ref', '--format=%(refname) %(objectname)', prefix]);
      return lines(output).map((line) => {
        const [name = '', oid = ''] = line.split(' ');
        return { name, oid };
      });
    },
    object: (expression) => batch.check(expression),
    async bytes(oid) {
      const found = await batch.read(oid);
      if (found === null) throw new Error(`no object ${oid}`);
      return found.bytes;
    },
    async commitData(oid) {
      const known = commits.get(oid);
      if (known !== undefined) return known;
      const data = parseCommit(oid, Buffer.from(await self.bytes(oid)).toString('utf8'));
      commits.set(oid, data);
      return data;
    },
    between: async (base, head) =>
      lines(await run(['rev-list', '--reverse', '--topo-order', `${base}..${head}`])),
    async changedPaths(base, head) {
      const output = await run(['diff', '--name-only', '--no-renames', '-z', base, head]);
      return output.split('\0').filter((path) => path !== '');
    },
    mergeBase: (a, b) => word(['merge-base', a, b]).catch(() => null),
    isAncestor: (ancestor, of) =>
      run(['merge-base', '--is-ancestor', ancestor, of]).then(
        () => true,
        () => false,
      ),
    async history(oid, path) {
      const line = path === null ? null : await lineOf(oid);
      if (line !== null && path !== null) return line.get(path) ?? [];
      return lines(await run(['log', '--format=%H', oid, ...(path === null ? [] : ['--', path])]));
    },
    close: () => batch.close(),
  };
  return self;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function signatureText({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}

function importCommand(commit: NewCommit, mark: number): Buffer {
  const data = (bytes: string | Uint8Array) => {
    const body = Buffer.from(bytes as Uint8Array);
    return Buffer.concat([Buffer.from(`data ${body.length}\n`), body, Buffer.from('\n')]);
  };
  const [from, ...merged] = commit.parents;
  const head = [
    `commit ${commit.ref}`,
    `mark :${mark}`,
    `author ${signatureText(commit.author)}`,
    `committer ${signatureText(commit.committer)}`,
    '',
  ].join('\n');
  // Without a parent a line that goes on would hang on what the ref held before.
  const reset = from === undefined ? `reset ${commit.ref}\n` : '';
  return Buffer.concat([
    Buffer.from(`${reset}${head}`),
    data(commit.message),
    Buffer.from(from === undefined ? '' : `from ${from}\n`),
    Buffer.from(merged.map((parent) => `merge ${parent}\n`).join('')),
    Buffer.from((commit.renames ?? []).map(([a, b]) => `R ${quoted(a)} ${quoted(b)}\n`).join('')),
    ...Object.entries(commit.files).map(([path, bytes]) =>
      bytes === null
        ? Buffer.from(`D ${quoted(path)}\n`)
        : Buffer.concat([Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(bytes)]),
    ),
    Buffer.from('\n'),
  ]);
}

function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')}"`;
}

function parseCommit(oid: string, text: string): CommitData {
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end).split('\n');
  const valuesOf = (name: string) =>
    headers
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));
  return {
    oid,
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: parseSignature(valuesOf('author')[0] ?? ''),
    committer: parseSignature(valuesOf('committer')[0] ?? ''),
    message: text.slice(end + 2),
  };
}

function parseSignature(text: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) /.exec(text) ?? [];
  return { name, email, at: Number(seconds) * 1000 };
}

/** Runs git without a shell. @throws with what git said */
export function git(
  dir: string,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      'git',
      ['-C', dir, '-c', 'core.quotePath=false', ...args],
      { env: environment(), maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else fail(new Error(`git ${args[0] ?? ''}: ${stderr.trim() || stdout.trim()}`));
      },
    );
    if (input !== undefined) child.stdin?.end(Buffer.from(input as Uint8Array));
  });
}
