import { deleteBranch, type ProposedFiles, proposeFiles, readBranch } from './edits-branch.ts';
import type { GithubClient } from './github-client.ts';
import { isForbidden, repositoryOf } from './refusal.ts';

/** The one pull request with edits from Intercom. */
export interface EditsRequest extends ProposedFiles {
  /** Branch it goes to. */
  into: string;
  title: string;
  /** Its text; the first line names the commit it was written for. */
  bodyFor(head: string): string;
  /** The commit that a text of ours was written for; null for any other text. */
  headOf(body: string): string | null;
}

/** What became of it. */
export interface Requested {
  /**
   * `touched`: somebody has pushed to the branch, so it is left to them; `forbidden`: the token may not
   * open pull requests.
   */
  state: 'opened' | 'updated' | 'unchanged' | 'touched' | 'forbidden';
  url: string | null;
  number: number | null;
}

interface Open {
  number: number;
  url: string;
  title: string;
  body: string;
}

/** Opens the pull request, or brings the open one up to date. What people pushed to it is never lost. */
export async function updateEditsRequest(
  client: GithubClient,
  request: EditsRequest,
): Promise<Requested> {
  try {
    const open = await openRequest(client, request.branch);
    const now = await readBranch(client, request.branch);
    if (open !== null && now !== null && request.headOf(open.body) !== now.head) {
      return { state: 'touched', url: open.url, number: open.number };
    }
    const head = await proposeFiles(client, request, now);
    const body = request.bodyFor(head);
    const { pulls } = client.rest.rest;
    const place = repositoryOf(client);
    if (open === null) {
      const { title, branch, into } = request;
      const { data } = await pulls.create({ ...place, title, head: branch, base: into, body });
      return { state: 'opened', url: data.html_url, number: data.number };
    }
    const { number, url } = open;
    if (open.body === body && open.title === request.title) {
      return { state: 'unchanged', url, number };
    }
    await pulls.update({ ...place, pull_number: number, title: request.title, body });
    return { state: 'updated', url, number };
  } catch (error) {
    if (isForbidden(error)) return { state: 'forbidden', url: null, number: null };
    throw error;
  }
}

/** Closes the pull request, as nothing is left to propose; one that people pushed to stays. */
export async function closeEditsRequest(
  client: GithubClient,
  { branch, headOf }: Pick<EditsRequest, 'branch' | 'headOf'>,
): Promise<Requested | null> {
  const open = await openRequest(client, branch);
  if (open === null) return null;
  const { number, url } = open;
  const now = await readBranch(client, branch);
  if (now !== null && headOf(open.body) !== now.head) return { state: 'touched', url, number };
  await client.rest.rest.pulls.update({
    ...repositoryOf(client),
    pull_number: number,
    state: 'closed',
  });
  await deleteBranch(client, branch);
  return { state: 'updated', url, number };
}

async function openRequest(client: GithubClient, branch: string): Promise<Open | null> {
  const place = repositoryOf(client);
  const { data } = await client.rest.rest.pulls.list({
    ...place,
    state: 'open',
    head: `${place.owner}:${branch}`,
    per_page: 1,
  });
  const [open] = data;
  if (open === undefined) return null;
  const { number, html_url: url, title, body } = open;
  return { number, url, title, body: body ?? '' };
}
