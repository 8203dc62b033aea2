import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { logCommand } from '../../src/commands/log.ts';
import { pullCommand } from '../../src/commands/pull.ts';
import { rollbackNow, rollbackPlan } from '../../src/commands/rollback.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

function git(there: Situation, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=Anna',
    '-c',
    'user.email=anna@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  const env = {
    ...process.env,
    HOME: there.root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  return execFileSync('git', [...identity, '-C', there.root, ...args], {
    encoding: 'utf8',
    env,
  }).trim();
}

function commit(there: Situation, message: string): string {
  git(there, 'add', 'content');
  git(there, 'commit', '-q', '-m', message);
  return git(there, 'rev-parse', 'HEAD');
}

async function inGit(): Promise<{ there: Situation; first: string }> {
  const there = await situation({
    isValidated: false,
    isWatched: false,
    config: workspaceConfig('guards: { updatePercent: 10, deletePercent: 100 }\n'),
    files: {
      ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
      ...article('hilfe/a', { de: { title: 'Eins', body: 'Alt eins.\n' } }),
      ...article('hilfe/b', { de: { title: 'Zwei', body: 'Alt zwei.\n' } }),
      ...article('hilfe/c', { de: { title: 'Drei', body: 'Alt drei.\n' } }),
    },
  });
  await there.review();
  git(there, 'init', '-q');
  git(there, 'config', 'user.name', 'Anna');
  git(there, 'config', 'user.email', 'anna@example.com');
  const first = commit(there, 'first');
  await there.publish({ allow: ['first-publish'] });
  return { there, first };
}

const wishes = { only: [], allow: [], recreate: [] };

describe('rollback', () => {
  test('plans and makes what was live at a commit, guards for accidents aside; the files stay', async () => {
    const { there, first } = await inGit();
    for (const [name, title] of [
      ['a', 'eins'],
      ['b', 'zwei'],
      ['c', 'drei'],
    ]) {
      await there.change(`hilfe/${name}.de.md`, `Alt ${title}`, `Neu ${title}`);
    }
    await there.write(article('hilfe/d', { de: { title: 'Vier', body: 'Ganz neu.\n' } }));
    await there.review();
    commit(there, 'second');
    await there.publish({ allow: ['update-percent'] });
    const { plan } = await rollbackPlan(there.context(), { to: first, ...wishes });
    expect(plan.guards.filter(({ tripped }) => tripped)).toEqual([]);
    expect(plan.changes.map(({ action, id }) => `${action} ${id}`).sort()).toEqual([
      'unpublish hilfe-d',
      'update hilfe-a',
      'update hilfe-b',
      'update hilfe-c',
    ]);
    const { result } = await rollbackNow(there.context(), { to: first, ...wishes }, () => {});
    expect(result.summary).toMatchObject({ failed: 0, applied: 4 });
    expect((await there.liveArticle('Eins')).translated_content.de.body).toContain('Alt eins');
    expect((await there.liveArticle('Vier')).translated_content.de.state).toBe('draft');
    expect(readFileSync(join(there.contentDir, 'hilfe/a.de.md'), 'utf8')).toContain('Neu eins');
    expect((await rollbackPlan(there.context(), { to: first, ...wishes })).plan.changes).toEqual(
      [],
    );
  });

  test('does not know a commit that is none', async () => {
    const { there } = await inGit();
    await expect(rollbackPlan(there.context(), { to: 'nowhere', ...wishes })).rejects.toMatchObject(
      { code: 'unknown-commit' },
    );
  });
});

describe('log', () => {
  test('says who approved what, and what is live since when', async () => {
    const { there, first } = await inGit();
    await there.editThere((await there.liveArticle('Eins')).id, {
      translated_content: { de: { title: 'Eins!' } },
    });
    const { versions } = await logCommand(there.context(), 'hilfe/a');
    expect(versions.map(({ event, isLive }) => `${event} ${isLive}`)).toContain('edited true');
    expect(versions.find(({ event }) => event === 'approved')).toMatchObject({
      commit: first,
      via: 'git',
      title: 'Eins',
    });
    expect(versions.filter(({ event }) => event === 'published').length).toBeGreaterThan(0);
    await expect(logCommand(there.context(), 'hilfe/')).rejects.toMatchObject({
      code: 'not-an-article',
    });
  });
});

describe('pull in git', () => {
  test('merges on the base of the published commit, and commits on a branch', async () => {
    const { there } = await inGit();
    const live = await there.liveArticle('Eins');
    await there.editThere(live.id, {
      translated_content: { de: { body: live.translated_content.de.body.replace('eins', 'EINS') } },
    });
    await there.change('hilfe/a.de.md', 'Alt eins.\n', 'Alt eins.\n\nHier dazu.\n');
    commit(there, 'an edit here');
    const result = await pullCommand(there.context(), { items: [], branch: true, remove: false });
    expect(result).toMatchObject({
      conflicts: [],
      files: [{ file: 'hilfe/a.de.md', action: 'updated' }],
      branch: 'kb-pull/2026-11-22',
    });
    expect(readFileSync(join(there.contentDir, 'hilfe/a.de.md'), 'utf8')).toContain(
      'Alt EINS.\n\nHier dazu.\n',
    );
    expect(git(there, 'branch', '--show-current')).toBe('kb-pull/2026-11-22');
    expect(git(there, 'show', '--stat', '--format=%B', 'HEAD')).toContain('- hilfe/a.de.md');
    expect(git(there, 'status', '--porcelain', 'content')).toBe('');
  });
});
