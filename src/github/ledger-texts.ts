import type { JournalLine } from '../ledger/journal-format.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Journal } from '../publish/ports.ts';

/** How ledger and journal look as text: the same as in files. */
export interface LedgerFormat {
  parseLedger(text: string, file: string): Recorded;
  renderLedger(recorded: Recorded): string;
  parseJournal(text: string | null): JournalLine[];
  renderJournalLine(line: JournalLine): string;
  replayJournal(
    recorded: Recorded,
    lines: readonly JournalLine[],
  ): { recorded: Recorded; journal: Journal | null };
}

/** Files of one workspace on the branch. */
export interface LedgerNames {
  ledger: string;
  journal: string;
  run: string;
}

export function ledgerNames(workspace: string): LedgerNames {
  return {
    ledger: `${workspace}.json`,
    journal: `${workspace}.journal.jsonl`,
    run: `${workspace}.run.json`,
  };
}
