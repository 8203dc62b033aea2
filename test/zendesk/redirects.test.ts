import { describe, expect, it } from 'vitest';
import { redirectsCommand } from '../../src/commands/redirects.ts';
import { type Redirect, redirectIds, redirectsAs } from '../../src/report/import-redirects.ts';
import { article, collection, situation } from '../support/workspace.ts';

const row = (from: string, more: Partial<Redirect> = {}): Redirect => ({
  from,
  id: 'sso',
  locale: 'de',
  sourceId: '360001',
  intercomId: '11',
  to: 'https://new.example.com/de/articles/11',
  ...more,
});
const rows = [
  row('https://help.example.com/hc/de/articles/360001-SSO'),
  row('https://help.example.com/alte%20Seite', { sourceId: null }),
  row('https://help.example.com/hc/de/articles/5', { to: null, intercomId: null }),
  row('https://help.example.com/x', { to: 'https://evil.example.com/";return 200 "' }),
];

/** The patterns of a server's rules, with their targets. */
function rules(text: string): [RegExp, string][] {
  return [...text.matchAll(/"~?(\^[^"]*)" "([^"]*)"/g)].map(([, pattern = '', to = '']) => [
    new RegExp(pattern),
    to,
  ]);
}

describe('redirects', () => {
  it.each(['nginx', 'apache'] as const)(
    'for %s match what Zendesk answers to, and nothing else',
    (form) => {
      const text = redirectsAs(rows, form);
      const leads = (path: string): string | undefined =>
        rules(text).find(([pattern]) => pattern.test(path))?.[1];
      expect(leads('/hc/de/articles/360001-SSO')).toBe('https://new.example.com/de/articles/11');
      expect(leads('/hc/de/articles/360001')).toBe('https://new.example.com/de/articles/11');
      expect(leads('/hc/de/articles/360001-another-title')).toBe(
        'https://new.example.com/de/articles/11',
      );
      expect(leads('/alte Seite')).toBe('https://new.example.com/de/articles/11');
      expect(leads('/hc/de/articles/3600012')).toBeUndefined();
      expect(leads('/hc/de/articles/5')).toBeUndefined();
      expect(text).not.toContain('evil');
    },
  );

  it('for Zendesk are its rules', () => {
    expect(JSON.parse(redirectsAs(rows.slice(0, 1), 'zendesk'))).toEqual([
      {
        redirect_rule: {
          redirect_from: '/hc/de/articles/360001-SSO',
          redirect_to: 'https://new.example.com/de/articles/11',
          redirect_status: '301',
        },
      },
    ]);
  });

  it('as a table quote what a spreadsheet would take for something else', () => {
    const text = redirectsAs([row('=cmd()', { id: 'a,b' })], 'csv');
    expect(text.split('\n')[1]).toBe(
      `'=cmd(),https://new.example.com/de/articles/11,"a,b",de,360001,11`,
    );
  });

  it('lead to what was published, once the new address is said', async () => {
    const there = await situation({
      files: {
        ...collection('konto', { de: 'Konto' }),
        ...article(
          'konto/sso',
          {
            de: {
              title: 'SSO',
              keys: { redirects: '[https://old.example.com/hc/de/articles/7-SSO]' },
            },
          },
          { source: '{ system: zendesk, id: "7" }' },
        ),
      },
    });
    const helpCenterUrl = 'https://new.example.com';
    const before = await redirectsCommand(there.context(), { helpCenterUrl });
    expect(before.redirects).toMatchObject([
      { id: 'konto-sso', sourceId: '7', intercomId: null, to: null },
    ]);
    await there.review();
    await there.publish();
    const { redirects } = await redirectsCommand(there.context(), { helpCenterUrl });
    const live = await there.liveArticle('SSO');
    expect(redirects).toMatchObject([
      { intercomId: String(live.id), to: `https://new.example.com/de/articles/${live.id}` },
    ]);
    expect(redirectIds(redirects)).toEqual([
      { sourceId: '7', id: 'konto-sso', intercomId: String(live.id) },
    ]);
    expect(
      (await redirectsCommand(there.context(), { helpCenterUrl: null })).redirects[0]?.to,
    ).toBeNull();
  });
});
