import type { Repository, World } from '../world.ts';
import { permissionOf } from '../world.ts';
import { connection, type GraphqlNode, type PageArguments } from './connection.ts';
import { commitOf, objectOf } from './git-objects.ts';
import { actorOf, pullRequestOf } from './pull-request.ts';

export function repositoryNode(world: World, repository: Repository): GraphqlNode {
  const { owner, name, defaultBranch, pullRequests } = repository;
  return {
    __typename: 'Repository',
    id: `R_${repository.id}`,
    databaseId: repository.id,
    name,
    nameWithOwner: `${owner}/${name}`,
    isPrivate: repository.isPrivate,
    visibility: repository.isPrivate ? 'PRIVATE' : 'PUBLIC',
    defaultBranchRef: () => refOf(world, repository, `refs/heads/${defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refOf(
        world,
        repository,
        qualifiedName.startsWith('refs/') ? qualifiedName : `refs/heads/${qualifiedName}`,
      ),
    object: ({ oid, expression }: { oid?: string | null; expression?: string | null }) =>
      objectOf(world, repository, oid ?? expression ?? ''),
    pullRequest: ({ number }: { number: number }) => {
      const found = pullRequests.find((pull) => pull.number === number);
      return found === undefined ? null : pullRequestOf(world, repository, found);
    },
    collaborators: ({
      query,
      login,
      ...page
    }: PageArguments & { query?: string | null; login?: string | null }) => {
      const users = [...world.users.values()].filter(
        (user) => user.kind === 'User' && user.login.includes(login ?? query ?? ''),
      );
      const listed = connection('collaborators', users, page);
      const nodes = listed.nodes.map(actorOf);
      const edges = listed.nodes.map((user, index) => ({
        cursor: listed.edges[index]?.cursor,
        node: actorOf(user),
        permission: permissionOf(world, repository, user).toUpperCase(),
      }));
      return { ...listed, nodes, edges };
    },
  };
}

export async function refOf(world: World, repository: Repository, name: string) {
  const { git } = repository;
  const oid = await git.ref(name);
  if (oid === null) return null;
  return {
    __typename: 'Ref',
    id: `REF_${name}`,
    name: name.replace(/^refs\/heads\//, ''),
    prefix: 'refs/heads/',
    target: () => commitOf(world, repository, oid),
    compare: ({ headRef }: { headRef: string }) => comparisonOf(repository, oid, headRef),
  };
}

/** How `head` stands to `base`; null where GitHub does not know it. */
async function comparisonOf({ git }: Repository, base: string, headRef: string) {
  const head = await git.object(`${headRef}^{commit}`);
  if (head === null) return null;
  const aheadBy = (await git.between(base, head.oid)).length;
  const behindBy = (await git.between(head.oid, base)).length;
  const status =
    aheadBy === 0
      ? behindBy === 0
        ? 'IDENTICAL'
        : 'BEHIND'
      : behindBy === 0
        ? 'AHEAD'
        : 'DIVERGED';
  return { __typename: 'Comparison', id: `C_${base}_${head.oid}`, aheadBy, behindBy, status };
}
