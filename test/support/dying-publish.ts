import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Situation, Wishes } from './workspace.ts';

/** Does a request change something? */
export function isWrite(init: RequestInit | undefined): boolean {
  return (init?.method ?? 'GET').toUpperCase() !== 'GET';
}

/**
 * Lets a process die at its nth request that writes: before it is sent, or when it was carried out and
 * the answer is on its way. Nothing the process would do after that happens.
 * @returns did it die? Not when it made fewer writes.
 */
export async function publishAndDie(
  there: Situation,
  nth: number,
  when: 'before' | 'after',
  wishes: Wishes = {},
): Promise<boolean> {
  const { fetch } = globalThis;
  const underWay = new Set<Promise<unknown>>();
  const died = Promise.withResolvers<void>();
  const never = new Promise<never>(() => {});
  let isDead = false;
  let writes = 0;
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    if (isDead) return never;
    if (isWrite(init)) writes += 1;
    const isLast = isWrite(init) && writes === nth;
    if (isLast && when === 'before') {
      isDead = true;
      died.resolve();
      return never;
    }
    const answer = fetch(input, init);
    underWay.add(answer);
    const response = await answer.finally(() => underWay.delete(answer));
    if (isLast) {
      isDead = true;
      died.resolve();
    }
    return isDead ? never : response;
  });
  const publishing = there.publishFreely(wishes).then(
    () => 'done',
    () => 'done',
  );
  await Promise.race([died.promise, publishing]);
  await Promise.allSettled([...underWay]);
  vi.unstubAllGlobals();
  if (isDead) await leaveDeadLock(there);
  return isDead;
}

/** The lock of a process that is gone; in here it is our own, which lives. */
async function leaveDeadLock(there: Situation): Promise<void> {
  const lock = { run: 'dead', pid: 2 ** 22 + 1, host: hostname(), expiresAt: Date.now() + 60_000 };
  await writeFile(join(there.root, '.kb/sandbox.lock'), JSON.stringify(lock));
}
