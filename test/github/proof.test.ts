import { describe, expect, it } from 'vitest';
import { openReviewedBase, startWith } from '../support/github/reviewed-base.ts';

describe('a knowledge base that asks for reviews on GitHub', () => {
  it('publishes what was approved and merged, with its proof; asks nothing the second time', async () => {
    const { base, github, driver } = await openReviewedBase();
    await base.publish();
    const { articles } = await base.ledger();
    const approval = articles.start?.translations.de?.approval;
    expect(approval).toMatchObject({ kind: 'proven', by: 'jo', on: '2026-11-20', pullRequest: 1 });
    const jo = driver.world.users.get('jo')?.id;
    expect(
      approval?.proof?.map(({ path, pr, mergeMethod }) => ({ path, pr, mergeMethod })),
    ).toEqual([
      { path: 'content/start.de.md', pr: 1, mergeMethod: 'squash' },
      { path: 'content/kb.yaml', pr: 1, mergeMethod: 'squash' },
    ]);
    expect(approval?.proof?.[0]?.approvers).toEqual([
      {
        id: jo,
        login: 'jo',
        reviewId: expect.any(Number),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        submittedAt: '2026-11-20T08:04:00Z',
      },
    ]);
    github.gate.resetCounts();
    expect((await base.plan()).summary).toMatchObject({ unchanged: 1, withheld: 0 });
    expect(github.gate.counted).toMatchObject({ graphql: 0, rest: 0 });
  });

  it('leaves live what was approved last, and says whose approval is missing', async () => {
    const { base, driver, pull, verdict } = await openReviewedBase();
    await base.publish();
    const request = await driver.open('anna', {
      branch: 'edit',
      files: { 'content/start.de.md': String(startWith('Zweiter Satz.')['start.de.md']) },
    });
    await driver.merge('chef', request, 'squash');
    await pull();
    expect(await verdict('start')).toBe(
      'content/start.de.md was merged in #2 without an approval; have it reviewed in a new pull request',
    );
    await base.publish();
    expect((await base.liveArticle('Start')).body).toContain('Erster Satz.');
  });
});
