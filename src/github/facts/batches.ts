import type { GithubClient } from '../github-client.ts';
import { wholeOf } from '../github-client.ts';
import { QueryTooLarge, unreachable } from '../github-error.ts';

/** Lookups that share a query: GitHub answers so many at a time well, and halves of it when it does not. */
export const batchSize = 50;
const attemptsAlone = 3;

/** A kind of lookup below `repository`, asked by alias. */
export interface Lookup<Key, Answer> {
  /** The field for one key, without its alias: `object(oid: "…") { ...Origin }`. */
  field(key: Key): string;
  fragments: string;
  /** Size of a first batch. */
  size: number;
  /** What one alias answered. */
  answer(data: unknown, key: Key): Answer;
}

/**
 * Looks many things up, a batch a query. A batch that GitHub cannot answer in time (502) is halved.
 * @throws KbError as the client does, and when a single lookup gets no answer
 */
export async function lookUp<Key, Answer>(
  client: GithubClient,
  keys: readonly Key[],
  lookup: Lookup<Key, Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let size = lookup.size;
  let failures = 0;
  while (answers.length < keys.length) {
    const batch = keys.slice(answers.length, answers.length + size);
    try {
      answers.push(...(await askBatch(client, batch, lookup)));
      failures = 0;
    } catch (error) {
      if (!(error instanceof QueryTooLarge)) throw error;
      failures += batch.length === 1 ? 1 : 0;
      if (failures >= attemptsAlone)
        throw unreachable(new URL(client.environment.graphqlUrl).host, error);
      size = Math.max(1, Math.floor(batch.length / 2));
    }
  }
  return answers;
}

async function askBatch<Key, Answer>(
  client: GithubClient,
  batch: readonly Key[],
  { field, fragments, answer }: Lookup<Key, Answer>,
): Promise<Answer[]> {
  const fields = batch.map((key, index) => `    a${index}: ${field(key)}`).join('\n');
  const query = `query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
${fields}
  }
}
${fragments}`;
  const { owner, name } = client.environment;
  const { repository } = wholeOf(
    await client.graphql<{ repository: Record<string, unknown> }>(query, { owner, name }, 'batch'),
    client.environment,
  );
  return batch.map((key, index) => answer(repository[`a${index}`] ?? null, key));
}

/** A string as GraphQL writes it: its escapes are those of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
