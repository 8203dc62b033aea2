import { KbError } from '../model/kb-error.ts';
import { emptyRecorded } from '../model/recorded.ts';
import type { Clock, Lease, Ledger } from '../publish/ports.ts';
import { StaleHead } from './github-error.ts';
import { createGithubLease } from './github-lease.ts';
import type { BranchFiles, LedgerBranch } from './ledger-branch.ts';
import { type LedgerFormat, ledgerNames } from './ledger-texts.ts';
import {
  leaseMs,
  locked,
  parseRun,
  type RunRecord,
  renderRun,
  skewMs,
  superseded,
} from './run-record.ts';

export interface GithubLedgerOptions {
  branch: LedgerBranch;
  /** Name of the workspace in kb.yaml. */
  workspace: string;
  format: LedgerFormat;
  clock: Clock;
  /** Names this run; nobody else has it. */
  run: string;
  /** From 0 to 1: two that collide wait for different times. */
  random(): number;
  /** Told once when another run has to be waited for. */
  onWait(line: string): void;
}

export const ledgerBranchName = 'kb-ledger';
const mostWaitMs = 1_800_000;
const pollMs = { first: 500, most: 15_000 };
const attempts = 20;

/**
 * The recorded state on a branch, changed by compare-and-swap only: when the branch has moved, the whole
 * step is read, decided and written again. The lease keeps runs of other machines apart while their
 * clocks differ by less than a minute. It is no lock: what is written is announced, and idempotent.
 */
export function createGithubLedger(options: GithubLedgerOptions): Ledger {
  const { branch, workspace, format, clock, run } = options;
  const names = ledgerNames(workspace);

  /** Runs a step until the branch stands still for it. */
  async function swap(
    headline: string,
    change: (files: BranchFiles) => Readonly<Record<string, string | null>> | null,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const files = await readFiles();
        const texts = change(files);
        if (texts !== null) await branch.commit(files.head, texts, `${headline} (${workspace})`);
        return;
      } catch (error) {
        if (!isWorthAnother(error) || attempt >= attempts) throw error;
        await clock.sleep(backoffMs(attempt));
      }
    }
  }

  function backoffMs(attempt: number): number {
    return Math.min(5000, 50 * 2 ** attempt) * (0.5 + options.random());
  }

  /** The branch's files; the branch is made where it is missing. */
  async function readFiles(): Promise<BranchFiles> {
    const files = await branch.read();
    if (files !== null) return files;
    await branch.create();
    return (await branch.read()) ?? Promise.reject(new StaleHead('the branch was just made'));
  }

  async function read() {
    const files = await branch.read();
    const text = files?.texts[names.ledger] ?? null;
    const recorded =
      text === null
        ? emptyRecorded
        : format.parseLedger(text, `${ledgerBranchName}:${names.ledger}`);
    return format.replayJournal(recorded, format.parseJournal(files?.texts[names.journal] ?? null));
  }

  /** Takes the lease when it is free, on the very head at which it was seen to be free. */
  async function acquire(commit: string | null = null): Promise<Lease> {
    const giveUpAt = clock.now() + mostWaitMs;
    let waits = 0;
    for (let attempt = 1; ; ) {
      try {
        const files = await readFiles();
        const found = parseRun(files.texts[names.run] ?? null);
        if (found?.run === run && found.state === 'running') return leaseOf(found);
        if (found === null || !isHeld(found)) return leaseOf(await take(files, found, commit));
        if (clock.now() >= giveUpAt) throw locked(found);
        if (waits === 0) {
          options.onWait(
            `Another run publishes to ${workspace} (${found.run}): waiting for it to end.`,
          );
        }
        await clock.sleep(Math.min(pollMs.most, pollMs.first * 2 ** waits));
        waits += 1;
      } catch (error) {
        if (!isWorthAnother(error) || attempt >= attempts) throw error;
        await clock.sleep(backoffMs(attempt));
        attempt += 1;
      }
    }
  }

  function isHeld({ state, expiresAt }: RunRecord): boolean {
    return state === 'running' && expiresAt + skewMs > clock.now();
  }

  /** @throws StaleHead when another run was faster */
  async function take(
    files: BranchFiles,
    found: RunRecord | null,
    commit: string | null,
  ): Promise<RunRecord> {
    const before = found?.commit ?? null;
    // Published in order: an earlier commit would take back what a later one brought.
    const isOther = before !== null && commit !== null && before !== commit;
    if (isOther && (await branch.isLater(commit, before))) throw superseded(commit, before);
    const expiresAt = clock.now() + leaseMs;
    const record: RunRecord = {
      run,
      state: 'running',
      commit: commit ?? before,
      expiresAt,
      sequence: 1,
    };
    await branch.commit(
      files.head,
      { [names.run]: renderRun(record) },
      `Begin to publish (${workspace})`,
    );
    return record;
  }

  const leaseOf = (taken: RunRecord) =>
    createGithubLease({ workspace, run, names, format, clock, swap, taken });

  return { read, acquire };
}

/** Moved on, or no answer: reading tells what happened. */
function isWorthAnother(error: unknown): boolean {
  const isUnreachable = error instanceof KbError && error.code === 'github-unreachable';
  return error instanceof StaleHead || isUnreachable;
}
