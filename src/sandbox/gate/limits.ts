import { type Bursts, type Latency, type Limits, USUAL_LIMITS } from '../sandbox-options.ts';

/**
 * Reads changed limits as they are ordered from outside; `null` is the usual value again.
 * @throws Error naming the first thing that is wrong.
 */
export function changedLimits(before: Limits, changes: Readonly<Record<string, unknown>>): Limits {
  const known = Object.keys(USUAL_LIMITS);
  const unknown = Object.keys(changes).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${unknown} is unknown. Known: ${known.join(', ')}.`);
  const { appCallsPerWindow, workspaceCallsPerWindow, bursts, latency } = changes;
  return {
    appCallsPerWindow: calls('appCallsPerWindow', appCallsPerWindow, before),
    workspaceCallsPerWindow: calls('workspaceCallsPerWindow', workspaceCallsPerWindow, before),
    bursts: bursts === undefined ? before.bursts : readBursts(bursts),
    latency: latency === undefined ? before.latency : readLatency(latency),
  };
}

function calls(
  name: 'appCallsPerWindow' | 'workspaceCallsPerWindow',
  value: unknown,
  before: Limits,
): number {
  if (value === undefined) return before[name];
  if (value === null) return USUAL_LIMITS[name];
  const count = numberIn({ [name]: value }, name, name, Number.MAX_SAFE_INTEGER);
  if (!Number.isInteger(count)) throw new Error(`${name} must be a whole number`);
  return count;
}

function readBursts(value: unknown): Bursts | null {
  if (value === null) return null;
  const fields = fieldsOf(value, 'bursts', ['chance', 'length', 'retryAfter']);
  return {
    chance: numberIn(fields, 'chance', 'bursts.chance', 1),
    length: numberIn({ length: 5, ...fields }, 'length', 'bursts.length', 10_000),
    retryAfter: numberIn({ retryAfter: 1, ...fields }, 'retryAfter', 'bursts.retryAfter', 3600),
  };
}

/**
 * `{fromMs, toMs}`, or one number for both.
 * @throws Error when it is neither.
 */
export function readLatency(value: unknown, place = 'latency'): Latency | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    const fixedMs = numberIn({ [place]: value }, place, place, MOST_MS);
    return { fromMs: fixedMs, toMs: fixedMs };
  }
  const fields = fieldsOf(value, place, ['fromMs', 'toMs']);
  const fromMs = numberIn({ fromMs: 0, ...fields }, 'fromMs', `${place}.fromMs`, MOST_MS);
  const toMs = numberIn(fields, 'toMs', `${place}.toMs`, MOST_MS);
  if (toMs < fromMs) throw new Error(`${place}.toMs must not be less than fromMs`);
  return { fromMs, toMs };
}

const MOST_MS = 600_000;

function fieldsOf(
  value: unknown,
  place: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${place} must be an object with ${known.join(', ')}`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`${place}.${unknown} is unknown. Known: ${known.join(', ')}.`);
  return value as Readonly<Record<string, unknown>>;
}

function numberIn(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  place: string,
  most: number,
): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > most)
    throw new Error(`${place} must be a number from 0 to ${most}`);
  return value;
}
