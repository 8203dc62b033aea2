import type { Config } from '../../model/config.ts';
import type { Content } from '../../model/content.ts';
import { KbError } from '../../model/kb-error.ts';
import { emptyRecorded } from '../../model/recorded.ts';
import type { Ledger } from '../../publish/ports.ts';
import type { Context } from '../context.ts';
import { openLedger } from '../ledger-store.ts';
import { noProofs, type ProofOf, readProofs } from './read-proofs.ts';

/** The proofs of the working tree, for commands that need no workspace: its ledger helps where there is one. */
export async function workingTreeProofs(context: Context, content: Content): Promise<ProofOf> {
  if (content.config.review.require !== 'github') return noProofs;
  return readProofs(context, content, await chosenLedger(context, content.config));
}

const noLedger: Pick<Ledger, 'read'> = {
  read: async () => ({ recorded: emptyRecorded, journal: null }),
};

async function chosenLedger(context: Context, config: Config): Promise<Pick<Ledger, 'read'>> {
  const names = Object.keys(config.workspaces);
  const name = context.workspaceName ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || config.workspaces[name] === undefined) return noLedger;
  try {
    const found = await (await openLedger(context, config, name)).read();
    return { read: async () => found };
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
    return noLedger;
  }
}
