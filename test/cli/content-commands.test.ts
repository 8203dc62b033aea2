import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { articleText, emptyFolder, writeFiles } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';
import { knowledgeBase, smallConfig } from '../support/knowledge-base.ts';

const run = promisify(execFile);
const today = ['--today', '2026-11-22'];
const broken = articleText(
  { id: 'kaputt', title: 'Kaputt', description: 'Mit Fehlern.' },
  'Siehe [Passwort](passwor.de.md).\n\n<script>alert(1)</script>\n',
);

async function contentOf(cwd: string, file: string): Promise<string> {
  return readFile(join(cwd, 'content', file), 'utf8');
}

describe('kb check', { timeout: 60_000 }, () => {
  it('prints findings by file, the count and the next step', async () => {
    const cwd = await knowledgeBase({ 'konto/kaputt.de.md': broken });
    const text = await kb(['check', 'content/konto/kaputt.de.md', ...today], { cwd });
    expect(text.code).toBe(1);
    await expect(text.stdout).toMatchFileSnapshot('snapshots/check.txt');
    const markdown = await kb(['check', 'konto/kaputt.de.md', '--format', 'markdown', ...today], {
      cwd,
    });
    await expect(markdown.stdout).toMatchFileSnapshot('snapshots/check.md');
    const github = await kb(['check', 'konto/kaputt.de.md', '--format', 'github', ...today], {
      cwd,
    });
    await expect(github.stdout).toMatchFileSnapshot('snapshots/check.github.txt');
  });

  it('prints one JSON value with the promised keys', async () => {
    const cwd = await knowledgeBase({ 'konto/kaputt.de.md': broken });
    const checked = await kb(['check', '--format', 'json', ...today], { cwd });
    expect(checked).toMatchObject({ code: 1, stderr: '' });
    const value = checked.json() as { findings: Record<string, unknown>[]; summary: object };
    expect(Object.keys(value)).toEqual(['findings', 'fixed', 'summary']);
    expect(Object.keys(value.findings[0] ?? {})).toEqual([
      'rule',
      'severity',
      'file',
      'line',
      'column',
      'message',
      'hint',
      'fixable',
    ]);
    expect(value.summary).toMatchObject({ errors: 2, articles: 3 });
  });

  it('mends what can be mended, and says what', async () => {
    const cwd = await knowledgeBase({ 'konto/kaputt.de.md': broken });
    const fixed = await kb(['check', 'konto/kaputt.de.md', '--fix', ...today], { cwd });
    expect(fixed.stdout).toContain('mended content/konto/kaputt.de.md');
    expect(await contentOf(cwd, 'konto/kaputt.de.md')).toContain('(passwort.de.md)');
    const again = await kb(['check', '--fix', '--format', 'json', ...today], { cwd });
    expect(again.json()).toMatchObject({ fixed: [] });
  });

  it('exits 0 with warnings only', async () => {
    const cwd = await knowledgeBase();
    const checked = await kb(['check', ...today], { cwd });
    expect(checked.code).toBe(0);
    expect(checked.stdout).toMatch(/\n\d+ warnings in \d+ of 2 articles/);
  });

  it('suggests commands that a shell takes, whatever a file is called', async () => {
    const cwd = await knowledgeBase({
      'konto/mit leer.de.md': articleText({ id: 'leer', title: 'Leer', description: 'x' }),
    });
    const checked = await kb(['check', 'konto/mit leer.de.md', '--format', 'json', ...today], {
      cwd,
    });
    const { findings } = checked.json() as { findings: { hint: string }[] };
    expect(findings.map(({ hint }) => hint)).toEqual(
      expect.arrayContaining([
        "kb review 'konto/mit leer.de.md' --by <your e-mail>",
        "kb new translation 'konto/mit leer' --locale en",
      ]),
    );
    const status = await kb(['review', '--status', 'konto/mit leer', ...today], { cwd });
    expect(status.stdout).toContain("Next: kb review 'konto/mit leer' --by <email>");
    const made = await kb(['new', 'translation', 'konto/mit leer', '--locale', 'en'], { cwd });
    expect(made.stdout).toContain("Next: kb review 'konto/mit leer.en.md' --by <email>");
    const collection = await kb(['new', 'collection', 'mit leer'], { cwd });
    expect(collection.stdout).toContain("Next: kb new article 'mit leer'/<name>");
  });

  it('says at its line that a store of images is not there, as kb plan does', async () => {
    const cwd = await knowledgeBase({
      'kb.yaml': smallConfig.replace('store: sandbox', 'store: s3'),
    });
    const message = 'assets.store: s3 is not part of this release';
    const checked = await kb(['check', '--format', 'json', ...today], { cwd });
    expect(checked.code).toBe(1);
    expect(checked.json()).toMatchObject({
      findings: expect.arrayContaining([
        {
          ...{ rule: 'schema', severity: 'error', file: 'kb.yaml', line: 5, column: 18, message },
          hint: expect.stringContaining('sandbox, base-url, github-raw, jsdelivr;'),
          fixable: false,
        },
      ]),
    });
    const planned = await kb(['plan', ...today], { cwd, env: { KB_SANDBOX_TOKEN: 'any' } });
    expect(planned).toMatchObject({ code: 2, stdout: '' });
    expect(planned.stderr).toContain(message);
  });

  it('does not print what a token looks like', async () => {
    const token = 'dG9rOmFiY2RlZmdoaWprbG1ub3A=';
    const cwd = await knowledgeBase({
      'konto/geheim.de.md': articleText(
        { id: 'geheim', title: 'Geheim', description: 'x' },
        `Siehe [hier](${token}.md) und [da](my-secret-value-1.md).\n`,
      ),
    });
    const env = { KB_SANDBOX_TOKEN: 'my-secret-value-1' };
    for (const format of ['text', 'json', 'markdown', 'github']) {
      const { stdout, stderr } = await kb(['check', '--format', format], { cwd, env });
      expect(stdout + stderr).not.toContain(token.slice(0, 20));
      expect(stdout + stderr).not.toContain('my-secret-value-1');
      expect(stdout).toContain('[redacted]');
    }
  });
});

describe('kb review', { timeout: 60_000 }, () => {
  it('lists the work, stamps, and lists no more', async () => {
    const cwd = await knowledgeBase();
    const before = await kb(['review', '--status', ...today], { cwd });
    expect(before.code).toBe(0);
    await expect(before.stdout).toMatchFileSnapshot('snapshots/review-status.txt');
    const stamped = await kb(['review', 'passwort,konto/', '--by', 'anna@example.com', ...today], {
      cwd,
    });
    expect(stamped.code).toBe(0);
    await expect(stamped.stdout).toMatchFileSnapshot('snapshots/review.txt');
    expect(await contentOf(cwd, 'konto/passwort.en.md')).toMatch(
      /^review: \{ by: anna@example.com, on: 2026-11-22, digest: "sha256:[0-9a-f]{64}" \}$/m,
    );
    const after = await kb(['review', '--status', '--format', 'json', ...today], { cwd });
    const { translations } = after.json() as { translations: { id: string; status: string }[] };
    expect(translations.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'passwort declared',
      'passwort declared',
      'preise unreviewed',
      'konto declared',
      'konto declared',
    ]);
  });

  it('takes one locale by id, by file, from any folder', async () => {
    const cwd = await knowledgeBase();
    const byId = await kb(['review', 'passwort:en', '--by', 'a@example.com', '--format', 'json'], {
      cwd,
    });
    const byFile = await kb(
      ['review', 'passwort.en.md', '--by', 'a@example.com', '--format', 'json', '--content', '..'],
      { cwd: join(cwd, 'content/konto') },
    );
    for (const stamped of [byId, byFile]) {
      expect(stamped.json()).toMatchObject({
        translations: [{ id: 'passwort', locale: 'en', status: 'declared', by: 'a@example.com' }],
      });
    }
  });

  it('refuses a text with an error, and stamps the others', async () => {
    const cwd = await knowledgeBase({ 'konto/kaputt.de.md': broken });
    const stamped = await kb(
      ['review', 'kaputt', 'passwort:de', '--by', 'a@example.com', '--format', 'json'],
      { cwd },
    );
    expect(stamped.code).toBe(1);
    expect(stamped.json()).toMatchObject({
      translations: [
        {
          id: 'kaputt',
          status: 'unreviewed',
          stamped: false,
          refused: expect.stringContaining('kaputt.de.md'),
        },
        { id: 'passwort', status: 'declared', stamped: true },
      ],
    });
    expect(await contentOf(cwd, 'konto/kaputt.de.md')).toBe(broken);
  });

  it('accepts migrated text until a day', async () => {
    const cwd = await knowledgeBase();
    const flags = ['--by', 'a@example.com', '--baseline', '--until', '2026-12-31', ...today];
    const stamped = await kb(['review', 'preise', ...flags, '--format', 'json'], { cwd });
    expect(stamped.json()).toMatchObject({ translations: [{ status: 'baseline' }] });
    const later = await kb(
      ['review', 'preise', '--status', '--today', '2027-01-01', '--format', 'json'],
      { cwd },
    );
    expect(later.json()).toMatchObject({ translations: [{ status: 'expired' }] });
  });

  it('says when a name is ambiguous', async () => {
    const cwd = await knowledgeBase({
      'konto.de.md': articleText({ id: 'uebersicht', title: 'Konto', description: 'x' }),
    });
    const stamped = await kb(['review', 'konto', '--by', 'a@example.com'], { cwd });
    expect(stamped.code).toBe(2);
    expect(stamped.stderr).toContain(
      '"konto" is ambiguous: the article konto.de.md, the collection konto/.',
    );
    const folder = await kb(['review', 'konto/', '--by', 'a@example.com'], { cwd });
    expect(folder.code).toBe(0);
  });
});

describe('kb translated', { timeout: 60_000 }, () => {
  it('stamps a translation, then shows what changed in its source', async () => {
    const cwd = await knowledgeBase();
    const stamped = await kb(['translated', 'passwort', ...today], { cwd });
    expect(stamped.code).toBe(0);
    expect(await contentOf(cwd, 'konto/passwort.en.md')).toMatch(/^translationOf: "sha256:/m);
    await commit(cwd);
    const file = join(cwd, 'content/konto/passwort.de.md');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('24 Stunden', 'eine Stunde').replace('Passwort ändern', 'Passwort vergessen'),
    );
    const status = await kb(['translated', '--status', 'passwort', ...today], { cwd });
    await expect(status.stdout).toMatchFileSnapshot('snapshots/translated-status.txt');
    const json = await kb(['translated', '--status', '--format', 'json', ...today], { cwd });
    expect(json.json()).toMatchObject({
      translations: expect.arrayContaining([
        expect.objectContaining({
          id: 'passwort',
          locale: 'en',
          status: 'outdated',
          since: '2026-11-20',
        }),
        expect.objectContaining({ id: 'preise', locale: 'en', status: 'missing' }),
      ]),
    });
  });

  it('says since which version where git has no older text', async () => {
    const cwd = await knowledgeBase();
    await kb(['translated', 'passwort', ...today], { cwd });
    const file = join(cwd, 'content/konto/passwort.de.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('24', '12'));
    const status = await kb(['translated', '--status', 'passwort:en', ...today], { cwd });
    expect(status.stdout).toMatch(/has changed since sha256:[0-9a-f]{8}/);
  });

  it('refuses to call a source a translation', async () => {
    const cwd = await knowledgeBase();
    const stamped = await kb(['translated', 'preise', '--format', 'json'], { cwd });
    expect(stamped.code).toBe(1);
    expect(stamped.json()).toMatchObject({ translations: [{ refused: expect.any(String) }] });
  });
});

/** Commits everything on a day that does not depend on when the test runs. */
async function commit(cwd: string): Promise<void> {
  const on = '2026-11-20T10:00:00Z';
  const env = { ...process.env, GIT_AUTHOR_DATE: on, GIT_COMMITTER_DATE: on };
  const identity = [
    '-c',
    'user.name=Anna',
    '-c',
    'user.email=anna@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  await run('git', ['init', '-q'], { cwd });
  await run('git', ['add', '-A'], { cwd });
  await run('git', [...identity, 'commit', '-q', '-m', 'first'], { cwd, env });
}

describe('kb init and kb new', { timeout: 60_000 }, () => {
  it('begin a knowledge base that checks without errors, and never overwrite', async () => {
    const cwd = await emptyFolder();
    const made = await kb(['init', 'help', '--locales', 'de,en', '--format', 'json'], { cwd });
    expect(made.code).toBe(0);
    const { files } = made.json() as { files: string[] };
    expect(files).toEqual(
      expect.arrayContaining(['content/kb.yaml', '.gitignore', '.vscode/settings.json']),
    );
    const inside = { cwd: join(cwd, 'help') };
    expect((await kb(['check'], inside)).code).toBe(0);
    const again = await kb(['init'], inside);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('already there') });
    const article = await kb(
      ['new', 'article', 'content/konto/sso', '--title', 'SSO: "an"', '--format', 'json'],
      inside,
    );
    expect(article.json()).toMatchObject({ path: 'konto/sso', id: 'sso' });
    const translation = await kb(
      ['new', 'translation', 'konto/sso', '--locale', 'en', '--format', 'json'],
      inside,
    );
    expect(translation.json()).toMatchObject({ files: ['konto/sso.en.md'] });
    const text = await readFile(join(cwd, 'help/content/konto/sso.en.md'), 'utf8');
    expect(text).toMatch(/^translationOf: "sha256:/m);
    expect(text).not.toContain('review:');
    const collection = await kb(['new', 'collection', 'konto/sicher', '--title', 'Sicher'], inside);
    expect(collection.stdout).toContain('+ content/konto/sicher/_collection.yaml');
    const twice = await kb(['new', 'article', 'konto/sso'], inside);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('already there') });
  });

  it('leave a .gitignore as it is', async () => {
    const cwd = await emptyFolder();
    await writeFiles(cwd, { '.gitignore': 'dist\n' });
    const made = await kb(['init'], { cwd });
    expect(made.stdout).toContain('Add .kb/ to your .gitignore');
    expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('dist\n');
  });
});

describe('kb ask and kb eval', { timeout: 60_000 }, () => {
  it('find what is reviewed, and nothing else', async () => {
    const cwd = await knowledgeBase();
    const nothing = await kb(['ask', 'Wie lange gilt der Link?', ...today], { cwd });
    expect(nothing.stdout).toContain('No reviewed passage answers');
    await kb(['review', 'passwort', '--by', 'anna@example.com', ...today], { cwd });
    const hits = await kb(['ask', 'Wie lange gilt der Link?', ...today], { cwd });
    await expect(hits.stdout).toMatchFileSnapshot('snapshots/ask.txt');
    const price = await kb(['ask', 'Was kostet ein Platz?', '--format', 'json', ...today], { cwd });
    const { hits: passages } = price.json() as { hits: { id: string }[] };
    expect(passages.map(({ id }) => id)).not.toContain('preise');
    const found = await kb(['eval', '--format', 'json', ...today], { cwd });
    expect(found).toMatchObject({ code: 0 });
    expect(found.json()).toMatchObject({
      cases: [{ question: 'Wie lange gilt der Link?', expected: 'passwort', rank: 1 }],
      recallAt1: 1,
      recallAt3: 1,
      mrr: 1,
    });
  });

  it('fail when a question is not answered', async () => {
    const cwd = await knowledgeBase({
      'konto/leer.de.md': articleText(
        {
          id: 'leer',
          title: 'Etwas anderes',
          description: 'x',
          questions: '[Wo steht die Giraffe?]',
        },
        'Hier steht nichts davon.\n',
      ),
    });
    await kb(['review', 'leer,passwort', '--by', 'anna@example.com', ...today], { cwd });
    const found = await kb(['eval', ...today], { cwd });
    expect(found.code).toBe(1);
    await expect(found.stdout).toMatchFileSnapshot('snapshots/eval.txt');
    expect((await kb(['eval', '--min-recall', '0.5', ...today], { cwd })).code).toBe(0);
  });
});
