import { describe, expect, it } from 'vitest';
import { auditCommand } from '../../src/commands/audit.ts';
import type { Context } from '../../src/commands/context.ts';
import { logCommand } from '../../src/commands/log.ts';
import { planCommand } from '../../src/commands/plan.ts';
import { reviewStatusCommand } from '../../src/commands/review.ts';
import { rollbackPlan } from '../../src/commands/rollback.ts';
import { git } from '../support/github/git-repository.ts';
import { below, openReviewedBase, startWith } from '../support/github/reviewed-base.ts';
import { article, collection } from '../support/workspace.ts';

async function withheldReasons(context: Context): Promise<string[]> {
  const { plan } = await planCommand(context, { only: [], allow: [], recreate: [] });
  return plan.withheld.map(({ reason }) => reason);
}

describe('what cannot be read proves nothing, and says what to do', () => {
  it('no token, no repository, an address that is not safe', async () => {
    const { context, warnings } = await openReviewedBase();
    const cases = [
      [{ GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
      [{ GITHUB_REPOSITORY: '' }, 'GITHUB_REPOSITORY does not say'],
      [{ GITHUB_API_URL: 'http://github.example' }, 'GITHUB_API_URL is not an https address'],
      [{ GITHUB_TOKEN: 'ghs_wrong' }, 'GitHub does not accept GITHUB_TOKEN'],
      [{ GITHUB_REPOSITORY: 'example/other' }, 'GitHub does not show example/other'],
    ] as const;
    for (const [env, reason] of cases) {
      expect(await withheldReasons(context(env))).toEqual([expect.stringContaining(reason)]);
    }
    expect(warnings).toHaveLength(cases.length);
    expect(warnings.join('\n')).not.toContain('ghs_');
  });

  it('a shallow clone', async () => {
    const { base, driver, context } = await openReviewedBase();
    await driver.push('chef', 'main', { files: { 'README.md': 'Mehr.\n' } });
    const shallow = `${base.root}/shallow`;
    await driver.clone(shallow, { depth: 1 });
    const reasons = await withheldReasons({ ...context(), contentDir: `${shallow}/content` });
    expect(reasons).toEqual([expect.stringContaining('fetch-depth: 0 of actions/checkout')]);
  });

  it('a used-up rate limit; a short secondary one is waited for', async () => {
    const { github, driver, context } = await openReviewedBase();
    const poor = github.token({ limitPerHour: 1 });
    const limited = context(github.env(driver, poor));
    expect(await withheldReasons(limited)).toEqual([
      expect.stringMatching(/rate limit for this token is used up until \d{4}-/),
    ]);
    github.gate.addFaults([{ times: 1, retryAfter: 1 }]);
    expect(await withheldReasons(context())).toEqual([]);
  });

  it('a query that is too large is halved; a cut connection is tried again', async () => {
    const files = Object.assign(
      {},
      ...Array.from({ length: 30 }, (_, index) =>
        article(`a/${index}`, { de: { title: `A ${index}` } }),
      ),
    );
    const { github, context } = await openReviewedBase({ files });
    github.gate.mostFields = 7;
    github.gate.addFaults([{ times: 1, match: 'associatedPullRequests', reset: 'before' }]);
    github.gate.resetCounts();
    expect(await withheldReasons(context())).toEqual([]);
    expect(github.gate.counted.graphql).toBeLessThan(20);
  });

  it('on Enterprise Server, by its addresses', async () => {
    const { github, driver, context } = await openReviewedBase();
    const env = github.env(driver, github.token(), { isEnterprise: true });
    expect(await withheldReasons(context(env))).toEqual([]);
  });

  it('what is on disk but not in the last commit, whatever git is told to overlook', async () => {
    const { base, verdict } = await openReviewedBase();
    await git(base.root, ['update-index', '--assume-unchanged', 'content/start.de.md']);
    await base.change('start.de.md', 'Erster', 'Böser');
    expect(await verdict('start')).toContain('differs from the last commit');
    await base.change('start.de.md', 'Böser', 'Erster');
    await base.change('start.de.md', /\n/g, '\r\n');
    expect(await verdict('start')).toBe('approved');
  });
});

describe('what a review covers', () => {
  const image = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const files = {
    ...collection('konto', { de: 'Konto' }),
    ...article('konto/sso', {
      de: { title: 'SSO', body: 'Text.\n\n{{> hinweis }}\n\n![Bild](../assets/bild.svg)\n' },
      en: { title: 'SSO en', body: 'Text.\n' },
    }),
    '_includes/hinweis.de.md': 'Ein Hinweis.\n',
    'assets/bild.svg': image,
  };

  it('includes, assets, collections, kb.yaml and the source file are proven, each by its own commit', async () => {
    const { base, mergeApproved } = await openReviewedBase({ files });
    await mergeApproved({ '_includes/hinweis.de.md': 'Ein anderer Hinweis.\n' });
    await base.publish();
    const { articles } = await base.ledger();
    const proofOf = (locale: string) =>
      articles['konto-sso']?.translations[locale]?.approval?.proof?.map(
        ({ path, pr }) => `${path} #${pr}`,
      );
    expect(proofOf('de')).toEqual([
      'content/konto/sso.de.md #1',
      'content/_includes/hinweis.de.md #2',
      'content/assets/bild.svg #1',
      'content/konto/_collection.yaml #1',
      'content/kb.yaml #1',
    ]);
    expect(proofOf('en')).toContain('content/konto/sso.de.md #1');
  });

  it.each([
    ['_includes/hinweis.de.md', 'Böse.\n'],
    ['assets/bild.svg', image.replace('/>', ' width="1"/>')],
    ['konto/_collection.yaml', 'id: k-konto\nde: { title: Konto, description: Böse. }\n'],
  ])('%s, changed without a review, is not published', async (path, text) => {
    const { base, driver, pull, verdict } = await openReviewedBase({ files });
    await base.publish();
    await driver.push('anna', 'main', { files: below('content', { [path]: text }) });
    await pull();
    const id = path.startsWith('konto/') ? 'k-konto' : 'konto-sso';
    expect(await verdict(id)).toMatch(
      new RegExp(`^content/${path} came to main by commit .* without a pull request`),
    );
  });

  it('a record of a file proves nothing about what lies on disk', async () => {
    const { base, verdict } = await openReviewedBase({ files });
    await base.publish();
    await base.change('_includes/hinweis.de.md', 'Ein Hinweis', 'Böses');
    expect(await verdict('konto-sso')).toMatch(
      /^content\/_includes\/hinweis.de.md differs from the last commit/,
    );
  });

  it('a withdrawal needs no review: the AI loses the text at once', async () => {
    const { base, driver, pull } = await openReviewedBase();
    await base.publish();
    expect(await base.fin('agent')).toHaveLength(1);
    const file = String(startWith('Erster Satz.')['start.de.md']).replace(
      'id: start',
      'id: start\nfin: { agent: false }',
    );
    await driver.push('anna', 'main', { files: { 'content/start.de.md': file } });
    await pull();
    await base.publish();
    expect(await base.fin('agent')).toEqual([]);
  });

  it('a rollback restores what was approved then', async () => {
    const { base, context, mergeApproved } = await openReviewedBase();
    await base.publish();
    const before = (await git(base.root, ['rev-parse', 'HEAD'])).trim();
    await mergeApproved(startWith('Zweiter Satz.') as Record<string, string>);
    await base.publish();
    const wishes = { to: before, only: [], allow: [], recreate: [] };
    const { plan } = await rollbackPlan(context(), wishes);
    expect(
      plan.changes.map(({ id, action, approval }) => [id, action, approval?.pullRequest]),
    ).toEqual([['start', 'update', 1]]);
  });

  it('a dismissal after publishing takes nothing back', async () => {
    const { base, driver, verdict } = await openReviewedBase();
    await base.publish();
    const [review] = driver.repository.pullRequests[0]?.reviews ?? [];
    if (review !== undefined) driver.dismiss('chef', review);
    expect(await verdict('start')).toBe('unchanged');
  });
});

describe('break-glass', () => {
  it('publishes named items with a reason; audit asks for the review until these bytes have it', async () => {
    const { base, driver, context, pull, verdict, mergeApproved } = await openReviewedBase();
    await base.publish();
    await driver.push('chef', 'main', { files: below('content', startWith('Notruf 112.')) });
    await pull();
    const env = { GITHUB_ACTOR: 'chef' };
    expect(await verdict('start')).toContain('without a pull request');
    await git(base.root, ['config', 'user.email', 'chef@example.com']);
    const { result } = await base.publishFreely({
      only: ['start'],
      breakGlass: 'wrong emergency number',
    });
    expect(result.outcomes.map(({ status }) => status)).toEqual(['applied']);
    expect((await base.liveArticle('Start')).body).toContain('Notruf 112.');
    const audited = async () => (await auditCommand(context(env), { fix: false })).sources[0];
    expect(await audited()).toMatchObject({
      status: 'declared',
      isViolation: true,
      reason:
        'published in an emergency by chef@example.com, 2026-11-22 ("wrong emergency number"); its review is missing',
    });
    const { versions } = await logCommand(context(), 'start');
    expect(versions.map(({ via }) => via)).toContain('break-glass: wrong emergency number');
    // The next ordinary run leaves it as it is, and still asks.
    await base.publish();
    expect((await audited())?.isViolation).toBe(true);
    await mergeApproved({ 'start.de.md': `${startWith('Notruf 112.')['start.de.md']}\n` });
    expect(await audited()).toMatchObject({ status: 'proven', isViolation: false });
    await base.publish();
    expect((await base.ledger()).articles.start?.translations.de?.approval?.kind).toBe('proven');
  });

  it('needs a reason, named items, and the policy it goes round', async () => {
    const { base } = await openReviewedBase();
    await expect(base.publishFreely({ only: ['start'], breakGlass: ' ' })).rejects.toThrow(
      'needs a reason',
    );
    await expect(base.publishFreely({ breakGlass: 'x' })).rejects.toThrow('nothing is named');
  });
});

describe('review --status', () => {
  it('tells what GitHub proves, and what is missing', async () => {
    const { context, driver, pull } = await openReviewedBase();
    const status = async () =>
      (await reviewStatusCommand(context(), { items: [] })).translations[0];
    expect(await status()).toMatchObject({ status: 'proven', by: 'jo', on: '2026-11-20' });
    await driver.push('chef', 'main', { files: below('content', startWith('Böse.')) });
    await pull();
    expect(await status()).toMatchObject({ status: 'unreviewed', by: null });
  });
});
