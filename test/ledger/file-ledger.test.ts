import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFileLedger } from '../../src/ledger/file-ledger.ts';
import { renderLedger } from '../../src/ledger/ledger-format.ts';
import { KbError } from '../../src/model/kb-error.ts';
import { emptyRecorded, type Recorded } from '../../src/model/recorded.ts';
import type { Journal, Ledger } from '../../src/publish/ports.ts';
import { emptyFolder } from '../support/content-builder.ts';

const recorded: Recorded = {
  ...emptyRecorded,
  workspace: { id: 'abc123', region: 'eu', helpCenterId: '1' },
};
const journal: Journal = { fingerprint: 'sha256:1', intents: [], serverTime: 1_795_000_000 };

interface Bench {
  folder: string;
  file: string;
  lock: string;
  ledger: Ledger;
  time: { now: number };
}

async function bench(): Promise<Bench> {
  const folder = await emptyFolder();
  const time = { now: 1_795_000_000_000 };
  const file = join(folder, '.kb/eu.json');
  const clock = { now: () => time.now, sleep: async () => {} };
  return {
    folder,
    file,
    lock: join(folder, '.kb/eu.lock'),
    ledger: createFileLedger({ file, clock }),
    time,
  };
}

async function leaveLock({ folder, lock, time }: Bench, fields: object): Promise<void> {
  await mkdir(join(folder, '.kb'), { recursive: true });
  const owner = { run: 'other', pid: process.pid, host: hostname(), expiresAt: time.now + 60_000 };
  await writeFile(lock, JSON.stringify({ ...owner, ...fields }));
}

async function errorOf(run: () => Promise<unknown>): Promise<KbError> {
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KbError);
  return error as KbError;
}

describe('the file', () => {
  test('is empty where there is none', async () => {
    const { ledger } = await bench();
    expect(await ledger.read()).toEqual({ recorded: emptyRecorded, journal: null });
  });

  test('says what was committed, and nothing else stays behind', async () => {
    const { ledger, folder } = await bench();
    const lease = await ledger.acquire();
    await lease.announce(journal);
    await lease.commit(recorded, null);
    await lease.release();
    expect(await ledger.read()).toEqual({ recorded, journal: null });
    expect(await readdir(join(folder, '.kb'))).toEqual(['eu.json']);
  });

  test.each([
    ['cut', (text: string) => text.slice(0, -40)],
    ['changed by hand', (text: string) => text.replace('abc123', 'abc124')],
    ['not a ledger', () => '[]'],
    ['of no format', (text: string) => text.replace('"format": 1', '"format": "x"')],
  ])('%s: refused, and never guessed at', async (_, spoil) => {
    const { ledger, file, folder } = await bench();
    await mkdir(join(folder, '.kb'));
    await writeFile(file, spoil(renderLedger(recorded)));
    const error = await errorOf(() => ledger.read());
    expect({ code: error.code, exitCode: error.exitCode }).toEqual({
      code: 'ledger-corrupt',
      exitCode: 2,
    });
    expect(error.hint).toContain('kb adopt');
  });

  test('of a newer release', async () => {
    const { ledger, file, folder } = await bench();
    await mkdir(join(folder, '.kb'));
    await writeFile(file, renderLedger(recorded).replace('"format": 1', '"format": 9'));
    const error = await errorOf(() => ledger.read());
    expect({ code: error.code, exitCode: error.exitCode }).toEqual({
      code: 'ledger-newer',
      exitCode: 2,
    });
  });
});

describe('the journal', () => {
  const intent = {
    key: '1:article:a',
    kind: 'article',
    id: 'a',
    intercomId: null,
    texts: {},
  } as const;
  const other = { ...intent, key: '2:article:b', id: 'b' };

  test('of a killed run: what was answered counts, what was not is told', async () => {
    const { ledger } = await bench();
    const lease = await ledger.acquire();
    await lease.announce({ ...journal, intents: [intent, other] });
    await lease.append({
      key: intent.key,
      assets: { h: { url: 'https://example.com/h', stored: null } },
    });
    const read = await ledger.read();
    expect(read.recorded.assets).toEqual({ h: { url: 'https://example.com/h', stored: null } });
    expect(read.journal?.intents).toEqual([other]);
    await lease.release();
  });

  test('a last line that was cut by a kill says nothing', async () => {
    const { ledger, folder } = await bench();
    const lease = await ledger.acquire();
    await lease.announce({ ...journal, intents: [intent, other] });
    await lease.append({ key: intent.key });
    const file = join(folder, '.kb/eu.journal.jsonl');
    await writeFile(file, `${await readFile(file, 'utf8')}{"type":"patch","patch":{"key":"2:art`);
    expect((await ledger.read()).journal?.intents).toEqual([other]);
    await lease.release();
  });

  test('of two killed runs: the intents of both, from the first one’s time', async () => {
    const { ledger } = await bench();
    const first = await ledger.acquire();
    await first.announce({ ...journal, intents: [intent] });
    await first.release();
    const second = await ledger.acquire();
    await second.announce({
      fingerprint: 'sha256:2',
      intents: [other],
      serverTime: journal.serverTime + 9,
    });
    await second.release();
    expect((await ledger.read()).journal).toEqual({
      fingerprint: 'sha256:2',
      intents: [intent, other],
      serverTime: journal.serverTime,
    });
  });
});

describe('the lock', () => {
  test('of a living process on this machine: locked, exit 3', async () => {
    const there = await bench();
    await leaveLock(there, {});
    const error = await errorOf(() => there.ledger.acquire());
    expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code: 'locked', exitCode: 3 });
    expect(error.message).toContain(`process ${process.pid}`);
    expect(JSON.parse(await readFile(there.lock, 'utf8')).run).toBe('other');
  });

  test('of a dead process on this machine: taken at once', async () => {
    const there = await bench();
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'exit');
    await leaveLock(there, { pid: child.pid });
    const lease = await there.ledger.acquire();
    await lease.assertHeld();
    await lease.release();
    expect(await readdir(join(there.folder, '.kb'))).toEqual([]);
  });

  test('of another machine: until its lease ends', async () => {
    const there = await bench();
    await leaveLock(there, { host: 'elsewhere', pid: 1 });
    expect((await errorOf(() => there.ledger.acquire())).code).toBe('locked');
    there.time.now += 60_001;
    await (await there.ledger.acquire()).release();
  });

  test('that is empty or unreadable is nobody’s', async () => {
    const there = await bench();
    await mkdir(join(there.folder, '.kb'));
    await writeFile(there.lock, '');
    await (await there.ledger.acquire()).release();
  });

  test('is renewed while a run goes on, and noticed when it is lost', async () => {
    const there = await bench();
    const lease = await there.ledger.acquire();
    there.time.now += 100_000;
    await lease.assertHeld();
    there.time.now += 100_000;
    await lease.assertHeld();
    await leaveLock(there, {});
    there.time.now += 100_000;
    expect((await errorOf(() => lease.assertHeld())).code).toBe('lease-lost');
    await lease.release();
    expect(JSON.parse(await readFile(there.lock, 'utf8')).run).toBe('other');
  });

  test('of many at once exactly one gets it, with a dead one’s lock in the way too', async () => {
    for (const isDeadThere of [false, true, true, true]) {
      const there = await bench();
      if (isDeadThere) await leaveLock(there, { pid: 2 ** 22 + 1 });
      const runs = await Promise.allSettled(
        Array.from({ length: 20 }, () => there.ledger.acquire()),
      );
      const leases = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
      expect(leases).toHaveLength(1);
      for (const run of runs) {
        if (run.status === 'rejected') expect(run.reason.code).toBe('locked');
      }
      await leases[0]?.release();
      expect(await readdir(join(there.folder, '.kb'))).toEqual([]);
    }
  });
});
