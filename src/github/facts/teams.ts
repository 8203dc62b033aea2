import type { GithubClient } from '../github-client.ts';

interface WireTeam {
  members: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: { databaseId: number | null }[];
  };
}

/**
 * Ids of a team's members; null where the token may not see it (GITHUB_TOKEN may not), or there is none.
 * @param team `org/slug`
 */
export async function readTeam(client: GithubClient, team: string): Promise<number[] | null> {
  const [login = '', slug = ''] = team.split('/');
  const ids: number[] = [];
  let after: string | null = null;
  for (;;) {
    const members: WireTeam['members'] | null = await readMembers(client, { login, slug, after });
    if (members === null) return null;
    ids.push(...members.nodes.flatMap(({ databaseId }) => databaseId ?? []));
    if (!members.pageInfo.hasNextPage) return ids;
    after = members.pageInfo.endCursor;
  }
}

async function readMembers(
  client: GithubClient,
  variables: { login: string; slug: string; after: string | null },
): Promise<WireTeam['members'] | null> {
  const { data } = await client.graphql<{ organization: { team: WireTeam | null } | null }>(
    query,
    variables,
  );
  return data?.organization?.team?.members ?? null;
}

const query = `query ($login: String!, $slug: String!, $after: String) {
  organization(login: $login) {
    team(slug: $slug) {
      members(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { databaseId } }
    }
  }
}`;
