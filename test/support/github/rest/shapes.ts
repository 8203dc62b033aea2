import type { components } from '@octokit/openapi-types';
import {
  type CheckRun,
  canPush,
  type Issue,
  type IssueComment,
  type PullRequest,
  type Repository,
  timeText,
  type User,
  type World,
} from '../world.ts';

type Schemas = components['schemas'];

/** Base address of the API and of the pages, as answers name them. */
export interface Addresses {
  api: string;
  server: string;
}

/** What REST answers, held against GitHub's own description by the compiler. */
export function simpleUser({ api, server }: Addresses, user: User) {
  const url = `${api}/users/${user.login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${user.id}`,
    avatar_url: `${server}/avatars/${user.id}`,
    gravatar_id: '',
    url,
    html_url: `${server}/${user.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.kind,
    site_admin: false,
  } satisfies Schemas['simple-user'];
}

export function issueComment(
  addresses: Addresses,
  { owner, name }: Repository,
  comment: IssueComment,
) {
  const url = `${addresses.api}/repos/${owner}/${name}/issues`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${url}/comments/${comment.id}`,
    html_url: `${addresses.server}/${owner}/${name}/issues/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${url}/${comment.number}`,
    body: comment.body,
    user: simpleUser(addresses, comment.author),
    created_at: timeText(comment.createdAt),
    updated_at: timeText(comment.updatedAt),
    author_association: 'NONE',
  } satisfies Schemas['issue-comment'];
}

export function checkRun(addresses: Addresses, { owner, name }: Repository, run: CheckRun) {
  const url = `${addresses.api}/repos/${owner}/${name}/check-runs/${run.id}`;
  const time = timeText(run.createdAt);
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: `CR_${run.id}`,
    external_id: '',
    url,
    html_url: `${addresses.server}/${owner}/${name}/runs/${run.id}`,
    details_url: null,
    status: run.status,
    conclusion: run.conclusion as Schemas['check-run']['conclusion'],
    started_at: time,
    completed_at: run.status === 'completed' ? time : null,
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: null,
    app: null,
    pull_requests: [],
  } satisfies Schemas['check-run'];
}

export function annotation(item: CheckRun['annotations'][number]) {
  return {
    path: item.path,
    start_line: item.start_line,
    end_line: item.end_line,
    start_column: null,
    end_column: null,
    annotation_level: item.annotation_level,
    title: item.title ?? null,
    message: item.message,
    raw_details: null,
    blob_href: '',
  } satisfies Schemas['check-annotation'];
}

function labelsOf(labels: readonly string[]) {
  return labels.map((name, index) => ({
    id: index + 1,
    node_id: `L_${name}`,
    url: '',
    name,
    description: '',
    color: 'ededed',
    default: false,
  }));
}

export function issue(addresses: Addresses, { owner, name }: Repository, item: Issue) {
  const url = `${addresses.api}/repos/${owner}/${name}/issues/${item.number}`;
  return {
    id: item.id,
    node_id: `I_${item.id}`,
    url,
    repository_url: `${addresses.api}/repos/${owner}/${name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${addresses.server}/${owner}/${name}/issues/${item.number}`,
    number: item.number,
    state: item.state,
    title: item.title,
    body: item.body,
    user: simpleUser(addresses, item.author),
    labels: labelsOf(item.labels),
    assignee: null,
    milestone: null,
    locked: false,
    comments: 0,
    closed_at: item.state === 'closed' ? timeText(item.updatedAt) : null,
    created_at: timeText(item.createdAt),
    updated_at: timeText(item.updatedAt),
    author_association: 'NONE',
  } satisfies Schemas['issue'];
}

type PullFields = Pick<
  Schemas['pull-request-simple'],
  | 'id'
  | 'node_id'
  | 'number'
  | 'url'
  | 'html_url'
  | 'state'
  | 'title'
  | 'body'
  | 'user'
  | 'draft'
  | 'labels'
  | 'locked'
  | 'merge_commit_sha'
  | 'merged_at'
  | 'closed_at'
  | 'created_at'
  | 'updated_at'
  | 'author_association'
>;

/** The fields of a pull request that tools read; the whole has a hundred more. */
export function pullRequest(addresses: Addresses, repository: Repository, pull: PullRequest) {
  const { owner, name } = repository;
  const [headOwner = owner] = pull.headRepository.split('/');
  const fields = {
    id: pull.id,
    node_id: `PR_${pull.id}`,
    number: pull.number,
    url: `${addresses.api}/repos/${owner}/${name}/pulls/${pull.number}`,
    html_url: `${addresses.server}/${owner}/${name}/pull/${pull.number}`,
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    title: pull.title,
    body: pull.body,
    user: pull.author === null ? null : simpleUser(addresses, pull.author),
    draft: false,
    labels: labelsOf(pull.labels),
    locked: false,
    merge_commit_sha: pull.mergeCommit,
    merged_at: pull.mergedAt === null ? null : timeText(pull.mergedAt),
    closed_at: pull.mergedAt === null ? null : timeText(pull.mergedAt),
    created_at: timeText(pull.createdAt),
    updated_at: timeText(pull.updatedAt),
    author_association: 'NONE',
  } satisfies PullFields;
  return {
    ...fields,
    merged: pull.state === 'MERGED',
    head: {
      label: `${headOwner}:${pull.head}`,
      ref: pull.head,
      sha: pull.headOid,
      repo: { full_name: pull.headRepository, fork: pull.headRepository !== `${owner}/${name}` },
    },
    base: {
      label: `${owner}:${pull.base}`,
      ref: pull.base,
      sha: pull.baseOid,
      repo: { full_name: `${owner}/${name}`, fork: false },
    },
  };
}

type RepositoryFields = Pick<
  Schemas['full-repository'],
  | 'id'
  | 'node_id'
  | 'name'
  | 'full_name'
  | 'private'
  | 'visibility'
  | 'default_branch'
  | 'html_url'
  | 'url'
  | 'fork'
  | 'permissions'
>;

export function fullRepository(
  addresses: Addresses,
  world: World,
  repository: Repository,
  user: User,
) {
  const { id, owner, name, isPrivate, defaultBranch } = repository;
  const push = canPush(world, repository, user);
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: `${owner}/${name}`,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    default_branch: defaultBranch,
    html_url: `${addresses.server}/${owner}/${name}`,
    url: `${addresses.api}/repos/${owner}/${name}`,
    fork: false,
    permissions: { admin: false, maintain: false, push, triage: push, pull: true },
  } satisfies RepositoryFields;
}

export function gitRef({ api }: Addresses, { owner, name }: Repository, ref: string, oid: string) {
  const url = `${api}/repos/${owner}/${name}/git`;
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${url}/${ref}`,
    object: { type: 'commit', sha: oid, url: `${url}/commits/${oid}` },
  } satisfies Schemas['git-ref'];
}
