import { canonicalJson } from '../model/canonical-json.ts';
import { sha256 } from '../model/hash.ts';
import { KbError } from '../model/kb-error.ts';
import { emptyRecorded, type Recorded } from '../model/recorded.ts';

/** The recorded state as a file: readable, diffable, with a checksum over its content. */
export function renderLedger(recorded: Recorded): string {
  const checksum = sha256(canonicalJson(recorded));
  return `${JSON.stringify({ format: recorded.format, checksum, recorded }, null, 1)}\n`;
}

/**
 * Reads a ledger file's text.
 * @throws KbError `ledger-corrupt`, `ledger-newer` (exit 2): a ledger that cannot be trusted is never guessed at.
 */
export function parseLedger(text: string, file: string): Recorded {
  const data = parsed(text);
  if (data === null || typeof data.recorded !== 'object' || data.recorded === null) {
    throw corrupt(file, 'it is not a ledger');
  }
  if (data.format !== emptyRecorded.format) {
    if (typeof data.format === 'number' && data.format > emptyRecorded.format) {
      throw new KbError(
        'ledger-newer',
        `${file} was written by a newer kb (format ${data.format}, this one reads ${emptyRecorded.format}).`,
        { hint: 'Install the newer release.', location: { file } },
      );
    }
    throw corrupt(file, `its format is ${String(data.format)}, expected ${emptyRecorded.format}`);
  }
  const recorded = data.recorded as Recorded;
  if (data.checksum !== sha256(canonicalJson(recorded))) {
    throw corrupt(file, 'its checksum does not match its content');
  }
  return recorded;
}

function corrupt(file: string, why: string): KbError {
  return new KbError('ledger-corrupt', `${file} cannot be used: ${why}.`, {
    hint: 'Restore it from a backup, or move it away and run kb adopt: that rebuilds it from what is live, without writing to Intercom.',
    location: { file },
  });
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return data !== null && typeof data === 'object' && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
