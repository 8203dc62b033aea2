import { describe, expect, it } from 'vitest';
import { passages } from '../../src/fin/index.ts';
import { textOf, textsOf } from './texts.ts';

describe('passages', () => {
  it('cuts by heading; the introduction belongs to the title', async () => {
    const text = await textOf(
      'Zu Beginn.\n\n## Erstens {#eins}\n\nEins.\n\n### Genauer\n\nDrei.\n\n## Zweitens\n\nZwei.\n',
    );
    expect(
      passages(text).map(({ heading, anchor, trail, text: words }) => [
        heading,
        anchor,
        trail,
        words,
      ]),
    ).toEqual([
      ['Titel', null, [], 'Zu Beginn.'],
      ['Erstens', 'eins', ['Erstens'], 'Eins.'],
      ['Genauer', 'genauer', ['Erstens', 'Genauer'], 'Drei.'],
      ['Zweitens', 'zweitens', ['Zweitens'], 'Zwei.'],
    ]);
  });

  it('keeps what readers see: cells, code, callouts, collapsible parts, alt texts', async () => {
    const [passage] = passages(
      await textOf(
        [
          '| Tarif | Preis |\n|---|---|\n| Start | 9 € |',
          '```sh\nkb publish\n```',
          '> [!NOTE]\n> Achtung.',
          '<details><summary>Mehr</summary>\n\nVersteckt.\n\n</details>',
          '![Ein Bild](https://example.com/b.png) und [Text](https://example.com).',
        ].join('\n\n'),
      ),
    );
    for (const words of [
      'Start\t9 €',
      'kb publish',
      'Achtung.',
      'Mehr\nVersteckt.',
      'Ein Bild und Text.',
    ]) {
      expect(passage?.text).toContain(words);
    }
  });

  it('cuts long sections at their blocks, and loses no word', async () => {
    const paragraphs = Array.from({ length: 12 }, (_, n) => `Absatz${n} ${'wort '.repeat(99)}`);
    const items = Array.from({ length: 40 }, (_, n) => `- Punkt${n} ${'wort '.repeat(19)}`);
    const text = await textOf(
      `## Lang\n\n${paragraphs.join('\n\n')}\n\n## Liste\n\n${items.join('\n')}\n`,
    );
    const found = passages(text);
    const all = found.map((passage) => passage.text).join('\n');
    for (let n = 0; n < 12; n += 1) expect(all).toContain(`Absatz${n} wort`);
    for (let n = 0; n < 40; n += 1) expect(all).toContain(`Punkt${n} wort`);
    for (const passage of found) {
      expect(passage.text.split(/\s+/).length).toBeLessThanOrEqual(300);
    }
    expect(found.filter(({ heading }) => heading === 'Lang').length).toBeGreaterThan(4);
    expect(found.filter(({ heading }) => heading === 'Liste').length).toBeGreaterThan(2);
  });

  it('leaves one block whole, however long: half a sentence answers nothing', async () => {
    const found = passages(await textOf(`Anfang.\n\n${'wort '.repeat(600)}\n`));
    expect(found.map(({ text }) => text.split(/\s+/).length)).toEqual([1, 600]);
  });

  it('finds an article by its title even when its body starts with a heading', async () => {
    const [text] = await textsOf('de', {
      a: { title: 'Konto', body: '## Erstens\n\nEins.\n', keys: { description: 'Alles dazu.' } },
    });
    expect(
      text === undefined ? [] : passages(text).map(({ heading, text: words }) => [heading, words]),
    ).toEqual([
      ['Konto', 'Alles dazu.'],
      ['Erstens', 'Eins.'],
    ]);
  });
});
