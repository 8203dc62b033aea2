import { describe, expect, test } from 'vitest';
import { mergeTexts } from '../../src/merge/merge-body.ts';
import { contextWith } from '../markdown/reading.ts';

const context = contextWith({
  variables: { product: 'Beispiel' },
  includes: { note: 'Included text.\n\nMore of it.\n' },
});
const labels = { ours: 'yours', theirs: 'live' };

function merged(base: string, ours: string, theirs: string) {
  return mergeTexts({ base, ours, theirs }, context, labels);
}

const article = `# Konto

Der Link ist 24 Stunden
gültig, *danach* verfällt [er][help]. <!-- check with legal -->

<!-- below: keep short -->

* eins
* zwei mit
  Umbruch
* drei

| A | B   |
|---|:---:|
| 1 | zwei |
|3|vier|

> [!note]
> Vorsicht mit {{ product }}
> und anderem.

{{> note }}

1) a
1) b

   b zwei

<details>
<summary>Mehr</summary>

Innen __fett__.

</details>

\`\`\`sh
npm ci
npm start
\`\`\`

[Los](https://example.com/go){.button}

[help]: https://example.com/help
`;

/** What theirs says, written by a machine: none of the writer's spelling. */
const plain = `# Konto

Der Link ist 24 Stunden gültig, *danach* verfällt [er](https://example.com/help).

- eins
- zwei mit Umbruch
- drei

| A | B |
| --- | :---: |
| 1 | zwei |
| 3 | vier |

> [!NOTE]
> Vorsicht mit Beispiel und anderem.

Included text.

More of it.

1. a
2. b

   b zwei

<details>
<summary>Mehr</summary>

Innen **fett**.

</details>

\`\`\`sh
npm ci
npm start
\`\`\`

[Los](https://example.com/go){.button}
`;

/** From what theirs reads, to what the file's lines become. */
const edits: readonly [string, [string, string], [string, string][]][] = [
  ['a word', ['24 Stunden', '24 Tage'], [['24 Stunden\n', '24 Tage\n']]],
  ['a number', ['24', '48'], [['24 ', '48 ']]],
  ['a heading', ['# Konto', '# Dein Konto'], [['# Konto', '# Dein Konto']]],
  ['a heading level', ['# Konto', '## Konto'], [['# Konto', '## Konto']]],
  ['bold', ['verfällt', '**verfällt**'], [['verfällt', '__verfällt__']]],
  [
    'a new link',
    ['verfällt', '[verfällt](https://example.com/x)'],
    [['verfällt', '[verfällt](https://example.com/x)']],
  ],
  ['an item added', ['- drei', '- drei\n- vier'], [['* drei', '* drei\n* vier']]],
  ['an item added first', ['- eins', '- null\n- eins'], [['* eins', '* null\n* eins']]],
  ['an item removed', ['- drei\n', ''], [['* drei\n', '']]],
  [
    'an item moved',
    ['- eins\n- zwei mit Umbruch\n', '- zwei mit Umbruch\n- eins\n'],
    [['* eins\n* zwei mit\n  Umbruch\n', '* zwei mit\n  Umbruch\n* eins\n']],
  ],
  ['a word of an item', ['zwei mit', 'zwei ohne'], [['zwei mit', 'zwei ohne']]],
  [
    'a numbered item added',
    ['2. b\n\n   b zwei\n', '2. b\n\n   b zwei\n\n3. c\n'],
    [['   b zwei\n', '   b zwei\n2) c\n']],
  ],
  ['a cell', ['| 3 | vier |', '| 3 | fünf |'], [['|3|vier|', '|3|fünf|']]],
  [
    'a row',
    ['| 3 | vier |\n', '| 3 | vier |\n| 5 | sechs |\n'],
    [['|3|vier|\n', '|3|vier|\n| 5 | sechs |\n']],
  ],
  ['callout text', ['und anderem', 'und allem'], [['und anderem', 'und allem']]],
  ['callout kind', ['[!NOTE]', '[!WARNING]'], [['[!note]', '[!warning]']]],
  ['a title of a collapsible', ['>Mehr<', '>Weniger<'], [['>Mehr<', '>Weniger<']]],
  ['text in a collapsible', ['Innen', 'Drinnen'], [['Innen', 'Drinnen']]],
  ['a line of code', ['npm start', 'npm test'], [['npm start', 'npm test']]],
  ['text of a button', ['[Los]', '[Weiter]'], [['[Los]', '[Weiter]']]],
  ['target of a button', ['/go)', '/stop)'], [['/go)', '/stop)']]],
  [
    'a paragraph added',
    ['- eins\n', '\nNeu.\n\n- eins\n'],
    [['\n<!-- below', '\nNeu.\n\n<!-- below']],
  ],
  [
    'a paragraph removed',
    ['[Los](https://example.com/go){.button}\n', ''],
    [['\n[Los](https://example.com/go){.button}\n', '']],
  ],
  [
    'a paragraph split',
    ['gültig, *danach*', 'gültig.\n\n*danach*'],
    [['gültig, *danach*', 'gültig.\n\n*danach*']],
  ],
  [
    'a video',
    ['1. a\n', 'https://vimeo.com/123456789\n\n1. a\n'],
    [['1) a\n', 'https://vimeo.com/123456789\n\n1) a\n']],
  ],
  [
    'text of an include',
    ['More of it', 'Less of it'],
    [['{{> note }}', 'Included text.\n\nLess of it.']],
  ],
];

describe('a change of theirs', () => {
  test('nothing changed: nothing is written, whatever the spelling', () => {
    expect(merged(plain, article, plain)).toMatchObject({ text: article, isChanged: false });
  });

  test.each(edits)('%s comes into its lines only', (_name, [from, to], lines) => {
    const theirs = plain.replace(from, to);
    expect(theirs).not.toBe(plain);
    const { text, conflicts, losses } = merged(plain, article, theirs);
    const expected = lines.reduce((file, [before, after]) => file.replace(before, after), article);
    expect(expected).not.toBe(article);
    expect(text).toBe(expected);
    expect({ conflicts, losses }).toEqual({ conflicts: [], losses: [] });
  });

  test.each(edits)('%s, when all else changed here', (_name, [from, to]) => {
    const ours = `Vorweg.\n\n${article}\nZum Schluss.\n`;
    const { text, conflicts } = merged(plain, ours, plain.replace(from, to));
    expect(conflicts).toEqual([]);
    expect(text).toContain('Vorweg.');
    expect(text).toContain('Zum Schluss.');
    expect(text).not.toBe(ours);
  });

  test('the blank line below the front matter stays, whatever comes first', () => {
    for (const theirs of ['Ganz anders.\n', 'Vorweg.\n\nEins.\n\nZwei.\n', 'Zwei.\n']) {
      const { text } = merged('Eins.\n\nZwei.\n', '\nEins.\n\nZwei.\n', theirs);
      expect(text).toBe(`\n${theirs}`);
    }
  });

  test('both made one change', () => {
    const ours = article.replace('24 Stunden', '48 Stunden');
    expect(merged(plain, ours, plain.replace('24', '48'))).toMatchObject({
      text: ours,
      conflicts: [],
    });
  });
});

describe('a conflict', () => {
  test('stands between markers when both changed one block', () => {
    const ours = article.replace('24 Stunden', '12 Stunden');
    const { text, conflicts } = merged(plain, ours, plain.replace('24', '48'));
    expect(conflicts).toMatchObject([{ line: 3 }]);
    expect(text).toBe(
      article.replace(
        'Der Link ist 24 Stunden\n',
        '<<<<<<< yours\nDer Link ist 12 Stunden\n=======\nDer Link ist 48 Stunden\n>>>>>>> live\n',
      ),
    );
  });

  test('is none when the neighbour was changed', () => {
    const ours = article.replace('* eins', '* EINS').replace('# Konto', '# KONTO');
    const { text, conflicts } = merged(
      plain,
      ours,
      plain.replace('24', '48').replace('- zwei', '- 2'),
    );
    expect(conflicts).toEqual([]);
    expect(text).toBe(ours.replace('24 Stunden', '48 Stunden').replace('* zwei mit', '* 2 mit'));
  });

  test('of a removed and a changed block shows both', () => {
    const theirs = plain.replace('[Los](https://example.com/go){.button}\n', '');
    const { text, conflicts } = merged(plain, article.replace('[Los]', '[Weg]'), theirs);
    expect(conflicts).toHaveLength(1);
    expect(text).toContain('<<<<<<< yours\n');
    expect(text).toContain('[Weg]');
  });

  test('of two blocks has two markers', () => {
    const ours = article.replace('24', '12').replace('npm start', 'npm run a');
    const theirs = plain.replace('24', '48').replace('npm start', 'npm run b');
    const { text, conflicts } = merged(plain, ours, theirs);
    expect(conflicts).toHaveLength(2);
    expect(text.match(/^<<<<<<< yours$/gm)).toHaveLength(2);
  });
});

describe('line ends', () => {
  test('stay as they are', () => {
    const ours = article.replace(/\n/g, '\r\n');
    const { text } = merged(plain, ours, plain.replace('24', '48'));
    expect(text).toBe(ours.replace('24', '48'));
  });
});
