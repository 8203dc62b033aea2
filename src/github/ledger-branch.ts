import { type GithubClient, wholeOf } from './github-client.ts';
import { notPermitted, restFailure, StaleHead } from './github-error.ts';

/** Files of a branch at one commit, read to be replaced. */
export interface BranchFiles {
  head: string;
  /** Name → text; null: not there. */
  texts: Readonly<Record<string, string | null>>;
}

/** A branch of small text files that is changed by compare-and-swap. */
export interface LedgerBranch {
  /** null: there is no branch yet. */
  read(): Promise<BranchFiles | null>;
  /**
   * One commit on exactly the head that was read. A text of null removes a file.
   * @throws StaleHead when the branch has moved: read again, decide again
   */
  commit(
    head: string,
    texts: Readonly<Record<string, string | null>>,
    headline: string,
  ): Promise<void>;
  /** Makes the branch with nothing but a note in it; it shares no history with the content. */
  create(): Promise<void>;
  /** Is another commit a later one that holds ours, as GitHub knows them? */
  isLater(ours: string, theirs: string): Promise<boolean>;
}

interface WireFile {
  oid: string;
  object: { text?: string | null; isTruncated?: boolean } | null;
}

/** The ledger's branch: rulesets protect branches and tags only, so it is no other kind of reference. */
export function createLedgerBranch(
  client: GithubClient,
  branch: string,
  names: readonly string[],
): LedgerBranch {
  const { owner, name } = client.environment;
  const repositoryNameWithOwner = `${owner}/${name}`;

  async function textOf(file: WireFile | null): Promise<string | null> {
    if (file === null) return null;
    if (file.object?.isTruncated === false && file.object.text != null) return file.object.text;
    // GraphQL cuts the text of large files.
    try {
      const { data } = await client.rest.git.getBlob({ owner, repo: name, file_sha: file.oid });
      return Buffer.from(data.content, 'base64').toString('utf8');
    } catch (error) {
      throw restFailure(error, `read the branch ${branch}`, client.environment.apiUrl);
    }
  }

  return {
    async read() {
      const fields = names.map(
        (file, index) =>
          `f${index}: file(path: ${JSON.stringify(file)}) { oid object { ... on Blob { text isTruncated } } }`,
      );
      const query = `query ($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { ${fields.join('\n')} } } }
  }
}`;
      const answer = await client.graphql<{
        repository: { ref: { target: Record<string, WireFile | null> & { oid: string } } | null };
      }>(query, { owner, name, ref: `refs/heads/${branch}` });
      const { ref } = wholeOf(answer, client.environment).repository;
      if (ref === null) return null;
      const texts: Record<string, string | null> = {};
      for (const [index, file] of names.entries())
        texts[file] = await textOf(ref.target[`f${index}`] ?? null);
      return { head: ref.target.oid, texts };
    },
    async commit(head, texts, headline) {
      const entries = Object.entries(texts);
      const additions = entries.flatMap(([path, text]) =>
        text === null ? [] : [{ path, contents: Buffer.from(text, 'utf8').toString('base64') }],
      );
      const deletions = entries.flatMap(([path, text]) => (text === null ? [{ path }] : []));
      const input = {
        branch: { repositoryNameWithOwner, branchName: branch },
        expectedHeadOid: head,
        message: { headline },
        fileChanges: { additions, deletions },
      };
      const { errors } = await client.graphql(commitMutation, { input }, 'write');
      const [first] = errors;
      if (first === undefined) return;
      if (first.type === 'STALE_DATA') throw new StaleHead(first.message);
      if (first.type === 'FORBIDDEN') throw notPermitted(`write the branch ${branch}`);
      wholeOf({ data: null, errors }, client.environment);
    },
    async create() {
      const where = { owner, repo: name };
      try {
        const tree = [
          { path: 'README.md', mode: '100644' as const, type: 'blob' as const, content: note },
        ];
        const { data: made } = await client.direct.git.createTree({ ...where, tree });
        const message = 'Begin the ledger';
        const { data: commit } = await client.direct.git.createCommit({
          ...where,
          message,
          tree: made.sha,
          parents: [],
        });
        await client.direct.git.createRef({
          ...where,
          ref: `refs/heads/${branch}`,
          sha: commit.sha,
        });
      } catch (error) {
        const status = error instanceof Error && 'status' in error ? Number(error.status) : null;
        // Somebody else made it, or the answer was lost: reading it again tells.
        if (status === 422) return;
        throw restFailure(error, `make the branch ${branch}`, client.environment.apiUrl);
      }
    },
    async isLater(ours, theirs) {
      try {
        const basehead = `${ours}...${theirs}`;
        const where = { owner, repo: name, basehead, per_page: 1 };
        const { data } = await client.rest.repos.compareCommitsWithBasehead(where);
        return data.status === 'ahead';
      } catch (error) {
        // Not on GitHub, as after a rewritten history: nothing says that it is later.
        if (error instanceof Error && 'status' in error && error.status === 404) return false;
        throw restFailure(error, 'compare commits', client.environment.apiUrl);
      }
    },
  };
}

const note = `The ledger of reviewed-kb: what was published, with whose approval. Written by \`kb publish\`; do not edit.
`;

const commitMutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
