import { afterEach, expect, test, vi } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import { createRandom } from '../../src/sandbox/gate/random.ts';
import { isProof, proof } from '../support/proof.ts';
import type { Loose, Situation } from '../support/workspace.ts';
import { beforeTheRun, whatIsLive } from './changes-of-a-run.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const troubles: readonly Loose[] = [
  { status: 429, retryAfter: 0 },
  { status: 500 },
  { status: 503 },
  { reset: 'before' },
  { reset: 'after' },
  { truncate: true },
  { truncate: 5 },
];

/** Waits for a repetition are no part of what is proven here: they take a hundredth of their time. */
function shortenWaits(): void {
  const setTimeout: (run: Loose, delayMs: number, argument: unknown) => unknown =
    globalThis.setTimeout;
  vi.stubGlobal('setTimeout', (run: () => void, delayMs = 0, argument?: unknown) =>
    setTimeout(run, delayMs >= 100 && delayMs < 30_000 ? delayMs / 100 : delayMs, argument),
  );
}

/** Requests that meet trouble, and others between them that do not, drawn from a seed. */
function schedule(random: () => number): Loose[] {
  const faults: Loose[] = [];
  for (let n = 0; n < 60; n += 1) {
    const trouble = troubles[Math.floor(random() * troubles.length)];
    const method = random() < 0.75 ? ['POST', 'PUT', 'DELETE'][Math.floor(random() * 3)] : 'GET';
    const times = random() < 0.15 ? 4 : 1;
    faults.push({ method, times: 1 + Math.floor(random() * 3), latencyMs: 0 });
    faults.push({ method, times, ...trouble });
  }
  return faults;
}

/** A colleague at work on articles of their own: each edit moves the pages of the listing. */
function colleague(there: Situation, ids: readonly string[], random: () => number) {
  let isOver = false;
  let edits = 0;
  const work = async () => {
    while (!isOver) {
      const id = ids[Math.floor(random() * ids.length)] ?? '';
      edits += 1;
      await there.editThere(id, {
        translated_content: { de: { body: `<p>Stand ${edits}.</p>` } },
      });
      for (let turns = 5 + random() * 40; turns > 0; turns -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  const working = work();
  return {
    async stop(): Promise<void> {
      isOver = true;
      await working;
      for (const id of ids) {
        await there.editThere(id, { translated_content: { de: { body: '<p>Fertig.</p>' } } });
      }
    },
  };
}

/** Enough articles of others that the listing has pages to shift. */
async function startOf(): Promise<{ there: Situation; ids: string[] }> {
  const there = await beforeTheRun();
  const ids: string[] = [];
  for (let n = 0; n < 30; n += 1) {
    const made = await there.createThere({ title: `Fremd ${n}`, body: '<p>Fertig.</p>' });
    ids.push(String(made.id));
  }
  return { there, ids };
}

let undisturbed: Promise<unknown> | null = null;

async function runUndisturbed(): Promise<unknown> {
  const { there } = await startOf();
  await there.publishFreely();
  return whatIsLive(there);
}

const seeds = Array.from({ length: isProof ? 200 : 3 }, (_, index) => index + 1);

test.each(seeds)('a publish in trouble, a colleague at work: schedule %i', async (seed) => {
  undisturbed ??= runUndisturbed();
  const wanted = await undisturbed;
  const random = createRandom(seed);
  const { there, ids } = await startOf();
  shortenWaits();
  for (let run = 1; run <= 2; run += 1) {
    await there.call('POST', '/_sandbox/faults', schedule(random));
    const other = colleague(there, ids, random);
    // What fails is told: as an error of the run, or by change.
    await there.publishFreely().catch((error: unknown) => {
      if (!(error instanceof KbError)) throw error;
    });
    await other.stop();
    await there.call('DELETE', '/_sandbox/faults');
  }
  const { plan, result } = await there.publishFreely();
  expect(plan.held).toEqual([]);
  expect(result.outcomes.filter((outcome) => outcome.status !== 'applied')).toEqual([]);
  const rest = await there.plan();
  expect({ changes: rest.changes, held: rest.held }).toEqual({ changes: [], held: [] });
  expect(await whatIsLive(there)).toEqual(wanted);
  proof('faults: schedules', 1);
});
