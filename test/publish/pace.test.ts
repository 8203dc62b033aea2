import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTransport } from '../../src/intercom/transport.ts';
import { createPace } from '../../src/publish/pace.ts';
import { createRandom } from '../../src/sandbox/gate/random.ts';
import { createRateLimit, rateHeaders } from '../../src/sandbox/gate/rate-limit.ts';
import { USUAL_LIMITS } from '../../src/sandbox/sandbox-options.ts';
import { proof, share } from '../support/proof.ts';
import { article, type Situation, situation } from '../support/workspace.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const start = 1_795_000_000_000;
const windowMs = 10_000;

/** Time that passes only when everybody waits for it: an hour takes as long as its events. */
function simulatedTime(patience = 1) {
  let now = start;
  const sleepers: { at: number; wake(): void }[] = [];
  return {
    now: () => now,
    sleep(delayMs: number) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const at = now + Math.max(0, delayMs);
      const place = sleepers.findLastIndex((sleeper) => sleeper.at <= at) + 1;
      sleepers.splice(place, 0, { at, wake: resolve });
      return promise;
    },
    /** Runs until something has ended. @throws Error when nobody sleeps and it has not */
    async until<T>(work: Promise<T>): Promise<T> {
      const end = work.then(
        () => true,
        () => true,
      );
      let idleTurns = 0;
      let patient = 0;
      for (;;) {
        if (await Promise.race([end, turn().then(() => false)])) return work;
        if (isReadingFiles()) patient = 0;
        patient += 1;
        if (patient < patience) continue;
        patient = 0;
        const next = sleepers.shift();
        if (next === undefined) {
          // Modules are loaded and files hashed on other threads, which no list of resources names.
          idleTurns += 1;
          if (idleTurns > 20_000) throw new Error('everything hangs: nobody waits for a time');
          continue;
        }
        idleTurns = 0;
        now = next.at;
        next.wake();
        while (sleepers[0]?.at === now) sleepers.shift()?.wake();
      }
    },
  };
}

type SimulatedTime = ReturnType<typeof simulatedTime>;

/** Disks take no simulated time. */
function isReadingFiles(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(FSReq|FileHandle)/.test(name));
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface ServiceOptions {
  latencyMs?: number | (() => number);
  /** What the service's clock is ahead of ours. */
  aheadMs?: number;
  limits?: Partial<typeof USUAL_LIMITS>;
  /** Is the request lost on its way instead of answered? */
  isLost?: (nth: number) => boolean;
}

/** The service's gate over simulated time, with nothing behind it. */
function gate(time: SimulatedTime, options: ServiceOptions = {}) {
  const { latencyMs = 20, aheadMs = 0, isLost = () => false } = options;
  const clock = () => time.now() + aheadMs;
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const rate = createRateLimit({ clock, limits, seed: 1 });
  const served: number[] = [];
  const refused: { at: number; until: number }[] = [];
  let asked = 0;

  async function fetch(token = 'ours'): Promise<Response> {
    asked += 1;
    const nth = asked;
    const wholeMs = typeof latencyMs === 'number' ? latencyMs : latencyMs();
    await time.sleep(wholeMs / 2);
    if (isLost(nth)) throw new TypeError('fetch failed', { cause: reset });
    const state = rate.count(token);
    const at = time.now();
    if (state.isUsedUp) refused.push({ at, until: at + state.retryAfterSeconds * 1000 });
    else if (token === 'ours') served.push(at);
    const date = new Date(clock()).toUTCString();
    await time.sleep(wholeMs / 2);
    return new Response('{}', {
      status: state.isUsedUp ? 429 : 200,
      headers: { ...rateHeaders(state), date },
    });
  }
  return { fetch, served, refused };
}

const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

function transportTo(time: SimulatedTime, fetch: () => Promise<Response>, seed = 1) {
  const random = createRandom(seed);
  return createTransport({
    pace: createPace(time),
    clock: time,
    fetch,
    random,
    signal: new AbortController().signal,
  });
}

const address = 'https://api.eu.intercom.io/articles';

/** Several requests under way at once, each followed by the next, for a while. */
function busy(time: SimulatedTime, clients: number, untilMs: number, ask: () => Promise<unknown>) {
  const client = async () => {
    while (time.now() < untilMs) await ask().catch(() => null);
  };
  return Promise.all(Array.from({ length: clients }, client));
}

describe('under the documented limit of 10,000 a minute', () => {
  test.each(
    share(
      [1, 5, 10, 20, 30].flatMap((clients) =>
        [2, 20, 45].map((latencyMs) => ({ name: `${clients} × ${latencyMs}`, clients, latencyMs })),
      ),
      ['1 × 2', '10 × 20', '10 × 45', '30 × 20'],
    ).filter(({ clients, latencyMs }) => (clients * 1000) / latencyMs > 200),
  )('$clients requests at once, $latencyMs ms each: no 429, the limit is used', async (given) => {
    const time = simulatedTime();
    const { clients, latencyMs } = given;
    const { fetch, served, refused } = gate(time, { latencyMs });
    const transport = transportTo(time, () => fetch());
    const ask = () => transport.fetch(address, { method: 'PUT' });
    await time.until(busy(time, clients, start + 6 * windowMs, ask));
    expect(refused).toEqual([]);
    const inMinute = served.filter((at) => at < start + 6 * windowMs).length;
    expect(inMinute).toBeLessThanOrEqual(6 * USUAL_LIMITS.appCallsPerWindow);
    expect(inMinute / 10_000).toBeGreaterThanOrEqual(0.97);
    proof('pace: simulated requests', served.length);
  });

  test.each([-3_600_000, -12_345, -400, 400, 12_345, 3_600_000])(
    'the clock of the service is %i ms ahead of ours: no 429, no long wait',
    async (aheadMs) => {
      const time = simulatedTime();
      const { fetch, served, refused } = gate(time, { aheadMs });
      const transport = transportTo(time, () => fetch());
      const ask = () => transport.fetch(address, { method: 'PUT' });
      await time.until(busy(time, 10, start + 6 * windowMs, ask));
      expect(refused).toEqual([]);
      expect(served.length / 10_000).toBeGreaterThanOrEqual(0.9);
      expect(time.now()).toBeLessThan(start + 8 * windowMs);
    },
  );

  test('answers out of order, late ones among them: no 429', async () => {
    const random = createRandom(5);
    const time = simulatedTime();
    const latencyMs = () => Math.round(5 + random() * (random() < 0.02 ? 4000 : 40));
    const { fetch, served, refused } = gate(time, { latencyMs });
    const transport = transportTo(time, () => fetch());
    const ask = () => transport.fetch(address, { method: 'PUT' });
    await time.until(busy(time, 20, start + 6 * windowMs, ask));
    expect(refused).toEqual([]);
    expect(served.length / 10_000).toBeGreaterThanOrEqual(0.9);
  });
});

describe('trouble', () => {
  test('requests that are lost do not use up the limit for good', async () => {
    const time = simulatedTime();
    const limits = { appCallsPerWindow: 50 };
    const { fetch, served } = gate(time, { limits, isLost: (nth) => nth % 2 === 0 });
    const transport = transportTo(time, () => fetch());
    const ask = () => transport.fetch(address, { method: 'PUT' });
    await time.until(busy(time, 10, start + 20 * windowMs, ask));
    const inLast = served.filter((at) => at >= start + 18 * windowMs).length;
    expect(inLast).toBeGreaterThanOrEqual(40);
  });

  test('another app uses the whole workspace: its refusals are obeyed, all ends', async () => {
    const time = simulatedTime();
    const limits = { workspaceCallsPerWindow: 300 };
    const { fetch, served, refused } = gate(time, { limits });
    const transport = transportTo(time, () => fetch());
    let isOver = false;
    const other = async () => {
      while (!isOver) {
        // It takes what is left at once and leaves nothing, in two windows out of three.
        const window = Math.floor((time.now() - start) / windowMs);
        if (window % 3 < 2) for (let n = 0; n < 30; n += 1) await fetch('other');
        await time.sleep(100);
      }
    };
    const sentAt: number[] = [];
    const others = Promise.all([other(), other(), other()]);
    refused.length = 0;
    let left = 800;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        expect((await transport.fetch(address, { method: 'POST' })).status).toBe(200);
        sentAt.push(time.now());
      }
    };
    await time.until(Promise.all(Array.from({ length: 10 }, worker)));
    isOver = true;
    await time.until(others);
    expect(refused.length).toBeGreaterThan(0);
    expect(served).toHaveLength(800);
    // No retry before its time: every repeated request costs one call, and there are few of them.
    expect(transport.calls() - 800).toBeLessThan(800 * 0.25);
    expect(time.now() - start).toBeLessThan(60 * windowMs);
  });

  test('Retry-After is waited for by everybody, then all start again, not at one instant', async () => {
    const time = simulatedTime();
    const sentAt: number[] = [];
    const until = start + 30_000;
    const answer = async () => {
      sentAt.push(time.now());
      await time.sleep(20);
      if (time.now() > until + 20) return new Response('{}');
      const seconds = Math.ceil((until - time.now()) / 1000);
      return new Response('{}', { status: 429, headers: { 'retry-after': String(seconds) } });
    };
    const transport = transportTo(time, answer);
    const ask = () => transport.fetch(address, { method: 'POST' });
    const answers = await time.until(Promise.all(Array.from({ length: 10 }, ask)));
    expect(answers.map((response) => response.status)).toEqual(Array(10).fill(200));
    expect(sentAt.filter((at) => at > start && at < until - 1000)).toEqual([]);
    expect(new Set(sentAt.filter((at) => at > start)).size).toBeGreaterThan(1);
  });

  test('429 without any header: waits grow, differ and end', async () => {
    const time = simulatedTime();
    const sentAt: number[] = [];
    const transport = transportTo(time, async () => {
      sentAt.push(time.now());
      return new Response('{}', { status: 429 });
    });
    const asked = transport.fetch(address, { method: 'PUT' });
    expect((await time.until(asked)).status).toBe(429);
    expect(sentAt.length).toBeGreaterThan(3);
    expect(time.now() - start).toBeLessThan(300_000);
  });

  test('5xx of readings: each wait at least half of its ceiling, at most all of it, never alike', async () => {
    const waits = await Promise.all(
      Array.from({ length: 20 }, async (_, seed) => {
        const time = simulatedTime();
        const sentAt: number[] = [];
        const answer = async () => {
          sentAt.push(time.now());
          return new Response('{}', { status: 503 });
        };
        await time.until(transportTo(time, answer, seed).fetch(address));
        return sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
      }),
    );
    for (const run of waits) {
      run.forEach((waitMs, index) => {
        const ceiling = 250 * 2 ** (index + 1);
        expect(waitMs).toBeGreaterThanOrEqual(ceiling / 2);
        expect(waitMs).toBeLessThanOrEqual(ceiling);
      });
    }
    expect(new Set(waits.map((run) => run[0])).size).toBeGreaterThan(15);
  });
});

/** A publish whose writes take 300 ms of simulated time each. */
async function publishSlowly(there: Situation) {
  const time = simulatedTime(300);
  const answeredAt: number[] = [];
  let firstAt = Number.POSITIVE_INFINITY;
  let underWay = 0;
  let mostUnderWay = 0;
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    if (request.method === 'GET') return there.sandbox.fetch(request);
    firstAt = Math.min(firstAt, time.now());
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await time.sleep(300);
    const response = await there.sandbox.fetch(request);
    underWay -= 1;
    answeredAt.push(time.now());
    return response;
  });
  const { result } = await time.until(there.publishFreely());
  const tookMs = Math.max(...answeredAt) - firstAt;
  return { applied: result.summary.applied, writes: answeredAt.length, mostUnderWay, tookMs };
}

describe('where latency rules', () => {
  const numbered = (count: number, name: string, body: (index: number) => string) =>
    Object.assign(
      {},
      ...Array.from({ length: count }, (_, index) =>
        article(`${name}${index}`, { de: { title: `${name}${index}`, body: body(index) } }),
      ),
    );

  test('300 ms: a publish takes at most 1.1 × writes × latency ÷ concurrency', async () => {
    const count = 100;
    const files = numbered(count, 'a', () => 'Ein Satz.\n');
    const there = await situation({ files, isValidated: false });
    await there.review();
    const { applied, writes, mostUnderWay, tookMs } = await publishSlowly(there);
    expect(applied).toBe(count);
    expect(writes).toBe(count);
    expect(mostUnderWay).toBe(10);
    expect(tookMs).toBeLessThanOrEqual((1.1 * count * 300) / mostUnderWay);
  });

  test('300 ms: articles that wait for the ones they link to keep no other from being written', async () => {
    const chain = numbered(9, 'kette', (index) =>
      index === 0 ? 'Ende.\n' : `[zu](kette${index - 1}.de.md)\n`,
    );
    const rest = numbered(91, 'a', () => 'Ein Satz.\n');
    const there = await situation({ files: { ...chain, ...rest }, isValidated: false });
    await there.review();
    const { writes, mostUnderWay, tookMs } = await publishSlowly(there);
    expect(writes).toBe(100);
    expect(tookMs).toBeLessThanOrEqual((1.1 * writes * 300) / mostUnderWay);
  });
});
