import type {
  MergeMethod,
  Permission,
  PullRequest,
  Repository,
  Review,
  User,
  World,
} from './world.ts';

/** Path → text or bytes; null removes the file. */
export type Changes = Readonly<Record<string, string | Uint8Array | null>>;

export interface CommitWish {
  files: Changes;
  renames?: readonly (readonly [string, string])[];
  message?: string;
  /** Who else is named as `Co-authored-by`. */
  coAuthors?: readonly string[];
  /** Who commits, where it is not the author; `web-flow` is GitHub itself. */
  committer?: string;
}

/** What people and bots do on GitHub, for one repository. Times move on with every call. */
export interface Driver {
  readonly world: World;
  readonly repository: Repository;
  user(login: string, permission?: Permission | null, kind?: User['kind']): User;
  /** Makes a team of the repository's owner. */
  team(slug: string, members: readonly string[], permission?: Permission): void;
  /** Takes somebody's access away. */
  removeAccess(login: string): void;
  /** Commits to a branch, past any pull request; makes the branch from the default branch where it is missing. */
  push(login: string, branch: string, wish: CommitWish, author?: string): Promise<string>;
  forcePush(
    login: string,
    branch: string,
    wish: CommitWish,
    onto?: string,
    author?: string,
  ): Promise<string>;
  branch(name: string, from?: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
  /** Opens a pull request; the first commit is made where `files` are given. */
  open(
    login: string,
    wish: Partial<CommitWish> & {
      branch: string;
      base?: string;
      title?: string;
      body?: string;
      fork?: boolean;
      author?: string;
    },
  ): Promise<PullRequest>;
  approve(login: string, pull: PullRequest, commit?: string): Review;
  requestChanges(login: string, pull: PullRequest): Review;
  comment(login: string, pull: PullRequest): Review;
  dismiss(login: string, review: Review): void;
  /** The author commits what a reviewer suggested: the reviewer becomes co-author. */
  commitSuggestion(login: string, pull: PullRequest, by: string, files: Changes): Promise<string>;
  /** Merges the base into the head, as the button does. */
  updateBranch(login: string, pull: PullRequest): Promise<string>;
  retarget(login: string, pull: PullRequest, base: string): Promise<void>;
  close(pull: PullRequest): void;
  /** Merges; no rule is enforced here, as an administrator may pass all of them. @returns the commit on the base */
  merge(login: string, pull: PullRequest, method: MergeMethod): Promise<string>;
  /** As the merge queue does: the bot merges what stands first. */
  mergeByQueue(pull: PullRequest, method: MergeMethod): Promise<string>;
  /** A merge made by hand whose commit holds more than both sides. */
  evilMerge(login: string, pull: PullRequest, files: Changes): Promise<string>;
  /** A pull request that takes another one's changes back. */
  revert(login: string, pull: PullRequest): Promise<PullRequest>;
  /** A working copy with the whole history, or a shallow one. */
  clone(into: string, options?: { depth?: number; branch?: string }): Promise<void>;
  /** Brings a working copy up to date with the default branch. */
  pull(into: string): Promise<void>;
}
