import type { CommitData, Signature } from '../git-repository.ts';
import { type Repository, timeText, type World } from '../world.ts';
import { connection, type GraphqlNode, type PageArguments } from './connection.ts';
import { actorOf, pullRequestOf } from './pull-request.ts';

/** GitHub cuts the text of larger blobs. */
const mostTextBytes = 512_000;

/** Any git object by an expression such as `main`, `<oid>` or `<oid>:<path>`. */
export async function objectOf(world: World, repository: Repository, expression: string) {
  const found = await repository.git.object(expression);
  if (found === null) return null;
  if (found.type === 'commit') return commitOf(world, repository, found.oid);
  if (found.type === 'blob') return blobOf(repository, found.oid, found.size);
  return { __typename: 'Tree', oid: found.oid, id: found.oid };
}

function blobOf({ git }: Repository, oid: string, byteSize: number) {
  const text = async () => {
    const bytes = Buffer.from(await git.bytes(oid));
    return bytes.includes(0) ? null : bytes.subarray(0, mostTextBytes).toString('utf8');
  };
  return {
    __typename: 'Blob',
    id: oid,
    oid,
    byteSize,
    text,
    isTruncated: byteSize > mostTextBytes,
  };
}

export async function commitOf(
  world: World,
  repository: Repository,
  oid: string,
): Promise<GraphqlNode> {
  const { git } = repository;
  const data = await git.commitData(oid);
  return {
    __typename: 'Commit',
    id: oid,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    message: data.message,
    messageHeadline: data.message.split('\n')[0] ?? '',
    committedDate: timeText(data.committer.at),
    authoredDate: timeText(data.author.at),
    committedViaWeb: data.committer.name === 'web-flow',
    author: actor(world, data.author),
    committer: actor(world, data.committer),
    authors: (page: PageArguments) => connection('authors', authorsOf(world, data), page),
    parents: async (page: PageArguments) =>
      connection(
        'parents',
        await Promise.all(data.parents.map((parent) => commitOf(world, repository, parent))),
        page,
      ),
    tree: { __typename: 'Tree', oid: data.tree, id: data.tree },
    file: async ({ path }: { path: string }) => {
      const found = await git.object(`${oid}:${path}`);
      if (found === null) return null;
      const name = path.split('/').at(-1) ?? path;
      const object = found.type === 'blob' ? blobOf(repository, found.oid, found.size) : null;
      return {
        name,
        path,
        oid: found.oid,
        type: found.type,
        size: found.size,
        mode: 33188,
        object,
      };
    },
    history: async ({ path, ...page }: PageArguments & { path?: string | null }) => {
      const oids = await git.history(oid, path ?? null);
      const listed = connection('history', oids, page);
      const nodes = await Promise.all(
        listed.nodes.map((item) => commitOf(world, repository, item)),
      );
      return { ...listed, nodes };
    },
    associatedPullRequests: async (page: PageArguments) =>
      connection('associatedPullRequests', await associated(world, repository, oid), page),
  };
}

/** The merged pull requests that brought a commit to a branch; elsewhere the open ones that hold it. */
async function associated(world: World, repository: Repository, oid: string) {
  const { git, defaultBranch, pullRequests } = repository;
  const merged = pullRequests.filter(({ introduced }) => introduced.has(oid));
  const isOnDefault =
    merged.length > 0 || (await git.isAncestor(oid, `refs/heads/${defaultBranch}`));
  const open = [];
  for (const pull of isOnDefault ? [] : pullRequests) {
    if (pull.state === 'OPEN' && (await git.isAncestor(oid, pull.headOid))) open.push(pull);
  }
  return [...merged, ...open].map((pull) => pullRequestOf(world, repository, pull));
}

/** Who wrote a commit: the author, then those its trailers name. */
function authorsOf(world: World, { author, message }: CommitData) {
  const others = [...message.matchAll(/^Co-authored-by: (.*) <(.*)>$/gim)];
  return [
    actor(world, author),
    ...others.map(([, name = '', email = '']) => actor(world, { name, email, at: author.at })),
  ];
}

/** Git's author with the account that has this address, if one has. A bot is no `User`. */
function actor(world: World, { name, email, at }: Signature) {
  const user = [...world.users.values()].find(
    (item) => item.email === email && item.kind === 'User',
  );
  return { name, email, date: timeText(at), user: user === undefined ? null : actorOf(user) };
}
