import { describe, expect, it } from 'vitest';
import { checkOut, checkOutMerge, filesBelow, pullRequestEvent } from '../support/action.ts';
import { edited, published, push, type Scene, scene, schedule } from '../support/action-scene.ts';
import { isProof } from '../support/proof.ts';

const proven = it.runIf(isProof);

/** The text of the article, as readers have it. */
async function passwordOn(on: Scene): Promise<string> {
  return (await on.there.liveArticle('Passwort ändern')).body;
}

describe('with reviews and ledger on GitHub', () => {
  proven(
    'an approved merge is published with its proof, an unapproved one is withheld',
    async () => {
      const on = await scene({ isProven: true });
      await published(on);
      const ledger = await on.driver.repository.git.ref('refs/heads/kb-ledger');
      expect(ledger).not.toBeNull();
      const pull = await edited(on, '24 Stunden', 'eine Stunde');
      const event = pullRequestEvent(pull, 'opened');
      const reported = await on.step(await checkOutMerge(on.driver, pull), 'pr', event);
      expect(reported).toMatchObject({ code: 0, outputs: { changes: '1', withheld: '0' } });
      const comment = on.driver.repository.comments[0]?.body ?? '';
      expect(comment).toContain('approved by this pull request, once it is approved and merged');
      expect(comment).toContain('[-24 Stunden-]{+eine Stunde+}');
      expect(await on.driver.repository.git.ref('refs/heads/kb-ledger')).toBe(ledger);
      on.driver.approve('jo', pull);
      await on.driver.merge('jo', pull, 'squash');
      const run = await on.step(await checkOut(on.driver), 'publish', push);
      expect(run).toMatchObject({ code: 0, outputs: { applied: '1', withheld: '0' } });
      expect(await passwordOn(on)).toContain('eine Stunde');
      const { git } = on.driver.repository;
      expect(await git.run(['show', 'kb-ledger:sandbox.json'])).toContain('"pullRequest": 2');
      const unapproved = await edited(on, 'eine Stunde', 'zwei Stunden');
      await on.driver.merge('jo', unapproved, 'squash');
      const withheld = await on.step(await checkOut(on.driver), 'publish', push);
      expect(withheld).toMatchObject({ code: 0, outputs: { applied: '0', withheld: '1' } });
      expect(withheld.summary).toContain('was merged in');
      expect(await passwordOn(on)).toContain('eine Stunde');
    },
  );

  proven('a fork is planned from the ledger on its branch', async () => {
    const on = await scene({ isProven: true });
    await published(on);
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    pull.headRepository = 'mallory/help';
    const run = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'opened'),
      { token: {}, env: { KB_SANDBOX_TOKEN: '' } },
    );
    expect(run).toMatchObject({ code: 0, outputs: { changes: '1' } });
    expect(run.summary).toContain('against what was recorded at the last publish');
  });

  proven(
    'an edit made in Intercom comes home, is approved like any other, and goes out',
    async () => {
      const on = await scene({ isProven: true });
      await published(on);
      const live = await on.there.liveArticle('Passwort ändern');
      await on.there.editThere(String(live.id), { body: live.body.replace('gültig', 'brauchbar') });
      await on.step(await checkOut(on.driver), 'nightly', schedule);
      const pull = on.driver.repository.pullRequests.find(({ state }) => state === 'OPEN');
      if (pull === undefined) throw new Error('no pull request');
      expect(pull.author?.login).toBe('github-actions[bot]');
      on.driver.approve('jo', pull);
      await on.driver.merge('jo', pull, 'squash');
      const merged = await checkOut(on.driver);
      const run = await on.step(merged, 'publish', push);
      expect(run).toMatchObject({ code: 0, outputs: { withheld: '0', held: '0' } });
      const files = await filesBelow(merged, 'top');
      expect(String(files['top/content/konto/passwort.de.md'])).toContain('brauchbar');
      const after = await on.step(merged, 'nightly', schedule);
      expect(after).toMatchObject({ code: 0, outputs: { drift: '0', 'pull-request-url': '' } });
    },
  );
});
