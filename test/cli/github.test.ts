import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

const env = { GITHUB_REPOSITORY: 'acme/help', GITHUB_TOKEN: 'ghs_0123456789abcdef' };

describe('kb github', { timeout: 60_000 }, () => {
  it('has nothing to publish before there is a workspace, and says so', async () => {
    const cwd = await emptyFolder();
    await kb(['init'], { cwd });
    const summary = join(cwd, 'summary.md');
    await writeFile(summary, '');
    for (const job of ['publish']) {
      const run = await kb(['github', job, '--format', 'github'], {
        cwd,
        env: { ...env, GITHUB_STEP_SUMMARY: summary },
      });
      expect(run).toMatchObject({ code: 0 });
      expect(run.stdout).toMatch(
        /^::notice title=nothing to do yet::kb\.yaml has only the sandbox/,
      );
    }
    expect(await readFile(summary, 'utf8')).toContain('add the workspace of your help center');
  });

  it('is for workflows, and names what to use elsewhere', async () => {
    const cwd = await knowledgeBase();
    const run = await kb(['github', 'pr', '--format', 'json'], { cwd });
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({
      error: { code: 'no-workflow', hint: expect.stringContaining('kb check') },
    });
    const other = await kb(['github', 'pr', '--format', 'json'], {
      cwd,
      env: { ...env, GITHUB_EVENT_NAME: 'push' },
    });
    expect(other.json()).toMatchObject({ error: { code: 'event' } });
  });

  it('reads an event file as data, and refuses one that says something else', async () => {
    const cwd = await knowledgeBase();
    const file = join(cwd, 'event.json');
    const payloads = [
      '[]',
      '{"pull_request":{"number":1,"head":{"sha":"--upload-pack=x"},"base":{"sha":"HEAD"}}}',
    ];
    for (const payload of payloads) {
      await writeFile(file, payload);
      const run = await kb(['github', 'pr', '--format', 'json'], {
        cwd,
        env: { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: file },
      });
      expect(run.code).toBe(2);
      expect(run.json()).toMatchObject({ error: { code: 'event' } });
    }
  });
});
