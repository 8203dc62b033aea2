import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  editFrontMatter,
  editYamlFile,
} from '../../../src/repository/editing/write-front-matter.ts';
import { editYaml } from '../../../src/repository/editing/yaml-edit.ts';
import { readYaml } from '../../../src/repository/reading/yaml-source.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const review = { by: 'anna@example.com', on: '2026-11-20', digest };

describe('setting a key', () => {
  it('adds a flow map on one line at the end', () => {
    expect(editYaml('id: a\n# end\n', { path: ['review'], value: review })).toBe(
      `id: a\n# end\nreview: { by: anna@example.com, on: 2026-11-20, digest: "${digest}" }\n`,
    );
  });

  it.each([
    ['a plain value', 'a: 1 # why\nb: 2\n', ['a'], 'x', 'a: x # why\nb: 2\n'],
    ['a single-quoted value', "a: 'it''s'\n", ['a'], "let's", "a: 'let''s'\n"],
    ['a double-quoted value', 'a: "b"\n', ['a'], 'c', 'a: "c"\n'],
    ['an empty value', 'a:\nb: 2\n', ['a'], 'x', 'a: x\nb: 2\n'],
    ['an empty value with a comment', 'a: # why\nb: 2\n', ['a'], 'x', 'a: x # why\nb: 2\n'],
    ['a literal block', 'a: |\n  x\n  y\nb: 2\n', ['a'], 'z', 'a: z\nb: 2\n'],
    ['a value over two lines', 'a: x\n  y\nb: 2\n', ['a'], 'z', 'a: z\nb: 2\n'],
    [
      'a block list by a list',
      'a:\n  - x # why\n  - y\nb: 2\n',
      ['a'],
      ['p', 'q'],
      'a:\n  - p\n  - q\nb: 2\n',
    ],
    ['a block list without indent', 'a:\n- x\nb: 2\n', ['a'], ['p', 'q'], 'a:\n- p\n- q\nb: 2\n'],
    ['a block map by a value', 'a:\n  x: 1\n# of b\nb: 2\n', ['a'], 5, 'a: 5\n# of b\nb: 2\n'],
    [
      'a key of a flow map',
      'fin: { agent: true, copilot: true }\n',
      ['fin', 'agent'],
      false,
      'fin: { agent: false, copilot: true }\n',
    ],
    [
      'a new key of a flow map',
      'fin: { agent: true }\n',
      ['fin', 'copilot'],
      true,
      'fin: { agent: true, copilot: true }\n',
    ],
    [
      'a new key of an empty flow map',
      'fin: {}\n',
      ['fin', 'copilot'],
      true,
      'fin: { copilot: true }\n',
    ],
    [
      'a new key below an empty key',
      'fin:\nb: 1\n',
      ['fin', 'copilot'],
      true,
      'fin: { copilot: true }\nb: 1\n',
    ],
    [
      'a new key of a block map',
      'de:\n  title: A\n  # last\nen:\n  title: B\n',
      ['de', 'order'],
      3,
      'de:\n  title: A\n  order: 3\n  # last\nen:\n  title: B\n',
    ],
    [
      'a new key of the last block map',
      'de:\n  title: A',
      ['de', 'order'],
      3,
      'de:\n  title: A\n  order: 3',
    ],
    ['a new key after a literal block', 'de:\n  d: |\n    x\n\nen: {}\n', ['de', 'order'], 3, null],
    ['a key that is not there', '', ['a', 'b'], 'c', 'a: { b: c }\n'],
    ['a key in a file without final line end', 'a: 1', ['b'], 2, 'a: 1\nb: 2'],
    ['a key of a flow document', '{ a: 1 }\n', ['b'], 2, '{ a: 1, b: 2 }\n'],
    [
      'a long list on lines of its own',
      'a: 1\n',
      ['q'],
      ['x'.repeat(60), 'y'.repeat(60)],
      `a: 1\nq:\n  - ${'x'.repeat(60)}\n  - ${'y'.repeat(60)}\n`,
    ],
  ] as const)('replaces or adds %s', (_, before, path, value, after) => {
    const result = editYaml(before, { path, value });
    if (after !== null) expect(result).toBe(after);
    expect(readYaml(result, 0, result.length).problems).toEqual([]);
  });

  it('changes nothing where the value is already there', () => {
    const source = "a:   'x'   # odd\n";
    expect(editYaml(source, { path: ['a'], value: 'x' })).toBe(source);
  });

  it.each([
    'x: y',
    '- a',
    '#c',
    '',
    ' a',
    'a ',
    'null',
    '1.5',
    '2026',
    'yes',
    '{{ product }}',
    '*a',
    '&a',
    'a #b',
    '"',
    "it's",
    'a\nb',
    'ä€😀',
    '\u2028',
    '!x',
    '%a',
    '@a',
    'key:',
    '0x1F',
    '1e3',
    '~',
    '.inf',
    '<<',
  ])('writes %j so that it is read back as it is', (text) => {
    const result = editYaml('a: 1\nf: { g: 1 }\n', { path: ['f', 'h'], value: text });
    expect(readYaml(result, 0, result.length).value).toEqual({ a: 1, f: { g: 1, h: text } });
  });

  it.each([
    ['a key below a text', 'a: text\n', ['a', 'b']],
    ['a list at the top', '- a\n', ['a']],
    ['broken YAML', 'a: b: c\n', ['x']],
  ])('refuses %s', (_, source, path) => {
    expect(() => editYaml(source, { path, value: 1 })).toThrowError(
      expect.objectContaining({ code: 'edit-refused' }),
    );
  });
});

describe('removing a key', () => {
  it.each([
    ['its line with its comment', 'a: 1\nb: 2 # x\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['its block', 'a:\n  - x\n  - y\n# of b\nb: 2\n', ['a'], '# of b\nb: 2\n'],
    ['the last line without line end', 'a: 1\nb: 2', ['b'], 'a: 1'],
    ['the first of a flow map', 'f: { a: 1, b: 2 }\n', ['f', 'a'], 'f: { b: 2 }\n'],
    ['the last of a flow map', 'f: { a: 1, b: 2 }\n', ['f', 'b'], 'f: { a: 1 }\n'],
    ['a parent with its only key', 'a: 1\nf: { b: 2 }\n', ['f', 'b'], 'a: 1\n'],
    ['nothing where it is not there', 'a: 1\n', ['f', 'b'], 'a: 1\n'],
    ['the only key', 'a: 1\n', ['a'], ''],
  ] as const)('removes %s', (_, before, path, after) => {
    expect(editYaml(before, { path, value: undefined })).toBe(after);
  });
});

describe('whole files', () => {
  it('keeps byte order mark, CRLF and body', () => {
    const text = '\uFEFF---\r\nid: a\r\n---\r\n\r\nText  \r\n---\r\nid: b';
    expect(editFrontMatter(text, [{ path: ['title'], value: 'T' }])).toBe(
      '\uFEFF---\r\nid: a\r\ntitle: T\r\n---\r\n\r\nText  \r\n---\r\nid: b',
    );
  });

  it('fills an empty block with the line ends of the file', () => {
    expect(editFrontMatter('---\r\n---\r\nText', [{ path: ['id'], value: 'a' }])).toBe(
      '---\r\nid: a\r\n---\r\nText',
    );
  });

  it('gives a text without front matter one', () => {
    expect(editFrontMatter('# Text\n', [{ path: ['id'], value: 'a' }])).toBe(
      '---\nid: a\n---\n# Text\n',
    );
  });

  it('edits a YAML file with byte order mark and without final line end', () => {
    expect(
      editYamlFile('\uFEFFid: a\r\nde:\r\n  title: A', [
        { path: ['de', 'review'], value: { on: '2026-01-01' } },
      ]),
    ).toBe('\uFEFFid: a\r\nde:\r\n  title: A\r\n  review: { on: 2026-01-01 }');
  });
});

/** YAML as people write it: comments, quotes, flow and block, both line ends. */
const yamlFile = fc
  .record({
    lines: fc.array(
      fc.oneof(
        fc.constantFrom('# a comment', '', '  # indented comment'),
        fc.constantFrom("quoted: 'it''s' # why", 'double: "a: b"', 'plain: some text', 'empty:'),
        fc.constantFrom(
          'flow: { a: 1, b: [x, y] }',
          'list:\n  - one # 1\n  - two',
          'unindented:\n- one\n- two',
          'block: |\n  line\n\n  line',
          'keep: |+\n  line\n\n',
          'folded: >-\n  line\n  line',
          'map:\n  a: 1\n  # inner\n  b:\n    c: 2\n  # after',
        ),
      ),
      { maxLength: 8 },
    ),
    crlf: fc.boolean(),
    finalLineEnd: fc.boolean(),
  })
  .map(({ lines, crlf, finalLineEnd }) => {
    const seen = new Set<string>();
    const unique = lines.filter((line) => {
      const key = /^\w+(?=:)/.exec(line)?.[0];
      if (key === undefined) return true;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    const text = unique.join('\n') + (finalLineEnd && unique.length > 0 ? '\n' : '');
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

const value = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.record({ by: fc.emailAddress(), on: fc.constant('2026-11-20'), digest: fc.constant(digest) }),
);
const newPath = fc.constantFrom(
  ['new'],
  ['new', 'inner'],
  ['map', 'new'],
  ['flow', 'new'],
  ['map', 'b', 'new'],
);

describe('any file, any value', () => {
  it('setting a key and removing it again restores every byte', () => {
    fc.assert(
      fc.property(yamlFile, newPath, value, (source, path, any) => {
        fc.pre(source === '' || source.includes(':') || source.endsWith('\n'));
        fc.pre(path[0] === 'new' || new RegExp(`^${path[0]}:`, 'm').test(source));
        const eol = source.includes('\r\n') ? '\r\n' : '\n';
        const set = editYaml(source, { path, value: any }, eol);
        expect(editYaml(set, { path, value: undefined }, eol)).toBe(source);
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  });

  it('reads back what was set, and everything else as it was', () => {
    fc.assert(
      fc.property(
        yamlFile,
        fc.oneof(
          newPath,
          fc.constantFrom(
            ['quoted'],
            ['list'],
            ['flow', 'a'],
            ['flow', 'b'],
            ['block'],
            ['keep'],
            ['map'],
            ['map', 'b'],
            ['empty'],
            ['unindented'],
          ),
        ),
        value,
        (source, path, any) => {
          const result = editYaml(source, { path, value: any });
          const read = readYaml(result, 0, result.length);
          expect(read.problems).toEqual([]);
          const found = path.reduce<unknown>(
            (inner, key) => (inner as Record<string, unknown>)[key],
            read.value,
          );
          expect(found).toEqual(any);
        },
      ),
      { numRuns: 500, seed: 20_261_122 },
    );
  });
});
