import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../support/content-builder.ts';
import { errorOf, runKb, temporaryFolders, writeKnowledgeBase } from './kb-process.ts';

const newFolder = temporaryFolders();

/** What a row expects of the error; what it does not name is not looked at. */
interface Expected {
  code: string;
  message: RegExp;
  hint?: RegExp;
  file?: RegExp;
  line?: number;
}

type Row = readonly [line: string, expected: Expected];

let folder: string;
beforeAll(async () => {
  folder = await writeKnowledgeBase(await newFolder());
});

async function expectError(line: string, cwd: string, expected: Expected): Promise<void> {
  const ran = await runKb([...line.split(' '), '--format', 'json'], { cwd });
  const error = errorOf(ran);
  expect(error.code).toBe(expected.code);
  expect(error.message).toMatch(expected.message);
  expect(ran.code).toBe(2);
  expect(error.stack).toBeUndefined();
  expect(ran.stderr).toBe('');
  if (expected.hint !== undefined) expect(error.hint).toMatch(expected.hint);
  if (expected.file !== undefined) expect(error.location?.file).toMatch(expected.file);
  if (expected.line !== undefined) expect(error.location?.line).toBe(expected.line);
}

const usage = (message: RegExp, hint?: RegExp): Expected => ({
  code: 'usage',
  message,
  ...(hint === undefined ? {} : { hint }),
});

describe('words that mean nothing', () => {
  const rows: readonly Row[] = [
    ['plna', usage(/Unknown command "plna"/, /Did you mean plan\?/)],
    ['plan --ony x', usage(/Unknown option "--ony"/, /Did you mean --only\?/)],
    ['--nix', usage(/Unknown option "--nix"/, /kb --help/)],
    ['plan extra', usage(/Too many arguments for "plan".*extra/, /kb plan --help/)],
    ['ask', usage(/Missing required argument "question"/, /kb ask --help/)],
    ['new artikel x', usage(/"artikel" is invalid.*article, collection, translation/)],
    ['ask x --agent y', usage(/"y" is invalid.*agent, copilot, salesAgent/)],
    ['ask x --locale xx', usage(/no locale "xx": it has de, en/)],
    ['plan --today 2026-13-01', usage(/--today needs a day.*found "2026-13-01"/, /2026-11-20/)],
    ['plan --today 2026-02-30', usage(/--today needs a day.*found "2026-02-30"/)],
    ['plan --today tomorrow', usage(/--today needs a day.*found "tomorrow"/)],
    ['sandbox --port abc', usage(/--port needs a whole number from 0 to \d+, found "abc"/)],
    ['sandbox --workspace a:mars:c', usage(/no region "mars".*us, eu, au/)],
    ['adopt --match x', usage(/--match needs pairs like .*found "x"/, /number of the article/)],
    ['check nix', usage(/There is no nix in the content folder/)],
    [
      'new article ../../x',
      { code: 'path', message: /"\.\.\/\.\.\/x" cannot be the path/, hint: /inside the content/ },
    ],
    [
      'plan --workspace sandbx',
      {
        code: 'workspace-unknown',
        message: /no workspace "sandbx"/,
        hint: /Did you mean "sandbox"/,
        file: /^kb\.yaml$/,
      },
    ],
    [
      'review konto/ein --by anna@example.com',
      { code: 'item-unknown', message: /"konto\/ein"/, hint: /Did you mean "konto\/eins"/ },
    ],
    ['review --status nix', { code: 'item-unknown', message: /"nix"/, hint: /its id, its path/ }],
    ['translated nix', { code: 'item-unknown', message: /"nix"/, hint: /its id, its path/ }],
    ['publish nix.json', { code: 'plan-file', message: /nix\.json cannot be read/, hint: /--out/ }],
    ['publish .', { code: 'plan-file', message: /cannot be read/, hint: /--out/ }],
  ];

  it.each(rows)('kb %s', async (line, expected) => {
    await expectError(line, folder, expected);
  });

  it('reads --format before it knows what is wrong with the rest', async () => {
    const ran = await runKb(['plan', '--format', 'json', '--nix'], { cwd: folder });
    expect(errorOf(ran).message).toMatch(/--nix/);
    expect(ran.code).toBe(2);
  });

  it('tells a format that is none in words', async () => {
    const ran = await runKb(['plan', '--format', 'xml'], { cwd: folder });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/"xml" is invalid\. Allowed choices are text, json/);
  });

  it('writes what people read to stderr, in three parts', async () => {
    const ran = await runKb(['plan', '--workspace', 'sandbx'], { cwd: folder });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^✗ There is no workspace "sandbx".*\n {2}→ Did you mean "sandbox"/);
  });

  it('writes an annotation for a workflow, with the file', async () => {
    const args = ['plan', '--workspace', 'sandbx', '--format', 'github'];
    const ran = await runKb(args, { cwd: folder });
    expect(ran.stdout).toMatch(
      /^::error file=kb\.yaml,title=workspace-unknown::[^\n]*%0A[^\n]*\n$/,
    );
  });
});

describe('no knowledge base', () => {
  const rows: readonly Row[] = [
    ['check --content nix', { code: 'no-content', message: /No content folder.*nothing/ }],
    ['plan --content content/kb.yaml', { code: 'no-content', message: /that is a file/ }],
    ['plan --content content/konto', { code: 'no-content', message: /has no kb\.yaml/ }],
  ];

  it.each(rows)('kb %s', async (line, expected) => {
    await expectError(line, folder, { hint: /kb init/, ...expected });
  });
});

describe('a kb.yaml that cannot be relied on', () => {
  const inKbYaml = (message: RegExp, line: number): Expected => ({
    code: 'config',
    message,
    file: /^kb\.yaml$/,
    line,
    hint: /./,
  });
  const rows: readonly (readonly [what: string, text: string | Uint8Array, expected: Expected])[] =
    [
      ['no YAML', 'a: [\n', inKbYaml(/YAML cannot be read/, 2)],
      ['nothing in it', '', inKbYaml(/defaultLocale is missing/, 1)],
      ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), inKbYaml(/UTF-16, expected UTF-8/, 1)],
      [
        'an unknown key',
        'defaultLocale: de\nlocales: [de]\nguard: {}\n',
        inKbYaml(/unknown key "guard"/, 3),
      ],
      [
        'a locale that is none',
        'defaultLocale: de\nlocales: [de, xx]\n',
        inKbYaml(/one of Intercom's locales, found "xx"/, 2),
      ],
      [
        'a region that is none',
        'defaultLocale: de\nlocales: [de]\nworkspaces:\n  s: { region: mars, tokenEnv: X }\n',
        inKbYaml(/region must be us, eu or au, found "mars"/, 4),
      ],
      [
        'a percentage in words',
        'defaultLocale: de\nlocales: [de]\nguards: { deletePercent: ten }\n',
        inKbYaml(/deletePercent must be a number/, 3),
      ],
    ];

  it.each(rows)('plan refuses: %s', async (_what, text, expected) => {
    const broken = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': text });
    await expectError('plan', broken, expected);
  });

  it.each([
    ['a folder', (path: string) => mkdir(path)],
    ['a link to itself', (path: string) => symlink('kb.yaml', path)],
  ])('plan refuses: %s', async (_what, make) => {
    const broken = await newFolder();
    await mkdir(join(broken, 'content'));
    await make(join(broken, 'content/kb.yaml'));
    await expectError('plan', broken, { code: 'no-content', message: /has no kb\.yaml/ });
  });

  it('no stamp is written under it', async () => {
    const broken = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': 'a: [\n' });
    const file = join(broken, 'content/konto/eins.de.md');
    const before = await readFile(file, 'utf8');
    await expectError('review konto/eins --by anna@example.com', broken, {
      code: 'config',
      message: /YAML cannot be read/,
    });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('tells all that is wrong in it at once', async () => {
    const text = 'defaultLocale: de\nlocales: [de, xx]\nguard: {}\nonRemove: burn\n';
    const broken = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': text });
    const ran = await runKb(['check', '--format', 'json'], { cwd: broken });
    const { findings } = JSON.parse(ran.stdout) as { findings: { file: string; line: number }[] };
    const lines = findings.filter(({ file }) => file === 'kb.yaml').map(({ line }) => line);
    expect(lines).toEqual([2, 3, 4]);
    expect(ran.code).toBe(1);
  });
});

/** A saved plan that does nothing, with these keys over it. */
function planText(keys: Readonly<Record<string, unknown>>): string {
  const workspace = { id: 'played1', region: 'eu', name: 'sandbox' };
  const lists = { changes: [], withheld: [], held: [], guards: [] };
  const plan = { version: 1, workspace, today: '2026-11-22', ...lists, summary: {} };
  return JSON.stringify({ ...plan, calls: 0, seconds: 0, fingerprint: 'x', ...keys });
}

describe('files beside the content', () => {
  const rows: readonly (readonly [what: string, files: Files, line: string, Expected])[] = [
    [
      'a ledger that is no JSON',
      { '.kb/sandbox.json': '{' },
      'plan',
      { code: 'ledger-corrupt', message: /it is not a ledger/, hint: /kb adopt/, file: /sandbox/ },
    ],
    [
      'a ledger that was changed by hand',
      { '.kb/sandbox.json': '{"format":1,"checksum":"x","recorded":{"format":1}}' },
      'publish',
      { code: 'ledger-corrupt', message: /checksum/, hint: /kb adopt/ },
    ],
    [
      'a ledger of a newer release',
      { '.kb/sandbox.json': '{"format":99,"recorded":{}}' },
      'drift',
      { code: 'ledger-newer', message: /format 99/, hint: /newer release/ },
    ],
    [
      'a profile that is no JSON',
      { '.kb/sandbox.profile.json': '{"a' },
      'plan',
      { code: 'profile', message: /not a JSON object of habits/, hint: /default profile/ },
    ],
    [
      'a profile with a value that is none',
      { '.kb/sandbox.profile.json': '{"headingIds":"maybe"}' },
      'plan',
      { code: 'profile', message: /headingIds is "maybe", expected/, file: /profile\.json$/ },
    ],
    [
      'a plan that is none',
      { 'p.json': '{}' },
      'publish p.json',
      { code: 'plan-file', message: /is not a plan/, hint: /kb plan --out/ },
    ],
    [
      'a plan that is no JSON',
      { 'p.json': Buffer.from([0x7b, 0xff, 0x00]) },
      'publish p.json',
      { code: 'plan-file', message: /is not a plan/, hint: /kb plan --out/ },
    ],
    [
      'a plan of another version',
      { 'p.json': planText({ version: 99 }) },
      'publish p.json',
      { code: 'plan-file', message: /version 99, expected 1/, hint: /kb plan --out/ },
    ],
    [
      'a plan with a change that is none',
      { 'p.json': planText({ changes: [null] }) },
      'publish p.json',
      { code: 'plan-file', message: /is not a plan/, hint: /kb plan --out/ },
    ],
    [
      'a plan without its workspace',
      { 'p.json': planText({ workspace: undefined }) },
      'publish p.json',
      { code: 'plan-file', message: /is not a plan/, hint: /kb plan --out/ },
    ],
  ];

  it.each(rows)('%s', async (_what, files, line, expected) => {
    const beside = await writeKnowledgeBase(await newFolder(), files);
    await expectError(line, beside, expected);
  });

  it('a folder in the place of the ledger', async () => {
    const beside = await writeKnowledgeBase(await newFolder());
    await mkdir(join(beside, '.kb/sandbox.json'), { recursive: true });
    const ran = await runKb(['plan', '--format', 'json'], { cwd: beside });
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toContain('sandbox.json');
  });
});
