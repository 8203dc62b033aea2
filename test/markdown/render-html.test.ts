import { describe, expect, test } from 'vitest';
import { headingIds, renderHtml, storability } from '../../src/markdown/index.ts';
import { defaultProfile, type Profile } from '../../src/model/profile.ts';
import type { Tree } from '../../src/model/tree.ts';
import { parsed, rendered } from './reading.ts';

function htmlOf(markdown: string, habits: Partial<Profile> = {}): string {
  return rendered(parsed(markdown).tree, { ...defaultProfile, ...habits }, (anchor) => anchor);
}

describe('a form that survives', () => {
  test.each([
    ['struck text', { unsupportedTags: 'unwrapped' }, '~~a b~~', '<p>a\u0336 b\u0336</p>'],
    ['struck text', { unsupportedTags: 'kept' }, '~~a b~~', '<p><s>a b</s></p>'],
    [
      'a list from 3',
      { olStart: 'stripped' },
      '3. a\n\n   b\n4. c',
      '<p>3. a</p><p>b</p><p>4. c</p>',
    ],
    ['a list from 3', { olStart: 'kept' }, '3. a', '<ol start="3"><li><p>a</p></li></ol>'],
    [
      'a nested list',
      { nestedLists: 'refused' },
      '- a\n  - b\n    1. c',
      '<ul><li><p>a</p><p>– b</p><p>\u00a0\u00a01. c</p></li></ul>',
    ],
    [
      'a nested list',
      { nestedLists: 'kept' },
      '- a\n  - b',
      '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>',
    ],
    ['a callout', { callouts: 'flattened' }, '> [!WARNING]\n> a\n>\n> b', '<p>⚠️ a</p><p>b</p>'],
    [
      'a callout without text',
      { callouts: 'flattened' },
      '> [!TIP]\n> - a',
      '<p>💡</p><ul><li><p>a</p></li></ul>',
    ],
    ['a quote', { callouts: 'flattened' }, '> a', '<p>a</p>'],
    [
      'a collapsible',
      { details: 'flattened' },
      '<details><summary>T *i*</summary>a</details>',
      '<p><b>T </b><b><i>i</i></b></p><p>a</p>',
    ],
    [
      'a table in a list',
      {},
      '- a\n\n  | b |\n  |---|\n  | c |',
      '<p>– a</p><div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><p><b>b</b></p></td></tr><tr><td><p>c</p></td></tr></tbody></table></div>',
    ],
    ['a task', {}, '- [ ] a\n- [x]  b', '<ul><li><p>☐ a</p></li><li><p>☑ b</p></li></ul>'],
    ['line breaks in code', {}, '```\n a\n\nb\n```', '<pre><code> a<br><br>b</code></pre>'],
  ] as const)('%s with %o', (_name, habits, markdown, expected) => {
    expect(htmlOf(markdown, habits)).toBe(expected);
  });
});

describe('heading levels', () => {
  test.each([
    ['##', '<h1'],
    ['# a\n\n##', '<h1', '<h2'],
    ['### a\n\n## b\n\n####', '<h2', '<h1', '<h3'],
    ['# a\n\n###### b\n\n#####', '<h1', '<h4', '<h4'],
  ])('%j begin with h1', (markdown, ...expected) => {
    expect(htmlOf(`${markdown} last`).match(/<h\d/g)).toEqual(expected);
  });

  test('titles of collapsibles do not count', () => {
    const html = htmlOf('<details><summary>T</summary>\n\n### In\n\n</details>');
    expect(html).toContain('<summary><h2>T</h2></summary>');
    expect(html).toContain('<h1 id="in">In</h1>');
    expect(headingIds(html)).toEqual([{ id: 'in', slug: 'in' }]);
  });

  test('what would look the same is told', () => {
    const { tree } = parsed('# a\n\n## b\n\n### c');
    expect(storability(tree, defaultProfile)).toEqual([]);
    expect(storability(tree, { ...defaultProfile, headingLevels: 'others-to-h2' })).toEqual([
      'headings of level 2 and 3 would look the same',
    ]);
    expect(storability(parsed('# a\n\n#### b\n\n##### c').tree, defaultProfile)).toHaveLength(1);
    expect(
      storability(parsed('# a\n\n### b').tree, {
        ...defaultProfile,
        headingLevels: 'others-to-h2',
      }),
    ).toEqual([]);
  });
});

describe('headings are found again by their position', () => {
  test('nested ones too', () => {
    const body = parsed(
      '# A\n\n> [!NOTE]\n> ## B\n\n<details><summary>T</summary>\n\n## C\n\n</details>\n\n- ## D\n\n## A',
    );
    const html = rendered(body.tree, defaultProfile, (anchor) => `id-${anchor}`);
    expect(body.outline.map(({ anchor }) => anchor)).toEqual(['a', 'b', 'c', 'd', 'a-1']);
    expect(headingIds(html)).toEqual(
      body.outline.map(({ anchor }) => ({ id: `id-${anchor}`, slug: anchor })),
    );
  });
});

describe('addresses that are not known, or not usable', () => {
  const tree: Tree = [
    {
      type: 'paragraph',
      align: null,
      children: [
        { type: 'text', text: 'link', link: { kind: 'url', url: 'x' } },
        {
          type: 'image',
          source: { kind: 'url', url: 'y' },
          alt: '<alt>',
          width: null,
          height: null,
        },
      ],
    },
    {
      type: 'paragraph',
      align: null,
      children: [{ type: 'button', text: 'Go', target: { kind: 'url', url: 'x' } }],
    },
  ];
  const html = (link: string | null, image: string | null): string =>
    renderHtml(tree, {
      profile: defaultProfile,
      link: () => link,
      image: () => image,
      headingId: (anchor) => anchor,
    });

  test('leave their text', () => {
    expect(html(null, null)).toBe('<p>link&lt;alt&gt;</p><p>Go</p>');
  });

  test('never leave another scheme', () => {
    expect(html('java\nscript:alert(1)', 'data:text/html,x')).toBe(
      '<p>link&lt;alt&gt;</p><p>Go</p>',
    );
    expect(html('" onclick="x', '"><script>')).toBe(
      '<p><a href="&quot; onclick=&quot;x">link</a><img src="&quot;&gt;&lt;script&gt;" alt="&lt;alt&gt;"></p>' +
        '<div class="intercom-container"><a class="intercom-h2b-button" href="&quot; onclick=&quot;x">Go</a></div>',
    );
  });

  test('styles of stored cells and callouts come out only as colours and sizes', () => {
    const stored: Tree = [
      {
        type: 'callout',
        kind: 'custom',
        style: 'background-color: #ABCDEF80; position: fixed; border-color: url(x)',
        blocks: [],
      },
      {
        type: 'table',
        rows: [
          [
            {
              header: false,
              align: null,
              colspan: 1,
              rowspan: 1,
              style: 'width: 159px; background: url(x)',
              blocks: [],
            },
          ],
        ],
      },
    ];
    const options = {
      profile: defaultProfile,
      link: () => null,
      image: () => null,
      headingId: String,
    };
    expect(renderHtml(stored, options)).toBe(
      '<div class="intercom-interblocks-callout" style="background-color: #abcdef80;"><p></p></div>' +
        '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td style="width: 159px;"><p></p></td></tr></tbody></table></div>',
    );
  });
});
