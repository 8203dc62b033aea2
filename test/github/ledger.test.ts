import { describe, expect, it } from 'vitest';
import { createGithubClient } from '../../src/github/github-client.ts';
import { readGithubEnvironment } from '../../src/github/github-environment.ts';
import { createGithubLedger } from '../../src/github/github-ledger.ts';
import { createLedgerBranch } from '../../src/github/ledger-branch.ts';
import { ledgerNames } from '../../src/github/ledger-texts.ts';
import * as journalFormat from '../../src/ledger/journal-format.ts';
import * as ledgerFormat from '../../src/ledger/ledger-format.ts';
import { emptyRecorded, type LedgerPatch } from '../../src/model/recorded.ts';
import type { Clock, Journal } from '../../src/publish/ports.ts';
import type { Driver } from '../support/github/driver.ts';
import { type Github, openGithub, type TokenWish } from '../support/github/emulator.ts';

/** A clock that nobody waits for: sleeping moves it on. */
function quickClock(start = 1_000_000): Clock & { pass(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    async sleep(delayMs) {
      now += delayMs;
      await new Promise((resolve) => setImmediate(resolve));
    },
    pass(ms) {
      now += ms;
    },
  };
}

async function opened() {
  const github = await openGithub();
  const driver = await github.repository('example/help');
  await driver.push('github-actions[bot]', 'main', { files: { 'README.md': 'Hilfe\n' } });
  return { github, driver };
}

function ledgerOf(github: Github, driver: Driver, run: string, clock: Clock, wish: TokenWish = {}) {
  const env = github.env(driver, github.token({ contents: 'write', ...wish }));
  const signal = new AbortController().signal;
  const client = createGithubClient(readGithubEnvironment(env), { clock, signal });
  const waits: string[] = [];
  const ledger = createGithubLedger({
    branch: createLedgerBranch(client, 'kb-ledger', Object.values(ledgerNames('eu'))),
    workspace: 'eu',
    format: { ...ledgerFormat, ...journalFormat },
    clock,
    run,
    random: () => 0.5,
    onWait: (line) => waits.push(line),
  });
  return { ...ledger, waits };
}

const recorded = {
  ...emptyRecorded,
  workspace: { id: 'abc', region: 'eu' as const, helpCenterId: '1' },
};
const journal: Journal = { fingerprint: 'f', intents: [], serverTime: 5 };
const patch = (url: string): LedgerPatch => ({
  key: null,
  assets: { [url]: { url, stored: null } },
});

describe('the ledger on a branch', () => {
  it('begins on a branch without the content, and is read as it was written', async () => {
    const { github, driver } = await opened();
    const ledger = ledgerOf(github, driver, 'one', quickClock());
    expect(await ledger.read()).toEqual({ recorded: emptyRecorded, journal: null });
    const lease = await ledger.acquire('c'.repeat(40));
    await lease.announce(journal);
    expect((await ledger.read()).journal).toEqual(journal);
    await lease.append(patch('a'));
    await lease.commit(recorded, null);
    await lease.release();
    expect(await ledger.read()).toEqual({ recorded, journal: null });
    const { git } = driver.repository;
    const history = await git.history('refs/heads/kb-ledger', null);
    // Begun, taken, announced, recorded: what was buffered goes with the last.
    expect(history).toHaveLength(4);
    expect(await git.object('kb-ledger:README.md')).not.toBeNull();
    expect(await git.mergeBase('kb-ledger', 'main')).toBeNull();
    expect(github.gate.counted.mutations).toBe(3);
  });

  it('keeps what a run that died had noted', async () => {
    const { github, driver } = await opened();
    const clock = quickClock();
    const lease = await ledgerOf(github, driver, 'one', clock).acquire();
    await lease.announce(journal);
    clock.pass(61_000);
    await lease.append(patch('a'));
    const later = ledgerOf(github, driver, 'two', clock);
    expect((await later.read()).recorded.assets).toEqual({ a: { url: 'a', stored: null } });
    clock.pass(700_000);
    await (await later.acquire()).release();
    await expect(lease.assertHeld()).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(lease.commit(recorded, null)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('waits for a run under way, and gives up with a word after half an hour', async () => {
    const { github, driver } = await opened();
    const clock = quickClock();
    const first = await ledgerOf(github, driver, 'one', clock).acquire();
    const second = ledgerOf(github, driver, 'two', {
      ...clock,
      sleep: async (ms) => {
        await clock.sleep(ms);
        await first.assertHeld();
      },
    });
    await expect(second.acquire()).rejects.toMatchObject({ code: 'locked', exitCode: 3 });
    expect(second.waits).toEqual([expect.stringContaining('(one): waiting')]);
    await first.release();
    await (await second.acquire()).release();
  });

  it('of six that begin at once, each gets its turn', async () => {
    const { github, driver } = await opened();
    const clock = quickClock();
    // Half an hour of patience must be enough for all of them: nobody waits for real here.
    const patient = { ...clock, sleep: () => clock.sleep(1) };
    let holders = 0;
    const most: number[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const lease = await ledgerOf(github, driver, `run-${index}`, patient, {
          limitPerHour: 100_000,
        }).acquire();
        holders += 1;
        await lease.announce(journal);
        most.push(holders);
        holders -= 1;
        await lease.release();
      }),
    );
    expect(most).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it.each(['before', 'after', 'lost'] as const)(
    'an answer that is cut off %s is no second write',
    async (how) => {
      const { github, driver } = await opened();
      const ledger = ledgerOf(github, driver, 'one', quickClock());
      const fault = how === 'lost' ? { lost: true } : { reset: how };
      github.gate.addFaults(
        Array.from({ length: 2 }, () => ({ times: 1, match: 'createCommitOnBranch', ...fault })),
      );
      const lease = await ledger.acquire();
      github.gate.addFaults([{ times: 1, match: 'createCommitOnBranch', ...fault }]);
      await lease.announce(journal);
      await lease.commit(recorded, null);
      expect(await ledger.read()).toEqual({ recorded, journal: null });
      expect(await driver.repository.git.history('refs/heads/kb-ledger', null)).toHaveLength(4);
    },
  );

  it('does not publish an earlier commit after a later one', async () => {
    const { github, driver } = await opened();
    const early = (await driver.repository.git.ref('refs/heads/main')) ?? '';
    const late = await driver.push('github-actions[bot]', 'main', { files: { a: 'a' } });
    const clock = quickClock();
    await (await ledgerOf(github, driver, 'late', clock).acquire(late)).commit(recorded, null);
    const before = ledgerOf(github, driver, 'early', clock);
    await expect(before.acquire(early)).rejects.toMatchObject({ code: 'superseded', exitCode: 3 });
    await (await before.acquire(null)).release();
    const next = await driver.push('github-actions[bot]', 'main', { files: { b: 'b' } });
    await (await ledgerOf(github, driver, 'next', clock).acquire(next)).release();
  });

  it('says when the token only reads', async () => {
    const { github, driver } = await opened();
    const reader = ledgerOf(github, driver, 'one', quickClock(), { contents: 'read' });
    await expect(reader.acquire()).rejects.toMatchObject({ code: 'github-permission' });
    expect((await reader.read()).recorded).toEqual(emptyRecorded);
  });

  it('reads a ledger that GraphQL would cut', async () => {
    const { github, driver } = await opened();
    const ledger = ledgerOf(github, driver, 'one', quickClock());
    const assets = Object.fromEntries(
      Array.from({ length: 6000 }, (_, index) => [
        `${index}`.padStart(64, 'ä'),
        { url: `https://cdn.example.com/${index}`, stored: null },
      ]),
    );
    await (await ledger.acquire()).commit({ ...recorded, assets }, null);
    expect((await ledger.read()).recorded.assets).toEqual(assets);
  });
});
