import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Config } from '../model/config.ts';
import type { Ledger } from '../publish/ports.ts';
import { systemClock } from './connect.ts';
import type { Context } from './context.ts';

/** Folder of ledger and profile: `.kb` beside the content folder. */
export function stateDir(context: Context): string {
  return join(dirname(context.contentDir), '.kb');
}

/** The ledger of `ledger: file`. */
export function ledgerFile(context: Context, workspace: string): string {
  return context.ledgerPath ?? join(stateDir(context), `${workspace}.json`);
}

/** The recorded state of a workspace, where kb.yaml says it is kept. */
export async function openLedger(
  context: Context,
  config: Pick<Config, 'ledger'>,
  workspace: string,
): Promise<Ledger> {
  switch (config.ledger) {
    case 'file': {
      const { createFileLedger } = await import('../ledger/file-ledger.ts');
      return createFileLedger({ file: ledgerFile(context, workspace), clock: systemClock });
    }
    case 'github':
      return openBranchLedger(context, workspace);
  }
}

async function openBranchLedger(context: Context, workspace: string): Promise<Ledger> {
  const [environment, client, branch, ledger, texts, format, journal] = await Promise.all([
    import('../github/github-environment.ts'),
    import('../github/github-client.ts'),
    import('../github/ledger-branch.ts'),
    import('../github/github-ledger.ts'),
    import('../github/ledger-texts.ts'),
    import('../ledger/ledger-format.ts'),
    import('../ledger/journal-format.ts'),
  ]);
  const names = Object.values(texts.ledgerNames(workspace));
  const github = client.createGithubClient(environment.readGithubEnvironment(context.env), {
    clock: systemClock,
    signal: context.signal,
  });
  return ledger.createGithubLedger({
    branch: branch.createLedgerBranch(github, ledger.ledgerBranchName, names),
    workspace,
    format: { ...format, ...journal },
    clock: systemClock,
    run: runName(context.env),
    random: Math.random,
    onWait: context.warn,
  });
}

/** Names this run for people and for itself: the workflow's run where there is one, and what nobody else has. */
function runName(env: NodeJS.ProcessEnv): string {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt = '1' } = env;
  const workflow = id === undefined ? '' : `run ${id}.${attempt} `;
  return `${workflow}${randomUUID()}`;
}
