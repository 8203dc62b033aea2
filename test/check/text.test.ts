import { describe, expect, it } from 'vitest';
import { checked, german } from './checked.ts';

describe('heading-order', () => {
  it('wants the first heading at level 2 and no level skipped', async () => {
    const { told, findings } = await checked({
      'a.de.md': german('a', '## Eins\n\n#### Vier\n\n## Zwei\n\n### Drei\n\n# Oben\n\nText.\n'),
      'b.de.md': german('b', '### Drei\n\nText.\n'),
    });
    expect(told('heading-order')).toEqual([
      'a.de.md:8 "Vier" is of level 4, directly below level 2: use ###',
      'a.de.md:14 "Oben" is a heading of level 1, which the title is already: use ##',
      'b.de.md:6 "Drei" is of level 3, directly below the title: use ##',
    ]);
    expect(findings.every(({ severity }) => severity === 'warn')).toBe(true);
  });
});

describe('list-start', () => {
  it('sees a list that was interrupted', async () => {
    const { findings } = await checked({
      'a.de.md': german('a', '1. Eins\n2. Zwei\n\nEin Bild dazwischen.\n\n3. Drei\n4. Vier\n'),
      'b.de.md': german('b', '1. Eins\n\n   Gehört dazu.\n\n2. Zwei\n\nEnde.\n\n1. Neu\n'),
      'c.de.md': german('c', 'Ab drei:\n\n3. Drei\n'),
      'd.de.md': german('d', '> 1. Eins\n>\n> Text.\n>\n> 2. Zwei\n'),
    });
    expect(
      findings
        .filter(({ rule }) => rule === 'list-start')
        .map(({ file, line, column }) => [file, line, column]),
    ).toEqual([
      ['a.de.md', 11, 1],
      ['d.de.md', 10, 3],
    ]);
  });
});

describe('empty', () => {
  it('is an error once published, a warning in a draft', async () => {
    const { findings } = await checked({
      'a.de.md': german('a', '\n'),
      'b.de.md': german('b', '<!-- nur ein Kommentar -->\n', { publication: 'draft' }),
      'c.de.md': german('c', '\u00a0\n\n---\n'),
      'd.de.md': german('d', 'https://youtu.be/abcdefghijk\n'),
      'e.de.md': german('e', '![](https://example.com/e.png)\n'),
      'f.de.md': german('f', '👍\n'),
    });
    expect(
      findings.filter(({ rule }) => rule === 'empty').map(({ file, severity }) => [file, severity]),
    ).toEqual([
      ['a.de.md', 'error'],
      ['b.de.md', 'warn'],
      ['c.de.md', 'error'],
    ]);
  });
});

describe('placeholder', () => {
  it('finds what only keeps a place', async () => {
    const { findings } = await checked({
      'a.de.md': german('a', 'Gut.\n\nLorem ipsum dolor sit amet.\n'),
      'b.de.md': german('b', 'Lorem ipsum.\n', { publication: 'draft' }),
      'c.de.md': german('c', 'Hier fehlt etwas (TODO Anna).\n'),
      'd.de.md': german('d', '## Neu\n\nHier Text einfügen …\n'),
      'e.de.md': german('e', 'Siehe [insert text here].\n'),
      'f.de.md': german('f', 'Text.\n', { title: 'TBD', description: 'Ab TBD.' }),
    });
    expect(
      findings
        .filter(({ rule }) => rule === 'placeholder')
        .map(({ file, line, column, severity, message }) => [
          `${file}:${line}:${column}`,
          severity,
          message,
        ]),
    ).toEqual([
      ['a.de.md:8:1', 'error', 'the text holds a placeholder: "Lorem ipsum"'],
      ['b.de.md:7:1', 'warn', 'the text holds a placeholder: "Lorem ipsum"'],
      ['c.de.md:6:19', 'warn', 'the text holds a placeholder: "TODO"'],
      ['d.de.md:8:1', 'warn', 'the text holds a placeholder: "Hier Text einfügen …"'],
      ['e.de.md:6:7', 'warn', 'the text holds a placeholder: "[insert text here]"'],
      ['f.de.md:3:8', 'warn', 'the title holds a placeholder: "TBD"'],
      ['f.de.md:4:14', 'warn', 'the description holds a placeholder: "TBD"'],
    ]);
  });

  it('leaves code, other languages and instructions alone', async () => {
    const { told } = await checked({
      'a.de.md': german(
        'a',
        'Mit `TODO` markieren:\n\n```\nTODO: Lorem ipsum\n```\n\nTodo es posible. Sie können hier Text einfügen und fertig. XXL.\n',
      ),
    });
    expect(told('placeholder')).toEqual([]);
  });
});

describe('lengths', () => {
  it('warns above what reads well, and refuses above what is stored', async () => {
    const { findings } = await checked({
      'a.de.md': german('a', 'Text.\n', { title: 'ü'.repeat(90), description: 'ü'.repeat(140) }),
      'b.de.md': german('b', 'Text.\n', { title: 'ü'.repeat(91), description: 'ü'.repeat(141) }),
      'c.de.md': german('c', 'Text.\n', { title: '👍'.repeat(256), description: '👍'.repeat(256) }),
      'k/_collection.yaml': `id: k\nde:\n  title: ${'x'.repeat(91)}\nen:\n  title: K\n`,
    });
    expect(
      findings
        .filter(({ rule }) => rule.endsWith('-length'))
        .map(({ file, line, rule, severity, message }) => [file, line, rule, severity, message]),
    ).toEqual([
      ['b.de.md', 3, 'title-length', 'warn', 'the title has 91 characters (better at most 90)'],
      [
        'b.de.md',
        4,
        'description-length',
        'warn',
        'the description has 141 characters (better at most 140)',
      ],
      ['c.de.md', 3, 'title-length', 'error', 'the title has 256 characters (at most 255)'],
      [
        'c.de.md',
        4,
        'description-length',
        'error',
        'the description has 256 characters (at most 255)',
      ],
      [
        'k/_collection.yaml',
        3,
        'title-length',
        'warn',
        'the title has 91 characters (better at most 90)',
      ],
    ]);
  });

  it('refuses a text that nobody can read any more', async () => {
    const { told } = await checked({
      'a.de.md': german('a', 'Ein Absatz, der sich wiederholt.\n\n'.repeat(40_000)),
      'b.de.md': german('b', 'Ein Absatz, der sich wiederholt.\n\n'.repeat(2_000)),
    });
    expect(told('body-length')).toHaveLength(1);
    expect(told('body-length')[0]).toMatch(/^a\.de\.md:1 the text has \d\.\d MB/);
  });
});
