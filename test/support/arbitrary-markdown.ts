import fc from 'fast-check';

/** What generated articles may refer to. */
export interface ArbitraryMarkdownOptions {
  /** Link targets, as written in Markdown. */
  links?: readonly string[];
  /** Image addresses, as written in Markdown. */
  images?: readonly string[];
}

const defaultLinks = ['https://example.com/a', 'mailto:info@example.com', '#abschnitt'];
const defaultImages = ['https://example.com/bild.png'];

const words = [
  ...['Konto', 'öffnen', 'the', 'quick', 'fox', 'ß', '漢字', '🙂', 'a&b', 'x < y', '"so"', "it's"],
  ...['1.', '#5', 'a_b_c', '2*3', '50 %', 'non\u00a0breaking', '\\*', '&amp;', 'e\u0301'],
];
const callouts = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'];
const videos = [
  'https://www.youtube.com/watch?v=abcdefghijk',
  'https://vimeo.com/123456789',
  'https://www.loom.com/share/0123456789abcdef0123456789abcdef',
];

/** Markdown articles over the whole dialect, nested a few levels. */
export function arbitraryMarkdown(options: ArbitraryMarkdownOptions = {}): fc.Arbitrary<string> {
  const link = fc.constantFrom(...(options.links ?? defaultLinks));
  const image = fc.constantFrom(...(options.images ?? defaultImages));
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map(joined);
  const plain = fc
    .array(fc.constantFrom(...words.slice(0, 8)), { minLength: 1, maxLength: 3 })
    .map(joined);
  const inline = fc.oneof(
    { weight: 4, arbitrary: text },
    plain.map((run) => `**${run}**`),
    plain.map((run) => `*${run}*`),
    plain.map((run) => `~~${run}~~`),
    plain.map((run) => `**${run} *both***`),
    plain.map((run) => `\`${run}\``),
    fc.tuple(plain, link).map(([run, href]) => `[${run}](${href})`),
    fc.tuple(plain, link).map(([run, href]) => `[**${run}** rest](${href})`),
    fc.tuple(plain, link).map(([run, href]) => `[${run}](${href}){.button}`),
    fc.tuple(plain, image).map(([alt, src]) => `![${alt}](${src})`),
    fc.tuple(image, link).map(([src, href]) => `[![Bild](${src})](${href})`),
    image.map((src) => `<img src="${src}" width="120" height="40">`),
    fc.constant('<br>'),
    plain.map((run) => `<b>${run} </b>`),
  );
  const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map(joined);
  const { blocks } = fc.letrec<{ block: string; blocks: string }>((tie) => ({
    blocks: fc
      .array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'blocks' })
      .map((parts) => parts.join('\n\n')),
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true, depthIdentifier: 'blocks' },
      { weight: 5, arbitrary: line },
      fc.tuple(line, line).map(([a, b]) => `${a}  \n${b}`),
      fc.tuple(fc.integer({ min: 1, max: 4 }), plain).map(([n, run]) => `${'#'.repeat(n)} ${run}`),
      plain.map((run) => `## ${run} {#abschnitt}`),
      plain.map((run) => `\`\`\`js\n${run}\n  ${run}\n\`\`\``),
      fc.constant('---'),
      fc.constantFrom(...videos),
      fc.tuple(line, line).map(([a, b]) => gfmTable(a, b)),
      line.map((run) => `<p align="center">${run}</p>`),
      tie('blocks').map((inner) => listItem('- ', inner)),
      tie('blocks').map((inner) => `${listItem('1. ', inner)}\n${listItem('2. ', 'zwei')}`),
      tie('blocks').map((inner) => listItem('4. ', inner)),
      fc.tuple(fc.boolean(), line).map(([done, run]) => `- [${done ? 'x' : ' '}] ${run}`),
      tie('blocks').map(quoted),
      fc.tuple(fc.constantFrom(...callouts), tie('blocks')).map(([k, inner]) => callout(k, inner)),
      fc.tuple(plain, tie('blocks')).map(([title, inner]) => collapsible(title, inner)),
      fc.tuple(plain, plain).map(([a, b]) => htmlTable(`<p>${a}</p><ul><li>${b}</li></ul>`)),
    ),
  }));
  return blocks;
}

/** A construct in its Markdown form and, where it may stand in an HTML table, its form there. */
interface Construct {
  name: string;
  markdown: string;
  html: string | null;
}

const leaves: readonly Construct[] = [
  { name: 'paragraph', markdown: 'plain text', html: '<p>plain text</p>' },
  { name: 'two paragraphs', markdown: 'one\n\ntwo', html: '<p>one</p><p>two</p>' },
  { name: 'bold', markdown: 'so **very** bold', html: 'so <b>very</b> bold' },
  { name: 'italic', markdown: 'so *very* slanted', html: 'so <i>very</i> slanted' },
  { name: 'strike', markdown: 'not ~~this one~~ but', html: 'not <s>this one</s> but' },
  { name: 'inline code', markdown: 'type `x <y>`', html: 'type <code>x &lt;y&gt;</code>' },
  {
    name: 'link',
    markdown: 'see [the page](https://example.com/?a=1&b=2)',
    html: 'see <a href="https://example.com/?a=1&amp;b=2">the page</a>',
  },
  {
    name: 'image',
    markdown: '![alt "text"](https://example.com/a.png)',
    html: '<img src="https://example.com/a.png" alt="alt &quot;text&quot;">',
  },
  {
    name: 'sized image in text',
    markdown: 'press <img src="https://example.com/k.png" width="20" height="10"> now',
    html: 'press <img src="https://example.com/k.png" width="20" height="10"> now',
  },
  {
    name: 'linked image',
    markdown: '[![a](https://example.com/a.png)](https://example.com/)',
    html: '<a href="https://example.com/"><img src="https://example.com/a.png" alt="a"></a>',
  },
  { name: 'button', markdown: '[Go](https://example.com/go){.button}', html: null },
  {
    name: 'button in text',
    markdown: 'press [Go](https://example.com/go){.button} now',
    html: null,
  },
  {
    name: 'video',
    markdown: 'https://www.youtube.com/watch?v=abcdefghijk',
    html: '<p>https://www.youtube.com/watch?v=abcdefghijk</p>',
  },
  { name: 'break', markdown: 'one  \ntwo', html: 'one<br>two' },
  {
    name: 'code',
    markdown: '```js\nif (a < b) {\n  c();\n\n}\n```',
    html: '<pre>if (a &lt; b) {\n  c();\n\n}</pre>',
  },
  { name: 'heading', markdown: '## A heading', html: null },
  { name: 'headings', markdown: '## Upper\n\n### Lower {#lower}\n\n[to it](#lower)', html: null },
  { name: 'rule', markdown: 'above\n\n---\n\nbelow', html: null },
  { name: 'centred', markdown: '<p align="center">centred</p>', html: null },
];

const containers: readonly { name: string; wrap(inner: string): string; isHtml: boolean }[] = [
  { name: 'list', wrap: (inner) => `${listItem('- ', inner)}\n- last`, isHtml: false },
  { name: 'numbered list', wrap: (inner) => `${listItem('1. ', inner)}\n2. last`, isHtml: false },
  { name: 'list from 7', wrap: (inner) => `${listItem('7. ', inner)}\n8. last`, isHtml: false },
  { name: 'task list', wrap: (inner) => listItem('- ', `[x] done\n\n${inner}`), isHtml: false },
  { name: 'quote', wrap: quoted, isHtml: false },
  { name: 'collapsible', wrap: (inner) => collapsible('Open **me**', inner), isHtml: false },
  ...callouts.map((kind) => ({
    name: `${kind.toLowerCase()} callout`,
    wrap: (inner: string) => callout(kind, inner),
    isHtml: false,
  })),
  { name: 'table cell', wrap: htmlTable, isHtml: true },
];

const tables: readonly Construct[] = [
  { name: 'table', markdown: gfmTable('a **b**', '[c](https://example.com/c)'), html: null },
  { name: 'table without head', markdown: '| | |\n|-|:-:|\n| 1 | 2 |', html: null },
  {
    name: 'HTML table',
    markdown: '<table><tr><td colspan="2">wide</td></tr><tr><td>a</td><td>b</td></tr></table>',
    html: null,
  },
];

/** Every construct by itself and inside every container, containers in containers included. */
export function everyPair(): { name: string; markdown: string }[] {
  const nested: Construct[] = containers
    .filter(({ isHtml }) => !isHtml)
    .map(({ name, wrap }) => ({ name, markdown: wrap('inside'), html: null }));
  const htmlList: Construct = {
    name: 'nested lists',
    markdown: '- a\n  - b\n    1. c',
    html: '<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>',
  };
  const constructs = [...leaves, ...tables, htmlList, ...nested];
  return [
    ...constructs.map(({ name, markdown }) => ({ name, markdown })),
    ...containers.flatMap((container) =>
      constructs.flatMap(({ name, markdown, html }) => {
        const inner = container.isHtml ? html : markdown;
        if (inner === null) return [];
        return [{ name: `${name} in ${container.name}`, markdown: container.wrap(inner) }];
      }),
    ),
  ];
}

function joined(parts: readonly string[]): string {
  return parts.join(' ');
}

function listItem(marker: string, inner: string): string {
  const indent = ' '.repeat(marker.length);
  const [first = '', ...others] = inner.split('\n');
  return [marker + first, ...others.map((text) => (text === '' ? '' : indent + text))].join('\n');
}

function quoted(inner: string): string {
  return inner
    .split('\n')
    .map((text) => (text === '' ? '>' : `> ${text}`))
    .join('\n');
}

function callout(kind: string, inner: string): string {
  return quoted(`[!${kind}]\n${inner}`);
}

function collapsible(title: string, inner: string): string {
  return `<details><summary>${title}</summary>\n\n${inner}\n\n</details>`;
}

function gfmTable(a: string, b: string): string {
  const [left, right] = [a, b].map((cell) => cell.replaceAll('|', '\\|'));
  return `| A | B |\n|---|--:|\n| ${left} | ${right} |`;
}

function htmlTable(inner: string): string {
  return `<table><tr><th>Head</th><td>${inner}</td></tr></table>`;
}
