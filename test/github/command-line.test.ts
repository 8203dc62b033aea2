import { describe, expect, it } from 'vitest';
import { openReviewedBase, startWith, today } from '../support/github/reviewed-base.ts';
import { kb } from '../support/kb.ts';

describe('the command line in a clone that asks for reviews on GitHub', () => {
  it('publishes, tells who approved, and breaks the glass, with the ledger on its branch', async () => {
    const { base, driver, github, pull, branchLedger } = await openReviewedBase({
      config: 'ledger: github\n',
      token: { contents: 'write' },
    });
    const { env } = base.context();
    const run = (...args: string[]) =>
      kb([...args, '--today', today], { cwd: base.root, env: env as Record<string, string> });
    const publish = await run('publish', '--format', 'json', '--yes');
    expect([publish.code, publish.stderr]).toEqual([0, '']);
    expect((await branchLedger())?.articles.start?.translations.de?.approval).toMatchObject({
      kind: 'proven',
      pullRequest: 1,
    });
    expect((await run('log', 'start')).stdout).toContain('by jo, via #1');

    await driver.push('chef', 'main', {
      files: { 'content/start.de.md': String(startWith('Notruf 112.')['start.de.md']) },
    });
    await pull();
    const urgent = await kb(
      ['publish', '--yes', '--today', today, '--only', 'start', '--break-glass', 'wrong number'],
      { cwd: base.root, env: { ...(env as Record<string, string>), GITHUB_ACTOR: 'chef' } },
    );
    expect([urgent.code, urgent.stderr]).toEqual([0, '']);
    expect(urgent.stdout).not.toContain(env.GITHUB_TOKEN);
    expect((await branchLedger())?.articles.start?.translations.de?.approval).toMatchObject({
      kind: 'declared',
      by: 'chef',
      breakGlass: { reason: 'wrong number' },
    });
    const { GITHUB_TOKEN, ...rest } = env as Record<string, string>;
    const closed = await kb(['publish', '--today', today], { cwd: base.root, env: rest });
    expect([closed.code, closed.stderr]).toEqual([
      2,
      expect.stringContaining('GITHUB_TOKEN is not set'),
    ]);
    expect(github.gate.counted.rest).toBeLessThan(10);
  }, 120_000);
});
