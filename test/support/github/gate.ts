import { ConnectionReset } from '../../../src/sandbox/gate/connection-reset.ts';
import type { Token, World } from './world.ts';

/** Something that goes wrong, `times` times, for requests it fits; used up in order. */
export interface Fault {
  times: number;
  /** Part of the path (`/comments`), or of a GraphQL text (`createCommitOnBranch`). */
  match?: string;
  method?: string;
  status?: number;
  /** Seconds: the secondary limit, with 403 and Retry-After. */
  retryAfter?: number;
  /** The connection is cut: before anything happened, or after it did and the answer is lost. */
  reset?: 'before' | 'after';
  /** The answer of a request that did happen is lost in a 502. */
  lost?: boolean;
}

export interface Counted {
  graphql: number;
  /** Of the GraphQL calls: those that change something. */
  mutations: number;
  rest: number;
  points: number;
  byRoute: Record<string, number>;
}

/** Counts, faults and limits in front of both APIs. */
export interface Gate {
  counted: Counted;
  resetCounts(): void;
  addFaults(faults: readonly Fault[]): void;
  /** GraphQL with more fields than this answers 502, as large queries do; null: no bound. */
  mostFields: number | null;
  /** Awaited before each request: whoever sets it says in which order they go on. */
  turn: (() => Promise<void>) | null;
  /** Points and requests used in this hour, by token. */
  used: Map<string, number>;
  pass(request: Request, text: string, run: (token: Token) => Promise<Response>): Promise<Response>;
  /** Charges GraphQL points. */
  charge(token: Token, points: number): void;
}

export function createGate(world: World): Gate {
  let faults: Fault[] = [];
  const noCounts = (): Counted => ({ graphql: 0, mutations: 0, rest: 0, points: 0, byRoute: {} });

  function takeFault(method: string, target: string): Fault | null {
    const found = faults.find(
      (fault) =>
        fault.times > 0 &&
        (fault.method ?? method) === method &&
        target.includes(fault.match ?? ''),
    );
    if (found === undefined) return null;
    found.times -= 1;
    faults = faults.filter(({ times }) => times > 0);
    return found;
  }

  const gate: Gate = {
    counted: noCounts(),
    mostFields: null,
    turn: null,
    used: new Map(),
    resetCounts() {
      gate.counted = noCounts();
    },
    addFaults(more) {
      faults.push(...more.map((fault) => ({ ...fault })));
    },
    charge(token, points) {
      gate.counted.points += points;
      gate.used.set(token.value, (gate.used.get(token.value) ?? 0) + points);
    },
    async pass(request, text, run) {
      const { pathname } = new URL(request.url);
      const isGraphql = pathname.endsWith('/graphql');
      await gate.turn?.();
      count(gate.counted, request.method, pathname, isGraphql, text);
      const fault = takeFault(request.method, isGraphql ? text : pathname);
      if (fault?.reset === 'before') throw new ConnectionReset();
      const isEarly = fault !== null && fault.reset === undefined && fault.lost !== true;
      if (isEarly) return faulty(fault);
      const token = tokenOf(world, request);
      if (token === null) return json(401, { message: 'Bad credentials' });
      const used = gate.used.get(token.value) ?? 0;
      if (used >= token.limitPerHour) return exhausted(world, token, isGraphql);
      if (!isGraphql) gate.used.set(token.value, used + 1);
      const response = await run(token);
      if (fault?.reset === 'after') throw new ConnectionReset();
      if (fault?.lost === true) return faulty({ times: 0, status: 502 });
      const left = token.limitPerHour - (gate.used.get(token.value) ?? 0);
      return withLimits(response, token.limitPerHour, left, resetAt(world));
    },
  };
  return gate;
}

function count(
  counted: Counted,
  method: string,
  path: string,
  isGraphql: boolean,
  text: string,
): void {
  if (isGraphql) {
    counted.graphql += 1;
    if (/"query":\s*"\s*mutation/.test(text)) counted.mutations += 1;
    return;
  }
  counted.rest += 1;
  const route = `${method} ${path.replace(/\/\d+(?=\/|$)/g, '/{n}').replace(/[0-9a-f]{40}/g, '{sha}')}`;
  counted.byRoute[route] = (counted.byRoute[route] ?? 0) + 1;
}

function tokenOf(world: World, request: Request): Token | null {
  const [, value = ''] =
    /^(?:token|bearer)\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return world.tokens.get(value) ?? null;
}

function resetAt(world: World): number {
  return Math.ceil((Math.max(Date.now(), world.now) + 1_800_000) / 1000);
}

export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

function faulty({ status = 500, retryAfter }: Fault): Response {
  if (retryAfter !== undefined) {
    return json(
      403,
      {
        message:
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      },
      { 'retry-after': String(retryAfter) },
    );
  }
  if (status === 502) return new Response('<html><h1>502 Bad Gateway</h1></html>', { status });
  return json(status, { message: `Fault ${status}` });
}

/** REST says 403, GraphQL 200 with an error: both with the headers of the limit. */
function exhausted(world: World, token: Token, isGraphql: boolean): Response {
  const message = 'API rate limit exceeded for installation.';
  const response = isGraphql
    ? json(200, { errors: [{ type: 'RATE_LIMITED', message }] })
    : json(403, { message });
  return withLimits(response, token.limitPerHour, 0, resetAt(world));
}

function withLimits(response: Response, limit: number, left: number, reset: number): Response {
  const headers = new Headers(response.headers);
  headers.set('x-ratelimit-limit', String(limit));
  headers.set('x-ratelimit-remaining', String(Math.max(0, left)));
  headers.set('x-ratelimit-reset', String(reset));
  return new Response(response.body, { status: response.status, headers });
}
