import { patchedAll } from '../model/patched.ts';
import type { LedgerPatch, Recorded } from '../model/recorded.ts';
import type { Journal } from '../publish/ports.ts';

/** A line of a journal: all intents of a run, or what one write changed. */
export type JournalLine =
  | { type: 'intents'; journal: Journal }
  | { type: 'patch'; patch: LedgerPatch };

export function renderJournalLine(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** A last line that was cut by a kill says nothing; everything before it stands. */
export function parseJournal(text: string | null): JournalLine[] {
  if (text === null) return [];
  const lines: JournalLine[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      lines.push(JSON.parse(line) as JournalLine);
    } catch {
      break;
    }
  }
  return lines;
}

/** The recorded state with what the journal of an interrupted run already knows, and what it still owes. */
export function replayJournal(
  recorded: Recorded,
  lines: readonly JournalLine[],
): { recorded: Recorded; journal: Journal | null } {
  const patches = lines.flatMap((line) => (line.type === 'patch' ? [line.patch] : []));
  const done = new Set(patches.map((patch) => patch.key));
  const announced = lines.flatMap((line) => (line.type === 'intents' ? [line.journal] : []));
  const first = announced[0];
  return {
    recorded: patchedAll(recorded, patches),
    journal:
      first === undefined
        ? null
        : {
            fingerprint: announced.at(-1)?.fingerprint ?? first.fingerprint,
            intents: announced
              .flatMap((journal) => journal.intents)
              .filter((intent) => !done.has(intent.key)),
            serverTime: Math.min(...announced.map((journal) => journal.serverTime)),
          },
  };
}
