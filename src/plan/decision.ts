import type { LedgerPatch } from '../model/recorded.ts';
import type { Change, Held, HeldKind, Plan, Withheld } from './plan.ts';

/** Steps of a run, in the order of writing. Removals come last, in reverse. */
export const phases = [
  'tag',
  'asset',
  'collection',
  'create',
  'internal',
  'update',
  'tagging',
  'second',
  'redirect',
  'remove',
  'remove-collection',
] as const;
export type Phase = (typeof phases)[number];

/** A change before its place in the run is known. Drafts with one `request` travel together. */
export interface ChangeDraft extends Omit<Change, 'write'> {
  phase: Phase;
  /** null: no request to the service. */
  request: string | null;
  /** Requests it takes; more than one only for tags. */
  requests: number;
}

/** Why something waits for a person. */
export interface Stop {
  kind: HeldKind;
  reason: string;
  hint: string;
}

/** What the decision table says of one item. */
export interface Decision {
  drafts: readonly ChangeDraft[];
  withheld: readonly Withheld[];
  held: readonly Held[];
  /** Ledger-only consequences: adoption, repair, forgetting. */
  repairs: readonly LedgerPatch[];
  unmanaged: Plan['unmanaged'];
  unchanged: number;
}

export const nothing: Decision = {
  drafts: [],
  withheld: [],
  held: [],
  repairs: [],
  unmanaged: [],
  unchanged: 0,
};

/** Several decisions as one. */
export function together(decisions: readonly Decision[]): Decision {
  return {
    drafts: decisions.flatMap((decision) => decision.drafts),
    withheld: decisions.flatMap((decision) => decision.withheld),
    held: decisions.flatMap((decision) => decision.held),
    repairs: decisions.flatMap((decision) => decision.repairs),
    unmanaged: decisions.flatMap((decision) => decision.unmanaged),
    unchanged: decisions.reduce((sum, decision) => sum + decision.unchanged, 0),
  };
}
