/**
 * What is known about one file of the published commit, and about the pull requests it may have come
 * from. Facts only, as git and GitHub tell them: the decision is `proveFile`.
 */
export interface FileFacts {
  /** From the top of the repository. */
  path: string;
  /** Its bytes in the published commit. */
  blob: string;
  /** Does the file on disk, which is what would be published, have these bytes? */
  isAsCommitted: boolean;
  /** Last first-parent commit of the main branch that touched it. */
  commit: string;
  /** Is that commit a merge? */
  isMerge: boolean;
  /** ISO time. A rebase keeps it, a squash makes a new one. */
  authoredAt: string;
  /** Does GitHub know that commit, and were all its pull requests read? */
  origin: 'read' | 'unknown' | 'too-many';
  /** Pull requests that GitHub associates with that commit. */
  pulls: readonly PullRequestFacts[];
  /** The file as it was in other commits: those that were reviewed, and the head of the pull request. */
  versions: ReadonlyMap<string, FileVersion>;
}

/** An account, by its id: logins can be given up and taken by somebody else. */
export interface Account {
  id: number | null;
  login: string;
  kind: string;
}

export interface PullRequestFacts {
  number: number;
  /** `owner/name` of the repository it was merged in. */
  repository: string;
  /** ISO time; null: not merged. */
  mergedAt: string | null;
  mergeCommit: string | null;
  baseBranch: string;
  /** What it was based on: who owns which file is read there. */
  baseCommit: string;
  headCommit: string;
  /** ISO time of the head commit. */
  headAuthoredAt: string | null;
  /** null: the account is gone. */
  author: Account | null;
  /** When it was last pointed at another base; null: never. ISO time. */
  retargetedAt: string | null;
  /** Its files; null where nobody had to ask. */
  files: readonly string[] | null;
  reviews: readonly PullRequestReview[];
}

export interface PullRequestReview {
  id: number;
  author: Account | null;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  /** ISO time. */
  submittedAt: string;
  /** The commit it was given for; null: the commit is gone. */
  commit: string | null;
  canPush: boolean;
  dismissal: { at: string; from: string } | null;
}

export interface FileVersion {
  /** null: the file was not there. */
  blob: string | null;
  /** The commits up to here that touched the file and are not of the main branch; null: they could not all be read. */
  writing: readonly WritingCommit[] | null;
}

export interface WritingCommit {
  oid: string;
  /** The author first, then co-authors. */
  authors: readonly Writer[];
  committer: Writer;
  /** Made by a button on GitHub, which signs it; the committer's address alone can be made up. */
  isViaWeb: boolean;
}

/** Who git says wrote: with the account that has the address, if one has. */
export interface Writer {
  email: string;
  account: Account | null;
}

/** What is asked of a review. */
export interface ProofPolicy {
  /** `owner/name` and main branch that pull requests must have gone to. */
  repository: string;
  mainBranch: string;
  /** How many people must have approved. */
  approvals: number;
  codeOwners: boolean;
  /** Only reviews of the last commit count, and never those of somebody who wrote a part. */
  strict: boolean;
}

/** Who owns a file by CODEOWNERS, as far as it matters. */
export type Ownership =
  | { kind: 'not-asked' }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'unowned'; blob: string }
  | {
      kind: 'owned';
      blob: string;
      /** As written: `@login`, `@org/team`, an address. */
      owners: readonly string[];
      logins: readonly string[];
      /** Ids of the members of its teams. */
      memberIds: readonly number[];
      /** Teams and addresses whose people nobody could tell us. */
      unknown: readonly string[];
    };
