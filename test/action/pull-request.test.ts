import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMarker } from '../../src/report/github/marker.ts';
import { checkOutMerge, filesBelow, pullRequestEvent } from '../support/action.ts';
import { commandsIn, edited, published, scene, secret } from '../support/action-scene.ts';
import { emptyFolder } from '../support/content-builder.ts';
import type { TokenWish } from '../support/github/emulator.ts';
import { isProof } from '../support/proof.ts';
import { article } from '../support/workspace.ts';

/** Each runs the action several times, with GitHub's own pauses between writes. */
const proven = it.runIf(isProof);

describe('a pull request', () => {
  proven(
    'opened, then pushed to: one comment, kept up to date; a check for each commit',
    async () => {
      const on = await scene();
      await published(on);
      const pull = await edited(on, '24 Stunden', 'eine Stunde');
      const opened = await on.step(
        await checkOutMerge(on.driver, pull),
        'pr',
        pullRequestEvent(pull, 'opened'),
        { inputs: { 'preview-url': 'https://github.com/acme/help/actions/runs/77/artifacts/5' } },
      );
      expect(opened).toMatchObject({ code: 0, outputs: { errors: '0', changes: '1' } });
      const { comments, checkRuns } = on.driver.repository;
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toContain('**1 update');
      expect(comments[0]?.body).toContain('[-24 Stunden-]{+eine Stunde+}');
      expect(comments[0]?.body).toContain('EU workspace');
      expect(comments[0]?.body).toContain('1 question');
      expect(comments[0]?.body).toContain('/artifacts/5)');
      expect(opened.outputs['comment-url']).toContain(`/issues/${pull.number}#issuecomment-`);
      await on.there.change('konto/passwort.de.md', 'eine Stunde', 'zwei Stunden');
      await on.there.change('konto/sso.de.md', 'Ein Satz', '[x](fehlt.de.md)');
      await on.driver.push('anna', pull.head, {
        files: await filesBelow(on.there.contentDir, 'content'),
      });
      const synchronised = await on.step(
        await checkOutMerge(on.driver, pull),
        'pr',
        pullRequestEvent(pull, 'synchronize'),
      );
      expect(synchronised.code).toBe(1);
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toContain('✗ 1 error, 2 warnings');
      expect(parseMarker(comments[0]?.body ?? '')?.head).toBe(pull.headOid);
      expect(
        checkRuns.map(({ conclusion, headSha }) => [conclusion, headSha === pull.headOid]),
      ).toEqual([
        ['success', false],
        ['failure', true],
      ]);
      expect(checkRuns[1]?.annotations.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['content/konto/sso.de.md']),
      );
      expect(commandsIn(synchronised.stdout)).toEqual([]);
      expect(synchronised.summary).toContain('fehlt.de.md');
    },
  );

  proven(
    'from a fork: no token, a plan from the ledger; nothing fails but the content',
    async () => {
      const on = await scene();
      await published(on);
      const pull = await edited(on, '24 Stunden', 'eine Stunde');
      pull.headRepository = 'mallory/help';
      const workspace = await checkOutMerge(on.driver, pull);
      const event = pullRequestEvent(pull, 'opened');
      const readOnly: TokenWish = {};
      const env = { KB_SANDBOX_TOKEN: '' };
      const { value: run, counted } = await on.there.counting(() =>
        on.step(workspace, 'pr', event, { token: readOnly, env }),
      );
      expect(counted.total).toBe(0);
      expect(run).toMatchObject({ code: 0, outputs: { changes: '1', 'comment-url': '' } });
      expect(run.summary).toContain('against what was recorded at the last publish');
      expect(run.summary).toContain('[-24 Stunden-]{+eine Stunde+}');
      expect(on.driver.repository.comments).toEqual([]);
      await on.there.change('konto/sso.de.md', 'Ein Satz', '[x](fehlt.de.md)');
      const second = await on.driver.open('anna', {
        branch: 'broken',
        files: await filesBelow(on.there.contentDir, 'content'),
      });
      second.headRepository = 'mallory/help';
      const broken = await on.step(
        await checkOutMerge(on.driver, second),
        'pr',
        pullRequestEvent(second, 'opened'),
        { token: readOnly, env },
      );
      expect(broken.code).toBe(1);
      expect(commandsIn(broken.stdout)).toEqual([
        expect.stringMatching(
          /^::error file=content\/konto\/sso\.de\.md,line=\d+,title=link-target::/,
        ),
      ]);
    },
  );

  proven('that sends the token elsewhere is planned without it', async () => {
    const on = await scene();
    await published(on);
    await on.there.change('kb.yaml', 'http://127.0.0.1:4400', 'http://127.0.0.1:9');
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    const run = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'opened'),
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('changes where workspaces.sandbox is');
    expect(run.summary).toContain('Planned without a token');
  });

  proven('keeps the comment of a newer commit, and of other people', async () => {
    const on = await scene();
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    const workspace = await checkOutMerge(on.driver, pull);
    const old = pullRequestEvent(pull, 'opened');
    await edited(on, 'eine Stunde', 'zwei Stunden');
    await on.driver.push('anna', pull.head, {
      files: await filesBelow(on.there.contentDir, 'content'),
    });
    const forged = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'synchronize'),
    );
    expect(forged.code).toBe(0);
    const { comments } = on.driver.repository;
    const [newest] = comments;
    const body = newest?.body ?? '';
    const mallory = on.driver.user('mallory');
    comments.unshift({ ...comments[0], id: 1, author: mallory, body } as (typeof comments)[number]);
    const late = await on.step(workspace, 'pr', old);
    expect(late.code).toBe(0);
    expect(comments.map((comment) => comment.body)).toEqual([body, body]);
  });

  it('writes the preview for the step that attaches it, and links it; without one it says so', async () => {
    const on = await scene();
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    const folder = await emptyFolder();
    const into = join(folder, 'preview');
    const opened = pullRequestEvent(pull, 'opened');
    const workspace = await checkOutMerge(on.driver, pull);
    const run = await on.step(workspace, 'pr', opened, { inputs: { preview: into } });
    expect(run.code).toBe(0);
    const page = await readFile(join(into, 'de/konto/passwort.html'), 'utf8');
    expect(page).toContain('<del>24 Stunden</del>');
    expect(page).not.toContain(workspace);
    const { comments } = on.driver.repository;
    expect(comments[0]?.body).toContain('preview of the help center');
    expect(comments[0]?.body).toContain('/acme/help/actions/runs/77#artifacts)');

    await writeFile(join(folder, 'notes.txt'), 'mine');
    const refused = await on.step(workspace, 'pr', opened, { inputs: { preview: folder } });
    expect(refused.code).toBe(0);
    expect(refused.stdout).toContain('The preview could not be written: ');
    expect(comments[0]?.body).not.toContain('preview of the help center');
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['notes.txt', 'preview']));
  }, 120_000);

  it('in the merge queue is checked, not commented', async () => {
    const on = await scene();
    const pull = await edited(on, '24 Stunden', 'eine Stunde');
    const event = {
      name: 'merge_group',
      payload: { merge_group: { head_sha: pull.headOid, base_sha: pull.baseOid } },
    };
    const run = await on.step(await checkOutMerge(on.driver, pull), 'pr', event);
    expect(run.code).toBe(0);
    expect(on.driver.repository.checkRuns).toMatchObject([{ conclusion: 'success' }]);
    expect(on.driver.repository.comments).toEqual([]);
  });

  proven('on an Enterprise Server, with its content in a subfolder', async () => {
    const on = await scene({ content: 'docs/hilfe', isEnterprise: true });
    const pull = await edited(on, '24 Stunden', '[eine Stunde](fehlt.de.md)', false);
    const run = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'opened'),
    );
    expect(run.code).toBe(1);
    expect(on.driver.repository.comments[0]?.body).toContain('### Help center `docs/hilfe`');
    expect(on.driver.repository.checkRuns[0]?.annotations[0]).toMatchObject({
      path: 'docs/hilfe/konto/passwort.de.md',
      annotation_level: 'failure',
    });
  });

  it('with hostile content says it and obeys nothing', async () => {
    const on = await scene();
    const title = '::error::boo @octocat #1 <img src=x> ##[error]x';
    await on.there.write(
      article('konto/boese', {
        de: { title, body: `[::stop-commands::x](fehlt.de.md) ${secret} @octocat\n` },
      }),
    );
    const pull = await on.driver.open('anna', {
      branch: 'boese',
      files: await filesBelow(on.there.contentDir, 'content'),
    });
    const token: TokenWish = {};
    const run = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'opened'),
      { token },
    );
    expect(run.code).toBe(1);
    const commands = commandsIn(run.stdout);
    expect(commands.length).toBeGreaterThan(0);
    const ours = /^::(error|warning) file=content\/konto\/boese\.de\.md,line=\d+,title=[a-z-]+::/;
    expect(commands.filter((line) => !ours.test(line))).toEqual([]);
    const told = run.stdout.replace(/^::add-mask::.*$/gm, '') + run.stderr + run.summary;
    expect(told).not.toContain(secret);
    expect(run.summary).not.toMatch(/@octocat|<img|#1\b/);
  });
});
