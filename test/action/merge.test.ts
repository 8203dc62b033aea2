import { describe, expect, it } from 'vitest';
import { checkOut } from '../support/action.ts';
import { commandsIn, edited, published, push, scene } from '../support/action-scene.ts';
import { isProof } from '../support/proof.ts';

/** Each runs the action several times, with GitHub's own pauses between writes. */
const proven = it.runIf(isProof);

describe('a merge', () => {
  proven('is published; started again it does nothing; what is held is a warning', async () => {
    const on = await scene();
    await published(on);
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    on.driver.approve('jo', pull);
    await on.driver.merge('jo', pull, 'squash');
    const [sso] = (await on.there.liveArticles()).filter(
      ({ title }) => title === 'Einmal anmelden',
    );
    await on.there.editThere(String(sso.id), { title: 'Anders' });
    const workspace = await checkOut(on.driver);
    const first = await on.step(workspace, 'publish', push);
    expect(first).toMatchObject({
      code: 0,
      outputs: { state: 'published', applied: '1', held: '1' },
    });
    expect(commandsIn(first.stdout)).toEqual([
      expect.stringMatching(/^::warning title=held%3A konto\/sso/),
    ]);
    expect((await on.there.liveArticle('Passwort ändern')).body).toContain('eine Stunde');
    const again = await on.step(workspace, 'publish', push);
    expect(again).toMatchObject({ code: 0, outputs: { applied: '0', held: '1' } });
  });

  proven('that would remove too much is refused, and the job fails', async () => {
    const on = await scene();
    await published(on);
    await on.there.remove('konto/x1.de.md', 'konto/x2.de.md', 'konto/x3.de.md');
    await on.driver.push('anna', 'main', {
      files: {
        'content/konto/x1.de.md': null,
        'content/konto/x2.de.md': null,
        'content/konto/x3.de.md': null,
      },
    });
    const workspace = await checkOut(on.driver);
    const refused = await on.step(workspace, 'publish', push);
    expect(refused).toMatchObject({ code: 3, outputs: { state: 'refused' } });
    expect(commandsIn(refused.stdout)).toEqual([expect.stringMatching(/^::error title=refused::/)]);
    const allowed = await on.step(
      workspace,
      'publish',
      { name: 'workflow_dispatch', payload: {} },
      {
        inputs: { allow: 'delete-percent' },
      },
    );
    expect(allowed).toMatchObject({ code: 0, outputs: { applied: '3' } });
  });

  proven(
    'is not undone by the job of an older commit, nor published from another branch',
    async () => {
      const on = await scene();
      await published(on);
      const old = await checkOut(on.driver);
      const pull = await edited(on, '24 Stunden', 'eine Stunde');
      await on.driver.merge('jo', pull, 'merge');
      await on.step(await checkOut(on.driver), 'publish', push);
      const late = await on.step(old, 'publish', push);
      expect(late).toMatchObject({ code: 0, outputs: { state: 'superseded' } });
      expect((await on.there.liveArticle('Passwort ändern')).body).toContain('eine Stunde');
      const elsewhere = await on.step(await checkOut(on.driver), 'publish', push, {
        ref: 'refs/heads/edit',
      });
      expect(elsewhere).toMatchObject({ code: 3, outputs: { state: 'refused' } });
    },
  );

  it('by hand takes one article from the AI', async () => {
    const on = await scene();
    await published(on);
    const before = await on.there.fin('agent');
    const run = await on.step(
      await checkOut(on.driver),
      'publish',
      { name: 'workflow_dispatch', payload: {} },
      { inputs: { quarantine: 'konto/passwort' } },
    );
    expect(run).toMatchObject({ code: 0, outputs: { state: 'quarantined', applied: '1' } });
    const after = await on.there.fin('agent');
    expect(before.map(({ title }) => title)).toContain('Passwort ändern');
    expect(after.map(({ title }) => title)).not.toContain('Passwort ändern');
    expect(after).toHaveLength(before.length - 1);
  });
});
