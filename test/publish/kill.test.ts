import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import { publishAndDie } from '../support/dying-publish.ts';
import { isProof, proof, share } from '../support/proof.ts';
import { article, type Situation, situation, writesOf } from '../support/workspace.ts';
import { beforeTheRun, whatIsLive } from './changes-of-a-run.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Dies at the nth write, which the run has. */
async function diesAt(there: Situation, nth: number, when: 'before' | 'after'): Promise<void> {
  const isDead = await publishAndDie(there, nth, when);
  expect({ nth, isDead }).toEqual({ nth, isDead: true });
}

/** Publishes again until nothing is left, and holds it against the undisturbed run. */
async function expectRecovers(there: Situation, undisturbed: unknown): Promise<void> {
  const { plan, result } = await there.publishFreely();
  expect(plan.held).toEqual([]);
  expect(result.outcomes.filter((outcome) => outcome.status !== 'applied')).toEqual([]);
  const rest = await there.plan();
  expect({ changes: rest.changes, held: rest.held }).toEqual({ changes: [], held: [] });
  expect(await whatIsLive(there)).toEqual(undisturbed);
  expect(await there.drift()).toEqual([]);
  const files = await readdir(join(there.root, '.kb'));
  expect(files.filter((file) => /lock|journal|tmp|free/.test(file))).toEqual([]);
}

let undisturbed: Promise<{ live: unknown; writes: number }> | null = null;

/** What the run leads to when nothing disturbs it; made once. */
function undisturbedRun(): Promise<{ live: unknown; writes: number }> {
  undisturbed ??= runUndisturbed();
  return undisturbed;
}

async function runUndisturbed(): Promise<{ live: unknown; writes: number }> {
  const there = await beforeTheRun();
  const { counted } = await there.publish();
  return { live: await whatIsLive(there), writes: writesOf(counted) };
}

test('a run of more than sixty writes', async () => {
  const { writes } = await undisturbedRun();
  expect(writes).toBe(63);
});

describe('killed at any request', () => {
  // As many as the run makes, see above.
  const all = Array.from({ length: 63 }, (_, index) => index + 1);
  const nths = isProof ? all : all.filter((nth) => nth % 12 === 5);
  test.each(
    nths.flatMap((nth) => [
      { nth, when: 'before' as const },
      { nth, when: 'after' as const },
    ]),
  )('write $nth, $when it is carried out', async ({ nth, when }) => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    await diesAt(there, nth, when);
    await expectRecovers(there, live);
    proof('kill: boundaries', 1);
  });

  test('somebody makes an article of the same title meanwhile: it is not taken for ours', async () => {
    const there = await beforeTheRun();
    await diesAt(there, 1, 'before');
    const left = (await there.plan()).changes.find(
      (change) => change.action === 'create' && change.id === 'n6',
    );
    expect(left?.title).toBe('N6');
    const made = await there.createThere({ title: 'N6', body: '<p>Von Hand.</p>' });
    const { plan } = await there.publishFreely();
    expect(plan.held).toMatchObject([{ id: 'n6', kind: 'ambiguous' }]);
    expect((await there.call('GET', `/articles/${made.id}`)).body).toContain('Von Hand.');
    expect((await there.liveArticles()).filter((item) => item.title === 'N6')).toHaveLength(1);
  });

  test('killed again and again', async () => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    for (const nth of [3, 4, 2, 5]) await diesAt(there, nth, nth % 2 === 0 ? 'after' : 'before');
    await expectRecovers(there, live);
  });
});

describe('answers that are lost while the process goes on', () => {
  const faults = [
    { name: 'reset before', fault: { reset: 'before' } },
    { name: 'reset after', fault: { reset: 'after' } },
    { name: 'cut answer', fault: { truncate: true } },
    { name: '500', fault: { status: 500 } },
    { name: '429', fault: { status: 429, retryAfter: 0 } },
  ];
  const routes = [
    '/articles',
    '/articles/*',
    '/help_center/collections',
    '/tags',
    '/articles/*/tags',
  ];
  const cases = faults.flatMap(({ name, fault }) =>
    routes.map((path) => ({ name: `${name}: ${path}`, fault: { ...fault, path } })),
  );
  const chosen = share(cases, [
    'reset after: /articles',
    'reset after: /articles/*',
    'cut answer: /articles',
    '500: /articles',
    'reset after: /help_center/collections',
  ]);
  test.each(chosen)('$name', async ({ fault }) => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    await there.call('POST', '/_sandbox/faults', [
      { method: 'POST', times: 2, ...fault },
      { method: 'PUT', times: 1, ...fault },
    ]);
    await there.publishFreely();
    await there.call('POST', '/_sandbox/faults', []);
    await expectRecovers(there, live);
    proof('faults: runs recovered', 1);
  });

  test('a new article fails: what links to it in a cycle waits for it, and is never published without', async () => {
    const there = await situation({
      files: {
        ...article('a', { de: { title: 'A', body: '[b](b.de.md)\n' } }),
        ...article('b', { de: { title: 'B', body: '[a](a.de.md)\n' } }),
      },
    });
    await there.review();
    await there.call('POST', '/_sandbox/faults', [
      { method: 'POST', path: '/articles', times: 1, latencyMs: 1 },
      { method: 'POST', path: '/articles', times: 1, status: 400 },
    ]);
    const { result } = await there.publishFreely();
    expect(result.outcomes.map(({ id, action, status }) => `${action} ${id}: ${status}`)).toEqual([
      'create b: applied',
      'create a: failed',
      'publish b: skipped',
    ]);
    expect((await there.liveArticle('B')).state).toBe('draft');
    await there.publish();
    expect((await there.liveArticle('B')).body).toMatch(/articles\/\d+/);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('the service goes away in the middle: what failed is told, a second run does the rest', async () => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    await there.call('POST', '/_sandbox/faults', [
      { method: 'POST', path: '/articles', times: 1, reset: 'after' },
      // The listing, and what is asked before a removal: nothing happens to these.
      { method: 'GET', path: '/articles*', times: 3, latencyMs: 1 },
      { method: '*', path: '/articles*', times: 500, status: 400 },
    ]);
    const { result } = await there.publishFreely();
    expect(result.summary.failed).toBeGreaterThan(0);
    await there.call('POST', '/_sandbox/faults', []);
    await expectRecovers(there, live);
  });
});

describe('SIGKILL of a real process', () => {
  const kb = fileURLToPath(new URL('../../dist/cli/kb.js', import.meta.url));

  test.each(isProof ? [2, 5, 9, 14, 20, 27, 36, 44, 52, 58, 61] : [2, 60])(
    'at write %i',
    async (nth) => {
      const { live } = await undisturbedRun();
      let writes = 0;
      let child: ChildProcess | null = null;
      const there = await beforeTheRun({
        onRequest(method) {
          if (child === null || method === 'GET') return;
          writes += 1;
          if (writes === nth) child.kill('SIGKILL');
        },
      });
      child = spawn(process.execPath, [kb, 'publish', '--yes', '--today', '2026-11-22'], {
        cwd: there.root,
        env: { ...process.env, KB_SANDBOX_TOKEN: 'any', KB_ENDPOINT: there.url },
        stdio: 'ignore',
      });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      child = null;
      await expectRecovers(there, live);
      proof('kill: real SIGKILLs', 1);
    },
  );
});

describe('two publishers at once', () => {
  test('of one clone: one is refused, or one waits its turn; nothing is made twice', async () => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    const runs = await Promise.allSettled([there.publishFreely(), there.publishFreely()]);
    const errors = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    expect(errors.length).toBeLessThan(2);
    for (const error of errors) {
      expect(error).toBeInstanceOf(KbError);
      expect(error).toMatchObject({ code: 'locked', exitCode: 3 });
    }
    expect(await whatIsLive(there)).toEqual(live);
    expect((await there.plan()).changes).toEqual([]);
  });

  test('one process begins when the other has just ended', async () => {
    const { live } = await undisturbedRun();
    const there = await beforeTheRun();
    const runs = Array.from({ length: 12 }, async (_, index) => {
      await there.call('GET', '/_sandbox/requests');
      for (let turn = 0; turn < index * 40; turn += 1) await Promise.resolve();
      return there.publishFreely().catch((error: unknown) => error);
    });
    const ended = await Promise.all(runs);
    expect(ended.filter((end) => !(end instanceof KbError)).length).toBeGreaterThan(0);
    await there.publishFreely();
    expect(await whatIsLive(there)).toEqual(live);
    expect((await there.plan()).changes).toEqual([]);
  });
});
