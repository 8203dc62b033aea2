import type { GithubClient } from './github-client.ts';
import { isForbidden, repositoryOf } from './refusal.ts';

/** The one issue that lists what only people can do. */
export interface WorkIssue {
  label: string;
  title: string;
  body: string;
  /** Is a text one of this issue's earlier versions? */
  isOurs(body: string): boolean;
}

export interface Issued {
  state: 'opened' | 'updated' | 'unchanged' | 'closed' | 'forbidden';
  url: string | null;
}

/** Opens the issue, or brings it up to date. */
export async function updateIssue(client: GithubClient, issue: WorkIssue): Promise<Issued> {
  try {
    const open = await openIssue(client, issue);
    const { issues } = client.rest.rest;
    const { title, body, label } = issue;
    if (open === null) {
      const place = repositoryOf(client);
      const { data } = await issues.create({ ...place, title, body, labels: [label] });
      return { state: 'opened', url: data.html_url };
    }
    if (open.body === body && open.title === title) return { state: 'unchanged', url: open.url };
    await issues.update({ ...repositoryOf(client), issue_number: open.number, title, body });
    return { state: 'updated', url: open.url };
  } catch (error) {
    if (isForbidden(error)) return { state: 'forbidden', url: null };
    throw error;
  }
}

/** Closes the issue: nothing is left to do, or a pull request has it. Null where none was open. */
export async function closeIssue(
  client: GithubClient,
  issue: Pick<WorkIssue, 'label' | 'isOurs'>,
): Promise<Issued | null> {
  try {
    const open = await openIssue(client, issue);
    if (open === null) return null;
    await client.rest.rest.issues.update({
      ...repositoryOf(client),
      issue_number: open.number,
      state: 'closed',
      state_reason: 'completed',
    });
    return { state: 'closed', url: open.url };
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

async function openIssue(
  client: GithubClient,
  { label, isOurs }: Pick<WorkIssue, 'label' | 'isOurs'>,
): Promise<{ number: number; url: string; title: string; body: string } | null> {
  const { rest } = client;
  const options = {
    ...repositoryOf(client),
    state: 'open' as const,
    labels: label,
    per_page: 100,
  };
  for await (const { data } of rest.paginate.iterator(rest.rest.issues.listForRepo, options)) {
    const found = data.find(
      ({ body, pull_request }) => pull_request === undefined && isOurs(body ?? ''),
    );
    if (found === undefined) continue;
    const { number, html_url: url, title, body } = found;
    return { number, url, title, body: body ?? '' };
  }
  return null;
}
