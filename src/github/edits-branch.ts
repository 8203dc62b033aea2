import { type GithubClient, wholeOf } from './github-client.ts';
import { repositoryOf, statusOf } from './refusal.ts';

/** A file as it should be. */
export interface ProposedFile {
  path: string;
  /** Its text or bytes; null: it goes. */
  content: string | Uint8Array | null;
}

/** Files to propose on a branch of the tool's own. */
export interface ProposedFiles {
  branch: string;
  /** The commit they are changes of. */
  base: { commit: string; tree: string };
  files: readonly ProposedFile[];
  message: string;
  /** Names what is proposed: the same again needs no new commit. */
  digest: string;
}

/** The branch as it is. */
export interface BranchState {
  head: string;
  message: string;
}

const trailer = 'Proposed-Files';

interface Answer {
  repository: { ref: { target: { oid: string; message: string } } | null };
}

const query = `query ($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { message } } }
  }
}`;

/** The branch's newest commit; null where there is no such branch. */
export async function readBranch(
  client: GithubClient,
  branch: string,
): Promise<BranchState | null> {
  const { owner, name } = client.environment;
  const answer = await client.graphql<Answer>(query, { owner, name, ref: `refs/heads/${branch}` });
  const { ref } = wholeOf(answer, client.environment).repository;
  return ref === null ? null : { head: ref.target.oid, message: ref.target.message };
}

/**
 * Makes the branch hold exactly these files on top of the base: one commit, moved to in one step, as a
 * branch that equals its base for a moment would close its pull request.
 * @returns the branch's head
 */
export async function proposeFiles(
  client: GithubClient,
  proposed: ProposedFiles,
  now: BranchState | null,
): Promise<string> {
  if (now?.message.includes(`${trailer}: ${proposed.digest}`) === true) return now.head;
  const { git } = client.rest.rest;
  const place = repositoryOf(client);
  const { base, branch, files, message, digest } = proposed;
  const { data: tree } = await git.createTree({
    ...place,
    base_tree: base.tree,
    tree: await Promise.all(files.map((file) => treeEntry(client, file))),
  });
  const { data: commit } = await git.createCommit({
    ...place,
    message: `${message.trimEnd()}\n\n${trailer}: ${digest}`,
    tree: tree.sha,
    parents: [base.commit],
  });
  if (now === null) await git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: commit.sha });
  else await git.updateRef({ ...place, ref: `heads/${branch}`, sha: commit.sha, force: true });
  return commit.sha;
}

/** What the tree says of a file; bytes that are no text are stored first. */
async function treeEntry(client: GithubClient, { path, content }: ProposedFile) {
  const entry = { path, mode: '100644' as const, type: 'blob' as const };
  if (typeof content === 'string') return { ...entry, content };
  if (content === null) return { ...entry, sha: null };
  const { data } = await client.rest.rest.git.createBlob({
    ...repositoryOf(client),
    content: Buffer.from(content).toString('base64'),
    encoding: 'base64',
  });
  return { ...entry, sha: data.sha };
}

/** Removes the branch; one that is gone is fine. */
export async function deleteBranch(client: GithubClient, branch: string): Promise<void> {
  try {
    await client.rest.rest.git.deleteRef({ ...repositoryOf(client), ref: `heads/${branch}` });
  } catch (error) {
    const status = statusOf(error);
    if (status !== 404 && status !== 422) throw error;
  }
}
