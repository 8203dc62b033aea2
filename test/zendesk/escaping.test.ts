import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/markdown/index.ts';
import { convertBody } from '../../src/zendesk/html/convert-body.ts';
import { identify, parsed } from '../markdown/reading.ts';
import { plainContext } from './contexts.ts';

const runs = process.env.KB_PROVE === '1' ? 20_000 : 1_500;

const words = [
  ...[
    'word',
    'zwei',
    '語',
    '「引用」',
    '、',
    '。',
    '(so)',
    '"q"',
    "it's",
    '50 %',
    'a_b',
    '_a_',
    '_',
  ],
  ...[
    '*',
    '**',
    'a*b',
    '`',
    '``',
    '\\',
    '\\*',
    '#',
    '# x',
    '## ',
    '-',
    '- x',
    '+',
    '>',
    '> q',
    '1.',
    '1) x',
  ],
  ...[
    '12. Mai',
    '~',
    '~~',
    '[',
    ']',
    '[x]',
    '[ ]',
    '[a](b)',
    '[^1]',
    '[!NOTE]',
    '![',
    '!',
    '<b>',
    '<script>',
    '< 3',
  ],
  ...[
    '&amp;',
    '&lt;',
    '&',
    '{{',
    '{{ name }}',
    '{{> part }}',
    '{#id}',
    '{.button}',
    '|',
    '---',
    '===',
    ':-',
    ':--|--',
  ],
  ...[
    'https://example.com/x',
    'http://a.b',
    'me@example.com',
    'www.example.com',
    '```',
    '~~~',
    '<!--',
    '$x$',
    '🙂',
    '🙂🙂',
  ],
  ...['e\u0301', '<details>', '</p>', '—', '…', '!['],
];
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const text = fc
  .tuple(
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' '),
    fc.constantFrom('', ' '),
    fc.constantFrom(' ', ''),
  )
  .map(([parts, before, after, between]) => before + parts.map(escaped).join(between) + after);
const marked = fc
  .tuple(text, fc.subarray(['b', 'i', 's', 'code', 'a']))
  .map(([inner, tags]) =>
    tags.reduce(
      (html, tag) =>
        tag === 'a' ? `<a href="https://example.com/(x)">${html}</a>` : `<${tag}>${html}</${tag}>`,
      inner,
    ),
  );
const line = fc
  .array(fc.oneof(marked, text, fc.constant('<br>')), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));
const block = fc.oneof(
  line.map((inner) => `<p>${inner}</p>`),
  line.map((inner) => `<p>${inner}</p>`),
  line.map((inner) => `<ul><li>${inner}</li><li>x</li></ul>`),
  line.map((inner) => `<table><tr><td>${inner}</td><td>x</td></tr></table>`),
  line.map(
    (inner) => `<table><tr><td rowspan="2">${inner}</td><td>x</td></tr><tr><td>y</td></tr></table>`,
  ),
);

describe('text', () => {
  it('is read from the Markdown as it stood in the HTML', () => {
    fc.assert(
      fc.property(block, (html) => {
        const { markdown } = convertBody(html, plainContext);
        const { tree, problems } = parsed(markdown, { variables: { name: 'wrong' } });
        expect(problems, markdown).toEqual([]);
        const wanted = canonical(html.replace(/(?:<br>\s*)+/g, '<br>'), identify);
        expect(flat(tree), markdown).toEqual(flat(wanted));
      }),
      { numRuns: runs, seed: 20_261_122 },
    );
  });
});

/** Every character with its marks: where runs are cut, and which paragraph they are in, is not compared. */
function flat(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(flat);
  if (value === null || typeof value !== 'object') return [];
  if ('type' in value && value.type === 'text' && 'text' in value) {
    const { type: _type, text: content, ...marks } = value;
    const link = 'link' in marks && marks.link !== undefined ? 'link' : '';
    const names = Object.keys(marks).filter((name) => name !== 'link');
    const format = [...names, link]
      .filter((name) => name !== '')
      .sort()
      .join('+');
    return [...String(content)]
      .filter((sign) => /\S/.test(sign))
      .map((sign) => `${sign} ${format}`);
  }
  return Object.values(value).flatMap(flat);
}
