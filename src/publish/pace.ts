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
  /** The window's name: its end by the server's clock, epoch seconds. Answers of older ones come late. */
  let windowReset = 0;
  let windowEndsAt = 0;
  let blockedUntil = 0;
  let underWay = 0;
  const sent: number[] = [];

  function openWindow(now: number): void {
    if (limit === null || now < windowEndsAt) return;
    left = limit - underWay;
    const windows = Math.floor((now - windowEndsAt) / windowMs) + 1;
    windowEndsAt += windows * windowMs;
    if (windowReset > 0) windowReset += (windows * windowMs) / 1000;
  }

  return {
    async take() {
      for (;;) {
        const now = clock.now();
        openWindow(now);
        const isUsedUp = left !== null && left <= 0;
        if (!isUsedUp && now >= blockedUntil) break;
        const until = isUsedUp ? Math.max(windowEndsAt, blockedUntil) : blockedUntil;
        await clock.sleep(Math.max(0, until - now) + skewMs);
      }
      if (left !== null) left -= 1;
      underWay += 1;
      sent.push(clock.now());
    },
    observe(answer: Limits) {
      underWay = Math.max(0, underWay - 1);
      const now = clock.now();
      const { reset, remaining } = answer;
      if (answer.limit !== null && remaining !== null && reset !== null && reset >= windowReset) {
        // However the clocks differ, no window ends later than its whole length from now.
        const endsAt = Math.min(now + windowMs, reset * 1000 - (answer.serverAheadMs ?? 0));
        const told = remaining - underWay;
        const isNewer = reset > windowReset;
        limit = answer.limit;
        left = isNewer || left === null ? told : Math.min(left, told);
        windowEndsAt = isNewer ? endsAt : Math.min(windowEndsAt, endsAt);
        windowReset = reset;
      }
      if (answer.status === 429) {
        // Of a short burst the headers may promise more: then it is over when Retry-After says so.
        blockedUntil = Math.max(blockedUntil, now + (answer.retryAfterMs ?? windowMs));
      }
    },
    state() {
      const since = clock.now() - windowMs;
      while (sent.length > 0 && (sent[0] ?? 0) < since) sent.shift();
      return { callsPerWindow: sent.length, limitPerWindow: limit };
    },
  };
}
