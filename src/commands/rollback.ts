import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import type { Progress, PublishResult } from '../publish/outcome.ts';
import { checkOutContent, readConfig } from '../repository/index.ts';
import { chosenWorkspace } from './connect.ts';
import type { Context } from './context.ts';
import { ledgerFile, stateDir } from './ledger-store.ts';
import { type PlanResult, planCommand } from './plan.ts';
import { publishCommand } from './publish.ts';

export interface RollbackWishes {
  /** A commit, branch or tag. */
  to: string;
  only: readonly string[];
  allow: readonly string[];
  recreate: readonly string[];
}

/** Texts go back on purpose: the limit for accidents is not meant for that. Removals keep theirs. */
const allowedByRestore = ['update-percent'];

/**
 * What would make the workspace say what it said at a commit. Reads only; the working tree stays.
 * @throws KbError `unknown-commit`
 */
export async function rollbackPlan(context: Context, wishes: RollbackWishes): Promise<PlanResult> {
  return atCommit(context, wishes.to, (then) => planCommand(then, wishesOf(wishes)));
}

/** Carries it out. The working tree stays: the next publish of it would go forward again. */
export async function rollbackNow(
  context: Context,
  wishes: RollbackWishes,
  onProgress: (progress: Progress) => void,
): Promise<{ result: PublishResult; plan: Plan }> {
  return atCommit(context, wishes.to, (then) =>
    publishCommand(then, { ...wishesOf(wishes), planFile: null, onProgress }),
  );
}

function wishesOf({ only, allow, recreate }: RollbackWishes) {
  return { only, recreate, allow: [...new Set([...allow, ...allowedByRestore])] };
}

/** Runs something with the content as it was then, and ledger and profile as they are now. */
async function atCommit<T>(
  context: Context,
  commit: string,
  run: (then: Context) => Promise<T>,
): Promise<T> {
  const { config } = await readConfig(context.contentDir);
  const { name } = chosenWorkspace(config, context.workspaceName);
  const folder = await mkdtemp(join(tmpdir(), 'kb-rollback-'));
  try {
    const contentDir = join(folder, 'content');
    await mkdir(contentDir);
    const hash = await checkOutContent(context.contentDir, commit, contentDir);
    const state = join(folder, '.kb');
    await mkdir(state);
    await copied(
      join(stateDir(context), `${name}.profile.json`),
      join(state, `${name}.profile.json`),
    );
    const result = await run({
      ...context,
      contentDir,
      ledgerPath: ledgerFile(context, name),
      workspaceName: name,
      past: { root: context.contentDir, commit: hash },
    });
    await copied(join(state, 'base'), join(stateDir(context), 'base'));
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copied(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
