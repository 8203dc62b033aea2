import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import { createRandom } from '../../src/sandbox/gate/random.ts';
import type { Files } from '../support/content-builder.ts';
import { isWrite } from '../support/dying-publish.ts';
import { isProof, proof } from '../support/proof.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';
import { whatIsLive } from './changes-of-a-run.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const config = workspaceConfig('guards: { deletePercent: 100, updatePercent: 100 }\n');
const options = { config, isValidated: false, isWatched: false };
const body = (text: string) => ({ de: { title: text.split(' ')[0] ?? '', body: `${text}\n` } });

const both: Files = {
  ...collection('konto', { de: 'Konto' }),
  ...article('konto/a', body('A gilt.')),
  ...article('konto/b', body('B gilt.')),
};
const older: Files = {
  ...both,
  ...article('konto/a', body('A früher.')),
  ...article('konto/nur-alt', body('Alt mit [b](b.de.md).')),
  ...article('c', body('C mit [d](d.de.md).')),
  ...article('d', body('D mit [c](c.de.md).')),
};
const newer: Files = {
  ...both,
  ...collection('neu', { de: 'Neu' }),
  ...article('konto/a', body('A später.')),
  ...article('neu/n', body('N mit [c](../c.de.md).')),
  ...article('c', body('C mit [d](d.de.md) und [n](neu/n.de.md).')),
  ...article('d', body('D mit [c](c.de.md).')),
};

/** Two folders with content of their own, one ledger, one workspace. */
async function clones(second: Files): Promise<[Situation, Situation]> {
  const one = await situation({ ...options, files: both });
  await one.review();
  await one.publish();
  await one.write(older);
  await one.review();
  const two = await situation({ ...options, files: second, beside: one });
  await two.review();
  await mkdir(join(one.root, '.kb'), { recursive: true });
  await symlink(join(one.root, '.kb'), join(two.root, '.kb'));
  return [one, two];
}

async function serial(second: Files, order: readonly [0 | 1, 0 | 1]): Promise<unknown> {
  const pair = await clones(second);
  for (const index of order) await pair[index].publishFreely();
  return whatIsLive(pair[0]);
}

interface Run {
  /** It dies at this write; null: it does not. */
  dieAt: number | null;
  when: 'before' | 'after';
  writes: number;
  died: PromiseWithResolvers<'died'>;
  isDead: boolean;
}

const runs = new AsyncLocalStorage<Run>();

/** Requests of a dead run are never answered; those of the other go through. */
function letRunsDie(): void {
  const { fetch } = globalThis;
  const never = new Promise<never>(() => {});
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const run = runs.getStore();
    if (run === undefined) return fetch(input, init);
    if (run.isDead) return never;
    if (isWrite(init)) run.writes += 1;
    const isLast = isWrite(init) && run.writes === run.dieAt;
    if (isLast && run.when === 'before') {
      run.isDead = true;
      run.died.resolve('died');
      return never;
    }
    const response = await fetch(input, init);
    if (isLast) {
      run.isDead = true;
      run.died.resolve('died');
    }
    return run.isDead ? never : response;
  });
}

async function published(
  there: Situation,
  dieAt: number | null,
  when: 'before' | 'after',
): Promise<'done' | 'refused' | 'died'> {
  const died = Promise.withResolvers<'died'>();
  const run: Run = { dieAt, when, writes: 0, died, isDead: false };
  const publishing = runs.run(run, () =>
    there.publishFreely().then(
      ({ result }) => {
        expect(result.outcomes.filter((outcome) => outcome.status !== 'applied')).toEqual([]);
        return 'done' as const;
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(KbError);
        expect(error).toMatchObject({ code: 'locked', exitCode: 3 });
        return 'refused' as const;
      },
    ),
  );
  const end = await Promise.race([publishing, died.promise]);
  if (end === 'died') await markLockDead(there);
  return end;
}

/** The lock of the run that died names this process, which lives. */
async function markLockDead(there: Situation): Promise<void> {
  const file = join(there.root, '.kb/sandbox.lock');
  const lock = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...lock, pid: 2 ** 22 + 1, host: hostname() }));
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

const serials = new Map<Files, Promise<unknown[]>>();

function serialResults(second: Files): Promise<unknown[]> {
  const known = serials.get(second);
  if (known !== undefined) return known;
  const made = Promise.all([serial(second, [0, 1]), serial(second, [1, 0])]);
  serials.set(second, made);
  return made;
}

const seeds = Array.from({ length: isProof ? 100 : 8 }, (_, index) => index + 1);

test.each(seeds)('two publishers start together, one may be killed: seed %i', async (seed) => {
  const random = createRandom(seed);
  const second = seed % 2 === 0 ? older : newer;
  const wanted = await serialResults(second);
  const pair = await clones(second);
  letRunsDie();
  const victim = random() < 0.5 ? 0 : 1;
  const dieAt = random() < 0.8 ? 1 + Math.floor(random() * 8) : null;
  const when = random() < 0.5 ? 'before' : 'after';
  const delays = [random() * 60, random() * 60];
  const ends = await Promise.all(
    pair.map(async (there, index) => {
      await turns(delays[index] ?? 0);
      return published(there, index === victim ? dieAt : null, when);
    }),
  );
  // Whoever did not come through runs again, one after the other.
  const again = [0, 1].filter((index) => ends[index] !== 'done');
  for (const index of random() < 0.5 ? again : again.reverse()) {
    expect(await published(pair[index === 0 ? 0 : 1], null, 'before')).toBe('done');
  }
  vi.unstubAllGlobals();
  expect(wanted).toContainEqual(await whatIsLive(pair[0]));
  proof('two publishers: seeded runs', 1);
});
