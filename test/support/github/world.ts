import type { GitRepository } from './git-repository.ts';

/** What GitHub knows: data only. The driver changes it; GraphQL and REST show it. */
export interface World {
  users: Map<string, User>;
  organizations: Map<string, Organization>;
  repositories: Map<string, Repository>;
  tokens: Map<string, Token>;
  /** Milliseconds; each thing that happens moves it on. */
  now: number;
  lastId: number;
}

export interface User {
  id: number;
  login: string;
  kind: 'User' | 'Bot' | 'Mannequin';
  email: string;
}

export interface Organization {
  id: number;
  login: string;
  /** slug → logins */
  teams: Map<string, Set<string>>;
}

export type Permission = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Repository {
  id: number;
  owner: string;
  name: string;
  isPrivate: boolean;
  defaultBranch: string;
  git: GitRepository;
  /** login → permission; who is not listed may read. */
  collaborators: Map<string, Permission>;
  /** Slug of a team → permission. */
  teamPermissions: Map<string, Permission>;
  pullRequests: PullRequest[];
  issues: Issue[];
  comments: IssueComment[];
  checkRuns: CheckRun[];
  lastNumber: number;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';
export type PullRequestState = 'OPEN' | 'CLOSED' | 'MERGED';

export interface PullRequest {
  id: number;
  number: number;
  title: string;
  body: string;
  author: User | null;
  state: PullRequestState;
  base: string;
  baseOid: string;
  head: string;
  headOid: string;
  /** `owner/name` the head lies in; of a fork another one. */
  headRepository: string;
  createdAt: number;
  updatedAt: number;
  mergedAt: number | null;
  mergedBy: User | null;
  mergeCommit: string | null;
  /** Commits that the merge brought to the base. */
  introduced: Set<string>;
  labels: string[];
  reviews: Review[];
  events: PullRequestEvent[];
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  id: number;
  author: User | null;
  state: ReviewState;
  body: string;
  /** null: the commit is gone. */
  commit: string | null;
  submittedAt: number;
}

export type PullRequestEvent =
  | { kind: 'dismissed'; id: number; at: number; actor: User; review: Review; from: ReviewState }
  | { kind: 'retargeted'; id: number; at: number; actor: User; before: string; after: string };

export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  author: User;
  labels: string[];
  createdAt: number;
  updatedAt: number;
}

export interface IssueComment {
  id: number;
  /** Of the issue or pull request. */
  number: number;
  body: string;
  author: User;
  createdAt: number;
  updatedAt: number;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  message: string;
  title?: string;
}

export interface CheckRun {
  id: number;
  name: string;
  headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  annotations: Annotation[];
  createdAt: number;
}

export type Access = 'none' | 'read' | 'write';

/** A token, and what it may do. `members`: may it see teams? */
export interface Token {
  value: string;
  user: User;
  contents: Access;
  pullRequests: Access;
  issues: Access;
  checks: Access;
  members: boolean;
  /** GraphQL points and REST requests an hour: 1,000 for GITHUB_TOKEN. */
  limitPerHour: number;
}

export function repositoryOf(world: World, owner: string, name: string): Repository | null {
  return world.repositories.get(`${owner}/${name}`.toLowerCase()) ?? null;
}

/** The permission somebody has, directly or by a team. */
export function permissionOf(world: World, repository: Repository, user: User): Permission {
  const teams = world.organizations.get(repository.owner)?.teams ?? new Map<string, Set<string>>();
  const granted = [...repository.teamPermissions].flatMap(([slug, permission]) =>
    teams.get(slug)?.has(user.login) === true ? [permission] : [],
  );
  const own = repository.collaborators.get(user.login);
  const all = own === undefined ? granted : [own, ...granted];
  return all.sort((a, b) => permissions.indexOf(b) - permissions.indexOf(a))[0] ?? 'read';
}

const permissions: readonly Permission[] = ['read', 'triage', 'write', 'maintain', 'admin'];

export function canPush(world: World, repository: Repository, user: User): boolean {
  return permissions.indexOf(permissionOf(world, repository, user)) >= permissions.indexOf('write');
}

/** GitHub's times have seconds. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function nextId(world: World): number {
  world.lastId += 1;
  return world.lastId;
}

/** Moves the clock on by a minute: what happens later has a later time. */
export function tick(world: World): number {
  world.now += 60_000;
  return world.now;
}
