import type { Held, PlanSummary, Withheld } from '../plan/plan.ts';

/** What became of one change. */
export interface Outcome {
  kind: string;
  id: string;
  locale: string | null;
  action: string;
  write: number | null;
  status: 'applied' | 'skipped' | 'failed';
  error: string | null;
  path: string;
  title: string;
}

export interface PublishResult {
  outcomes: readonly Outcome[];
  withheld: readonly Withheld[];
  held: readonly Held[];
  summary: PlanSummary & { applied: number; skipped: number; failed: number };
  /** Requests made. */
  calls: number;
}

/** Told while a run goes on. */
export interface Progress {
  phase: string;
  done: number;
  total: number;
  /** Requests in the last 10 seconds, and the limit of the service for them. */
  callsPerWindow: number;
  limitPerWindow: number | null;
  secondsLeft: number | null;
}
