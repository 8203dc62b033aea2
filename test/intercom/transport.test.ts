import { describe, expect, test } from 'vitest';
import { createTransport } from '../../src/intercom/transport.ts';
import { createPace } from '../../src/publish/pace.ts';

type Scripted = Response | Error;

/** A service that answers as scripted, with a clock that only sleeping moves. */
function service(answers: readonly Scripted[]) {
  const sent: string[] = [];
  const slept: number[] = [];
  let now = 1_795_000_000_000;
  const clock = {
    now: () => now,
    async sleep(delayMs: number) {
      slept.push(delayMs);
      now += delayMs;
    },
  };
  const controller = new AbortController();
  const transport = createTransport({
    pace: createPace(clock),
    clock,
    random: () => 0.5,
    signal: controller.signal,
    async fetch(_input, init) {
      sent.push(init?.method ?? 'GET');
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      return answer.clone();
    },
  });
  return { transport, sent, slept, controller, clock };
}

const json = (status: number, headers: Record<string, string> = {}) =>
  new Response('{"ok":true}', { status, headers });
const failure = (code: string) => Object.assign(new Error(code), { code });
const call = (method: string) => ['https://api.eu.intercom.io/articles', { method }] as const;

describe('what is sent again', () => {
  test.each(['GET', 'POST', 'PUT', 'DELETE'])(
    '429, for %s: the service did nothing',
    async (method) => {
      const { transport, sent, slept } = service([json(429, { 'retry-after': '3' }), json(200)]);
      expect((await transport.fetch(...call(method))).status).toBe(200);
      expect(sent).toEqual([method, method]);
      expect(slept.reduce((sum, delayMs) => sum + delayMs, 0)).toBeGreaterThanOrEqual(3000);
      expect(transport.calls()).toBe(2);
    },
  );

  test.each([
    ['500', json(500)],
    ['503', json(503)],
    ['a reset', new TypeError('fetch failed', { cause: failure('ECONNRESET') })],
    ['a cut answer', new Response('{"data":[{"id":"1"', { status: 200 })],
  ])('%s: a reading is repeated, a write never', async (_, broken) => {
    const reading = service([broken, json(200)]);
    expect((await reading.transport.fetch(...call('GET'))).status).toBe(200);
    expect(reading.sent).toHaveLength(2);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const writing = service([broken, json(200)]);
      await writing.transport.fetch(...call(method)).catch(() => null);
      expect(writing.sent).toEqual([method]);
    }
  });

  test('a reading that stays broken ends', async () => {
    const { transport, sent } = service([json(500)]);
    expect((await transport.fetch(...call('GET'))).status).toBe(500);
    expect(sent).toHaveLength(5);
  });

  test('nothing listens there: not even a reading is repeated', async () => {
    const { transport, sent } = service([
      new TypeError('fetch failed', { cause: failure('ECONNREFUSED') }),
    ]);
    await expect(transport.fetch(...call('GET'))).rejects.toThrow('ECONNREFUSED');
    expect(sent).toHaveLength(1);
  });

  test('4xx is an answer', async () => {
    const { transport, sent } = service([json(404)]);
    expect((await transport.fetch(...call('GET'))).status).toBe(404);
    expect(sent).toHaveLength(1);
  });
});

describe('pace', () => {
  test('waits for the next window when the service says that nothing is left', async () => {
    const start = 1_795_000_000;
    const { transport, slept } = service([
      json(200, {
        'x-ratelimit-limit': '167',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(start + 7),
      }),
      json(200),
    ]);
    await transport.fetch(...call('GET'));
    expect(slept).toEqual([]);
    await transport.fetch(...call('PUT'));
    expect(slept.reduce((sum, delayMs) => sum + delayMs, 0)).toBeGreaterThanOrEqual(7000);
  });

  test('uses the window up without waiting', async () => {
    const { transport, slept } = service([
      json(200, {
        'x-ratelimit-limit': '167',
        'x-ratelimit-remaining': '160',
        'x-ratelimit-reset': '1795000009',
      }),
    ]);
    for (let index = 0; index < 5; index += 1) await transport.fetch(...call('GET'));
    expect(slept).toEqual([]);
  });
});

test('the clock of the service is its last Date header', async () => {
  const { transport } = service([json(200, { date: 'Sun, 22 Nov 2026 12:00:00 GMT' })]);
  expect(transport.serverTime()).toBe(null);
  await transport.fetch(...call('GET'));
  expect(transport.serverTime()).toBe(Date.UTC(2026, 10, 22, 12) / 1000);
});

test('after an interruption no reading begins, and a write still does: its outcome must be known', async () => {
  const { transport, sent, controller } = service([json(200)]);
  controller.abort();
  await expect(transport.fetch(...call('GET'))).rejects.toThrow();
  expect((await transport.fetch(...call('PUT'))).status).toBe(200);
  expect(sent).toEqual(['PUT']);
});
