import type { Account, PullRequestFacts, PullRequestReview } from '../../review/index.ts';
import type { GithubClient } from '../github-client.ts';
import { batchSize, type Lookup, lookUp, quoted } from './batches.ts';

/** A commit's pull requests. `unknown`: GitHub has no such commit. */
export interface CommitOrigin {
  origin: 'read' | 'unknown' | 'too-many';
  pulls: PullRequestFacts[];
}

interface Page<T> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: T[];
}

interface WireAccount {
  __typename: string;
  login: string;
  databaseId?: number | null;
}

interface WireReview {
  fullDatabaseId: string;
  state: PullRequestReview['state'];
  submittedAt: string | null;
  authorCanPushToRepository: boolean;
  author: WireAccount | null;
  commit: { oid: string } | null;
}

type WireEvent =
  | { __typename: 'BaseRefChangedEvent' | 'AutomaticBaseChangeSucceededEvent'; createdAt: string }
  | {
      __typename: 'ReviewDismissedEvent';
      createdAt: string;
      previousReviewState: string;
      review: { fullDatabaseId: string } | null;
    };

interface WirePull {
  number: number;
  mergedAt: string | null;
  mergeCommit: { oid: string } | null;
  baseRefName: string;
  baseRefOid: string;
  headRefOid: string;
  baseRepository: { nameWithOwner: string } | null;
  author: WireAccount | null;
  commits: { nodes: { commit: { authoredDate: string } }[] };
  reviews: Page<WireReview>;
  timelineItems: Page<WireEvent>;
}

const account = '__typename login ... on User { databaseId } ... on Bot { databaseId }';
const reviewFields = `fullDatabaseId state submittedAt authorCanPushToRepository author { ${account} } commit { oid }`;
const reviewStates = 'states: [APPROVED, CHANGES_REQUESTED, DISMISSED]';
const eventTypes =
  'itemTypes: [REVIEW_DISMISSED_EVENT, BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]';
const eventFields = `__typename
      ... on BaseRefChangedEvent { createdAt }
      ... on AutomaticBaseChangeSucceededEvent { createdAt }
      ... on ReviewDismissedEvent { createdAt previousReviewState review { fullDatabaseId } }`;
const pageInfo = 'pageInfo { hasNextPage endCursor }';

const pullFragment = `fragment Pull on PullRequest {
  number mergedAt mergeCommit { oid } baseRefName baseRefOid headRefOid
  baseRepository { nameWithOwner }
  author { ${account} }
  commits(last: 1) { nodes { commit { authoredDate } } }
  reviews(first: 100, ${reviewStates}) { ${pageInfo} nodes { ${reviewFields} } }
  timelineItems(first: 50, ${eventTypes}) { ${pageInfo} nodes { ${eventFields} } }
}`;

const origins: Lookup<string, { isCut: boolean; pulls: WirePull[] } | null> = {
  size: batchSize,
  field: (oid) => `object(oid: ${quoted(oid)}) { ...Origin }`,
  fragments: `fragment Origin on Commit { associatedPullRequests(first: 10) { totalCount nodes { ...Pull } } }
${pullFragment}`,
  answer(data) {
    const commit = data as {
      associatedPullRequests?: { totalCount: number; nodes: WirePull[] };
    } | null;
    if (commit?.associatedPullRequests === undefined) return null;
    const { totalCount, nodes } = commit.associatedPullRequests;
    return { isCut: totalCount > nodes.length, pulls: nodes };
  },
};

/** The pull requests of commits, with their reviews. */
export async function readOrigins(
  client: GithubClient,
  commits: readonly string[],
): Promise<Map<string, CommitOrigin>> {
  const answers = await lookUp(client, commits, origins);
  const whole = new Map<number, PullRequestFacts>();
  for (const pull of answers.flatMap((answer) => answer?.pulls ?? [])) {
    if (!whole.has(pull.number)) whole.set(pull.number, factsFrom(await wholePull(client, pull)));
  }
  return new Map(
    commits.map((oid, index): [string, CommitOrigin] => {
      const answer = answers[index] ?? null;
      if (answer === null) return [oid, { origin: 'unknown', pulls: [] }];
      const pulls = answer.pulls.flatMap(({ number }) => whole.get(number) ?? []);
      return [oid, { origin: answer.isCut ? 'too-many' : 'read', pulls }];
    }),
  );
}

/** A pull request with all pages of its reviews and events. Seldom more than one. */
async function wholePull(client: GithubClient, pull: WirePull): Promise<WirePull> {
  const { number } = pull;
  const reviews = await allPages(
    client,
    number,
    'reviews',
    pull.reviews,
    reviewStates,
    reviewFields,
  );
  const events = pull.timelineItems;
  const timelineItems = await allPages(
    client,
    number,
    'timelineItems',
    events,
    eventTypes,
    eventFields,
  );
  return { ...pull, reviews, timelineItems };
}

async function allPages<T>(
  client: GithubClient,
  number: number,
  name: string,
  first: Page<T>,
  filter: string,
  fields: string,
): Promise<Page<T>> {
  const nodes = [...first.nodes];
  let { pageInfo: at } = first;
  while (at.hasNextPage) {
    const after = `after: ${quoted(at.endCursor ?? '')}`;
    const [page] = await lookUp(client, [number], {
      size: 1,
      fragments: '',
      field: () =>
        `pullRequest(number: ${number}) { ${name}(first: 100, ${after}${filter === '' ? '' : `, ${filter}`}) { ${pageInfo} nodes { ${fields} } } }`,
      answer: (data) => (data as Record<string, Page<T>> | null)?.[name] ?? null,
    });
    if (page == null) break;
    nodes.push(...page.nodes);
    at = page.pageInfo;
  }
  return { nodes, pageInfo: at };
}

/** The files of pull requests, by number. */
export async function readPullFiles(
  client: GithubClient,
  numbers: readonly number[],
): Promise<Map<number, string[]>> {
  const pages = await lookUp(client, numbers, {
    size: batchSize,
    fragments: '',
    field: (number) =>
      `pullRequest(number: ${number}) { files(first: 100) { ${pageInfo} nodes { path } } }`,
    answer: (data) => (data as { files?: Page<{ path: string }> } | null)?.files ?? null,
  });
  const found = new Map<number, string[]>();
  for (const [index, number] of numbers.entries()) {
    const first = pages[index];
    if (first == null) continue;
    const { nodes } = await allPages(client, number, 'files', first, '', 'path');
    found.set(
      number,
      nodes.map(({ path }) => path),
    );
  }
  return found;
}

function factsFrom(pull: WirePull): PullRequestFacts {
  const events = pull.timelineItems.nodes;
  const retargets = events
    .filter(({ __typename }) => __typename !== 'ReviewDismissedEvent')
    .map(({ createdAt }) => createdAt);
  return {
    number: pull.number,
    repository: pull.baseRepository?.nameWithOwner ?? '',
    mergedAt: pull.mergedAt,
    mergeCommit: pull.mergeCommit?.oid ?? null,
    baseBranch: pull.baseRefName,
    baseCommit: pull.baseRefOid,
    headCommit: pull.headRefOid,
    headAuthoredAt: pull.commits.nodes[0]?.commit.authoredDate ?? null,
    author: accountFrom(pull.author),
    retargetedAt: retargets.toSorted().at(-1) ?? null,
    files: null,
    reviews: pull.reviews.nodes.map((review) => reviewFrom(review, events)),
  };
}

function reviewFrom(review: WireReview, events: readonly WireEvent[]): PullRequestReview {
  const dismissed = events.find(
    (event) =>
      event.__typename === 'ReviewDismissedEvent' &&
      event.review?.fullDatabaseId === review.fullDatabaseId,
  );
  return {
    id: Number(review.fullDatabaseId),
    author: accountFrom(review.author),
    state: review.state,
    submittedAt: review.submittedAt ?? '',
    commit: review.commit?.oid ?? null,
    canPush: review.authorCanPushToRepository,
    dismissal:
      dismissed?.__typename === 'ReviewDismissedEvent'
        ? { at: dismissed.createdAt, from: dismissed.previousReviewState }
        : null,
  };
}

function accountFrom(wire: WireAccount | null): Account | null {
  if (wire === null) return null;
  return { id: wire.databaseId ?? null, login: wire.login, kind: wire.__typename };
}
