import type { MergeConflict } from '../merge/index.ts';
import type { Loss } from '../model/finding.ts';
import type { LiveArticle } from '../model/snapshot.ts';

/** A file that pull wrote, moved or removed. */
export interface PulledFile {
  file: string;
  id: string;
  locale: string | null;
  action: 'updated' | 'created' | 'moved' | 'removed' | 'conflict';
  /** Where it was before, for what was moved. */
  from?: string;
  /** What of Intercom's side the dialect cannot say. */
  losses: readonly Loss[];
}

export interface PullConflict extends MergeConflict {
  file: string;
  id: string;
  locale: string;
}

/** What was changed there and is not a matter of files. */
export interface LeftThere {
  id: string;
  locale: string | null;
  reason: string;
  hint: string;
}

/** What one drifted text came to. */
export interface Outcome {
  file: string;
  /** The text of the file; null: it goes. */
  source: string | null;
  pulled: PulledFile;
  conflicts: readonly PullConflict[];
  base: { id: string; locale: string; echo: string; text: string } | null;
  /** Is it not exactly what is live? Then the ledger learns that what is live was taken in. */
  isMixed: boolean;
  /** Did the file change? */
  isWritten: boolean;
  /** The article in Intercom that a new file stands for. */
  made: LiveArticle | null;
}

/** A file whose text is known, and nothing of the ledger. */
export function plainOutcome(pulled: PulledFile, source: string | null): Outcome {
  return {
    file: pulled.file,
    source,
    pulled,
    conflicts: [],
    base: null,
    isMixed: false,
    isWritten: true,
    made: null,
  };
}
