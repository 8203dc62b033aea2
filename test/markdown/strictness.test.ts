import { describe, expect, test } from 'vitest';
import { canonical, canonicalHash } from '../../src/markdown/index.ts';
import { identify, storedHash } from './reading.ts';

const ids = ['h_aaaaaaaaaa', 'h_bbbbbbbbbb'] as const;
const twoHeadings = `<h2 id="${ids[0]}">One</h2><h2 id="${ids[1]}">Two</h2>`;
const image = (name: string) => `<img src="https://example.com/${name}.png" alt="${name}">`;
const callout = (background: string, border: string) =>
  `<div class="intercom-interblocks-callout" style="background-color: ${background}; border-color: ${border};"><p>x</p></div>`;
const video = (id: string) =>
  `<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/${id}?rel=0" frameborder="0" allowfullscreen></iframe></div>`;
const button = (address: string) =>
  `<div class="intercom-container"><a class="intercom-h2b-button" href="https://example.com/${address}">Go</a></div>`;
const details = (title: string, body: string) =>
  `<details><summary><h2>${title}</h2></summary><div class="collapsible-section-content">${body}</div></details>`;
const row = (...cells: string[]) =>
  `<tr>${cells.map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr>`;
const table = (...rows: string[]) =>
  `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody>${rows.join('')}</tbody></table></div>`;

/** Edits that a reader would notice: name, stored HTML before, after. */
const edits: readonly (readonly [string, string, string])[] = [
  ['a letter', '<p>Kontakt</p>', '<p>Kontrakt</p>'],
  ['a capital', '<p>sie</p>', '<p>Sie</p>'],
  ['a number', '<p>in 14 days</p>', '<p>in 15 days</p>'],
  ['a space between words', '<p>no where</p>', '<p>nowhere</p>'],
  ['a no-break space', '<p>5 km</p>', '<p>5\u00a0km</p>'],
  ['punctuation', '<p>Stop, not here</p>', '<p>Stop not, here</p>'],
  [
    'a link target',
    '<p><a href="https://a.example/">x</a></p>',
    '<p><a href="https://b.example/">x</a></p>',
  ],
  ['a link gone', '<p><a href="https://a.example/">x</a></p>', '<p>x</p>'],
  [
    'a link longer by a word',
    '<p><a href="https://a.example/">x</a> y</p>',
    '<p><a href="https://a.example/">x y</a></p>',
  ],
  [
    'two links to one place joined',
    '<p><a href="https://a.example/">x</a> <a href="https://a.example/">y</a></p>',
    '<p><a href="https://a.example/">x y</a></p>',
  ],
  ['bold on', '<p>now</p>', '<p><b>now</b></p>'],
  ['bold moved by a word', '<p><b>one</b> two three</p>', '<p>one <b>two</b> three</p>'],
  ['bold longer by a word', '<p><b>one</b> two</p>', '<p><b>one two</b></p>'],
  ['bold to italic', '<p><b>one</b></p>', '<p><i>one</i></p>'],
  ['struck', '<p>valid</p>', '<p>v\u0336a\u0336l\u0336i\u0336d\u0336</p>'],
  ['inline code', '<p>ls</p>', '<p><code>ls</code></p>'],
  ['heading text', '<h2>Set up</h2>', '<h2>Set off</h2>'],
  ['a heading level', '<h2>A</h2><h3>B</h3>', '<h2>A</h2><h2>B</h2>'],
  ['a heading to a paragraph', '<h2>A</h2>', '<p>A</p>'],
  [
    'items swapped',
    '<ul><li><p>a</p></li><li><p>b</p></li></ul>',
    '<ul><li><p>b</p></li><li><p>a</p></li></ul>',
  ],
  [
    'an item moved in',
    '<ul><li><p>a</p></li><li><p>b</p></li></ul>',
    '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>',
  ],
  [
    'two items joined',
    '<ul><li><p>a</p></li><li><p>b</p></li></ul>',
    '<ul><li><p>a</p><p>b</p></li></ul>',
  ],
  ['the kind of a list', '<ul><li><p>a</p></li></ul>', '<ol><li><p>a</p></li></ol>'],
  ['where a list begins', '<ol start="3"><li><p>a</p></li></ol>', '<ol><li><p>a</p></li></ol>'],
  ['a cell', table(row('a', 'b')), table(row('a', 'c'))],
  ['columns swapped', table(row('a', 'b'), row('c', 'd')), table(row('b', 'a'), row('d', 'c'))],
  ['rows swapped', table(row('a'), row('b')), table(row('b'), row('a'))],
  ['a column added', table(row('a')), table(row('a', ''))],
  [
    'a cell over two columns',
    table('<tr><td>a</td></tr>'),
    table('<tr><td colspan="2">a</td></tr>'),
  ],
  [
    'a cell coloured',
    table('<tr><td>a</td></tr>'),
    table('<tr><td style="background-color: #e3e7fa80">a</td></tr>'),
  ],
  ['images swapped', `<p>${image('a')} ${image('b')}</p>`, `<p>${image('b')} ${image('a')}</p>`],
  ['alternative text', '<p><img src="a.png" alt="a"></p>', '<p><img src="a.png" alt="b"></p>'],
  [
    'an image resized',
    '<p><img src="a.png" width="60"></p>',
    '<p><img src="a.png" width="61"></p>',
  ],
  [
    'an image linked',
    `<p>${image('a')}</p>`,
    `<p><a href="https://a.example/">${image('a')}</a></p>`,
  ],
  ['the kind of a callout', callout('#feedaf80', '#fbc91633'), callout('#fed9db80', '#fd3a5733')],
  [
    'a callout of another colour',
    callout('#feedaf80', '#fbc91633'),
    callout('#feedaf81', '#fbc91633'),
  ],
  ['a callout gone', callout('#feedaf80', '#fbc91633'), '<p>x</p>'],
  ['a character of code', '<pre><code>rm -r a</code></pre>', '<pre><code>rm -r b</code></pre>'],
  ['a line break in code', '<pre><code>a<br>b</code></pre>', '<pre><code>a b</code></pre>'],
  ['indentation in code', '<pre><code>a<br>  b</code></pre>', '<pre><code>a<br> b</code></pre>'],
  ['a video', video('abcdefghijk'), video('abcdefghijl')],
  ['where a button leads', button('a'), button('b')],
  ['a button to a link', button('a'), '<p><a href="https://example.com/a">Go</a></p>'],
  ['the title of a collapsible', details('A', '<p>x</p>'), details('B', '<p>x</p>')],
  ['a collapsible opened up', details('A', '<p>x</p>'), '<h2>A</h2><p>x</p>'],
  [
    'a paragraph moved out',
    details('A', '<p>x</p><p>y</p>'),
    `${details('A', '<p>x</p>')}<p>y</p>`,
  ],
  ['a paragraph gone', '<p>a</p><p>b</p>', '<p>a</p>'],
  ['paragraphs swapped', '<p>a</p><p>b</p>', '<p>b</p><p>a</p>'],
  ['paragraphs joined', '<p>a</p><p>b</p>', '<p>a b</p>'],
  ['an empty paragraph', '<p>a</p><p>b</p>', '<p>a</p><p></p><p>b</p>'],
  ['a line break', '<p>a<br>b</p>', '<p>a b</p>'],
  ['a rule', '<p>a</p><hr><p>b</p>', '<p>a</p><p>b</p>'],
  ['centred', '<p>a</p>', '<p class="intercom-align-center">a</p>'],
  ['coloured', '<p>a</p>', '<p><span style="color: red">a</span></p>'],
  ['an unknown element', '<p>a</p>', '<p>a<kbd>b</kbd></p>'],
  ['an unknown element around the same text', '<p>ab</p>', '<p>a<sup>b</sup></p>'],
  ['an unknown block', '<p>a</p>', '<section><p>a</p></section>'],
  ['a frame', '', '<iframe src="https://evil.example/"></iframe>'],
  [
    'the address of a frame',
    '<iframe src="https://a.example/"></iframe>',
    '<iframe src="https://b.example/"></iframe>',
  ],
  ['a script', '', '<script>alert(1)</script>'],
  [
    'the heading a link leads to',
    `${twoHeadings}<p><a href="#${ids[0]}">x</a></p>`,
    `${twoHeadings}<p><a href="#${ids[1]}">x</a></p>`,
  ],
];

const places: readonly (readonly [string, (html: string) => string])[] = [
  ['alone', (html) => html],
  ['in a list', (html) => `<ul><li>${html}<p>after</p></li></ul>`],
  [
    'in a table cell',
    (html) => `<table><tbody><tr><td>${html}<p>after</p></td></tr></tbody></table>`,
  ],
  [
    'in a callout',
    (html) =>
      `<div class="intercom-interblocks-callout" style="background-color: #d7efdc80; border-color: #1bb15733;">${html}<p>after</p></div>`,
  ],
  ['in a collapsible', (html) => details('T', `${html}<p>after</p>`)],
];

const hash = (html: string) => canonicalHash(canonical(html, identify));

describe('an edit of a stored body changes its hash', () => {
  for (const [place, around] of places) {
    test.each(edits)(`%s, ${place}`, (_name, before, after) => {
      expect(hash(around(after))).not.toBe(hash(around(before)));
    });
  }
});

/** What may differ between two reads of one stored body. */
const noise: readonly (readonly [string, string, string])[] = [
  ['classes', '<p>a</p>', '<p class="no-margin">a</p>'],
  [
    'link attributes',
    '<p><a href="https://a.example/">x</a></p>',
    '<p><a href="https://a.example/" target="_blank" rel="noopener" class="intercom-content-link">x</a></p>',
  ],
  ['heading ids', '<h2 id="h_aaaaaaaaaa">A</h2>', '<h2 id="h_bbbbbbbbbb">A</h2>'],
  [
    'ids of a heading and the link to it',
    `${twoHeadings}<p><a href="#${ids[1]}">x</a></p>`,
    `${twoHeadings.replace(ids[1], 'h_cccccccccc')}<p><a href="#h_cccccccccc">x</a></p>`,
  ],
  ['spelling of marks', '<p><b>a</b> <i>b</i></p>', '<p><strong>a</strong> <em>b</em></p>'],
  ['spelling of struck text', '<p><s>gone</s></p>', '<p>g\u0336o\u0336n\u0336e\u0336</p>'],
  ['nesting of marks', '<p><b><i>a</i></b></p>', '<p><i><b>a</b></i></p>'],
  ['marks in pieces', '<p><b>ab</b></p>', '<p><b>a</b><b>b</b></p>'],
  ['a space at the edge of a mark', '<p><b>a </b>b</p>', '<p><b>a</b> b</p>'],
  ['bare text in an item', '<ul><li>a</li></ul>', '<ul><li><p>a</p></li></ul>'],
  ['bare text in a cell', '<table><tr><td>a</td></tr></table>', table(row('a'))],
  [
    'an image container',
    `<div class="intercom-container">${image('a')}</div>`,
    `<p>${image('a')}</p>`,
  ],
  ['line breaks in code', '<pre><code>a<br>b</code></pre>', '<pre>a\nb\n</pre>'],
  ['entities', '<p>a&nbsp;"b"</p>', '<p>a\u00a0&quot;b&quot;</p>'],
  ['a trailing break', '<p>a<br></p>', '<p>a</p>'],
  ['wrappers without meaning', '<div><p><span>a</span></p></div>', '<p>a</p>'],
  [
    'a bare video',
    video('abcdefghijk'),
    '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
  ],
  [
    'the wrapper of a title',
    details('A', '<p>x</p>'),
    '<details><summary>A</summary><p>x</p></details>',
  ],
  [
    'spelling of a callout',
    callout('#feedaf80', '#fbc91633'),
    callout('#FEEDAF80', '#FBC91633').replace('; ', ';'),
  ],
  [
    'style of an image',
    '<p><img src="a.png" width="60"></p>',
    '<p><img src="a.png" width="60" style="height: auto;"/></p>',
  ],
  ['white space', '<p>a b</p>', '<p>\n a\n b </p>'],
  ['comments', '<p>a</p>', '<!-- x --><p>a<!-- y --></p>'],
];

test.each(noise)('%s make no difference', (_name, one, other) => {
  expect(hash(other)).toBe(hash(one));
});

describe('an edit of Markdown changes what is stored', () => {
  test.each([
    ['strike', 'a ~~b~~', 'a b'],
    ['task done', '- [ ] a', '- [x] a'],
    ['the number a list begins with', '3. a', '4. a'],
    ['level of a nested list', '- a\n  - b\n  - c', '- a\n  - b\n    - c'],
    ['header cells', '| a |\n|---|\n| b |', '| |\n|---|\n| a |\n| b |'],
    ['alignment of a column', '| a |\n|---|\n| b |', '| a |\n|--:|\n| b |'],
    ['quote to text', '> a', 'a'],
    ['levels of siblings', '## a\n\n### b', '## a\n\n## b'],
  ])('%s', (_name, before, after) => {
    expect(storedHash(after)).not.toBe(storedHash(before));
  });
});
