import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/markdown/index.ts';
import { defaultProfile } from '../../src/model/profile.ts';
import { indexPage, textPage } from '../../src/report/import-html.ts';
import { convertBody } from '../../src/zendesk/index.ts';
import { parsed } from '../markdown/reading.ts';
import { dialectContext } from './contexts.ts';
import { measured } from './measure.ts';

const vectors = join(import.meta.dirname, '../../../shared/vectors/xss-dompurify.json');
const active = new Set([
  ...[
    'script',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'style',
    'link',
    'meta',
    'base',
    'form',
  ],
  ...['input', 'button', 'video', 'audio', 'template', 'noscript'],
]);

describe('hostile bodies', () => {
  it.skipIf(!existsSync(vectors))('have nothing active in Markdown, HTML and report', () => {
    const payloads = JSON.parse(readFileSync(vectors, 'utf8')) as { payload: string }[];
    expect(payloads.length).toBeGreaterThan(200);
    for (const { payload } of payloads) {
      for (const html of [
        payload,
        `<p>before</p><table><tr><td rowspan="2">${payload}</td></tr></table>`,
      ]) {
        const { markdown, losses } = convertBody(html, dialectContext);
        const { tree, problems } = parsed(markdown);
        expect(problems, markdown).toEqual([]);
        const result = renderHtml(tree, {
          profile: defaultProfile,
          headingId: (anchor) => anchor,
          link: (target) => (target.kind === 'url' ? target.url : null),
          image: (source) => (source.kind === 'url' ? source.url : ''),
        });
        expect(activeParts(result, true), markdown).toEqual([]);
        const row = {
          id: payload,
          path: payload,
          locale: 'de',
          title: payload,
          action: 'created',
          visibility: 'public',
        };
        const list = indexPage({
          pages: [{ file: 'texts/1.html', row, losses }],
          skipped: [{ kind: 'article', id: payload, title: payload, reason: payload }],
          failures: [{ file: payload, message: payload }],
          repeated: [
            { include: payload, locale: 'de', text: payload, count: 3, articles: [payload] },
          ],
          dryRun: false,
          contentKinds: new Set(),
        });
        for (const text of [list, textPage({ row, source: html, markdown, losses }, new Set())]) {
          const body = text.slice(text.indexOf('<body>'));
          expect(activeParts(body, false)).toEqual([]);
        }
      }
    }
  });

  it('of 300 KB, with 5,000 cells, and 200 or 20,000 elements deep are converted', () => {
    const long = `<p>${'word '.repeat(60_000)}</p>`;
    expect(measured(long).unexplained).toEqual([]);
    const row = `<tr>${'<td>cell</td>'.repeat(50)}</tr>`;
    expect(measured(`<table>${row.repeat(100)}</table>`).unexplained).toEqual([]);
    const deepLists = `${'<ul><li>x'.repeat(200)}${'</li></ul>'.repeat(200)}`;
    const lists = measured(deepLists);
    expect(lists.unexplained).toEqual([]);
    expect(lists.problems).toEqual([]);
    expect(lists.losses.map(({ construct }) => construct)).toContain('nesting');
    for (const tag of ['div', 'blockquote', 'span', 'b', 'details']) {
      const deep = measured(`${`<${tag}>`.repeat(200)}innermost${`</${tag}>`.repeat(200)}`);
      expect(deep.unexplained, tag).toEqual([]);
      expect(deep.problems, tag).toEqual([]);
    }
    const abyss = convertBody(`${'<div>'.repeat(20_000)}innermost`, dialectContext);
    expect(abyss.markdown).toBe('innermost\n');
  });

  it('that are no HTML at all are text', () => {
    for (const body of [
      '',
      '<',
      '</p>',
      '<table><td>',
      '<li>a<li>b',
      '<a href="x',
      '\u0000',
      '<p>a</p',
      '<!doctype html><html><body><p>x',
      '<select><option>a',
    ]) {
      const { markdown } = convertBody(body, dialectContext);
      expect(parsed(markdown).problems, body).toEqual([]);
    }
  });
});

/** Elements, handlers and addresses that would do something. */
function activeParts(html: string, allowsVideos: boolean): string[] {
  const found: string[] = [];
  const open = [...parseFragment(html).childNodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!('tagName' in node)) continue;
    open.push(...node.childNodes);
    const isVideo =
      allowsVideos &&
      node.tagName === 'iframe' &&
      node.attrs.every(
        ({ name, value }) =>
          name !== 'src' ||
          /^https:\/\/(?:www\.youtube\.com|player\.vimeo\.com|fast\.wistia\.net|www\.loom\.com|play\.vidyard\.com|streamio\.com)\//.test(
            value,
          ),
      );
    if (active.has(node.tagName) && !isVideo) found.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs) {
      const isAddress = [
        'href',
        'src',
        'action',
        'formaction',
        'xlink:href',
        'srcset',
        'background',
      ].includes(name);
      if (name.startsWith('on') || name === 'srcdoc') found.push(name);
      if (isAddress && /^[\s\u0000-\u0020]*(?:javascript|data|vbscript|blob|file)\s*:/i.test(value))
        found.push(`${name}=${value.slice(0, 40)}`);
    }
  }
  return found;
}
