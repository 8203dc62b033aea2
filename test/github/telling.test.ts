import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/commands/connect.ts';
import { makeCheckRun } from '../../src/github/check-run.ts';
import { createGithubClient } from '../../src/github/github-client.ts';
import { readGithubEnvironment } from '../../src/github/github-environment.ts';
import { stickComment } from '../../src/github/sticky-comment.ts';
import { openGithub, type TokenWish } from '../support/github/emulator.ts';
import { isProof } from '../support/proof.ts';

const writing: TokenWish = { pullRequests: 'write', checks: 'write', contents: 'write' };

async function opened(wish: TokenWish = writing) {
  const github = await openGithub();
  const driver = await github.repository('acme/help');
  driver.user('anna', 'write');
  await driver.push('anna', 'main', { files: { 'a.md': 'a\n' } });
  const pull = await driver.open('anna', { branch: 'edit', files: { 'a.md': 'b\n' } });
  const client = createGithubClient(readGithubEnvironment(github.env(driver, github.token(wish))), {
    clock: systemClock,
    signal: new AbortController().signal,
  });
  const sticky = (text: string) => ({
    body: `mine ${pull.headOid}\n${text}`,
    head: pull.headOid,
    headOf: (body: string) => /^mine ([0-9a-f]{40})\n/.exec(body)?.[1] ?? null,
  });
  return { github, driver, pull, client, sticky };
}

describe('the one comment', () => {
  it('is written once though its answer was lost', async () => {
    const { github, driver, pull, client, sticky } = await opened();
    github.gate.addFaults([{ times: 1, method: 'POST', match: '/comments', lost: true }]);
    const stuck = await stickComment(client, pull.number, sticky('one'));
    expect(stuck.state).toBe('created');
    expect(driver.repository.comments.map(({ body }) => body)).toEqual([sticky('one').body]);
  });

  it.runIf(isProof)('is found among hundreds, and updated', async () => {
    const { driver, pull, client, sticky } = await opened();
    const anna = driver.user('anna');
    const chat = Array.from({ length: 230 }, (_, index) => ({
      ...{ id: 5000 + index, number: pull.number, body: 'hello', author: anna },
      ...{ createdAt: index, updatedAt: index },
    }));
    driver.repository.comments.push(...chat);
    await stickComment(client, pull.number, sticky('one'));
    expect((await stickComment(client, pull.number, sticky('two'))).state).toBe('updated');
    expect((await stickComment(client, pull.number, sticky('two'))).state).toBe('unchanged');
    const ours = driver.repository.comments.filter(({ body }) => body.startsWith('mine'));
    expect(ours.map(({ body }) => body)).toEqual([sticky('two').body]);
  });

  it('is not written by a token that may only read', async () => {
    const { driver, pull, client, sticky } = await opened({});
    expect(await stickComment(client, pull.number, sticky('one'))).toEqual({
      state: 'forbidden',
      url: null,
    });
    expect(driver.repository.comments).toEqual([]);
  });
});

describe('a check run', () => {
  const run = (head: string, count: number) => ({
    ...{ name: 'Help center', head, conclusion: 'failure' as const, title: 't', summary: 's' },
    annotations: Array.from({ length: count }, (_, index) => ({
      ...{ path: 'a.md', start_line: index + 1, end_line: index + 1 },
      ...{ annotation_level: 'failure' as const, title: 'rule', message: `m${index}` },
    })),
  });

  it.runIf(isProof)('takes its annotations by fifties, each once', async () => {
    const { driver, pull, client } = await opened();
    expect(await makeCheckRun(client, run(pull.headOid, 120))).toBe(true);
    const [made] = driver.repository.checkRuns;
    expect(made?.annotations.map(({ message }) => message)).toEqual(
      Array.from({ length: 120 }, (_, index) => `m${index}`),
    );
  });

  it('is left out where the token may not', async () => {
    const { driver, pull, client } = await opened({});
    expect(await makeCheckRun(client, run(pull.headOid, 1))).toBe(false);
    expect(driver.repository.checkRuns).toEqual([]);
  });
});
