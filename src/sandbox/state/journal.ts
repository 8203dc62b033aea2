import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { TableName, Tables } from './store.ts';

/** One row stored or, with `row: null`, removed. */
export interface Op {
  readonly table: TableName;
  readonly id: string;
  readonly row: Tables[TableName] | null;
}

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
 * @throws Error when the folder holds another workspace or a newer format.
 */
export function fileJournal(dir: string, workspaceId: string): Journal {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'state.jsonl');
  const header: Header = { format: 1, workspaceId };
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
    },
  };
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
