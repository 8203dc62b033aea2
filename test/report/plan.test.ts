import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/model/review.ts';
import type { Tree } from '../../src/model/tree.ts';
import type { Change, Plan, PlanSummary } from '../../src/plan/plan.ts';
import type { PublishResult } from '../../src/publish/outcome.ts';
import { adoptMarkdown, adoptText } from '../../src/report/adopt.ts';
import { driftMarkdown, driftText } from '../../src/report/drift.ts';
import { planGithub, publishGithub } from '../../src/report/plan-github.ts';
import { planMarkdown, publishMarkdown } from '../../src/report/plan-markdown.ts';
import { planText } from '../../src/report/plan-text.ts';
import { publishText } from '../../src/report/publish-text.ts';
import { columnsOf, createStyle, plainStyle } from '../../src/report/style.ts';

const today = '2026-11-22';
const style = plainStyle(today);
const view = { style, all: false, flags: '', contentFlags: '', savedTo: null };

function approval(by: string, on: string, pullRequest: number | null): Approval {
  const kind = pullRequest === null ? 'declared' : 'proven';
  return { kind, by, on, until: null, pullRequest, digest: 'sha256:x' };
}

function change(part: Partial<Change> & Pick<Change, 'action' | 'id' | 'path'>): Change {
  return {
    kind: 'article',
    locale: null,
    write: 1,
    reason: '',
    approval: null,
    fields: [],
    title: part.path,
    ...part,
  };
}

const noSummary: PlanSummary = {
  create: 0,
  update: 0,
  move: 0,
  publish: 0,
  unpublish: 0,
  delete: 0,
  adopt: 0,
  redirect: 0,
  unchanged: 0,
  withheld: 0,
  held: 0,
};

const anna = approval('anna@example.com', '2026-11-20', 418);
const jo = approval('jo@example.com', '2026-11-21', null);

const plan: Plan = {
  version: 1,
  workspace: {
    name: 'eu',
    id: 'abc123',
    region: 'eu',
    title: 'Beispiel',
    helpCenter: 'https://hilfe.example.com',
  },
  today,
  changes: [
    change({
      action: 'update',
      id: 'pw',
      path: 'konto/passwort-zuruecksetzen',
      locale: 'de',
      approval: anna,
      fields: [
        { name: 'title', before: 'Passwort ändern', after: 'Passwort zurücksetzen' },
        { name: 'body', before: 'sha256:1', after: 'sha256:2' },
      ],
    }),
    change({ action: 'create', id: 'um', path: 'start/umstieg', locale: 'de', approval: jo }),
    change({ action: 'create', id: 'um', path: 'start/umstieg', locale: 'en', approval: jo }),
    change({
      action: 'move',
      id: 're',
      path: 'konto/rechnungen',
      fields: [{ name: 'collection', before: 'Abrechnung', after: 'Konto' }],
    }),
    change({
      action: 'update',
      id: 'ki',
      path: 'support/ki-agent',
      locale: 'ja',
      reason: 'its review expired on 2026-11-01',
      fields: [
        {
          name: 'fin',
          before: { agent: true, copilot: true, salesAgent: false },
          after: { agent: false, copilot: false, salesAgent: false },
        },
      ],
    }),
  ],
  withheld: [
    {
      kind: 'article',
      id: 'pr',
      locale: 'de',
      path: 'start/preise',
      title: 'Preise | <b>',
      reason: 'edited after its review; live stays at #402',
    },
  ],
  held: [
    {
      id: 'sso',
      locale: 'en',
      kind: 'conflict',
      reason: 'edited in Intercom by Mia on 2026-11-19, and here',
      hint: 'kb drift shows what Mia changed',
      path: 'konto/sso',
      title: 'SSO',
    },
  ],
  guards: [],
  summary: { ...noSummary, update: 2, create: 2, move: 1, withheld: 1, held: 1, unchanged: 419 },
  calls: 22,
  seconds: 3,
  fingerprint: 'sha256:f',
  unmanaged: [],
  articles: 212,
  locales: 2,
};

const paragraph = (text: string): Tree[number] => ({
  type: 'paragraph',
  align: null,
  children: [{ type: 'text', text }],
});
const rest = Array.from({ length: 13 }, (_, index) => paragraph(`Absatz ${index}.`));
const texts = ({ id }: Change): { before: Tree; after: Tree } | null =>
  id === 'pw'
    ? {
        before: [
          paragraph('Fordern Sie ihn an. Der Link ist 24 Stunden gültig und gilt einmal.'),
          ...rest,
        ],
        after: [
          paragraph('Fordern Sie ihn an. Der Link ist eine Stunde gültig und gilt einmal.'),
          ...rest,
        ],
      }
    : null;

const refused: Plan = {
  ...plan,
  guards: [
    {
      name: 'delete-percent',
      value: 14.6,
      limit: 10,
      tripped: true,
      override: '--allow delete-percent',
      message: 'this plan removes 31 of 212 articles (14.6%, limit 10%)',
      items: [...Array.from({ length: 12 }, (_, n) => `start/${n}`), 'konto/a', 'konto/b'],
    },
    {
      name: 'region',
      value: 'us',
      limit: 'eu',
      tripped: true,
      override: null,
      message: 'workspace abc123 is in region us, kb.yaml says eu',
      items: [],
    },
  ],
};

const empty: Plan = {
  ...plan,
  changes: [],
  withheld: [],
  held: [],
  summary: { ...noSummary, unchanged: 424 },
};

const result: PublishResult = {
  outcomes: [
    ...['de', 'en'].map((locale) => ({
      kind: 'article',
      id: 'um',
      locale,
      action: 'create',
      write: 1,
      status: 'applied' as const,
      error: null,
      path: 'start/umstieg',
      title: 'Umstieg',
    })),
    {
      kind: 'article',
      id: 'pw',
      locale: 'de',
      action: 'update',
      write: 2,
      status: 'failed',
      error: 'the service answered 500 three times',
      path: 'konto/passwort',
      title: 'Passwort',
    },
    {
      kind: 'article',
      id: 'sso',
      locale: 'de',
      action: 'publish',
      write: 3,
      status: 'skipped',
      error: 'links to konto/passwort, which failed',
      path: 'konto/sso',
      title: 'SSO',
    },
  ],
  withheld: plan.withheld,
  held: plan.held,
  summary: { ...plan.summary, applied: 2, failed: 1, skipped: 1 },
  calls: 23,
};

describe('a plan', () => {
  it('as text', async () => {
    await expect(planText(plan, texts, view)).toMatchFileSnapshot('snapshots/plan.txt');
  });

  it('as text on a narrow terminal, within its columns', async () => {
    const narrow = createStyle({ color: false, columns: 80, today });
    const text = planText(plan, texts, { ...view, style: narrow, flags: ' --workspace eu' });
    await expect(text).toMatchFileSnapshot('snapshots/plan-80.txt');
    expect(text.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  it('says the same with colours', () => {
    const painted = createStyle({ color: true, columns: null, today });
    const text = planText(plan, texts, { ...view, style: painted });
    expect(text).toContain('\u001b[');
    expect(text.replaceAll(/\u001b\[\d+m/g, '')).toBe(planText(plan, texts, view));
  });

  it('that is refused names numbers and override', async () => {
    await expect(planText(refused, texts, view)).toMatchFileSnapshot('snapshots/plan-refused.txt');
  });

  it('that is empty', async () => {
    await expect(planText(empty, texts, view)).toMatchFileSnapshot('snapshots/plan-empty.txt');
  });

  it('of many creates counts the rest by folder, unless all are asked for', () => {
    const many = Array.from({ length: 100 }, (_, n) =>
      change({
        action: 'create',
        id: `a${n}`,
        path: `${n < 60 ? 'konto' : 'start'}/a${n}`,
        locale: 'de',
      }),
    );
    const short = planText({ ...plan, changes: many }, texts, view);
    expect(short).toContain('60 more: start/… (40), konto/… (20)   --verbose lists them');
    expect(short).not.toContain('konto/a41');
    expect(planText({ ...plan, changes: many }, texts, { ...view, all: true })).toContain(
      'start/a99',
    );
  });

  it('as Markdown', async () => {
    await expect(planMarkdown(plan, texts)).toMatchFileSnapshot('snapshots/plan.md');
    await expect(planMarkdown(refused, texts)).toMatchFileSnapshot('snapshots/plan-refused.md');
  });

  it('as Markdown fits a comment, however long', () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      change({
        action: 'update',
        id: `a${n}`,
        path: `konto/${'x'.repeat(80)}${n}`,
        locale: 'de',
        fields: [{ name: 'title', before: 'alt '.repeat(30), after: 'neu '.repeat(30) }],
      }),
    );
    const text = planMarkdown({ ...plan, changes: many }, texts);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('and 4,802 more');
  });

  it('as annotations', async () => {
    await expect(planGithub(refused)).toMatchFileSnapshot('snapshots/plan-refused.github.txt');
    const held = Array.from({ length: 30 }, (_, n) => ({
      id: `h${n}`,
      locale: null,
      kind: 'drift' as const,
      reason: `reason ${n}`,
      hint: '',
      path: `konto/h${n}`,
      title: '',
    }));
    const lines = planGithub({ ...plan, held }).split('\n');
    expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(10);
    expect(lines).toContain('21 more: kb plan lists them all');
  });
});

describe('a run', () => {
  it('as text, Markdown and annotations', async () => {
    await expect(publishText(result, 'eu', view)).toMatchFileSnapshot('snapshots/publish.txt');
    await expect(publishMarkdown(result, 'eu', today)).toMatchFileSnapshot('snapshots/publish.md');
    await expect(publishGithub(result)).toMatchFileSnapshot('snapshots/publish.github.txt');
  });
});

describe('drift', () => {
  it('says what, by whom, when', async () => {
    const rows = [
      {
        id: 'sso',
        locale: 'de',
        kind: 'edited',
        fields: [
          { name: 'title', before: 'SSO einrichten', after: 'SSO aktivieren' },
          { name: 'body', before: 'sha256:1', after: '<p>x</p>' },
        ],
        by: 'Mia',
        via: 'web',
        at: '2026-11-19T10:00:00Z',
        title: 'SSO aktivieren',
        path: 'konto/sso',
      },
      {
        id: '77',
        locale: null,
        kind: 'created',
        fields: [],
        by: null,
        via: null,
        at: null,
        title: 'Von Hand | `x`',
        path: '',
      },
    ];
    await expect(driftText(rows, true, style)).toMatchFileSnapshot('snapshots/drift.txt');
    await expect(driftMarkdown(rows, today)).toMatchFileSnapshot('snapshots/drift.md');
    expect(driftText([], true, style)).toContain('no drift');
    expect(driftText([], false, style)).toContain('kb adopt');
  });
});

describe('adoption', () => {
  it('says how sure each match is', async () => {
    const report = {
      matched: [
        {
          kind: 'article' as const,
          id: 'sso',
          locale: 'de',
          path: 'konto/sso',
          intercomId: '901',
          sure: 'exact' as const,
        },
        {
          kind: 'collection' as const,
          id: 'konto',
          locale: null,
          path: 'konto',
          intercomId: '7',
          sure: 'told' as const,
        },
      ],
      unmatched: [
        {
          kind: 'article' as const,
          id: 'x',
          locale: 'en',
          path: 'konto/x',
          reason: 'two articles have its title',
        },
      ],
      lost: ['what was removed earlier'],
    };
    await expect(adoptText(report, style)).toMatchFileSnapshot('snapshots/adopt.txt');
    await expect(adoptMarkdown(report)).toMatchFileSnapshot('snapshots/adopt.md');
  });
});
