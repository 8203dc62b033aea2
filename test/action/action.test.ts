import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseMarker } from '../../src/report/github/marker.ts';
import {
  bundleAction,
  checkOut,
  checkOutMerge,
  filesBelow,
  pullRequestEvent,
  runStep,
} from '../support/action.ts';
import { emptyFolder } from '../support/content-builder.ts';
import type { Driver } from '../support/github/driver.ts';
import { type Github, openGithub, type TokenWish } from '../support/github/emulator.ts';
import type { PullRequest } from '../support/github/world.ts';
import {
  article,
  collection,
  type Situation,
  type SituationOptions,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

const secret = 'dG9rOnNlY3JldC1vZi10aGUtd29ya3NwYWNl';
const all: TokenWish = {
  contents: 'write',
  pullRequests: 'write',
  issues: 'write',
  checks: 'write',
};

const files = {
  ...collection('konto', { de: 'Konto' }),
  ...article(
    'konto/passwort',
    { de: { title: 'Passwort ändern', body: 'Der Link ist 24 Stunden gültig.\n' } },
    { questions: '[Wie lange gilt der Link?]' },
  ),
  ...article('konto/sso', { de: { title: 'Einmal anmelden' } }),
  ...Object.assign({}, ...[1, 2, 3].map((n) => article(`konto/x${n}`, { de: { title: `X${n}` } }))),
};

/** A repository on GitHub with reviewed content, and the Intercom it goes to. */
interface Scene {
  github: Github;
  driver: Driver;
  there: Situation;
  /** Below the top of the repository. */
  content: string;
  ledger: string;
  /** Runs the action's job on a working copy. */
  step(
    workspace: string,
    job: string,
    event: { name: string; payload: unknown },
    more?: {
      token?: TokenWish;
      inputs?: Record<string, string>;
      env?: Record<string, string>;
      ref?: string;
    },
  ): ReturnType<typeof runStep>;
  /** Reviews what stands in the situation's folder, and its files as a commit has them. */
  reviewed(): Promise<Record<string, Buffer>>;
}

async function scene(
  options: SituationOptions & { content?: string; isEnterprise?: boolean } = {},
): Promise<Scene> {
  const { content = 'content', isEnterprise = false } = options;
  const there = await situation({
    config: workspaceConfig('guards: { updatePercent: 100 }\n').replace('[de, en]', '[de]'),
    files,
    isWatched: false,
    ...options,
  });
  const github = await openGithub();
  const driver = await github.repository('acme/help');
  driver.user('anna', 'write');
  driver.user('jo', 'write');
  const reviewed = async () => {
    await there.review();
    return filesBelow(there.contentDir, content);
  };
  await driver.push('anna', 'main', { files: await reviewed() });
  const ledger = join(await emptyFolder(), 'ledger.json');
  return {
    ...{ github, driver, there, content, ledger, reviewed },
    step: (
      workspace,
      job,
      event,
      { token = all, inputs = {}, env = {}, ref = 'refs/heads/main' } = {},
    ) =>
      runStep({
        ...{ workspace, event, ref },
        inputs: { job, content, ledger, today: '2026-11-22', ...inputs },
        env: {
          ...github.env(driver, github.token(token), { isEnterprise }),
          ...{ KB_SANDBOX_TOKEN: secret, KB_ENDPOINT: there.url, ...env },
        },
      }),
  };
}

const push = { name: 'push', payload: {} };
const schedule = { name: 'schedule', payload: {} };

/** Publishes main, so that later plans have something to compare with. */
async function published(on: Scene): Promise<void> {
  const run = await on.step(await checkOut(on.driver), 'publish', push);
  expect(run).toMatchObject({ code: 0, outputs: { state: 'published', failed: '0' } });
}

/** Opens a pull request that edits one article; the edit is reviewed where that is asked. */
async function edited(
  on: Scene,
  from: string,
  to: string,
  isReviewed = true,
): Promise<PullRequest> {
  await on.there.change('konto/passwort.de.md', from, to);
  const now = isReviewed ? await on.reviewed() : await filesBelow(on.there.contentDir, on.content);
  return on.driver.open('anna', { branch: `edit-${on.driver.repository.lastNumber}`, files: now });
}

/** Lines of a log that the runner would act on, but for masks and debug lines. */
function commandsIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /^\s*::(?!debug|add-mask)/.test(line) || line.includes('##['));
}

beforeAll(bundleAction);

describe('a pull request', () => {
  it('opened, then pushed to: one comment, kept up to date; a check for each commit', async () => {
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
  });

  it('from a fork: no token, a plan from the ledger; nothing fails but the content', async () => {
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
  });

  it('that sends the token elsewhere is planned without it', async () => {
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

  it('keeps the comment of a newer commit, and of other people', async () => {
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

  it('on an Enterprise Server, with its content in a subfolder', async () => {
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

describe('a merge', () => {
  it('is published; started again it does nothing; what is held is a warning', async () => {
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

  it('that would remove too much is refused, and the job fails', async () => {
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

  it('is not undone by the job of an older commit, nor published from another branch', async () => {
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
  });

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

describe('a night', () => {
  it('brings edits home in one pull request; merged, they are published and nothing is left', async () => {
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
  });

  it('with edits on both sides merges them, and publishing over them loses nothing', async () => {
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
  });

  it('leaves a branch alone that somebody has pushed to, and closes what is settled', async () => {
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
  });

  it('opens an issue for what no file can hold, and closes it', async () => {
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
