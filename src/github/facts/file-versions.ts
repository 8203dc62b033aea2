import type { WritingCommit } from '../../review/index.ts';
import type { GithubClient } from '../github-client.ts';
import { batchSize, lookUp, quoted } from './batches.ts';

/** A file in a commit: its bytes, and the commits up to there that touched it. */
export interface ReadVersion {
  blob: string | null;
  /** Newest first, those of the main branch too; null: more than can be read. */
  commits: readonly WritingCommit[] | null;
}

export interface VersionKey {
  commit: string;
  /** From the top of the repository. */
  path: string;
}

interface WireActor {
  email: string | null;
  user: { databaseId: number | null; login: string } | null;
}

interface WireCommit {
  oid: string;
  authors: { totalCount: number; nodes: WireActor[] };
  committer: WireActor | null;
  committedViaWeb: boolean;
}

interface WireVersion {
  file: { oid: string; type: string } | null;
  history: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: WireCommit[] };
}

/** Few files of a pull request have more commits; a page costs points of the hour's limit. */
const firstPage = 10;
const nextPage = 100;
const mostPages = 10;

const fragments = `fragment Writing on Commit {
  oid committedViaWeb
  authors(first: 10) { totalCount nodes { email user { databaseId login } } }
  committer { email user { databaseId login } }
}`;

/** Files as they were in other commits, such as those that were reviewed. */
export async function readVersions(
  client: GithubClient,
  keys: readonly VersionKey[],
): Promise<ReadVersion[]> {
  const read = await lookUp(client, keys, {
    size: batchSize,
    fragments,
    field: ({ commit, path }) =>
      `object(oid: ${quoted(commit)}) { ... on Commit { file(path: ${quoted(path)}) { oid type } ${history(path, firstPage, null)} } }`,
    answer: (data) => data as WireVersion | null,
  });
  const versions: ReadVersion[] = [];
  for (const [index, key] of keys.entries()) {
    const found = read[index] ?? null;
    versions.push(found?.history === undefined ? gone : await versionFrom(client, key, found));
  }
  return versions;
}

const gone: ReadVersion = { blob: null, commits: null };

function history(path: string, size: number, after: string | null): string {
  const cursor = after === null ? '' : `, after: ${quoted(after)}`;
  return `history(path: ${quoted(path)}, first: ${size}${cursor}) { pageInfo { hasNextPage endCursor } nodes { ...Writing } }`;
}

async function versionFrom(
  client: GithubClient,
  key: VersionKey,
  found: WireVersion,
): Promise<ReadVersion> {
  const blob = found.file?.type === 'blob' ? found.file.oid : null;
  const nodes = [...found.history.nodes];
  let { pageInfo } = found.history;
  for (let page = 1; pageInfo.hasNextPage; page += 1) {
    if (page > mostPages) return { blob, commits: null };
    const next = await readMore(client, key, pageInfo.endCursor);
    if (next === null) return { blob, commits: null };
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  const isWhole = nodes.every(({ authors }) => authors.totalCount <= authors.nodes.length);
  return { blob, commits: isWhole ? nodes.map(writingFrom) : null };
}

async function readMore(
  client: GithubClient,
  { commit, path }: VersionKey,
  after: string | null,
): Promise<WireVersion['history'] | null> {
  const [more = null] = await lookUp(client, [commit], {
    size: 1,
    fragments,
    field: () =>
      `object(oid: ${quoted(commit)}) { ... on Commit { ${history(path, nextPage, after)} } }`,
    answer: (data) => (data as Pick<WireVersion, 'history'> | null)?.history ?? null,
  });
  return more;
}

function writingFrom({ oid, authors, committer, committedViaWeb }: WireCommit): WritingCommit {
  return {
    oid,
    authors: authors.nodes.map(writerFrom),
    committer: writerFrom(committer),
    isViaWeb: committedViaWeb,
  };
}

function writerFrom(actor: WireActor | null): WritingCommit['committer'] {
  const user = actor?.user ?? null;
  return {
    email: actor?.email ?? '',
    account: user === null ? null : { id: user.databaseId, login: user.login, kind: 'User' },
  };
}
