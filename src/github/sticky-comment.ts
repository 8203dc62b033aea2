import { type GithubClient, wholeOf } from './github-client.ts';
import { isForbidden, repositoryOf } from './refusal.ts';

/** What became of the one comment. */
export interface Stuck {
  /** `kept`: a newer commit has one already; `forbidden`: the token may only read. */
  state: 'created' | 'updated' | 'unchanged' | 'kept' | 'forbidden';
  url: string | null;
}

/** The comment to have: its text, and how to know an older one of the same kind. */
export interface StickyComment {
  body: string;
  /** The commit it was written for. */
  head: string;
  /** The commit of an earlier comment of this kind; null for any other text. */
  headOf(body: string): string | null;
}

interface Found {
  id: number;
  body: string;
  url: string;
}

/**
 * Writes the one comment of a pull request, over the one before. Never over a comment for a newer
 * commit: a slow job of an old commit may end last.
 */
export async function stickComment(
  client: GithubClient,
  number: number,
  comment: StickyComment,
): Promise<Stuck> {
  try {
    const found = await findComment(client, number, comment);
    if (found === null) return await created(client, number, comment);
    if (found.body === comment.body) return { state: 'unchanged', url: found.url };
    const written = comment.headOf(found.body);
    if (written !== comment.head && (await currentHead(client, number)) !== comment.head) {
      return { state: 'kept', url: found.url };
    }
    const { body } = comment;
    await client.rest.rest.issues.updateComment({
      ...repositoryOf(client),
      comment_id: found.id,
      body,
    });
    return { state: 'updated', url: found.url };
  } catch (error) {
    if (isForbidden(error)) return { state: 'forbidden', url: null };
    throw error;
  }
}

/**
 * A POST whose answer is lost may have worked, so it is not repeated blindly: the comments are read
 * again first.
 */
async function created(
  client: GithubClient,
  number: number,
  comment: StickyComment,
): Promise<Stuck> {
  const send = () =>
    client.rest.rest.issues.createComment({
      ...repositoryOf(client),
      issue_number: number,
      body: comment.body,
    });
  try {
    const { data } = await send();
    return { state: 'created', url: data.html_url };
  } catch (error) {
    if (isForbidden(error)) throw error;
    const found = await findComment(client, number, comment);
    if (found !== null) return { state: 'created', url: found.url };
    const { data } = await send();
    return { state: 'created', url: data.html_url };
  }
}

async function findComment(
  client: GithubClient,
  number: number,
  { headOf }: StickyComment,
): Promise<Found | null> {
  const me = await loginOf(client);
  const isMine = (login: string | undefined): boolean =>
    login !== undefined && plainLogin(login) === plainLogin(me);
  const { rest } = client;
  const options = { ...repositoryOf(client), issue_number: number, per_page: 100 };
  for await (const { data } of rest.paginate.iterator(rest.rest.issues.listComments, options)) {
    const found = data.find(({ user, body }) => isMine(user?.login) && headOf(body ?? '') !== null);
    if (found !== undefined) return { id: found.id, body: found.body ?? '', url: found.html_url };
  }
  return null;
}

/** GraphQL and REST call the same bot by two names. */
function plainLogin(login: string): string {
  return login.replace(/\[bot\]$/, '').toLowerCase();
}

async function currentHead(client: GithubClient, number: number): Promise<string> {
  const { data } = await client.rest.rest.pulls.get({
    ...repositoryOf(client),
    pull_number: number,
  });
  return data.head.sha;
}

/** Whose token this is. REST does not tell that to a workflow's own token. */
async function loginOf(client: GithubClient): Promise<string> {
  const answer = await client.graphql<{ viewer: { login: string } }>(
    'query { viewer { login } }',
    {},
  );
  return wholeOf(answer, client.environment).viewer.login;
}
