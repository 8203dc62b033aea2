import { KbError } from '../../model/kb-error.ts';
import type { GithubClient } from '../github-client.ts';
import { graphqlFailure } from '../github-error.ts';

/**
 * The repository's name as GitHub writes it, and its main branch.
 * @throws KbError `github-repository` where the token does not see it, or it is empty
 */
export async function readRepository(
  client: GithubClient,
): Promise<{ repository: string; mainBranch: string }> {
  const { owner, name } = client.environment;
  const { data, errors } = await client.graphql<{
    repository: { nameWithOwner: string; defaultBranchRef: { name: string } | null } | null;
  }>(query, { owner, name });
  if (data?.repository == null) throw graphqlFailure(errors, `${owner}/${name}`);
  const { nameWithOwner, defaultBranchRef } = data.repository;
  if (defaultBranchRef === null) {
    throw new KbError('github-repository', `${nameWithOwner} has no main branch on GitHub.`, {
      hint: 'Push it first.',
    });
  }
  return { repository: nameWithOwner, mainBranch: defaultBranchRef.name };
}

const query = `query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { nameWithOwner defaultBranchRef { name } }
}`;
