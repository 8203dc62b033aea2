import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOut, filesBelow } from '../support/action.ts';
import { files, published, push, scene, schedule } from '../support/action-scene.ts';
import { isProof } from '../support/proof.ts';
import { article } from '../support/workspace.ts';

/** Each runs the action several times, with GitHub's own pauses between writes. */
const proven = it.runIf(isProof);

describe('a night', () => {
  proven(
    'brings edits home in one pull request; merged, they are published and nothing is left',
    async () => {
      const on = await scene();
      await published(on);
      const clean = await on.step(await checkOut(on.driver), 'nightly', schedule);
      expect(clean).toMatchObject({ code: 0, outputs: { drift: '0', 'pull-request-url': '' } });
      const live = await on.there.liveArticle('Passwort ändern');
      await on.there.editThere(String(live.id), { body: live.body.replace('gültig', 'brauchbar') });
      const first = await on.step(await checkOut(on.driver), 'nightly', schedule);
      expect(first).toMatchObject({ code: 0, outputs: { drift: '1' } });
      const { pullRequests } = on.driver.repository;
      expect(pullRequests).toMatchObject([{ state: 'OPEN', base: 'main' }]);
      const [pull] = pullRequests;
      if (pull === undefined) throw new Error('no pull request');
      expect(first.outputs['pull-request-url']).toContain(`/pull/${pull.number}`);
      const same = await on.step(await checkOut(on.driver), 'nightly', schedule);
      expect(same).toMatchObject({ code: 0, outputs: { drift: '1' } });
      expect(pullRequests).toHaveLength(1);
      await on.driver.merge('jo', pull, 'squash');
      const workspace = await checkOut(on.driver);
      const held = await on.step(workspace, 'publish', push);
      expect(held).toMatchObject({ code: 0, outputs: { held: '0' } });
      const after = await on.step(workspace, 'nightly', schedule);
      expect(after).toMatchObject({ code: 0, outputs: { drift: '0' } });
    },
  );

  proven(
    'with edits on both sides merges them, and publishing over them loses nothing',
    async () => {
      const on = await scene({
        files: {
          ...files,
          ...article('konto/lang', {
            de: { title: 'Lang', body: 'Erstens.\n\nZweitens.\n\nDrittens.\n' },
          }),
        },
      });
      await published(on);
      const live = await on.there.liveArticle('Lang');
      await on.there.editThere(String(live.id), {
        body: live.body.replace('Drittens', 'Zum Dritten'),
      });
      await on.there.change('konto/lang.de.md', 'Erstens', 'Zum Ersten');
      await on.driver.push('anna', 'main', { files: await on.reviewed() });
      const conflict = await on.step(await checkOut(on.driver), 'publish', push);
      expect(conflict.outputs).toMatchObject({ held: '1' });
      await on.step(await checkOut(on.driver), 'nightly', schedule);
      const [pull] = on.driver.repository.pullRequests;
      if (pull === undefined) throw new Error('no pull request');
      await on.driver.merge('jo', pull, 'squash');
      const merged = await checkOut(on.driver);
      await on.driver.pull(merged);
      const text = await filesBelow(join(merged, 'content'), 'content');
      await on.there.write({ 'konto/lang.de.md': text['content/konto/lang.de.md'] ?? '' });
      await on.driver.push('anna', 'main', { files: await on.reviewed() });
      const run = await on.step(await checkOut(on.driver), 'publish', push);
      expect(run).toMatchObject({ code: 0, outputs: { applied: '1', held: '0' } });
      const body = (await on.there.liveArticle('Lang')).body;
      expect(body).toContain('Zum Ersten');
      expect(body).toContain('Zum Dritten');
    },
  );

  proven(
    'leaves a branch alone that somebody has pushed to, and closes what is settled',
    async () => {
      const on = await scene();
      await published(on);
      const live = await on.there.liveArticle('Passwort ändern');
      await on.there.editThere(String(live.id), { body: live.body.replace('gültig', 'brauchbar') });
      await on.step(await checkOut(on.driver), 'nightly', schedule);
      const { pullRequests } = on.driver.repository;
      const [pull] = pullRequests;
      if (pull === undefined) throw new Error('no pull request');
      const head = await on.driver.push('jo', pull.head, { files: { 'content/notiz.txt': 'x' } });
      const now = await on.there.liveArticle('Passwort ändern');
      await on.there.editThere(String(now.id), { body: now.body.replace('Stunden', 'Std.') });
      const left = await on.step(await checkOut(on.driver), 'nightly', schedule);
      expect(left.stdout).toContain('::warning title=pull request left alone');
      expect(await on.driver.repository.git.ref(`refs/heads/${pull.head}`)).toBe(head);
    },
  );

  proven('opens an issue for what no file can hold, and closes it', async () => {
    const on = await scene();
    await published(on);
    const live = await on.there.liveArticle('Einmal anmelden');
    await on.there.deleteThere(String(live.id));
    const run = await on.step(await checkOut(on.driver), 'nightly', schedule);
    expect(run).toMatchObject({ code: 0, outputs: { drift: '1', 'pull-request-url': '' } });
    const { issues } = on.driver.repository;
    expect(issues).toMatchObject([{ state: 'open', labels: ['reviewed-kb'] }]);
    expect(issues[0]?.body).toContain('deleted in Intercom');
    await on.step(await checkOut(on.driver), 'publish', push, {
      inputs: { recreate: 'konto/sso' },
    });
    await on.step(await checkOut(on.driver), 'nightly', schedule);
    expect(issues).toMatchObject([{ state: 'closed' }]);
    const forbidden = await on.step(await checkOut(on.driver), 'nightly', schedule, {
      token: {},
      inputs: { today: '2027-11-22' },
    });
    expect(forbidden.code).toBe(0);
    expect(forbidden.stdout).toContain('::warning title=not permitted');
    const due = await on.step(await checkOut(on.driver), 'nightly', schedule, {
      inputs: { today: '2027-11-25' },
    });
    expect(Number(due.outputs.due)).toBe(5);
    expect(issues.at(-1)).toMatchObject({ state: 'open', title: 'sandbox: 5 reviews to renew' });
  });
});
