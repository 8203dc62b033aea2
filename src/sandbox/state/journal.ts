import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Op } from './tables.ts';

/** What one request changed. A line is whole or absent, so a killed sandbox never half-remembers. */
export interface JournalEntry {
  readonly reset?: true;
  readonly ops: readonly Op[];
  readonly counters: Readonly<Record<string, number>>;
}

export interface Journal {
  entries(): readonly JournalEntry[];
  append(entry: JournalEntry): void;
  /** Replaces everything remembered by these lines. */
  compact(entries: readonly JournalEntry[]): void;
  close(): void;
}

/** Remembers nothing: a sandbox in memory. */
export function memoryJournal(): Journal {
  return { entries: () => [], append: () => {}, compact: () => {}, close: () => {} };
}

interface Header {
  readonly format: 1;
  readonly workspaceId: string;
}

/**
 * A journal in `<dir>/state.jsonl`: a header, then one line for each request that changed something.
 * @throws Error when the folder holds another workspace or a newer format, or is in use.
 */
export function fileJournal(dir: string, workspaceId: string): Journal {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'state.jsonl');
  const header: Header = { format: 1, workspaceId };
  const lock = path.join(dir, 'state.lock');
  assertUnused(lock);
  writeFileSync(lock, String(process.pid));
  let descriptor: number | null = null;

  function open(): number {
    descriptor ??= openSync(file, 'a');
    return descriptor;
  }

  return {
    entries() {
      if (!existsSync(file)) return [];
      const [first, ...lines] = wholeLines(readFileSync(file, 'utf8'));
      if (first === undefined) return [];
      assertSameWorkspace(JSON.parse(first) as Header, header, file);
      return lines.map((line) => JSON.parse(line) as JournalEntry);
    },
    append(entry) {
      writeSync(open(), `${JSON.stringify(entry)}\n`);
    },
    compact(entries) {
      const text = [header, ...entries].map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileSync(`${file}.new`, text);
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
      renameSync(`${file}.new`, file);
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
      rmSync(lock, { force: true });
    },
  };
}

/** Two sandboxes on one folder would overwrite each other. The lock of a dead one counts for nothing. */
function assertUnused(lock: string): void {
  if (!existsSync(lock)) return;
  const owner = Number(readFileSync(lock, 'utf8'));
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid || !isRunning(owner)) return;
  throw new Error(
    `Another sandbox (process ${owner}) uses ${path.dirname(lock)}. Stop it, or choose another folder.`,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The lines that end in a line feed: a line without one was cut off by a kill and never happened. */
function wholeLines(text: string): string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
}

function assertSameWorkspace(found: Header, expected: Header, file: string): void {
  if (found.format !== expected.format) {
    throw new Error(
      `${file} has format ${String(found.format)}; this version reads format ${expected.format}.`,
    );
  }
  if (found.workspaceId !== expected.workspaceId) {
    throw new Error(
      `${file} holds workspace ${found.workspaceId}, not ${expected.workspaceId}. Choose another folder.`,
    );
  }
}
