import { readDefaultBranch } from '../../github/current-commit.ts';
import type { GithubClient } from '../../github/github-client.ts';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import { isAncestor } from '../../repository/index.ts';
import type { Context } from '../context.ts';
import { repositoryFolder } from './job.ts';

/** The job of an old commit: the newer one's job publishes. */
export const superseded = 'superseded';

/**
 * Only the newest content of the default branch is published. A job that was started again, or that
 * waited longer than the one of a later merge, would otherwise bring an older text back. Asked when
 * the ledger is ours: whoever merges later has to wait for it.
 *
 * @throws KbError `superseded` for an old commit, `other-branch` for any branch but the default one
 */
export async function assertNewestContent(context: Context, github: GithubClient): Promise<void> {
  const branch = await readDefaultBranch(github, await repositoryFolder(context));
  if (branch === null) return;
  const ref = context.env.GITHUB_REF ?? '';
  if (ref !== '' && ref !== `refs/heads/${branch.name}`) {
    throw new KbError('other-branch', `Publishing runs from ${branch.name} only, this is ${ref}.`, {
      hint: `Start the workflow on ${branch.name}.`,
      exitCode: exitCodes.refused,
    });
  }
  const newest = branch.lastOfFolder;
  if (newest === null || (await isAncestor(context.contentDir, newest))) return;
  throw new KbError(
    superseded,
    `${branch.name} has newer content (${newest.slice(0, 12)}); the job of that commit publishes.`,
    { hint: 'Nothing was written.', exitCode: exitCodes.refused },
  );
}
