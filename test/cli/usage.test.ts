import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

describe('wrong usage', { timeout: 30_000 }, () => {
  const baseline = [
    ...['review', 'passwort', '--by', 'a@example.com'],
    ...['--baseline', '--until', '2027-05-31'],
  ];
  const cases: [string, string[], string, string][] = [
    ['unknown command', ['chek'], 'Unknown command "chek".', 'Did you mean check?'],
    ['unknown flag', ['check', '--fixx'], 'Unknown option "--fixx".', 'Did you mean --fix?'],
    [
      'unknown format',
      ['check', '--format', 'jsn'],
      'Option "--format <format>" argument "jsn" is invalid.',
      'kb check --help',
    ],
    ['bad day', ['check', '--today', '2026-02-30'], '--today needs a day', 'Write year, month'],
    ['missing argument', ['ask'], 'Missing required argument "question".', 'kb ask --help'],
    ['too many arguments', ['drift', 'x'], 'Too many arguments', 'kb drift --help'],
    ['no items', ['review', '--by', 'a@example.com'], 'needs the items', 'kb review --status'],
    ['no reviewer', ['review', 'passwort'], 'needs --by <email>', 'anna@example.com'],
    ['no e-mail', ['review', 'passwort', '--by', 'anna'], 'found "anna"', 'anna@example.com'],
    [
      'baseline without its end',
      ['review', 'passwort', '--by', 'a@example.com', '--baseline'],
      'needs --until <date>',
      '2027-05-31',
    ],
    [
      'an end without baseline',
      ['review', 'passwort', '--by', 'a@example.com', '--until', '2027-01-01'],
      '--baseline is missing',
      'review.maxAge',
    ],
    ['bad pair', ['adopt', '--match', 'sso'], '--match needs pairs', 'number of the article'],
    ['bad port', ['sandbox', '--port', 'x'], '--port needs a whole number from 0', ''],
    ['a port in parts', ['preview', '--port', '5.5'], 'a whole number from 0 to 65535', '"5.5"'],
    ['a port in hexadecimal', ['preview', '--port', '0x10'], 'a whole number', '"0x10"'],
    ['days in parts', [...baseline, '--spread', '1.5'], 'a whole number from 1', '"1.5"'],
    ['bad region', ['sandbox', '--workspace', 'a:xx'], 'no region "xx"', ''],
    ['bad share', ['eval', '--min-recall', '2'], '--min-recall needs a number from 0 to 1', ''],
    ['share with an exponent', ['eval', '--min-recall', '1e0'], 'a number from 0 to 1', '"1e0"'],
    ['a site that is a file', ['preview', '--build', 'content/kb.yaml'], 'is a file', 'new folder'],
    ['a site below a file', ['preview', '--build', 'content/kb.yaml/x'], 'is a file', 'new folder'],
    ['a site in the content', ['preview', '--build', 'content/site'], 'in the content', 'outside'],
    ['a site for content', ['preview', '--build', 'content'], 'in the content', 'outside'],
    ['a site with a port', ['preview', '--build', 'site', '--port', '0'], '--port has no', 'leave'],
    [
      'a site to open',
      ['preview', '--build', 'site', '--open', '--port=1', '--editor=zed'],
      '--port and --editor and --open have no effect beside --build',
      'leave',
    ],
    ['unknown item', ['review', 'paswort', '--by', 'a@example.com'], '"paswort"', '"passwort"'],
    ['unknown path', ['check', 'konto/x.de.md'], 'no konto/x.de.md', 'Name a file or folder'],
    ['unknown kind', ['new', 'articl', 'x'], 'argument "kind"', 'kb new --help'],
    ['unknown locale', ['ask', 'Was?', '--locale', 'fr'], 'no locale "fr"', ''],
    ['unknown workspace', ['plan', '--workspace', 'sandbx'], '"sandbx"', '"sandbox"'],
    ['missing token', ['plan'], 'KB_SANDBOX_TOKEN is not set', 'export KB_SANDBOX_TOKEN'],
    ['missing plan', ['publish', 'plan.json'], 'cannot be read', 'kb plan --out'],
  ];
  it.each(cases)('%s: exit 2, what and what to do', async (_, args, message, hint) => {
    const cwd = await knowledgeBase();
    const run = await kb(args, { cwd });
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
    expect(run.code).toBe(2);
    const asked = await kb([...args, '--format', 'json'], { cwd });
    if (args.includes('--format')) return;
    expect(asked.code).toBe(2);
    expect(asked.stderr).toBe('');
    expect(asked.json()).toMatchObject({
      error: { code: expect.any(String), message: expect.stringContaining(message) },
    });
  });

  it('says what to do where there is no content', async () => {
    const cwd = await emptyFolder();
    const run = await kb(['check', '--format', 'json'], { cwd });
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({
      error: { code: 'no-content', hint: expect.stringContaining('kb init') },
    });
    const named = await kb(['check', '--content', 'elsewhere'], { cwd });
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('elsewhere');
  });

  it('tells an error to the workflow runner as an annotation', async () => {
    const run = await kb(['check', '--format', 'github'], { cwd: await emptyFolder() });
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/^::error .*title=no-content.*::No content folder/);
  });

  it('takes global options before and after the command', async () => {
    const cwd = await knowledgeBase();
    const before = await kb(['--format', 'json', '--content', 'content', 'check'], { cwd });
    const after = await kb(['check', '--format=json', '--content', 'content'], { cwd });
    expect(before.json()).toEqual(after.json());
  });
});

describe('bugs of ours', { timeout: 30_000 }, () => {
  it('end with 70, a stack and where to report, in JSON too', async () => {
    const cwd = await knowledgeBase();
    // An environment that breaks what nothing should break: the list of Intercom's locales is frozen out.
    const nodeFlags = ['--import', 'data:text/javascript,Array.prototype.toSorted=0;Map.groupBy=0'];
    const run = await kb(['check', '--format', 'json'], { cwd, nodeFlags });
    expect(run.code).toBe(70);
    expect(run.json()).toMatchObject({
      error: {
        code: 'bug',
        hint: expect.stringContaining('report'),
        stack: expect.stringContaining('at '),
      },
    });
    expect(run.stderr).toContain('at ');
    expect(run.stderr).toContain('report');
  });
});
