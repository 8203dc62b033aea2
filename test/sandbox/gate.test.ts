import { beforeEach, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/sandbox/gate/rate-limit.ts';
import { USUAL_LIMITS } from '../../src/sandbox/sandbox-options.ts';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

describe('the token', () => {
  it.each([{ authorization: '' }, { authorization: 'Basic abc' }, { authorization: 'Bearer ' }])(
    'is refused: %j',
    async (headers) => {
      const { status, body } = await test.call('GET', '/articles', undefined, headers);
      expect(status).toBe(401);
      expect(body).toMatchObject({
        type: 'error.list',
        errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }],
      });
      expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('must be the one that was given, if one was', async () => {
    const strict = openTestSandbox({ token: 'secret' });
    expect((await strict.call('GET', '/me')).status).toBe(401);
    expect(
      (await strict.call('GET', '/me', undefined, { authorization: 'Bearer secret' })).status,
    ).toBe(200);
    expect(
      (await strict.call('GET', '/_sandbox/requests', undefined, { authorization: '' })).status,
    ).toBe(200);
  });
});

describe('limits', () => {
  it('are shown on every answer and end in 429 until the window is over', async () => {
    const tight = openTestSandbox({ limits: { appCallsPerWindow: 3 } });
    tight.clock.now = 1_795_000_004;
    const first = await tight.call('GET', '/me');
    expect(first.headers.get('x-ratelimit-limit')).toBe('3');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
    expect(first.headers.get('x-ratelimit-reset')).toBe('1795000010');
    await tight.call('GET', '/me');
    await tight.call('GET', '/me');
    const refused = await tight.call('POST', '/tags', { name: 'x' });
    expect([refused.status, refused.body.errors[0].code]).toEqual([429, 'rate_limit_exceeded']);
    expect(refused.headers.get('retry-after')).toBe('6');
    expect(
      (await tight.call('GET', '/me', undefined, { authorization: 'Bearer other' })).status,
    ).toBe(200);
    tight.clock.now += 6;
    expect((await tight.call('GET', '/tags')).body.data).toEqual([]);
    expect((await tight.call('GET', '/_sandbox/requests')).body.total).toBe(6);
  });

  it('hold for all apps of a workspace together', async () => {
    const tight = openTestSandbox({ limits: { workspaceCallsPerWindow: 2 } });
    for (const name of ['a', 'b'])
      await tight.call('GET', '/me', undefined, { authorization: `Bearer ${name}` });
    expect((await tight.call('GET', '/me', undefined, { authorization: 'Bearer c' })).status).toBe(
      429,
    );
  });

  it('show the one that is reached first, and both by name', async () => {
    const tight = openTestSandbox({ limits: { appCallsPerWindow: 4, workspaceCallsPerWindow: 5 } });
    for (let index = 0; index < 3; index += 1)
      await tight.call('GET', '/me', undefined, { authorization: 'Bearer other' });
    const { headers } = await tight.call('GET', '/me');
    expect([
      headers.get('x-ratelimit-limit'),
      headers.get('x-ratelimit-remaining'),
      headers.get('x-sandbox-ratelimit-app'),
      headers.get('x-sandbox-ratelimit-workspace'),
    ]).toEqual(['5', '1', 'limit=4, remaining=3', 'limit=5, remaining=1']);
  });

  it('can be changed, and come back with a reset', async () => {
    const changed = await test.call('PUT', '/_sandbox/limits', { appCallsPerWindow: 1 });
    expect(changed.body).toEqual({
      appCallsPerWindow: 1,
      workspaceCallsPerWindow: 4167,
      bursts: null,
      latency: null,
    });
    const statuses = [];
    for (let index = 0; index < 2; index += 1)
      statuses.push((await test.call('GET', '/me')).status);
    expect(statuses).toEqual([200, 429]);
    await test.call('POST', '/_sandbox/reset');
    expect((await test.call('GET', '/_sandbox/limits')).body.appCallsPerWindow).toBe(1667);
  });

  it.each([
    [{ appCallsPerWindow: -1 }, 'appCallsPerWindow must be a number'],
    [{ appCallsPerWindow: 1.5 }, 'appCallsPerWindow must be a whole number'],
    [{ bursts: { chance: 2 } }, 'bursts.chance must be a number from 0 to 1'],
    [{ bursts: { odds: 1 } }, 'bursts.odds is unknown'],
    [{ latency: { fromMs: 5, toMs: 1 } }, 'latency.toMs must not be less than fromMs'],
    [{ latency: 'slow' }, 'latency must be an object'],
    [{ perMinute: 1 }, 'perMinute is unknown'],
  ])('refuse %j', async (limits, message) => {
    const { status, body } = await test.call('PUT', '/_sandbox/limits', limits);
    expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('are 10,000 calls a minute unless told otherwise', async () => {
    expect((await test.call('GET', '/me')).headers.get('x-ratelimit-limit')).toBe('1667');
  });
});

describe('bursts', () => {
  const weather = async (seed: number): Promise<string> => {
    const stormy = openTestSandbox({
      seed,
      limits: { bursts: { chance: 0.1, length: 3, retryAfter: 4 } },
    });
    const statuses = [];
    for (let index = 0; index < 60; index += 1)
      statuses.push((await stormy.call('GET', '/me')).status);
    return statuses.map((status) => (status === 429 ? 'x' : '.')).join('');
  };

  it('refuse some calls in a row, the same ones again for the same seed', async () => {
    const first = await weather(1);
    expect(first).toMatch(/x{3}/);
    expect(first).toContain('.');
    expect(
      first.split(/\.+/).filter((run) => run.length % 3 !== 0 && !first.endsWith(run)),
    ).toEqual([]);
    expect(await weather(1)).toBe(first);
    expect(await weather(2)).not.toBe(first);
  });

  it('say how long to wait, although calls were left, and do nothing', async () => {
    await test.call('PUT', '/_sandbox/limits', { bursts: { chance: 1, length: 1, retryAfter: 4 } });
    const { status, headers } = await test.call('POST', '/tags', { name: 'x' });
    expect([status, headers.get('retry-after')]).toEqual([429, '4']);
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(1000);
    await test.call('PUT', '/_sandbox/limits', { bursts: null });
    expect((await test.call('GET', '/tags')).body.data).toEqual([]);
  });
});

describe('latency', () => {
  it('is drawn from the seed between two bounds', () => {
    const draw = (seed: number): number[] => {
      const limit = createRateLimit({
        clock: () => 0,
        seed,
        limits: { ...USUAL_LIMITS, latency: { fromMs: 20, toMs: 40 } },
      });
      return Array.from({ length: 50 }, () => limit.drawLatencyMs());
    };
    const drawn = draw(1);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(40);
    expect(new Set(drawn).size).toBeGreaterThan(5);
    expect(draw(1)).toEqual(drawn);
    expect(draw(2)).not.toEqual(drawn);
  });

  it('is none unless ordered, and answers all the same', async () => {
    await test.call('PUT', '/_sandbox/limits', { latency: { fromMs: 0, toMs: 2 } });
    expect((await test.call('GET', '/me')).status).toBe(200);
  });
});

describe('faults', () => {
  const order = async (...faults: Record<string, unknown>[]) =>
    test.call('POST', '/_sandbox/faults', faults);

  it('are used up in order, each by the calls it matches', async () => {
    await order(
      { method: 'GET', path: '/articles', times: 2, status: 503 },
      { path: '/art*', status: 429, retryAfter: 2 },
    );
    const statuses = [];
    for (let index = 0; index < 4; index += 1)
      statuses.push((await test.call('GET', '/articles')).status);
    expect(statuses).toEqual([503, 503, 429, 200]);
    expect((await test.call('GET', '/_sandbox/faults')).body.faults).toEqual([]);
  });

  it('say how long to wait', async () => {
    await order({ path: '*', status: 429, retryAfter: 2 });
    const { headers, body } = await test.call('GET', '/me');
    expect(headers.get('retry-after')).toBe('2');
    expect(body.errors[0].code).toBe('rate_limit_exceeded');
  });

  it('cut the connection before or after the call is done', async () => {
    const body = { title: 'T', author_id: 991_267_001 };
    await order({ method: 'POST', path: '/articles', reset: 'before' });
    await expect(test.call('POST', '/articles', body)).rejects.toThrow('fetch failed');
    expect((await test.call('GET', '/articles')).body.total_count).toBe(0);
    await order({ method: 'POST', path: '/articles', reset: 'after' });
    await expect(test.call('POST', '/articles', body)).rejects.toThrow('fetch failed');
    expect((await test.call('GET', '/articles')).body.total_count).toBe(1);
  });

  it('cut or garble the answer, when all is done', async () => {
    await order({ path: '/me', truncate: true }, { path: '/me', garble: true });
    expect(typeof (await test.call('GET', '/me')).body).toBe('string');
    expect((await test.call('GET', '/me')).body).toContain('Bad gateway');
    test.problems.length = 0;
  });

  it.each([
    ['html', '<!doctype html><title>502</title>Bad gateway'],
    ['empty', undefined],
    ['other-json', 'ok'],
  ])('garble as %s', async (garble, body) => {
    await order({ path: '/me', garble });
    const answer = await test.call('GET', '/me');
    test.problems.length = 0;
    expect([answer.status, answer.body]).toEqual([200, body]);
  });

  it('garble as scrambled: nothing that JSON can read', async () => {
    await order({ path: '/me', garble: 'scrambled' });
    const { body, headers } = await test.call('GET', '/me');
    test.problems.length = 0;
    expect(headers.get('content-type')).toContain('application/json');
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
  });

  it('are late by a drawn time', async () => {
    await order({ path: '/me', latencyMs: { fromMs: 1, toMs: 3 } });
    expect((await test.call('GET', '/me')).status).toBe(200);
    const { requests } = (await test.call('GET', '/_sandbox/requests/recent')).body;
    expect(requests[0].fault).toBe('1 to 3 ms late');
  });

  it('answer late', async () => {
    await order({ path: '/me', latencyMs: 1 });
    expect((await test.call('GET', '/me')).status).toBe(200);
    const { requests } = (await test.call('GET', '/_sandbox/requests/recent')).body;
    expect(requests[0]).toMatchObject({ path: '/me', status: 200, fault: '1 ms late' });
  });

  it.each([
    [{ status: 99 }],
    [{ reset: 'now' }],
    [{ sattus: 500 }],
    [{ times: -1 }],
    [{ garble: 'x' }],
    ['x'],
  ])('refuse %j', async (fault) => {
    const { status, body } = await test.call('POST', '/_sandbox/faults', [fault]);
    expect([status, body.errors[0].code]).toEqual([400, 'parameter_invalid']);
  });

  it('are forgotten with an empty list', async () => {
    await order({ path: '*', status: 500 });
    await order();
    expect((await test.call('GET', '/me')).status).toBe(200);
  });
});

describe('the count of requests', () => {
  it('names methods and routes, refused calls too, and neither pages nor itself', async () => {
    const { id } = await newArticle(test);
    await test.call('PUT', `/articles/${id}`, { title: 'x' });
    await test.call('GET', '/articles', undefined, { authorization: '' });
    await test.call('GET', '/nothing/12/here');
    await test.call('GET', '/help/de');
    await test.call('GET', '/_sandbox/profile');
    expect((await test.call('GET', '/_sandbox/requests')).body).toEqual({
      total: 4,
      byMethod: { POST: 1, PUT: 1, GET: 2 },
      byRoute: {
        'POST /articles': 1,
        'PUT /articles/{article_id}': 1,
        'GET /articles': 1,
        'GET /nothing/{id}/here': 1,
      },
    });
    await test.call('POST', '/_sandbox/requests/reset');
    expect((await test.call('GET', '/_sandbox/requests')).body.total).toBe(0);
  });
});

describe('what is no proper request', () => {
  it.each([
    ['POST', '/articles', '{"title":', 400, 'parameter_invalid'],
    ['POST', '/articles', '[1]', 400, 'parameter_invalid'],
    ['GET', '/nothing', undefined, 404, 'not_found'],
    ['PUT', '/articles', '{}', 404, 'not_found'],
    ['GET', '/articles?page=x', undefined, 400, 'parameter_invalid'],
    ['GET', '/articles/abc', undefined, 404, 'not_found'],
  ])('%s %s %j', async (method, path, body, status, code) => {
    const answer = await test.call(method, path, body);
    expect([answer.status, answer.body.errors[0].code]).toEqual([status, code]);
  });
});
