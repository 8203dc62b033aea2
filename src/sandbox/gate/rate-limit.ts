import type { Settings } from '../sandbox-options.ts';

const WINDOW_MS = 10_000;

export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in seconds since the epoch. */
  readonly resetAt: number;
  readonly isUsedUp: boolean;
  readonly retryAfterSeconds: number;
}

export interface RateLimit {
  /** Counts one call of an app, which a token stands for. */
  count(token: string): RateState;
  reset(): void;
}

/**
 * Limits per app and per workspace, spread over windows of ten seconds as Intercom does: 1,000 calls
 * a minute show as 167 a window.
 */
export function createRateLimit({ clock, limits }: Pick<Settings, 'clock' | 'limits'>): RateLimit {
  let windowStart = Number.NEGATIVE_INFINITY;
  let byToken = new Map<string, number>();
  let all = 0;

  function reset(): void {
    byToken = new Map();
    all = 0;
  }

  return {
    count(token) {
      const now = clock();
      const start = Math.floor(now / WINDOW_MS) * WINDOW_MS;
      if (start !== windowStart) reset();
      windowStart = start;
      const used = (byToken.get(token) ?? 0) + 1;
      byToken.set(token, used);
      all += 1;
      const end = start + WINDOW_MS;
      return {
        limit: limits.appCallsPerWindow,
        remaining: Math.max(
          0,
          Math.min(limits.appCallsPerWindow - used, limits.workspaceCallsPerWindow - all),
        ),
        resetAt: Math.ceil(end / 1000),
        isUsedUp: used > limits.appCallsPerWindow || all > limits.workspaceCallsPerWindow,
        retryAfterSeconds: Math.max(1, Math.ceil((end - now) / 1000)),
      };
    },
    reset,
  };
}
