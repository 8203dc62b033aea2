import { describe, expect, test } from 'vitest';
import { defaultProfile, type Profile } from '../../src/model/profile.ts';
import { someProfiles } from '../markdown/profiles.ts';
import { callout, collapsible, listItem } from '../support/containers.ts';
import { proof, share } from '../support/proof.ts';
import { article, type Situation, situation } from '../support/workspace.ts';

/** A real change, as a teammate makes it in Intercom: on the body as it is stored. */
interface Edit {
  name: string;
  /** What stands in the article; `html` where a table cell says it in HTML, null where it cannot. */
  markdown: string;
  html: string | null;
  edit(stored: string): string;
}

const swap = (from: string | RegExp, to: string) => (stored: string) => stored.replace(from, to);
const a = 'https://example.com/a';
const b = 'https://example.com/b';

/** Exchanges two pieces that follow each other. */
function exchange(first: RegExp, second: RegExp): Edit['edit'] {
  return (stored) => {
    const one = first.exec(stored)?.[0] ?? '';
    const two = second.exec(stored)?.[0] ?? '';
    return stored.replace(one, '\u0000').replace(two, one).replace('\u0000', two);
  };
}

const edits: readonly Edit[] = [
  { name: 'a letter', markdown: 'Der Text.', html: '<p>Der Text.</p>', edit: swap('Text', 'Test') },
  {
    name: 'a number',
    markdown: 'In 24 Tagen.',
    html: '<p>In 24 Tagen.</p>',
    edit: swap('24', '25'),
  },
  {
    name: 'a link target',
    markdown: `Siehe [hier](${a}).`,
    html: `<p>Siehe <a href="${a}">hier</a>.</p>`,
    edit: swap(a, b),
  },
  {
    name: 'the article a link leads to',
    markdown: 'Siehe [hier](ziel.de.md).',
    html: null,
    edit: swap(/(\/articles\/)(\d+)/, '$19999'),
  },
  {
    name: 'the heading an anchor points to',
    markdown: '## Eins {#eins}\n\n## Zwei {#zwei}\n\nSiehe [hier](#eins).',
    html: null,
    edit(stored) {
      const ids = [...stored.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      const now = /href="[^"]*#([^"]+)"/.exec(stored)?.[1];
      return stored.replace(`#${now}`, `#${ids.findLast((id) => id !== now)}`);
    },
  },
  {
    name: 'bold on',
    markdown: 'So und so.',
    html: '<p>So und so.</p>',
    edit: swap('und', '<b>und</b>'),
  },
  {
    name: 'bold off',
    markdown: 'So **und** so.',
    html: '<p>So <b>und</b> so.</p>',
    edit: swap(/<(b|strong)>und<\/\1>/, 'und'),
  },
  {
    name: 'italic on',
    markdown: 'So und so.',
    html: '<p>So und so.</p>',
    edit: swap('und', '<i>und</i>'),
  },
  {
    name: 'italic off',
    markdown: 'So *und* so.',
    html: '<p>So <i>und</i> so.</p>',
    edit: swap(/<(i|em)>und<\/\1>/, 'und'),
  },
  {
    name: 'emphasis moved by one word',
    markdown: 'So **und** so.',
    html: '<p>So <b>und</b> so.</p>',
    edit: swap(/<(b|strong)>und<\/\1> so/, 'und <b>so</b>'),
  },
  {
    name: 'emphasis longer by one word',
    markdown: 'So **und** so.',
    html: '<p>So <b>und</b> so.</p>',
    edit: swap(/<(b|strong)>und<\/\1> so/, '<b>und so</b>'),
  },
  {
    name: 'heading text',
    markdown: '## Eins\n\nText.\n\n## Zwei\n\nText.',
    html: null,
    edit: swap('Zwei', 'Drei'),
  },
  {
    name: "a heading's level against its siblings",
    markdown: '## Eins\n\nText.\n\n## Zwei\n\nText.',
    html: null,
    edit: (stored) =>
      stored.replace(/<h(\d)( [^>]*)?>Zwei<\/h\d>/, (_, level, rest = '') => {
        const next = Number(level) + 1;
        return `<h${next}${rest}>Zwei</h${next}>`;
      }),
  },
  {
    name: 'a heading made a paragraph',
    markdown: '## Eins\n\nText.',
    html: null,
    edit: swap(/<h\d[^>]*>Eins<\/h\d>/, '<p>Eins</p>'),
  },
  {
    name: 'a list item moved',
    markdown: '- eins\n- zwei\n- drei',
    html: '<ul><li>eins</li><li>zwei</li><li>drei</li></ul>',
    edit: exchange(/eins/, /zwei/),
  },
  {
    name: 'a list item taken away',
    markdown: '- eins\n- zwei\n- drei',
    html: '<ul><li>eins</li><li>zwei</li><li>drei</li></ul>',
    edit: swap(/<li>(?:(?!<li>).)*zwei.*?<\/li>/, ''),
  },
  {
    name: 'list kind',
    markdown: '- eins\n- zwei',
    html: '<ul><li>eins</li><li>zwei</li></ul>',
    edit: (stored) => {
      const at = stored.lastIndexOf('<ul');
      const end = stored.indexOf('</ul>', at);
      return `${stored.slice(0, at)}<ol${stored.slice(at + 3, end)}</ol>${stored.slice(end + 5)}`;
    },
  },
  {
    name: 'a table cell',
    markdown: '| A | B |\n|---|---|\n| eins | zwei |',
    html: null,
    edit: swap('zwei', 'drei'),
  },
  {
    name: 'columns swapped',
    markdown: '| A | B |\n|---|---|\n| eins | zwei |',
    html: null,
    edit: (stored) => exchange(/eins/, /zwei/)(exchange(/(?<=>)A(?=<)/, /(?<=>)B(?=<)/)(stored)),
  },
  {
    name: 'image swapped',
    markdown: '![Bild](assets/eins.png) ![Bild](assets/zwei.png)',
    html: '<p><img src="assets/eins.png" alt="Bild"> <img src="assets/zwei.png" alt="Bild"></p>',
    edit: exchange(/(?<=src=")[^"]*eins[^"]*/, /(?<=src=")[^"]*zwei[^"]*/),
  },
  {
    name: 'callout kind',
    markdown: callout('NOTE', 'Wichtig.'),
    html: null,
    edit: swap(
      /style="background-color: #e3e7fa80; border-color: #334bfa33;"(?!.*#e3e7fa80)/,
      'style="background-color: #fed9db80; border-color: #fd3a5733;"',
    ),
  },
  {
    name: 'a character in code',
    markdown: '```\nnpm ci\nnpm start\n```',
    html: '<pre>npm ci\nnpm start</pre>',
    edit: swap('npm ci', 'npm cd'),
  },
  {
    name: 'a line break in code',
    markdown: '```\nnpm ci\nnpm start\n```',
    html: '<pre>npm ci\nnpm start</pre>',
    edit: swap(/npm ci(<br ?\/?>|\n)/, 'npm ci '),
  },
  {
    name: 'a line break added in code',
    markdown: '```\nnpm ci\nnpm start\n```',
    html: '<pre>npm ci\nnpm start</pre>',
    edit: swap('npm start', 'npm<br>start'),
  },
  {
    name: 'video',
    markdown: 'https://www.youtube.com/watch?v=abcdefghijk',
    html: null,
    edit: swap('abcdefghijk', 'kjihgfedcba'),
  },
  { name: 'button target', markdown: `[Los](${a}){.button}`, html: null, edit: swap(a, b) },
  {
    name: 'a button made a link',
    markdown: `[Los](${a}){.button}`,
    html: null,
    edit: swap('intercom-h2b-button', 'intercom-content-link'),
  },
  {
    name: 'collapsible title',
    markdown: collapsible('Mehr dazu', 'Text.'),
    html: null,
    edit: swap('Mehr dazu', 'Mehr davon'),
  },
  {
    name: 'a paragraph removed',
    markdown: 'Eins.\n\nZwei.\n\nDrei.',
    html: '<p>Eins.</p><p>Zwei.</p><p>Drei.</p>',
    edit: swap(/<p[^>]*>Zwei\.<\/p>/, ''),
  },
  {
    name: 'a paragraph moved',
    markdown: 'Eins.\n\nZwei.\n\nDrei.',
    html: '<p>Eins.</p><p>Zwei.</p><p>Drei.</p>',
    edit: exchange(/Eins\./, /Zwei\./),
  },
  {
    name: 'two paragraphs made one',
    markdown: 'Eins.\n\nZwei.',
    html: '<p>Eins.</p><p>Zwei.</p>',
    edit: swap(/Eins\.<\/p>.*?<p[^>]*>Zwei/, 'Eins. Zwei'),
  },
];

const places: readonly { name: string; wrap(edit: Edit): string | null }[] = [
  { name: 'alone', wrap: ({ markdown }) => markdown },
  { name: 'in a list', wrap: ({ markdown }) => `${listItem('- ', markdown)}\n- letzter` },
  {
    name: 'in a table cell',
    wrap: ({ html }) =>
      html === null ? null : `<table><tr><td>X</td><td>${html}</td></tr></table>`,
  },
  { name: 'in a callout', wrap: ({ markdown }) => callout('TIP', markdown) },
  { name: 'in a collapsible', wrap: ({ markdown }) => collapsible('Auf', markdown) },
];

interface Case {
  path: string;
  title: string;
  markdown: string;
  edit: Edit['edit'];
}

const cases: readonly Case[] = places
  .flatMap((place) => edits.map((edit) => ({ place, edit, markdown: place.wrap(edit) })))
  .flatMap(({ place, edit, markdown }, index) =>
    markdown === null
      ? []
      : [{ path: `p${index}`, title: `${edit.name}, ${place.name}`, markdown, edit: edit.edit }],
  );

const png = (last: number) => Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, last]);

async function published(profile: Profile): Promise<Situation> {
  const there = await situation({
    isValidated: false,
    isWatched: false,
    files: Object.assign(
      { 'assets/eins.png': png(1), 'assets/zwei.png': png(2) },
      article('ziel', { de: { title: 'Ziel' } }),
      ...cases.map(({ path, title, markdown }) =>
        article(path, { de: { title, body: `${markdown}\n` } }),
      ),
    ),
  });
  await there.setHabits(profile);
  await there.review();
  await there.publish();
  return there;
}

/** Without flattening of what an edit is about, and without refusing: those texts are not stored at all. */
const profiles = someProfiles(30)
  .filter(({ profile }) => profile.nestedLists === 'kept')
  .filter(({ profile }) => profile.callouts === 'kept' && profile.details === 'kept');

describe.each(share(profiles, ['no rewriting', 'default']))('habits: $name', ({ profile }) => {
  test('every real change of a stored body is drift, wherever it stands', async () => {
    const there = await published(profile);
    const known = new Set(Object.keys((await there.ledger()).articles));
    const live = new Map((await there.liveArticles()).map((item) => [item.title, item]));
    expect(await there.drift()).toEqual([]);
    const edited = cases.filter(({ path }) => known.has(path));
    expect(edited.length).toBeGreaterThan(cases.length * 0.9);
    const idle: string[] = [];
    for (const { title, edit } of edited) {
      const item = live.get(title);
      const body = edit(item.translated_content.de.body);
      if (body === item.translated_content.de.body) idle.push(`${title}: ${body}`);
      await there.editThere(item.id, { translated_content: { de: { body } } });
    }
    expect(idle).toEqual([]);
    const drift = await there.drift();
    const seen = new Set(
      drift
        .filter((item) => item.kind === 'edited' && item.fields.some((f) => f.name === 'body'))
        .map((item) => item.id),
    );
    const unseen = edited.filter(({ path }) => !seen.has(path)).map(({ title }) => title);
    expect(unseen).toEqual([]);
    const held = new Set(
      (await there.plan()).held.filter((item) => item.kind === 'drift').map((item) => item.id),
    );
    expect(edited.filter(({ path }) => !held.has(path)).map(({ title }) => title)).toEqual([]);
    expect(drift.length).toBe(edited.length);
    proof('strict: real changes seen', edited.length);
  });
});

test('saving a body again as it was read is no drift', async () => {
  const there = await published(defaultProfile);
  for (const item of await there.liveArticles()) {
    const { body } = item.translated_content.de;
    await there.editThere(item.id, { translated_content: { de: { body } } });
  }
  expect(await there.drift()).toEqual([]);
  expect((await there.plan()).changes).toEqual([]);
});
