import MarkdownIt from 'markdown-it';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import type { Change, Held, Plan } from '../../../src/plan/plan.ts';
import { checkAnnotations, noteCommands, notesOn } from '../../../src/report/github/annotations.ts';
import { markerLine, parseMarker } from '../../../src/report/github/marker.ts';
import {
  commentBytes,
  type PullRequestReport,
  pullRequestComment,
  pullRequestMarkdown,
  pullRequestTitle,
  summaryBytes,
} from '../../../src/report/github/pull-request.ts';
import { hostileTexts } from './hostile.ts';

const head = '0123456789abcdef0123456789abcdef01234567';
const marker = { config: 'content sandbox', head };

function update(path: string, title: string, before = 'alt', after = 'neu'): Change {
  return {
    ...{ action: 'update', kind: 'article', id: path, locale: 'de', write: 1 },
    ...{ reason: 'changed', approval: null, path, title },
    fields: [{ name: 'title', before: `${title} ${before}`, after: `${title} ${after}` }],
  };
}

function planOf(changes: readonly Change[], held: readonly Held[] = []): Plan {
  const none = { create: 0, update: 0, move: 0, publish: 0, unpublish: 0, delete: 0, adopt: 0 };
  return {
    version: 1,
    workspace: { name: 'eu', id: 'x', region: 'eu', title: 'Hilfe', helpCenter: null },
    today: '2026-11-22',
    changes,
    withheld: [],
    held,
    guards: [],
    summary: {
      ...none,
      redirect: 0,
      unchanged: 7,
      withheld: 0,
      update: changes.length,
      held: held.length,
    },
    ...{ calls: 1, seconds: 1, fingerprint: '', unmanaged: [], articles: 9, locales: 1 },
  };
}

function finding(
  file: string,
  message: string,
  line = 3,
  severity: Finding['severity'] = 'error',
): Finding {
  return {
    rule: 'link-target',
    severity,
    file,
    line,
    column: 1,
    message,
    hint: null,
    fixable: false,
    fix: null,
  };
}

function reportOf(parts: {
  changes?: readonly Change[];
  held?: readonly Held[];
  findings?: readonly Finding[];
  questions?: PullRequestReport['questions'];
  preview?: string;
}): PullRequestReport {
  const { changes = [], held = [], findings = [], questions = null, preview = null } = parts;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    today: '2026-11-22',
    head,
    name: '',
    check: {
      findings,
      fixed: [],
      summary: { errors, warnings: findings.length - errors, articles: 9 },
      articlesWithFindings: 1,
      folder: 'content',
    },
    plan: { kind: 'planned', plan: planOf(changes, held), texts: () => null, basis: 'workspace' },
    questions,
    links: { run: 'https://github.com/acme/help/actions/runs/1', preview },
  };
}

type Node = DefaultTreeAdapterTypes.Node;

/** Every element and every text that stands outside code, as a browser would have them. */
function shown(markdown: string): { elements: { name: string; href: string }[]; prose: string } {
  const html = new MarkdownIt({ html: true, linkify: true }).render(markdown);
  const elements: { name: string; href: string }[] = [];
  let prose = '';
  const visit = (node: Node, inCode: boolean): void => {
    if (node.nodeName === '#comment') elements.push({ name: '#comment', href: '' });
    if ('value' in node && node.nodeName === '#text' && !inCode) prose += `${node.value}\n`;
    if ('tagName' in node) {
      const href = node.attrs.find(({ name }) => name === 'href' || name === 'src')?.value ?? '';
      elements.push({ name: node.tagName, href });
    }
    const isCode = inCode || ['code', 'pre'].includes(node.nodeName);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, isCode);
  };
  visit(parseFragment(html), false);
  return { elements, prose };
}

const ours = new Set(
  'h3 h4 p br strong table thead tbody tr th td code pre details summary sub a blockquote'.split(
    ' ',
  ),
);

function expectInert(markdown: string): void {
  const { elements, prose } = shown(markdown);
  expect(elements.filter(({ name }) => !ours.has(name))).toEqual([]);
  const links = elements.filter(({ href }) => href !== '').map(({ href }) => new URL(href).host);
  expect([...new Set(links)]).toEqual(['github.com']);
  expect(prose).not.toMatch(/(?:^|[^\w`])@[\w-]/m);
  expect(prose).not.toMatch(/#\d|\bGH-\d|\bwww\.|\bhttps?:\/\/|\bftp:\/\//i);
  expect(markdown).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u061c]/,
  );
  expect(markdown.match(/<details>/g)?.length ?? 0).toBe(
    markdown.match(/^<\/details>$/gm)?.length ?? 0,
  );
}

describe('the comment of a pull request', () => {
  it.each(hostileTexts)('is inert whatever articles say: %j', (text) => {
    const held: Held = {
      ...{ id: 'x', locale: 'de', kind: 'drift', path: text, title: text },
      ...{ reason: `edited in Intercom by ${text}`, hint: text },
    };
    const markdown = pullRequestMarkdown(
      reportOf({
        changes: [update('konto/a', text), { ...update(text, text), locale: 'en' }],
        held: [held],
        findings: [finding(`a${text}.md`, text)],
        questions: {
          rows: [{ question: text, path: text, locale: 'de', rank: null, before: 1 }],
          now: { asked: 1, recallAt1: 0, recallAt3: 0, mrr: 0 },
          before: { asked: 1, recallAt1: 1, recallAt3: 1, mrr: 1 },
        },
      }),
      commentBytes,
    );
    expectInert(markdown);
    expect(markdown).toContain('#### What changes');
    expect(markdown).toContain('#### What waits');
    expect(markdown).toContain('✗ lost');
  });

  it('says nothing in comments but its own first line', () => {
    const [text = ''] = hostileTexts.filter((it) => it.startsWith('<!-- reviewed-kb'));
    const body = pullRequestComment(reportOf({ changes: [update(text, text)] }), marker);
    expect(shown(body).elements.filter(({ name }) => name === '#comment')).toHaveLength(1);
    expect(parseMarker(body)).toEqual(marker);
  });

  it('of 3,000 changed articles stays below the limit and useful', () => {
    const changes = Array.from({ length: 3000 }, (_, index) =>
      update(
        `${index % 3 === 0 ? 'konto' : 'start'}/artikel-${index}`,
        `Überschrift ${index} 漢字 🙂`,
      ),
    );
    const held: Held = {
      ...{ id: 'x', locale: 'de', kind: 'conflict', path: 'konto/sso', title: 'SSO' },
      ...{ reason: 'edited in Intercom and here', hint: 'kb pull konto/sso' },
    };
    const report = reportOf({
      changes,
      held: [held],
      findings: [finding('a.md', 'a warning', 1, 'warn'), finding('z.md', 'broken link')],
      preview: 'https://github.com/acme/help/actions/runs/1/artifacts/2',
    });
    const body = pullRequestComment(report, marker);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(commentBytes);
    expect(Buffer.byteLength(body)).toBeGreaterThan(commentBytes * 0.8);
    expect(body).toContain('3,000 updates');
    expect(body).toMatch(/and 2,\d{3} more: start\/… \(1,\d{3}\), konto\/… \(\d{3}\)/);
    expect(body).toContain('konto/sso');
    expect(body).toContain('kb pull konto/sso');
    expect(body.indexOf('broken link')).toBeLessThan(body.indexOf('a warning'));
    expect(body).toContain('Überschrift 0 漢字 🙂 [-alt-]{+neu+}');
    expect(body).toContain('/artifacts/2)');
    expectInert(pullRequestMarkdown(report, commentBytes));
    const summary = pullRequestMarkdown(report, summaryBytes);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(summaryBytes);
    expect(summary).toContain('artikel-2999');
  });

  it('holds one title of any length', () => {
    const long = '@octocat `'.repeat(40_000);
    const body = pullRequestComment(
      reportOf({ changes: [update('a', long)], findings: [finding('a.md', long)] }),
      marker,
    );
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(commentBytes);
    expect(body).toContain('1 update');
    expectInert(body.slice(body.indexOf('\n')));
  });

  it('has a title for the check run', () => {
    expect(pullRequestTitle(reportOf({ findings: [finding('a.md', 'x')] }))).toBe(
      '1 error · 7 unchanged',
    );
  });
});

describe('the hidden marker', () => {
  it.each([
    `> ${markerLine(marker)}`,
    ` ${markerLine(marker)}`,
    'text',
    `<!-- reviewed-kb config=a head=xyz -->`,
    `<!-- reviewed-kb config=%E0%A4%A head=${head} -->`,
  ])('is not read from %j', (body) => {
    expect(parseMarker(body)).toBeNull();
  });

  it('keeps any name of a folder', () => {
    const config = 'docs/--> hilfe "ü" sandbox';
    const line = markerLine({ config, head });
    expect(line.match(/--/g)).toHaveLength(2);
    expect(parseMarker(`${line}\nrest`)).toEqual({ config, head });
  });
});

/** Lines the runner would act on. */
function commandsIn(output: string): string[] {
  return output.split('\n').filter((line) => /^\s*::/.test(line) || line.includes('##['));
}

describe('annotations', () => {
  const changed = new Map([['a.md', [{ first: 3, last: 5 }]]]);

  it('stand on changed lines only, worst first', () => {
    const notes = notesOn(
      [
        finding('a.md', 'w', 4, 'warn'),
        finding('a.md', 'far', 9),
        finding('a.md', 'e', 5),
        finding('b.md', 'o'),
      ],
      changed,
      'docs/content',
    );
    expect(notes.map(({ path, line, message }) => [path, line, message])).toEqual([
      ['docs/content/a.md', 5, 'e'],
      ['docs/content/a.md', 4, 'w'],
    ]);
    expect(notesOn([finding('a.md', 'e')], null, '')).toEqual([]);
  });

  it('are ten commands and a number', () => {
    const many = Array.from({ length: 14 }, () => finding('a.md', 'x'));
    const output = noteCommands(notesOn(many, changed, 'content'));
    expect(commandsIn(output)).toHaveLength(10);
    expect(output).toContain('4 more');
  });

  it.each(hostileTexts)('are one command each, whatever they quote: %j', (text) => {
    const notes = notesOn([finding('a.md', text)], changed, text);
    const [line = '', ...more] = noteCommands(notes).split('\n');
    expect(more).toEqual([]);
    expect(line).toMatch(/^::error file=[^:\r\n,]*,line=3,title=link-target::/);
    const [sent] = checkAnnotations(notes);
    expect(sent?.message).not.toMatch(/[\u0000\u001b\u202e\u2066]/);
  });
});
