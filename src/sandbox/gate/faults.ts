import type { Latency } from '../sandbox-options.ts';
import { readLatency } from './limits.ts';
import { createRandom } from './random.ts';

/** Trouble ordered in advance: what happens to the next calls that match. */

export interface Fault {
  readonly method: string;
  /** A pattern for the path: `*` stands for any characters. */
  readonly path: string;
  /** How many calls it is for. */
  readonly times: number;
  /** Answer with this status; nothing is done. */
  readonly status: number | null;
  readonly retryAfter: number | null;
  /** How late the answer is: somewhere between the two. */
  readonly latency: Latency | null;
  /** Cut the connection: before the call is done, or after, when its answer is lost. */
  readonly reset: 'before' | 'after' | null;
  /** Send only this many characters of the answer; `true` is half of them. */
  readonly truncate: number | true | null;
  /** Send an answer that is not what it says it is. */
  readonly garble: GarbleKind | null;
}

const GARBLE_KINDS = ['html', 'scrambled', 'empty', 'other-json'] as const;
export type GarbleKind = (typeof GARBLE_KINDS)[number];

export interface Faults {
  /** The fault for a call, used up by one. */
  take(method: string, path: string): Fault | undefined;
  add(faults: readonly Fault[]): void;
  pending(): readonly Fault[];
  clear(): void;
  /** How late this fault makes this call. */
  drawLatencyMs(fault: Fault): number;
}

/** @param seed what jitter is drawn from */
export function createFaults(seed: number): Faults {
  let dice = createRandom(seed + 2);
  let queue: readonly Fault[] = [];
  return {
    take(method, path) {
      const place = queue.findIndex((fault) => isFor(fault, method, path));
      const fault = queue[place];
      if (fault === undefined) return undefined;
      const left = fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
      queue = [...queue.slice(0, place), ...left, ...queue.slice(place + 1)];
      return fault;
    },
    add(faults) {
      queue = [...queue, ...faults.filter(({ times }) => times > 0)];
    },
    pending: () => queue,
    clear() {
      queue = [];
      dice = createRandom(seed + 2);
    },
    drawLatencyMs({ latency }) {
      if (latency === null) return 0;
      return Math.round(latency.fromMs + dice() * (latency.toMs - latency.fromMs));
    },
  };
}

function isFor(fault: Fault, method: string, path: string): boolean {
  const isMethod = fault.method === '*' || fault.method.toUpperCase() === method;
  return isMethod && globPattern(fault.path).test(path);
}

function globPattern(glob: string): RegExp {
  const parts = glob.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/**
 * Reads a list of faults as they are ordered from outside.
 * @throws Error naming the first thing that is wrong.
 */
export function readFaults(value: unknown): readonly Fault[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry, index) => readFault(entry, `fault ${index + 1}`));
}

const FIELDS = [
  'method',
  'path',
  'times',
  'status',
  'retryAfter',
  'latencyMs',
  'reset',
  'truncate',
  'garble',
];

function readFault(value: unknown, place: string): Fault {
  if (typeof value !== 'object' || value === null) throw new Error(`${place} must be an object`);
  const fields = value as Record<string, unknown>;
  const unknown = Object.keys(fields).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    throw new Error(`${place}: unknown field ${unknown}. Known: ${FIELDS.join(', ')}.`);
  return {
    method: textField(fields, 'method', place) ?? '*',
    path: textField(fields, 'path', place) ?? '*',
    times: numberField(fields, 'times', place) ?? 1,
    status: statusField(fields, place),
    retryAfter: numberField(fields, 'retryAfter', place) ?? null,
    latency: latencyField(fields, place),
    reset: resetField(fields, place),
    truncate: truncateField(fields, place),
    garble: garbleField(fields, place),
  };
}

function textField(
  fields: Record<string, unknown>,
  name: string,
  place: string,
): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Error(`${place}: ${name} must be a string`);
  return value;
}

function numberField(
  fields: Record<string, unknown>,
  name: string,
  place: string,
): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`${place}: ${name} must be a number that is not negative`);
  }
  return value;
}

function statusField(fields: Record<string, unknown>, place: string): number | null {
  const status = numberField(fields, 'status', place);
  if (status === undefined) return null;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new Error(`${place}: status must be from 200 to 599`);
  }
  return status;
}

/** A number of milliseconds, or `{fromMs, toMs}`. */
function latencyField({ latencyMs }: Record<string, unknown>, place: string): Latency | null {
  return latencyMs === undefined ? null : readLatency(latencyMs, `${place}: latencyMs`);
}

/** `true` is a page of a proxy in place of the answer. */
function garbleField({ garble }: Record<string, unknown>, place: string): GarbleKind | null {
  if (garble === undefined || garble === null || garble === false) return null;
  const kind = garble === true ? 'html' : GARBLE_KINDS.find((known) => known === garble);
  if (kind === undefined)
    throw new Error(`${place}: garble must be true or one of ${GARBLE_KINDS.join(', ')}`);
  return kind;
}

function resetField(fields: Record<string, unknown>, place: string): Fault['reset'] {
  const { reset } = fields;
  if (reset === undefined || reset === null) return null;
  if (reset !== 'before' && reset !== 'after')
    throw new Error(`${place}: reset must be "before" or "after"`);
  return reset;
}

function truncateField(fields: Record<string, unknown>, place: string): Fault['truncate'] {
  const { truncate } = fields;
  if (truncate === undefined || truncate === null || truncate === false) return null;
  return truncate === true ? true : (numberField(fields, 'truncate', place) ?? null);
}
