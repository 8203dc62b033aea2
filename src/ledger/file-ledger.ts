import { randomUUID } from 'node:crypto';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { exitCodes, KbError } from '../model/kb-error.ts';
import { emptyRecorded, type Recorded } from '../model/recorded.ts';
import type { Clock, Journal, Lease, Ledger } from '../publish/ports.ts';
import {
  type JournalLine,
  parseJournal,
  renderJournalLine,
  replayJournal,
} from './journal-format.ts';
import { parseLedger, renderLedger } from './ledger-format.ts';

/** How long a lease holds without being renewed. */
const leaseMs = 120_000;

interface LockFile {
  run: string;
  pid: number;
  host: string;
  expiresAt: number;
}

/**
 * The recorded state in a file. Beside it lie the journal of a run under way (one JSON line for all
 * intents, then one for each write that was answered) and the lock. A run that was killed leaves its
 * journal; the next reading applies it.
 *
 * What no file can prevent: a lock on a shared disk whose owner sleeps past its lease and wakes
 * between our check and its write.
 */
export function createFileLedger(options: { file: string; clock: Clock }): Ledger {
  const { file, clock } = options;
  const journalFile = siblingOf(file, '.journal.jsonl');
  const lockFile = siblingOf(file, '.lock');

  async function read(): Promise<{ recorded: Recorded; journal: Journal | null }> {
    const text = await readIfThere(file);
    const recorded = text === null ? emptyRecorded : parseLedger(text, file);
    return replayJournal(recorded, parseJournal(await readIfThere(journalFile)));
  }

  async function acquire(): Promise<Lease> {
    await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
      throw unreadable(dirname(file), error);
    });
    const run = randomUUID();
    await takeLock(lockFile, run, clock);
    let journal: FileHandle | null = null;
    let expiresAt = clock.now() + leaseMs;

    async function appendLine(line: JournalLine): Promise<void> {
      journal ??= await open(journalFile, 'a');
      await journal.appendFile(renderJournalLine(line));
    }

    return {
      async announce(announced) {
        await appendLine({ type: 'intents', journal: announced });
        await journal?.sync();
      },
      append: (patch) => appendLine({ type: 'patch', patch }),
      async commit(recorded, unfinished) {
        await writeAtomically(file, renderLedger(recorded));
        await journal?.close();
        journal = null;
        if (unfinished === null) await rm(journalFile, { force: true });
        else
          await writeAtomically(
            journalFile,
            renderJournalLine({ type: 'intents', journal: unfinished }),
          );
      },
      async assertHeld() {
        const lock = await readLock(lockFile);
        if (lock?.run !== run) throw leaseLost(lockFile);
        if (expiresAt - clock.now() > leaseMs / 2) return;
        expiresAt = clock.now() + leaseMs;
        await writeAtomically(lockFile, renderLock(run, expiresAt));
      },
      async release() {
        await journal?.close();
        journal = null;
        const lock = await readLock(lockFile);
        if (lock?.run === run) await rm(lockFile, { force: true });
      },
    };
  }

  return { read, acquire };
}

function siblingOf(file: string, suffix: string): string {
  return join(dirname(file), `${basename(file).replace(/\.json$/, '')}${suffix}`);
}

/**
 * A lock appears with its content or not at all, so that nobody finds it empty and takes it for a dead
 * one's; of two that start at once, one is told that it is taken.
 */
async function takeLock(lockFile: string, run: string, clock: Clock): Promise<void> {
  const found = await readLock(lockFile);
  if (found !== null) {
    if (!isFree(found, clock)) throw locked(found, lockFile);
    await moveAside(found, lockFile, run);
  }
  const text = renderLock(run, clock.now() + leaseMs);
  if (await appears(lockFile, text, run)) return;
  const winner = await readLock(lockFile);
  throw winner === null ? leaseLost(lockFile) : locked(winner, lockFile);
}

/** Of a process that is gone, or not renewed in time. */
function isFree(lock: LockFile, clock: Clock): boolean {
  const isDead = lock.host === hostname() && !isAlive(lock.pid);
  return isDead || lock.expiresAt <= clock.now();
}

/** Takes a free lock away: the one that was found, not one that somebody put there since. */
async function moveAside(found: LockFile, lockFile: string, run: string): Promise<void> {
  const aside = `${lockFile}.${run}.free`;
  try {
    await rename(lockFile, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readLock(aside);
  const isSame = moved === null || moved.run === found.run;
  if (!isSame) await linkUnlessThere(aside, lockFile);
  await rm(aside, { force: true });
  if (!isSame) throw locked(moved, lockFile);
}

/** Makes a file with its content in one step. @returns false when there is one already */
async function appears(file: string, text: string, run: string): Promise<boolean> {
  const draft = `${file}.${run}.tmp`;
  await writeFile(draft, text);
  try {
    return await linkUnlessThere(draft, file);
  } catch (error) {
    // File systems without hard links (exFAT, some network shares) can only create and then fill.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(codeOf(error)))) throw error;
    return await createUnlessThere(file, text);
  } finally {
    await rm(draft, { force: true });
  }
}

async function linkUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function createUnlessThere(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function locked(lock: LockFile, lockFile: string): KbError {
  return new KbError(
    'locked',
    `Another kb is publishing to this workspace (process ${lock.pid} on ${lock.host}, lease until ${new Date(lock.expiresAt).toISOString()}).`,
    {
      hint: 'Wait for it to end and run the command again.',
      location: { file: lockFile },
      exitCode: exitCodes.refused,
    },
  );
}

function renderLock(run: string, expiresAt: number): string {
  const lock: LockFile = { run, pid: process.pid, host: hostname(), expiresAt };
  return `${JSON.stringify(lock)}\n`;
}

async function readLock(lockFile: string): Promise<LockFile | null> {
  const text = await readIfThere(lockFile);
  if (text === null) return null;
  try {
    return JSON.parse(text) as LockFile;
  } catch {
    // Written by a process that was killed between creating and filling it.
    return { run: '', pid: 0, host: hostname(), expiresAt: 0 };
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function leaseLost(lockFile: string): KbError {
  return new KbError('lease-lost', 'Another kb took over publishing to this workspace.', {
    hint: 'Nothing more is written here. Run kb plan to see what is left.',
    location: { file: lockFile },
    exitCode: exitCodes.refused,
  });
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): KbError {
  return new KbError('ledger-unreadable', `${file} cannot be read (${String(codeOf(error))}).`, {
    hint: 'Name a file with --ledger, or put right what stands in its place.',
    location: { file },
    cause: error,
  });
}

async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  const handle = await open(temporary, 'w');
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await rename(temporary, file);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
