import { type GithubClient, wholeOf } from './github-client.ts';

/** Where the default branch stands now. */
export interface DefaultBranch {
  name: string;
  head: string;
  /** The newest commit of it that touched the folder; null: none did. */
  lastOfFolder: string | null;
}

interface Answer {
  repository: {
    defaultBranchRef: {
      name: string;
      target: { oid: string; history: { nodes: { oid: string }[] } };
    } | null;
  };
}

const query = `query ($owner: String!, $name: String!, $folder: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef {
      name
      target { oid ... on Commit { history(first: 1, path: $folder) { nodes { oid } } } }
    }
  }
}`;

/** Reads the default branch. @param folder from the top of the repository; empty for all of it */
export async function readDefaultBranch(
  client: GithubClient,
  folder: string,
): Promise<DefaultBranch | null> {
  const { owner, name } = client.environment;
  const path = folder === '' ? null : folder;
  const answer = await client.graphql<Answer>(query, { owner, name, folder: path });
  const { defaultBranchRef } = wholeOf(answer, client.environment).repository;
  if (defaultBranchRef === null) return null;
  const { target } = defaultBranchRef;
  return {
    name: defaultBranchRef.name,
    head: target.oid,
    lastOfFolder: target.history.nodes[0]?.oid ?? null,
  };
}
