import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/repository/index.ts';
import { contentTree } from '../../support/content-builder.ts';

const base = 'defaultLocale: de\nlocales: [de, en]\n';

async function read(yaml: string | Uint8Array) {
  return readConfig(await contentTree({ 'kb.yaml': yaml }));
}

describe('defaults', () => {
  it('fills in everything that may be left out', async () => {
    const { config, problems } = await read(base);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      defaultLocale: 'de',
      locales: ['de', 'en'],
      variables: {},
      workspaces: {},
      review: {
        require: 'stamp',
        approvals: 1,
        codeOwners: false,
        strict: false,
        maxAgeDays: 365,
        onExpiry: 'withhold-from-ai',
        unreviewed: 'withhold',
      },
      translations: { onOutdated: 'warn' },
      ai: { agent: true, copilot: true, salesAgent: false, baseline: false },
      guards: { deletePercent: 10, updatePercent: 30 },
      onRemove: 'unpublish',
      onDrift: 'hold',
      uiOwned: [],
      assets: { store: 'sandbox', url: null },
      ledger: 'file',
      import: { locales: {}, authors: {} },
      pii: { allow: [] },
    });
  });

  it('reads every key', async () => {
    const { config, problems } = await read(
      `\uFEFF${base}
variables: { product: { de: Beispiel, en: Example }, year: 2026, on: true }
workspaces:
  eu: { region: eu, workspaceId: 12345678901234567890, helpCenter: 123, tokenEnv: INTERCOM_EU_TOKEN, author: a@example.com }
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN }
review: { require: github, approvals: 2, codeOwners: true, maxAge: never, onExpiry: warn, unreviewed: publish-without-ai }
translations: { onOutdated: withhold-from-ai }
ai: { agent: false, copilot: false, salesAgent: true, baseline: true }
guards: { deletePercent: 0, updatePercent: 100 }
onRemove: delete
onDrift: restore
uiOwned: [author, tags]
assets: { store: base-url, url: "https://cdn.example.com/help" }
ledger: github
import: { locales: { en-us: en }, authors: { "7": a@example.com } }
pii: { allow: [{ value: "+49 30 1", reason: our hotline }] }
`.replaceAll('\n', '\r\n'),
    );
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      variables: {
        product: { de: 'Beispiel', en: 'Example' },
        year: { de: '2026', en: '2026' },
        on: { de: 'true', en: 'true' },
      },
      workspaces: {
        eu: { name: 'eu', workspaceId: '12345678901234567890', helpCenter: '123', endpoint: null },
        sandbox: {
          name: 'sandbox',
          workspaceId: null,
          endpoint: 'http://127.0.0.1:4400',
          author: null,
        },
      },
      review: { require: 'github', approvals: 2, codeOwners: true, maxAgeDays: null },
      ai: { agent: false, salesAgent: true, baseline: true },
      guards: { deletePercent: 0, updatePercent: 100 },
      uiOwned: ['author', 'tags'],
      import: { locales: { 'en-us': 'en' }, authors: { 7: 'a@example.com' } },
    });
  });
});

describe('problems, each with place and hint', () => {
  const workspace = (rest: string) =>
    `${base}workspaces:\n  eu: { region: eu, tokenEnv: T, ${rest} }\n`;
  const ids = 'workspaceId: a, helpCenter: b';
  it.each([
    [
      'an unknown key',
      `${base}onRemov: delete\n`,
      3,
      1,
      'unknown key "onRemov"',
      'Did you mean "onRemove"?',
    ],
    [
      'an unknown inner key',
      `${base}guards:\n  deletPercent: 1\n`,
      4,
      3,
      'unknown key "deletPercent" in guards',
      'Did you mean "deletePercent"?',
    ],
    [
      'an unknown locale',
      'defaultLocale: de\nlocales: [de, en-us]\n',
      2,
      15,
      'locales.1 must be one of Intercom\'s locales, found "en-us"',
      'Did you mean "en"?',
    ],
    [
      'a default locale that is not listed',
      'defaultLocale: fr\nlocales: [de, en]\n',
      1,
      16,
      'defaultLocale is fr, but locales lists only de, en',
      'Add fr to locales.',
    ],
    [
      'no default locale',
      'locales: [de]\n',
      1,
      1,
      'defaultLocale is missing',
      'Add the locale you write in first: defaultLocale: de',
    ],
    [
      'no locales',
      'defaultLocale: de\n',
      1,
      1,
      'locales is missing',
      'Add the locales of your help center: locales: [de, en]',
    ],
    [
      'a locale twice',
      'defaultLocale: de\nlocales: [de, de]\n',
      2,
      15,
      'de stands in locales twice',
      null,
    ],
    [
      'a wrong duration',
      `${base}review:\n  maxAge: 1 year\n`,
      4,
      11,
      'review.maxAge must be days like 365d, or never, found "1 year"',
      null,
    ],
    [
      'a wrong region',
      `${base}workspaces:\n  eu: { region: de, tokenEnv: T, ${ids} }\n`,
      4,
      17,
      'workspaces.eu.region must be us, eu or au, found "de"',
      null,
    ],
    [
      'no region',
      `${base}workspaces:\n  eu: { tokenEnv: T, ${ids} }\n`,
      4,
      3,
      'workspaces.eu.region is missing',
      'Expected us, eu or au.',
    ],
    [
      'no tokenEnv',
      `${base}workspaces:\n  eu: { region: eu, ${ids} }\n`,
      4,
      3,
      'workspaces.eu.tokenEnv is missing',
      'Expected the name of an environment variable (upper case), never the token itself.',
    ],
    [
      'http to another machine',
      workspace(`${ids}, endpoint: "http://example.com"`),
      4,
      75,
      'workspaces.eu.endpoint must begin with https://: over http:// the token is readable on the way',
      'http:// is for 127.0.0.1, [::1] and localhost only.',
    ],
    [
      'another scheme',
      workspace(`${ids}, endpoint: "ftp://127.0.0.1"`),
      4,
      75,
      'workspaces.eu.endpoint must be an address that begins with https://, found "ftp://127.0.0.1"',
      null,
    ],
    [
      'no workspace id',
      workspace('helpCenter: b'),
      4,
      3,
      'workspaces.eu.workspaceId is missing',
      'Without it nothing can be verified; `kb doctor` shows the id the token belongs to.',
    ],
    [
      'no help center',
      workspace('workspaceId: b'),
      4,
      3,
      'workspaces.eu.helpCenter is missing',
      '`kb doctor` lists the help centers of the workspace with their ids.',
    ],
    [
      'a variable without the default locale',
      `${base}variables:\n  p: { en: E }\n`,
      4,
      6,
      'variables.p has no text for the default locale de',
      'Add de: …; other locales fall back to it.',
    ],
    [
      'two locales mapped to one',
      `${base}import:\n  locales: { en-us: en, en-gb: en }\n`,
      4,
      25,
      'import.locales maps both en-us and en-gb to en',
      'Keep one of the two.',
    ],
    [
      'a store without address',
      `${base}assets: { store: base-url }\n`,
      3,
      1,
      'assets.url is missing; store: base-url needs it',
      'Add url: the public address below which the files are uploaded.',
    ],
    [
      'an allowance without reason',
      `${base}pii: { allow: [{ value: x }] }\n`,
      3,
      16,
      'pii.allow.0.reason is missing',
      'Expected text.',
    ],
    ['a list at the top', '- a\n', 1, 1, 'expected keys with values, found a list', null],
  ])('%s', async (_, yaml, line, column, message, hint) => {
    const { problems } = await read(yaml);
    const found = problems.find((it) => it.message === message);
    expect(problems.map((it) => it.message)).toContain(message);
    expect(found).toMatchObject({
      file: 'kb.yaml',
      line,
      column,
      hint,
      severity: 'error',
      rule: 'schema',
    });
  });

  it('never repeats what may be a token', async () => {
    const token = 'dG9rOmFiY2RlZg==';
    const { problems, config } = await read(
      `${base}workspaces:\n  eu: { region: eu, tokenEnv: "${token}", accessToken: "${token}" }\n`,
    );
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain(token);
    expect(config.workspaces).toEqual({});
  });

  it.each(['http://localhost:1', 'http://[::1]:1', 'http://127.9.9.9'])(
    'lets %s be without workspace id, as it is this machine',
    async (endpoint) => {
      const { problems } = await read(workspace(`endpoint: "${endpoint}"`));
      expect(problems).toEqual([]);
    },
  );

  it.each([
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1@example.com',
  ])('does not take %s for this machine', async (endpoint) => {
    const { problems } = await read(workspace(`${ids}, endpoint: "${endpoint}"`));
    expect(problems).toHaveLength(1);
  });

  it('keeps what is right beside what is wrong', async () => {
    const { config, problems, localesKnown } = await read(
      `${base}guards: { deletePercent: 5, updatePercent: x }\nuiOwned: [author, x, tags, y]\nreview: { require: githb, maxAge: 10d }\nai: nobody\n`,
    );
    expect(problems).toHaveLength(5);
    expect(localesKnown).toBe(true);
    expect(config.guards).toEqual({ deletePercent: 5, updatePercent: 0 });
    expect(config.uiOwned).toEqual(['author', 'tags']);
    expect(config.review).toMatchObject({ require: 'github', maxAgeDays: 10 });
    expect(config.ai).toEqual({ agent: false, copilot: false, salesAgent: false, baseline: false });
  });

  it.each([
    ['YAML that cannot be parsed', 'locales: [', 'yaml'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff]), 'encoding'],
  ] as const)('goes on with %s', async (_, yaml, rule) => {
    const { problems, localesKnown, config } = await read(yaml);
    expect(problems[0]).toMatchObject({ file: 'kb.yaml', rule });
    expect(localesKnown).toBe(false);
    expect(config.onRemove).toBe('report');
  });
});
