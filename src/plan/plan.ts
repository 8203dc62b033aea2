import type { Approval } from '../model/review.ts';

export const planVersion = 1;

export const actions = [
  'create',
  'update',
  'move',
  'publish',
  'unpublish',
  'delete',
  'adopt',
  'redirect',
] as const;
export type Action = (typeof actions)[number];
export type ChangeKind = 'article' | 'collection' | 'redirect' | 'asset' | 'tag';

/** One field that a change touches. Bodies appear as digests, everything else as it is. */
export interface FieldChange {
  name: string;
  before: unknown;
  after: unknown;
}

/** One item and locale (`locale: null` for what belongs to the whole item). */
export interface Change {
  action: Action;
  kind: ChangeKind;
  id: string;
  locale: string | null;
  /** Changes that travel in one request carry the same number; numbers are the order of writing. null: no request. */
  write: number | null;
  reason: string;
  approval: Approval | null;
  fields: readonly FieldChange[];
  /** For people: content path and title. */
  path: string;
  title: string;
  /** An article for teammates: the service keeps these apart. */
  isInternal?: true;
}

/** Text that is not approved: nothing is sent, the last approved version stays. */
export interface Withheld {
  kind: 'article' | 'collection';
  id: string;
  locale: string;
  reason: string;
  path: string;
  title: string;
}

export const heldKinds = [
  'invalid',
  'no-default-locale',
  'conflict',
  'drift',
  'missing',
  'ambiguous',
  'pending-draft',
  'not-storable',
  'links-to-withheld',
  'links-to-held',
  'manual-step',
] as const;
export type HeldKind = (typeof heldKinds)[number];

/** An item that waits for a person; the others are published. */
export interface Held {
  id: string;
  locale: string | null;
  kind: HeldKind;
  reason: string;
  hint: string;
  path: string;
  title: string;
}

/** A measured number with its limit; a tripped guard refuses the whole run. */
export interface Guard {
  name: string;
  value: number | string | null;
  limit: number | string | null;
  tripped: boolean;
  /** The flag that lets it pass; null: nothing does. */
  override: string | null;
  /** One sentence with the numbers. */
  message: string;
  /** Paths of what tripped it. */
  items: readonly string[];
}

export interface PlanSummary {
  create: number;
  update: number;
  move: number;
  publish: number;
  unpublish: number;
  delete: number;
  adopt: number;
  redirect: number;
  unchanged: number;
  withheld: number;
  held: number;
}

/** What publish would do, as data. Holds digests, not bodies. */
export interface Plan {
  version: typeof planVersion;
  workspace: { name: string; id: string; region: string; title: string; helpCenter: string | null };
  /** ISO date the plan was made for. */
  today: string;
  changes: readonly Change[];
  withheld: readonly Withheld[];
  held: readonly Held[];
  guards: readonly Guard[];
  summary: PlanSummary;
  /** Requests publish makes without faults, its own reading included. */
  calls: number;
  /** Estimate. */
  seconds: number;
  fingerprint: string;
  /** What is live and not from here: left alone, listed. */
  unmanaged: readonly {
    kind: 'article' | 'collection' | 'locale';
    intercomId: string;
    locale: string | null;
    title: string;
  }[];
  articles: number;
  locales: number;
}

/** Is there nothing to write? Adoption writes only the ledger. */
export function isEmpty(plan: Plan): boolean {
  return plan.changes.every((change) => change.action === 'adopt');
}

export function trippedGuards(plan: Plan): readonly Guard[] {
  return plan.guards.filter((guard) => guard.tripped);
}
