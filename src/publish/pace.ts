import type { Clock, Limits, Pace } from './ports.ts';

/** Intercom spreads its limits over windows of this length. */
const windowMs = 10_000;
/** A window's end is the server's; ours may be this much ahead of it. */
const skewMs = 50;

/**
 * Keeps requests within the limit the service announces, and uses it up: as long as the window has
 * requests left nobody waits. Learns limit, rest and end of the window from each answer; a limit is
 * never hard-coded.
 */
export function createPace(clock: Clock): Pace {
  let limit: number | null = null;
  /** What is left in the window, requests under way taken off; null: not told yet. */
  let left: number | null = null;
  let windowEndsAt = 0;
  let underWay = 0;
  const sent: number[] = [];

  function openWindow(now: number): void {
    if (left !== null && now >= windowEndsAt) {
      // A 429 may come before any answer has told a limit.
      left = limit === null ? null : limit - underWay;
      windowEndsAt = now + windowMs;
    }
  }

  return {
    async take() {
      for (;;) {
        const now = clock.now();
        openWindow(now);
        if (left === null || left > 0) break;
        await clock.sleep(Math.max(skewMs, windowEndsAt - now + skewMs));
      }
      if (left !== null) left -= 1;
      underWay += 1;
      sent.push(clock.now());
    },
    observe(answer: Limits) {
      underWay = Math.max(0, underWay - 1);
      const now = clock.now();
      if (answer.limit !== null && answer.remaining !== null && answer.reset !== null) {
        const endsAt = answer.reset * 1000;
        const isNewer = endsAt > windowEndsAt;
        const told = answer.remaining - underWay;
        limit = answer.limit;
        left = isNewer || left === null ? told : Math.min(left, told);
        windowEndsAt = Math.max(windowEndsAt, endsAt);
      }
      if (answer.status === 429) {
        left = 0;
        windowEndsAt = Math.max(windowEndsAt, now + (answer.retryAfterMs ?? windowMs));
      }
    },
    state() {
      const since = clock.now() - windowMs;
      while (sent.length > 0 && (sent[0] ?? 0) < since) sent.shift();
      return { callsPerWindow: sent.length, limitPerWindow: limit };
    },
  };
}
