import { describe, expect, test } from 'vitest';
import { substituteVariables } from '../../src/markdown/index.ts';
import { contextWith, parsed } from './reading.ts';

/** Problems in short: line, column, rule. */
function problemsOf(markdown: string, given: Parameters<typeof parsed>[1] = {}): string[] {
  return parsed(markdown, given).problems.map(
    ({ line, column, rule, include }) =>
      `${include === null ? '' : `${include}:`}${line}:${column} ${rule}`,
  );
}

describe('a problem names the place it stands at', () => {
  test.each([
    ['first line of the body', 12, '{{ a }}', '12:1 variable-unknown'],
    ['later line of a paragraph', 1, 'one\ntwo `a\nb` three {{ a }}', '3:10 variable-unknown'],
    ['in a list', 1, '- one\n  - two {{ a }}', '2:9 variable-unknown'],
    ['in a quote', 1, '> one\n> two {{ a }}', '2:7 variable-unknown'],
    ['in a callout', 1, '> [!NOTE]\n> {{ a }}', '2:3 variable-unknown'],
    ['in a table', 1, '| x |\n|---|\n| y {{ a }} |', '3:5 variable-unknown'],
    ['in a heading', 1, '\n\n##  A {{ a }} {#b}', '3:7 variable-unknown'],
    [
      'in a title',
      1,
      '<details>\n<summary>A {{ a }}</summary>\n</details>',
      '2:12 variable-unknown',
    ],
    ['in an HTML table', 1, '<table>\n<tr>\n<td>{{ a }}</td></tr></table>', '3:1 variable-unknown'],
    ['in alternative text', 1, 'a ![b {{ a }}](c.png)', '1:3 variable-unknown'],
    ['in an address', 1, 'a [b]({{ a }}/c)', '1:4 variable-unknown'],
    ['a tag over two lines', 1, 'a <b\ntitle="x">b</b>', '1:3 html-allowed'],
    ['a scheme', 1, 'a\nb [c](javascript:x)', '2:4 link-scheme'],
  ])('%s', (_name, firstLine, markdown, expected) => {
    expect(problemsOf(markdown, { firstLine })).toEqual([expected]);
  });

  test('in an include: the line of the include, and its name', () => {
    const includes = { outer: 'x\n\n{{> inner }}', inner: '\n<u>y</u>' };
    expect(problemsOf('{{> outer }}', { includes })).toEqual(['inner:2:1 html-allowed']);
  });

  test('once, where an include stands twice', () => {
    const includes = { a: '<u>y</u>' };
    expect(problemsOf('{{> a }}\n\n{{> a }}', { includes })).toEqual(['a:1:1 html-allowed']);
  });
});

describe('raw HTML', () => {
  test.each([
    ['a script', '<script>x</script>', '<script> is not allowed in an article'],
    ['an element', 'a <u>b</u>', '<u> is not allowed in an article'],
    ['an attribute', '<b style="x">a</b>', 'attribute style of <b> is not allowed'],
    ['an element without end', '<details>\n<summary>a</summary>\n', '<details> is not closed'],
    ['an end without element', 'a\n\n</details>', '</details> closes nothing'],
    ['a mark without end', 'a <b>c', '<b> is not closed'],
    [
      'a caption',
      '<table><caption>c</caption><tr><td>a</td></tr></table>',
      '<caption> is not allowed in an article',
    ],
    [
      'a size that is none',
      '<img src="a" width="wide">',
      'attribute width of <img> has no usable value',
    ],
    ['a declaration', 'a <!DOCTYPE html> b', '<!DOCTYPE html> is not allowed in an article'],
    ['a comment without end', 'a\n\n<!-- b\n\nc', 'a comment begins here and is not closed'],
    [
      'a list in an aligned block',
      '<div align="center">\n\n- a\n\n</div>',
      'only paragraphs and headings can be aligned',
    ],
    [
      'a div that aligns nothing',
      '<div>\n\na\n\n</div>',
      '<div> is allowed only to align, with align="center" or align="right"',
    ],
  ])('%s', (_name, markdown, message) => {
    expect(parsed(markdown).problems.map((problem) => problem.message)).toEqual([message]);
  });

  test.each([
    ['comments', 'a <!-- <script> --> b\n\n<!--\n\n<u>\n-->'],
    ['code', '`<u>` <code>{{ x }}</code>\n\n    <script>\n\n```\n<script>\n```'],
    ['escaped', '\\<u> &lt;u&gt; 1 < 2 > 0 <3'],
    ['allowed elements', '<b>a</b> <i>b</i> <s>c</s> <br/> <a href="x.md">d</a> <IMG SRC="a.png">'],
    [
      'nested collapsibles',
      '<details><summary>a</summary><details><summary>b</summary>c</details></details>',
    ],
  ])('nothing is wrong with %s', (_name, markdown) => {
    expect(parsed(markdown).problems).toEqual([]);
  });

  test('the text of what is not allowed stays, a script does not', () => {
    const { tree } = parsed('<center>kept <u>too</u></center> <script>gone()</script>');
    expect(tree).toEqual([
      { type: 'paragraph', align: null, children: [{ type: 'text', text: 'kept too' }] },
    ]);
  });
});

describe('includes', () => {
  test('a chain deeper than ten is not followed', () => {
    const includes = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        `i${index}`,
        `level ${index}\n\n{{> i${index + 1} }}`,
      ]),
    );
    const { problems, tree } = parsed('{{> i0 }}', { includes });
    expect(problems.map(({ rule, include }) => [rule, include])).toEqual([['include-cycle', 'i9']]);
    expect(tree).toHaveLength(10);
  });

  test('includes of includes do not multiply without end', () => {
    const includes = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [
        `i${index}`,
        `{{> i${index + 1} }}\n\n`.repeat(10),
      ]),
    );
    const { problems } = parsed('{{> i0 }}', { includes });
    expect(problems.some(({ message }) => message.includes('at most 500'))).toBe(true);
  });

  test('their names, links and assets are told', () => {
    const includes = { a: '[x](../f.pdf) {{> b }}\n\n{{> b }}', b: '![y](z.png)' };
    const body = parsed('text\n\n{{> a }}\n\n{{> a }}\n', { includes });
    expect(body.includes).toEqual(['a', 'b']);
    expect(body.assets).toEqual(['hash of ../f.pdf']);
    expect(body.references.map(({ kind, href, include }) => [kind, href, include])).toEqual([
      ['link', '../f.pdf', 'a'],
      ['image', 'z.png', 'b'],
      ['link', '../f.pdf', 'a'],
      ['image', 'z.png', 'b'],
    ]);
    expect(body.blockLines).toEqual([1, 3, 3, 5, 5]);
  });
});

describe('titles and descriptions', () => {
  const context = contextWith({ variables: { product: '{{ x }}' } });

  test('take variables, once', () => {
    expect(substituteVariables('{{product}} & \\{{ product }}', context)).toEqual({
      text: '{{ x }} & {{ product }}',
      problems: [],
    });
  });

  test('keep unknown names and report them', () => {
    const { text, problems } = substituteVariables('a {{ prodct }}', context);
    expect(text).toBe('a {{ prodct }}');
    expect(problems).toMatchObject([
      { rule: 'variable-unknown', line: 1, column: 3, hint: 'did you mean {{ product }}?' },
    ]);
  });
});
