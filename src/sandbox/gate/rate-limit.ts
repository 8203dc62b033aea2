import type { Limits, Settings } from '../sandbox-options.ts';
import { createRandom } from './random.ts';

const WINDOW_MS = 10_000;

/** One of the two limits of a window. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
}

export interface RateState {
  readonly app: Allowance;
  readonly workspace: Allowance;
  /** When the window ends, in seconds since the epoch. */
  readonly resetAt: number;
  readonly isUsedUp: boolean;
  /** It is refused although calls were left. */
  readonly isBurst: boolean;
  readonly retryAfterSeconds: number;
}

export interface RateLimit {
  /** Counts one call of an app, which a token stands for. */
  count(token: string): RateState;
  /** How long the next answer takes at least. */
  drawLatencyMs(): number;
  limits(): Limits;
  change(limits: Limits): void;
  /** Windows, bursts and limits as in a fresh sandbox. */
  reset(): void;
}

/**
 * Limits per app and per workspace, spread over windows of ten seconds as Intercom does: 1,000 calls
 * a minute show as 167 a window. Bursts and latency are drawn from the seed: the same calls meet the
 * same weather again.
 */
export function createRateLimit({
  clock,
  limits: initial,
  seed,
}: Pick<Settings, 'clock' | 'limits' | 'seed'>): RateLimit {
  let limits = initial;
  let windowStart = Number.NEGATIVE_INFINITY;
  let byToken = new Map<string, number>();
  let all = 0;
  let burstLeft = 0;
  let burstDice = createRandom(seed);
  let latencyDice = createRandom(seed + 1);

  function openWindow(start: number): void {
    if (start === windowStart) return;
    windowStart = start;
    byToken = new Map();
    all = 0;
  }

  function rollDice(): void {
    burstLeft = 0;
    burstDice = createRandom(seed);
    latencyDice = createRandom(seed + 1);
  }

  function isInBurst(): boolean {
    if (limits.bursts === null) return false;
    if (burstLeft === 0 && burstDice() < limits.bursts.chance) burstLeft = limits.bursts.length;
    if (burstLeft === 0) return false;
    burstLeft -= 1;
    return true;
  }

  return {
    count(token) {
      const now = clock();
      const start = Math.floor(now / WINDOW_MS) * WINDOW_MS;
      openWindow(start);
      const used = (byToken.get(token) ?? 0) + 1;
      byToken.set(token, used);
      all += 1;
      const { appCallsPerWindow, workspaceCallsPerWindow, bursts } = limits;
      const isOver = used > appCallsPerWindow || all > workspaceCallsPerWindow;
      const isBurst = isInBurst();
      const end = start + WINDOW_MS;
      return {
        app: allowance(appCallsPerWindow, used),
        workspace: allowance(workspaceCallsPerWindow, all),
        resetAt: Math.ceil(end / 1000),
        isUsedUp: isOver || isBurst,
        isBurst: isBurst && !isOver,
        retryAfterSeconds:
          isBurst && !isOver && bursts !== null
            ? bursts.retryAfter
            : Math.max(1, Math.ceil((end - now) / 1000)),
      };
    },
    drawLatencyMs() {
      if (limits.latency === null) return 0;
      const { fromMs, toMs } = limits.latency;
      return Math.round(fromMs + latencyDice() * (toMs - fromMs));
    },
    limits: () => limits,
    change(changed) {
      limits = changed;
      rollDice();
    },
    reset() {
      windowStart = Number.NEGATIVE_INFINITY;
      limits = initial;
      rollDice();
    },
  };
}

function allowance(limit: number, used: number): Allowance {
  return { limit, remaining: Math.max(0, limit - used) };
}

/**
 * The headers of an answer. `X-RateLimit-*` tell of the limit that is reached first, as a client has
 * to know that one; the sandbox adds both, each by its name.
 */
export function rateHeaders(rate: RateState): Record<string, string> {
  const { app, workspace } = rate;
  const tighter = workspace.remaining < app.remaining ? workspace : app;
  return {
    'x-ratelimit-limit': String(tighter.limit),
    'x-ratelimit-remaining': String(tighter.remaining),
    'x-ratelimit-reset': String(rate.resetAt),
    'x-sandbox-ratelimit-app': inWords(app),
    'x-sandbox-ratelimit-workspace': inWords(workspace),
    ...(rate.isUsedUp ? { 'retry-after': String(rate.retryAfterSeconds) } : {}),
  };
}

function inWords({ limit, remaining }: Allowance): string {
  return `limit=${limit}, remaining=${remaining}`;
}
