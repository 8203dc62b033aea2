import { json } from '../gate.ts';
import { nextId, type Repository } from '../world.ts';
import { type AddRoute, type Call, invalid, notFound } from './rest-server.ts';
import { gitRef } from './shapes.ts';

const read = { area: 'contents', access: 'read' } as const;
const write = { area: 'contents', access: 'write' } as const;

/** Git objects, references and contents. */
export function addGitRoutes(add: AddRoute): void {
  add('GET', '/git/ref/:name{.+}', read, async ({ repository, addresses, param }) => {
    const name = `refs/${param('name')}`;
    const oid = await repository.git.ref(name);
    return oid === null ? notFound() : json(200, gitRef(addresses, repository, name, oid));
  });
  add('POST', '/git/refs', write, async ({ repository, addresses, body }) => {
    const name = String(body.ref);
    const oid = String(body.sha);
    if (!name.startsWith('refs/')) return invalid('Reference name must start with refs/');
    if ((await repository.git.ref(name)) !== null) {
      return json(422, { message: 'Reference already exists' });
    }
    if ((await repository.git.object(oid)) === null)
      return json(422, { message: 'Object does not exist' });
    await repository.git.setRef(name, oid);
    return json(201, gitRef(addresses, repository, name, oid));
  });
  add('PATCH', '/git/refs/:name{.+}', write, async ({ repository, addresses, param, body }) => {
    const name = `refs/${param('name')}`;
    const before = await repository.git.ref(name);
    const oid = String(body.sha);
    if (before === null) return json(422, { message: 'Reference does not exist' });
    const isForward = await repository.git.isAncestor(before, oid);
    if (!isForward && body.force !== true)
      return json(422, { message: 'Update is not a fast forward' });
    await repository.git.setRef(name, oid);
    return json(200, gitRef(addresses, repository, name, oid));
  });
  add('DELETE', '/git/refs/:name{.+}', write, async ({ repository, param }) => {
    await repository.git.deleteRef(`refs/${param('name')}`);
    return json(204, null);
  });
  add('GET', '/git/blobs/:oid', read, blob);
  add('POST', '/git/blobs', write, async ({ repository, body }) => {
    const bytes = Buffer.from(String(body.content), body.encoding === 'base64' ? 'base64' : 'utf8');
    const sha = (await repository.git.run(['hash-object', '-w', '--stdin'], bytes)).trim();
    return json(201, { sha, url: '' });
  });
  add('POST', '/git/trees', write, createTree);
  add('POST', '/git/commits', write, createCommit);
  add('GET', '/contents/:path{.+}', read, contents);
  add('GET', '/compare/:basehead', read, compare);
}

async function blob({ repository, param }: Call): Promise<Response> {
  const found = await repository.git.object(param('oid'));
  if (found === null || found.type !== 'blob') return notFound();
  const bytes = await repository.git.bytes(found.oid);
  const content = Buffer.from(bytes).toString('base64');
  return json(200, {
    sha: found.oid,
    node_id: found.oid,
    size: found.size,
    url: '',
    encoding: 'base64',
    content,
  });
}

/** A tree of files, on top of another one or of nothing; an entry without content or sha removes. */
async function createTree({ world, repository, body }: Call): Promise<Response> {
  const entries = (body.tree ?? []) as { path: string; content?: string; sha?: string | null }[];
  const { git } = repository;
  const files: Record<string, string | Uint8Array | null> = {};
  for (const { path, content, sha } of entries) {
    if (path.startsWith('/') || path.includes('..')) return invalid('tree.path is malformed');
    files[path] = content ?? (sha == null ? null : await git.bytes(sha));
  }
  const who = { name: 'web-flow', email: 'noreply@github.com', at: world.now };
  const signed = { author: who, committer: who, message: 'staged' };
  const onto =
    typeof body.base_tree === 'string'
      ? [await git.commitTree({ ...signed, tree: body.base_tree, parents: [] })]
      : [];
  const ref = `refs/staging/tree-${nextId(world)}`;
  const staged = await git.commit({ ...signed, ref, parents: onto, files });
  await git.deleteRef(ref);
  const { tree } = await git.commitData(staged);
  return json(201, { sha: tree, url: '', tree: [], truncated: false });
}

async function createCommit({ world, repository, body, token }: Call): Promise<Response> {
  const signature = { name: token.user.login, email: token.user.email, at: world.now };
  const oid = await repository.git.commitTree({
    tree: String(body.tree),
    parents: Array.isArray(body.parents) ? body.parents.map(String) : [],
    author: signature,
    committer: signature,
    message: `${String(body.message)}\n`,
  });
  return json(201, { sha: oid, node_id: oid, url: '', html_url: '' });
}

async function contents({ repository, param, query }: Call): Promise<Response> {
  const ref = query('ref') ?? repository.defaultBranch;
  const found = await objectAt(repository, ref, param('path'));
  if (found === null || found.type !== 'blob') return notFound();
  const isWhole = found.size <= 1_048_576;
  const bytes = isWhole ? await repository.git.bytes(found.oid) : new Uint8Array();
  return json(200, {
    type: 'file',
    name: param('path').split('/').at(-1),
    path: param('path'),
    sha: found.oid,
    size: found.size,
    encoding: isWhole ? 'base64' : 'none',
    content: Buffer.from(bytes).toString('base64'),
    url: '',
    git_url: '',
    html_url: '',
    download_url: '',
  });
}

/** How the second of `base...head` stands to the first. */
async function compare({ repository: { git }, param }: Call): Promise<Response> {
  const [base, head] = await Promise.all(
    param('basehead')
      .split('...')
      .map((name) => git.object(`${name}^{commit}`)),
  );
  if (base == null || head == null) return notFound();
  const ahead_by = (await git.between(base.oid, head.oid)).length;
  const behind_by = (await git.between(head.oid, base.oid)).length;
  const apart = ahead_by > 0 ? (behind_by > 0 ? 'diverged' : 'ahead') : 'behind';
  const status = ahead_by + behind_by === 0 ? 'identical' : apart;
  return json(200, {
    status,
    ahead_by,
    behind_by,
    total_commits: ahead_by,
    commits: [],
    files: [],
  });
}

export function objectAt({ git }: Repository, ref: string, path: string) {
  return git.object(`${ref}:${path}`);
}
