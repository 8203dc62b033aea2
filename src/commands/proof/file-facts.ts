import type { GithubClient } from '../../github/github-client.ts';
import {
  type Ancestry,
  type CommittedFile,
  type LastCommit,
  readAncestry,
} from '../../repository/index.ts';
import type { FileFacts, FileVersion, PullRequestFacts } from '../../review/index.ts';

/** A committed file, and the commit that brought it to the main branch. */
export interface LocalFile extends CommittedFile {
  /** Content path. */
  file: string;
  last: LastCommit;
  /** Has the file on disk, which is what would be published, these bytes? */
  isAsCommitted: boolean;
}

/** Where the history is, and the commit that is published. */
export interface Published {
  root: string;
  commit: string;
}

/**
 * What git and GitHub know of files: their pull requests, the reviews, and the bytes and writers at each
 * review. A query asks for many files at once.
 * @throws KbError when GitHub does not answer
 */
export async function readFileFacts(
  { root, commit }: Published,
  client: GithubClient,
  files: readonly LocalFile[],
): Promise<Map<string, FileFacts>> {
  if (files.length === 0) return new Map();
  const { readOrigins, readPullFiles } = await import('../../github/facts/pull-requests.ts');
  const origins = await readOrigins(client, [...new Set(files.map(({ last }) => last.oid))]);
  const pullsOf = ({ last }: LocalFile) => origins.get(last.oid)?.pulls ?? [];
  const rebased = files.flatMap((file) =>
    bringing(file, pullsOf(file)) === null ? pullsOf(file).filter(isMerged) : [],
  );
  const paths = await readPullFiles(client, [...new Set(rebased.map(({ number }) => number))]);
  const withFiles = (pull: PullRequestFacts) => ({
    ...pull,
    files: paths.get(pull.number) ?? null,
  });
  const pullsWithFiles = (file: LocalFile) => pullsOf(file).map(withFiles);
  const versions = await readFileVersions({ root, commit }, client, files, pullsWithFiles);
  const facts = new Map<string, FileFacts>();
  for (const file of files) {
    facts.set(file.path, {
      path: file.path,
      blob: file.blob,
      isAsCommitted: file.isAsCommitted,
      commit: file.last.oid,
      isMerge: file.last.parents.length > 1,
      authoredAt: file.last.authoredAt,
      origin: origins.get(file.last.oid)?.origin ?? 'unknown',
      pulls: pullsWithFiles(file),
      versions: versions.get(file.path) ?? new Map(),
    });
  }
  return facts;
}

/** Each file at the commits that were reviewed or merged, with who wrote it there, by path and commit. */
async function readFileVersions(
  { root, commit }: Published,
  client: GithubClient,
  files: readonly LocalFile[],
  pullsOf: (file: LocalFile) => readonly PullRequestFacts[],
): Promise<Map<string, Map<string, FileVersion>>> {
  const { readVersions } = await import('../../github/facts/file-versions.ts');
  const asked = files.flatMap((file) =>
    candidates(file, pullsOf(file)).flatMap((pull) =>
      commitsToCompare(pull).map((commit) => ({ commit, path: file.path, file, pull })),
    ),
  );
  const read = await readVersions(client, asked);
  const ancestry = await readAncestry(root, commit);
  const versions = new Map<string, Map<string, FileVersion>>();
  for (const [index, { commit: at, path, file, pull }] of asked.entries()) {
    const found = read[index] ?? { blob: null, commits: null };
    const isOfMain = mainBefore(ancestry, file, pull);
    const writing =
      isOfMain === null ? null : (found.commits?.filter(({ oid }) => !isOfMain(oid)) ?? null);
    const ofFile = versions.get(path) ?? new Map<string, FileVersion>();
    versions.set(path, ofFile.set(at, { blob: found.blob, writing }));
  }
  return versions;
}

function isMerged({ mergedAt }: PullRequestFacts): boolean {
  return mergedAt !== null;
}

/** The pull request whose merge is this very commit. */
function bringing(
  { last }: LocalFile,
  pulls: readonly PullRequestFacts[],
): PullRequestFacts | null {
  return pulls.find((pull) => isMerged(pull) && pull.mergeCommit === last.oid) ?? null;
}

/** Pull requests that the proof may turn to: more is asked of these only. */
function candidates(file: LocalFile, pulls: readonly PullRequestFacts[]): PullRequestFacts[] {
  const pull = bringing(file, pulls);
  if (pull !== null) return [pull];
  return pulls.filter((item) => isMerged(item) && item.files?.includes(file.path) === true);
}

/** What was approved, and what was merged. */
function commitsToCompare({ reviews, headCommit }: PullRequestFacts): string[] {
  const approved = reviews.flatMap(({ state, commit }) =>
    state === 'APPROVED' && commit !== null ? [commit] : [],
  );
  return [...new Set([headCommit, ...approved])];
}

/**
 * Which commits the main branch had before the pull request: those are not its writers'. A pull request
 * whose own commits were pushed to main is cut off at its base; null where even that holds them.
 */
function mainBefore(
  ancestry: Ancestry,
  { last }: LocalFile,
  { headCommit, baseCommit }: PullRequestFacts,
): ((commit: string) => boolean) | null {
  const [parent = null] = last.parents;
  const isForwarded = ancestry.isOnLine(headCommit);
  if (isForwarded && ancestry.isWithin(headCommit, baseCommit)) return null;
  const boundary = isForwarded ? baseCommit : parent;
  return (commit) => boundary !== null && ancestry.isWithin(commit, boundary);
}
