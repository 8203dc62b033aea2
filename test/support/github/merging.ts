import type { GitRepository, Signature } from './git-repository.ts';
import type { MergeMethod } from './world.ts';

/** One merge: how, and who did it. */
export interface Merging {
  method: MergeMethod;
  /** The branch's commit that is merged into. */
  base: string;
  head: string;
  author: Signature;
  committer: Signature;
  message: string;
}

/**
 * Merges as GitHub does: a merge commit, one commit of all changes, or each commit again on top.
 * @returns the last commit it made
 * @throws where the sides conflict
 */
export async function merged(store: GitRepository, merging: Merging): Promise<string> {
  const { method, base, head, author, committer, message } = merging;
  if (method === 'rebase') return rebased(store, merging);
  const tree = await store.mergeTree(base, head);
  const parents = method === 'merge' ? [base, head] : [base];
  return store.commitTree({ tree, parents, author, committer, message: `${message}\n` });
}

async function rebased(store: GitRepository, { base, head, committer }: Merging): Promise<string> {
  let onto = base;
  for (const oid of await store.between(base, head)) {
    const commit = await store.commitData(oid);
    if (commit.parents.length > 1) continue;
    const tree = await store.pickTree(onto, commit);
    const { author, message } = commit;
    onto = await store.commitTree({ tree, parents: [onto], author, committer, message });
  }
  return onto;
}
