import { exitCodes, KbError } from '../model/kb-error.ts';

/** Who publishes, or did last. Written before the first write, and again when it is complete. */
export interface RunRecord {
  run: string;
  state: 'running' | 'done';
  /** The newest commit that was published, or was about to be; null: none that is known. */
  commit: string | null;
  /** Milliseconds; past it a run that said nothing counts as dead. */
  expiresAt: number;
  /** Counts the commits of this run: one whose answer was lost is recognised by it. */
  sequence: number;
}

/** How long a lease holds without being renewed, and how far the clocks of two machines may differ. */
export const leaseMs = 600_000;
export const skewMs = 60_000;

export function parseRun(text: string | null): RunRecord | null {
  return text === null ? null : (JSON.parse(text) as RunRecord);
}

export function renderRun(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}

export function locked({ run, expiresAt }: RunRecord): KbError {
  return refusal(
    'locked',
    `Another run publishes to this workspace (${run}, lease until ${new Date(expiresAt).toISOString()}).`,
    'Wait for it to end and run the command again.',
  );
}

export function leaseLost(workspace: string): KbError {
  return refusal(
    'lease-lost',
    `Another run took over publishing to ${workspace}.`,
    'Nothing more is written here. Run kb plan to see what is left.',
  );
}

export function superseded(ours: string, theirs: string): KbError {
  return refusal(
    'superseded',
    `${ours.slice(0, 7)} comes before ${theirs.slice(0, 7)}, which was published already. Nothing was written.`,
    'The later commit holds this one. To take something back, revert it on the main branch.',
  );
}

function refusal(code: string, message: string, hint: string): KbError {
  const location = { file: 'kb-ledger' };
  return new KbError(code, message, { hint, location, exitCode: exitCodes.refused });
}
