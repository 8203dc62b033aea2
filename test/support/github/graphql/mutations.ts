import { GraphQLError } from 'graphql';
import { type Repository, repositoryOf, type Token, tick, type World } from '../world.ts';
import { commitOf } from './git-objects.ts';
import { refOf } from './repository.ts';

interface CommitInput {
  branch: { repositoryNameWithOwner?: string | null; branchName?: string | null };
  expectedHeadOid: string;
  message: { headline: string; body?: string | null };
  fileChanges?: {
    additions?: { path: string; contents: string }[] | null;
    deletions?: { path: string }[] | null;
  } | null;
}

/** What a GraphQL error says beside its message. */
function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** A commit on top of exactly the head it was made for: compare-and-swap. GitHub signs it. */
export async function createCommitOnBranch(world: World, token: Token, input: CommitInput) {
  const [owner = '', name = ''] = (input.branch.repositoryNameWithOwner ?? '').split('/');
  const repository = writable(token, repositoryOf(world, owner, name));
  const branch = input.branch.branchName ?? '';
  const ref = `refs/heads/${branch}`;
  const head = await repository.git.ref(ref);
  if (head === null) throw refusal('NOT_FOUND', `Branch "${branch}" does not exist`);
  if (head !== input.expectedHeadOid) {
    throw refusal(
      'STALE_DATA',
      `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
    );
  }
  tick(world);
  const { additions, deletions } = input.fileChanges ?? {};
  const files: Record<string, Uint8Array | null> = {};
  for (const { path } of deletions ?? []) files[path] = null;
  for (const { path, contents } of additions ?? []) files[path] = Buffer.from(contents, 'base64');
  const { name: author, email } = { name: token.user.login, email: token.user.email };
  const staged = `refs/staging/${world.lastId}-${world.now}`;
  const oid = await repository.git.commit({
    ref: staged,
    parents: [head],
    author: { name: author, email, at: world.now },
    committer: { name: 'web-flow', email: 'noreply@github.com', at: world.now },
    message: `${input.message.headline}\n`,
    files,
  });
  await repository.git.deleteRef(staged);
  // Two that were made for the same head: git lets the first one in.
  try {
    await repository.git.run(['update-ref', ref, oid, head]);
  } catch {
    throw refusal(
      'STALE_DATA',
      `Expected branch to point to "${head}" but it did not. Pull and try again.`,
    );
  }
  return {
    commit: () => commitOf(world, repository, oid),
    ref: () => refOf(world, repository, ref),
  };
}

export async function createRef(
  world: World,
  token: Token,
  input: { repositoryId: string; name: string; oid: string },
) {
  const found = [...world.repositories.values()].find(({ id }) => `R_${id}` === input.repositoryId);
  const repository = writable(token, found ?? null);
  if ((await repository.git.ref(input.name)) !== null) {
    throw refusal('UNPROCESSABLE', `A ref named "${input.name}" already exists in the repository.`);
  }
  await repository.git.setRef(input.name, input.oid);
  return { ref: () => refOf(world, repository, input.name) };
}

function writable(token: Token, repository: Repository | null): Repository {
  if (repository === null) throw refusal('NOT_FOUND', 'Could not resolve to a Repository.');
  if (token.contents !== 'write')
    throw refusal('FORBIDDEN', 'Resource not accessible by integration');
  return repository;
}
