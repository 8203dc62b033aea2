import type { PullRequest, PullRequestEvent, Repository, Review, User, World } from '../world.ts';
import { canPush, timeText } from '../world.ts';
import { connection, type GraphqlNode, type PageArguments } from './connection.ts';
import { commitOf } from './git-objects.ts';
import { repositoryNode } from './repository.ts';

export function actorOf(user: User) {
  return {
    __typename: user.kind,
    id: `U_${user.id}`,
    databaseId: user.id,
    // GraphQL names bots without the ending that REST gives them.
    login: user.kind === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login,
    email: '',
  };
}

export function pullRequestOf(
  world: World,
  repository: Repository,
  pull: PullRequest,
): GraphqlNode {
  const { git } = repository;
  const commit = (oid: string | null) => (oid === null ? null : commitOf(world, repository, oid));
  return {
    __typename: 'PullRequest',
    id: `PR_${pull.id}`,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    merged: pull.state === 'MERGED',
    closed: pull.state !== 'OPEN',
    isDraft: false,
    isCrossRepository: pull.headRepository !== `${repository.owner}/${repository.name}`,
    createdAt: timeText(pull.createdAt),
    updatedAt: timeText(pull.updatedAt),
    mergedAt: pull.mergedAt === null ? null : timeText(pull.mergedAt),
    mergedBy: pull.mergedBy === null ? null : actorOf(pull.mergedBy),
    author: pull.author === null ? null : actorOf(pull.author),
    baseRefName: pull.base,
    baseRefOid: pull.baseOid,
    headRefName: pull.head,
    headRefOid: pull.headOid,
    baseRepository: () => repositoryNode(world, repository),
    mergeCommit: () => commit(pull.mergeCommit),
    files: async (page: PageArguments) => {
      const base = (await git.mergeBase(pull.baseOid, pull.headOid)) ?? pull.baseOid;
      const paths = await git.changedPaths(base, pull.headOid);
      return connection(
        'files',
        paths.map((path) => ({ path, additions: 1, deletions: 0 })),
        page,
      );
    },
    commits: async (page: PageArguments) => {
      const oids = await git.between(pull.baseOid, pull.headOid);
      const nodes = oids.map((oid) => ({ id: `PRC_${oid}`, commit: () => commit(oid) }));
      return connection('commits', nodes, page);
    },
    reviews: ({ states, ...page }: PageArguments & { states?: string[] | null }) =>
      connection(
        'reviews',
        pull.reviews
          .filter(({ state }) => states == null || states.includes(state))
          .map((review) => reviewOf(world, repository, review)),
        page,
      ),
    latestOpinionatedReviews: (page: PageArguments & { writersOnly?: boolean }) =>
      connection(
        'latestOpinionatedReviews',
        latestOpinions(pull)
          .filter(
            ({ author }) =>
              page.writersOnly !== true || (author !== null && canPush(world, repository, author)),
          )
          .map((review) => reviewOf(world, repository, review)),
        page,
      ),
    reviewDecision: () => decisionOf(world, repository, pull),
    timelineItems: ({ itemTypes, ...page }: PageArguments & { itemTypes?: string[] | null }) =>
      connection(
        'timelineItems',
        pull.events
          .map((event) => eventOf(world, repository, event))
          .filter(({ itemType }) => itemTypes == null || itemTypes.includes(itemType)),
        page,
      ),
  };
}

/** Each person's last review that says yes or no. */
function latestOpinions(pull: PullRequest): Review[] {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) {
    const isOpinion = review.state !== 'COMMENTED' && review.state !== 'PENDING';
    if (isOpinion) latest.set(review.author?.id ?? 0, review);
  }
  return [...latest.values()];
}

/** GitHub's own view: whoever may push said yes, and nobody says no. Bytes play no part in it. */
function decisionOf(world: World, repository: Repository, pull: PullRequest): string {
  const states = latestOpinions(pull)
    .filter(({ author }) => author !== null && canPush(world, repository, author))
    .map(({ state }) => state);
  if (states.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  return states.includes('APPROVED') ? 'APPROVED' : 'REVIEW_REQUIRED';
}

function reviewOf(world: World, repository: Repository, review: Review) {
  return {
    __typename: 'PullRequestReview',
    id: `PRR_${review.id}`,
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    submittedAt: timeText(review.submittedAt),
    author: review.author === null ? null : actorOf(review.author),
    authorCanPushToRepository: review.author !== null && canPush(world, repository, review.author),
    commit: () => (review.commit === null ? null : commitOf(world, repository, review.commit)),
  };
}

function eventOf(world: World, repository: Repository, event: PullRequestEvent) {
  const shared = {
    id: `E_${event.id}`,
    databaseId: event.id,
    createdAt: timeText(event.at),
    actor: actorOf(event.actor),
  };
  switch (event.kind) {
    case 'dismissed':
      return {
        ...shared,
        __typename: 'ReviewDismissedEvent',
        itemType: 'REVIEW_DISMISSED_EVENT',
        previousReviewState: event.from,
        review: reviewOf(world, repository, event.review),
      };
    case 'retargeted':
      return {
        ...shared,
        __typename: 'BaseRefChangedEvent',
        itemType: 'BASE_REF_CHANGED_EVENT',
        previousRefName: event.before,
        currentRefName: event.after,
      };
  }
}
