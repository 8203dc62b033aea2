import type { JournalLine } from '../ledger/journal-format.ts';
import type { LedgerPatch } from '../model/recorded.ts';
import type { Clock, Lease } from '../publish/ports.ts';
import type { BranchFiles } from './ledger-branch.ts';
import type { LedgerFormat, LedgerNames } from './ledger-texts.ts';
import { leaseLost, leaseMs, parseRun, type RunRecord, renderRun } from './run-record.ts';

type Texts = Readonly<Record<string, string | null>>;

export interface LeaseOptions {
  workspace: string;
  run: string;
  names: LedgerNames;
  format: LedgerFormat;
  clock: Clock;
  /** One change by compare-and-swap. `change` is asked again when the branch has moved; null: it has happened. */
  swap(headline: string, change: (files: BranchFiles) => Texts | null): Promise<void>;
  /** As it was taken. */
  taken: RunRecord;
}

/** Patches go out together: each commit costs points of the hour's limit. Lost ones are found by reading. */
const flushEvery = { patches: 250, ms: 60_000 };

/** The lease that a run holds on the branch. Its steps go one after the other. */
export function createGithubLease(options: LeaseOptions): Lease {
  const { workspace, run, names, format, clock, swap } = options;
  let { sequence, expiresAt } = options.taken;
  let flushedAt = clock.now();
  let buffer: LedgerPatch[] = [];
  let isDone = false;
  let last: Promise<unknown> = Promise.resolve();

  function step(
    headline: string,
    state: RunRecord['state'],
    textsFrom: (files: BranchFiles) => Texts,
  ): Promise<void> {
    const next = last.then(async () => {
      sequence += 1;
      const until = clock.now() + leaseMs;
      await swap(headline, (files) => {
        const found = parseRun(files.texts[names.run] ?? null);
        if (found?.run !== run) throw leaseLost(workspace);
        if (found.sequence >= sequence) return null;
        const record = renderRun({ ...found, state, expiresAt: until, sequence });
        return { ...textsFrom(files), [names.run]: record };
      });
      expiresAt = until;
    });
    last = next.catch(() => {});
    return next;
  }

  function journalWith(files: BranchFiles, lines: readonly JournalLine[]): Texts {
    const before = files.texts[names.journal] ?? '';
    return { [names.journal]: before + lines.map(format.renderJournalLine).join('') };
  }

  async function flush(): Promise<void> {
    const patches = buffer;
    if (patches.length === 0) return;
    buffer = [];
    flushedAt = clock.now();
    const lines = patches.map((patch): JournalLine => ({ type: 'patch', patch }));
    try {
      await step('Note what was written', 'running', (files) => journalWith(files, lines));
    } catch (error) {
      buffer = [...patches, ...buffer];
      throw error;
    }
  }

  return {
    announce: (journal) =>
      step('Announce what will be written', 'running', (files) =>
        journalWith(files, [{ type: 'intents', journal }]),
      ),
    async append(patch) {
      buffer.push(patch);
      const isLate = clock.now() - flushedAt >= flushEvery.ms;
      if (isLate || buffer.length >= flushEvery.patches) await flush();
    },
    async commit(recorded, unfinished) {
      const left =
        unfinished === null
          ? null
          : format.renderJournalLine({ type: 'intents', journal: unfinished });
      await step('Record what is published', 'done', (files) => {
        const isThere = (files.texts[names.journal] ?? null) !== null;
        const journal = left !== null || isThere ? { [names.journal]: left } : {};
        return { [names.ledger]: format.renderLedger(recorded), ...journal };
      });
      buffer = [];
      isDone = true;
    },
    async assertHeld() {
      const leftMs = () => expiresAt - clock.now();
      if (leftMs() <= 0) throw leaseLost(workspace);
      if (leftMs() > leaseMs / 2) return;
      await last;
      if (leftMs() <= leaseMs / 2) await step('Go on publishing', 'running', () => ({}));
    },
    async release() {
      if (isDone) return;
      await flush();
      await step('End without a result', 'done', () => ({}));
      isDone = true;
    },
  };
}
