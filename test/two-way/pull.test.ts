import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pullCommand } from '../../src/commands/pull.ts';
import { isEmpty } from '../../src/plan/plan.ts';
import { isProof } from '../support/proof.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';
import { uiEdits } from './ui-edits.ts';

const body = `Davor steht eins.

Ein Klick auf **Konto** öffnet die
Seite mit 24 Feldern. <!-- counted in May -->

## Passwort ändern

Der [Link](https://example.com/link) gilt *eine* Stunde,
danach verfällt er. Siehe auch [unten](#ende) und [die andere](andere.de.md).

* erstens
* zweitens mit
  Umbruch
* drittens

| Plan | Preis |
|------|------:|
| Klein | 5 |
| Groß | 10 |

![Ein Bild](https://example.com/a.png)

> [!NOTE]
> Vorsicht bei {{ product }}
> im Urlaub.

\`\`\`sh
npm ci
npm start
\`\`\`

<details>
<summary>Mehr dazu</summary>

Innen steht noch mehr.

</details>

[Los geht es](https://example.com/los){.button}

## Ende

Das war der letzte Absatz.
`;

const config = workspaceConfig(
  'variables: { product: { de: Beispiel, en: Example } }\nguards: { updatePercent: 100 }\n',
);

const files = {
  ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
  ...article('hilfe/konto', { de: { title: 'Konto', body } }),
  ...article('hilfe/andere', { de: { title: 'Andere' } }),
};

async function published(): Promise<Situation> {
  const there = await situation({ files, config, isValidated: false, isWatched: false });
  await there.review();
  await there.publish({ allow: ['first-publish'] });
  return there;
}

async function pull(there: Situation, items: readonly string[] = []) {
  return pullCommand(there.context(), { items, branch: false, remove: false });
}

async function fileOf(there: Situation, path = 'hilfe/konto.de.md'): Promise<string> {
  return readFile(join(there.contentDir, path), 'utf8');
}

async function bodyOf(there: Situation): Promise<string> {
  const text = await fileOf(there);
  return text.slice(text.indexOf('---\n', 4) + 4).replace(/^\n/, '');
}

/** A teammate changes the stored HTML of the article. */
async function edit(there: Situation, change: (html: string) => string): Promise<void> {
  const live = await there.liveArticle('Konto');
  const html: string = live.translated_content.de.body;
  const after = change(html);
  expect(after, html).not.toBe(html);
  await there.editThere(live.id, { translated_content: { de: { body: after } } });
}

async function expectSettled(there: Situation): Promise<void> {
  await there.review();
  await there.publish();
  const plan = await there.plan();
  expect(plan.held).toEqual([]);
  expect(plan.changes).toEqual([]);
  expect(isEmpty(plan)).toBe(true);
}

/** All when proving, else every n-th: test/two-way/cross.test.ts has every one without a workspace. */
function some<T>(all: readonly T[], every: number): T[] {
  return all.filter((_, index) => isProof || index % every === 0);
}

describe('an edit in the UI', () => {
  test.each(uiEdits)('$name: is in its lines and settles', async ({ name, html, lines }) => {
    const there = await published();
    const before = await bodyOf(there);
    await edit(there, html);
    const result = await pull(there);
    expect(result.conflicts).toEqual([]);
    const expected = lines.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    }, before);
    // Intercom takes new images into its own store: their address there is what is known.
    const found = (await bodyOf(there)).replace(
      /https:\/\/downloads\.intercomcdn\.eu\/[^\s)?]*\/b\.png/,
      '<address of b.png>',
    );
    expect(found).toBe(expected);
    // Bytes of an image that only has an address are not to be had: that is told.
    const losses = name === 'an image swapped' ? [{ construct: 'image', action: 'kept' }] : [];
    expect(result.files).toMatchObject([{ file: 'hilfe/konto.de.md', action: 'updated', losses }]);
    await expectSettled(there);
  });
});

describe('an edit in the UI and one here', () => {
  test.each(some(uiEdits, 6))(
    '$name: other blocks changed here, nothing in dispute',
    async ({ html }) => {
      const there = await published();
      await edit(there, html);
      await there.write({
        'hilfe/konto.de.md': (await fileOf(there)).replace('---\n\n', '---\n\nHier neu davor.\n\n'),
      });
      const before = await bodyOf(there);
      const result = await pull(there);
      expect(result.conflicts).toEqual([]);
      expect(await bodyOf(there)).not.toBe(before);
      expect(await bodyOf(there)).toMatch(/^(?:[^\n]*\n\n)?Hier neu davor\.\n/);
      await expectSettled(there);
    },
  );

  test('one block changed on both sides stands between markers, and is held until it is settled', async () => {
    const there = await published();
    await edit(there, (html) => html.replace('24 Feldern', '30 Feldern'));
    await there.change('hilfe/konto.de.md', '24 Feldern', '48 Feldern');
    const result = await pull(there);
    expect(result.conflicts).toMatchObject([{ file: 'hilfe/konto.de.md', id: 'hilfe-konto' }]);
    expect(await bodyOf(there)).toContain(
      '<<<<<<< here\nSeite mit 48 Feldern. <!-- counted in May -->\n=======\nSeite mit 30 Feldern. <!-- counted in May -->\n>>>>>>> Intercom\n',
    );
    const line = (await fileOf(there)).split('\n').indexOf('<<<<<<< here') + 1;
    expect(result.conflicts[0]?.line).toBe(line);
    await there.change(
      'hilfe/konto.de.md',
      /<<<<<<< here\n(.*)\n=======\n.*\n>>>>>>> Intercom\n/,
      '$1\n',
    );
    await expectSettled(there);
    const live = await there.liveArticle('Konto');
    expect(live.translated_content.de.body).toContain('48 Feldern');
  });

  /** For edits of one block: another change of that same block here. */
  const here: Readonly<Record<string, readonly [string, string]>> = {
    'a word, start': ['Klick', 'Druck'],
    'a word, middle': ['verfällt', 'endet'],
    'a word, end': ['der letzte', 'der allererste'],
    'a number': ['24 Feldern', '48 Feldern'],
    'a link target': ['danach', 'später'],
    'a link added': ['24 Feldern', '48 Feldern'],
    'bold added': ['danach', 'später'],
    'an item removed': ['drittens', 'zuletzt'],
    'a table cell': ['| Groß | 10 |', '| Groß | 11 |'],
    'a heading text': ['Passwort ändern', 'Kennwort ändern'],
    'an image swapped': ['a.png', 'c.png'],
    'an image removed': ['Ein Bild', 'Kein Bild'],
    'a callout text': ['im Urlaub', 'im Herbst'],
    'a code line': ['npm start', 'npm run dev'],
    'a paragraph split': ['danach', 'später'],
    'paragraphs joined': ['eins.', 'zwei.'],
    'a paragraph moved': ['der letzte', 'der allerletzte'],
    'a paragraph removed': ['der letzte', 'der allerletzte'],
    'a collapsible title': ['Mehr dazu', 'Viel mehr'],
    'a button text': ['Los geht es', 'Weiter geht es'],
  };

  test.each(
    some(
      uiEdits.filter(({ name }) => name in here),
      4,
    ),
  )(
    '$name: the same block changed here is one conflict, and nothing of either side is lost',
    async ({ name, html }) => {
      const there = await published();
      await edit(there, html);
      const [from = '', to = ''] = here[name] ?? [];
      await there.change('hilfe/konto.de.md', from, to);
      const { conflicts } = await pull(there);
      expect(conflicts).toHaveLength(1);
      const text = await bodyOf(there);
      expect(text).toMatch(/^<<<<<<< here$[\s\S]*^=======$[\s\S]*^>>>>>>> Intercom$/m);
      expect(text).toContain(to);
    },
  );

  test('the same change on both sides is none', async () => {
    const there = await published();
    await edit(there, (html) => html.replace('24 Feldern', '30 Feldern'));
    await there.change('hilfe/konto.de.md', '24 Feldern', '30 Feldern');
    const before = await fileOf(there);
    expect(await pull(there)).toMatchObject({ files: [], conflicts: [] });
    expect(await fileOf(there)).toBe(before);
    await expectSettled(there);
  });

  test('two edits at once, of a file that was reformatted', async () => {
    const there = await published();
    await edit(there, (html) =>
      html.replace('24 Feldern', '30 Feldern').replace('drittens', 'zuletzt'),
    );
    await there.change('hilfe/konto.de.md', 'öffnet die\nSeite', 'öffnet\ndie Seite');
    await there.change(
      'hilfe/konto.de.md',
      '* erstens\n* zweitens mit\n  Umbruch\n* drittens',
      '-   erstens\n-   zweitens mit Umbruch\n-   drittens',
    );
    const before = await bodyOf(there);
    expect(await pull(there)).toMatchObject({ conflicts: [] });
    expect(await bodyOf(there)).toBe(
      before.replace('24 Feldern', '30 Feldern').replace('drittens', 'zuletzt'),
    );
    await expectSettled(there);
  });

  test('title, description and publication come into the front matter', async () => {
    const there = await published();
    const live = await there.liveArticle('Konto');
    await there.editThere(live.id, {
      translated_content: { de: { title: 'Dein Konto', description: 'Neu.', state: 'draft' } },
    });
    expect(await pull(there)).toMatchObject({ conflicts: [], files: [{ action: 'updated' }] });
    const text = await fileOf(there);
    expect(text).toMatch(/^title: "?Dein Konto"?$/m);
    expect(text).toMatch(/^description: Neu\.$/m);
    expect(text).toMatch(/^publication: draft$/m);
    await expectSettled(there);
  });
});

describe('what was made in the UI', () => {
  test('becomes files, and is known from then on', async () => {
    const there = await published();
    const parent = (await there.liveCollections())[0].id;
    await there.createThere({
      title: 'Neues aus der Küche',
      description: 'Kurz.',
      body: '<h2>Eins</h2><p>Text mit <b>Nachdruck</b>.</p><ul><li><p>a</p></li></ul>',
      state: 'published',
      parent_id: Number(parent),
      parent_type: 'collection',
    });
    const result = await pull(there);
    expect(result.files).toMatchObject([
      { file: 'hilfe/neues-aus-der-kueche.de.md', action: 'created', losses: [] },
    ]);
    expect(await fileOf(there, 'hilfe/neues-aus-der-kueche.de.md')).toContain(
      '\n## Eins\n\nText mit **Nachdruck**.\n\n- a\n',
    );
    await expectSettled(there);
    expect(await there.liveArticles()).toHaveLength(3);
  });

  test('and what was deleted or moved there is told', async () => {
    const there = await published();
    await there.deleteThere((await there.liveArticle('Andere')).id);
    expect(await pull(there)).toMatchObject({
      files: [],
      left: [{ id: 'hilfe-andere', reason: 'deleted in Intercom' }],
    });
  });
});
