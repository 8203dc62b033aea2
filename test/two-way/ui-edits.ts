/** One edit a teammate makes in the editor: what it does to the stored HTML, and to the lines of the file. */
export interface UiEdit {
  name: string;
  html(stored: string): string;
  lines: readonly (readonly [string, string])[];
}

function swap(from: string | RegExp, to: string): (html: string) => string {
  return (html) => html.replace(from, to);
}

/** The edits of the fixed list, at the start, in the middle and at the end of the article of the test. */
export const uiEdits: readonly UiEdit[] = [
  {
    name: 'a word, start',
    html: swap('Ein Klick', 'Ein Tipp'),
    lines: [['Ein Klick', 'Ein Tipp']],
  },
  { name: 'a word, middle', html: swap('verfällt', 'erlischt'), lines: [['verfällt', 'erlischt']] },
  {
    name: 'a word, end',
    html: swap('der letzte', 'der allerletzte'),
    lines: [['der letzte', 'der allerletzte']],
  },
  {
    name: 'a number',
    html: swap('24 Feldern', '25 Feldern'),
    lines: [['24 Feldern', '25 Feldern']],
  },
  {
    name: 'a link target',
    html: swap('https://example.com/link', 'https://example.com/neu'),
    lines: [['https://example.com/link', 'https://example.com/neu']],
  },
  {
    name: 'a link added',
    html: swap('Feldern', '<a href="https://example.com/feld">Feldern</a>'),
    lines: [['Feldern', '[Feldern](https://example.com/feld)']],
  },
  { name: 'bold added', html: swap('Stunde', '<b>Stunde</b>'), lines: [['Stunde', '**Stunde**']] },
  {
    name: 'an item added, start',
    html: swap(/<ul>(?=<li>)/, '<ul><li><p>nulltens</p></li>'),
    lines: [['* erstens', '* nulltens\n* erstens']],
  },
  {
    name: 'an item added, end',
    html: swap('</ul>', '<li><p>viertens</p></li></ul>'),
    lines: [['* drittens', '* drittens\n* viertens']],
  },
  {
    name: 'an item moved',
    html: swap(/(<li>.*?erstens.*?<\/li>)(<li>.*?<\/li>)/, '$2$1'),
    lines: [['* erstens\n* zweitens mit\n  Umbruch\n', '* zweitens mit\n  Umbruch\n* erstens\n']],
  },
  {
    name: 'an item removed',
    html: swap(/<li>(?:(?!<li>).)*drittens.*?<\/li>/, ''),
    lines: [['* drittens\n', '']],
  },
  { name: 'a table cell', html: swap(/>10</, '>12<'), lines: [['| Groß | 10 |', '| Groß | 12 |']] },
  {
    name: 'a table row added',
    html: swap('</tr></tbody>', '</tr><tr><td><p>Riesig</p></td><td><p>20</p></td></tr></tbody>'),
    lines: [['| Groß | 10 |\n', '| Groß | 10 |\n| Riesig | 20 |\n']],
  },
  {
    name: 'a header cell',
    html: swap('<b>Preis</b>', '<b>Kosten</b>'),
    lines: [['Preis', 'Kosten']],
  },
  {
    name: 'a heading text',
    html: swap('Passwort ändern', 'Passwort neu setzen'),
    lines: [['Passwort ändern', 'Passwort neu setzen']],
  },
  {
    name: 'a heading text that is linked to',
    html: swap('>Ende<', '>Schluss<'),
    lines: [['## Ende', '## Schluss {#ende}']],
  },
  {
    name: 'a heading level',
    html: (html) => html.replace(/<h1( id="[^"]*")>Ende<\/h1>/, '<h2$1>Ende</h2>'),
    lines: [['## Ende', '### Ende']],
  },
  {
    name: 'an image swapped',
    html: swap(/<img [^>]*>/, '<img src="https://example.com/b.png" alt="Ein Bild">'),
    lines: [['https://example.com/a.png', '<address of b.png>']],
  },
  {
    name: 'an image removed',
    html: swap(/<div class="intercom-container"><img [^>]*><\/div>/, ''),
    lines: [['![Ein Bild](https://example.com/a.png)\n\n', '']],
  },
  {
    name: 'a callout kind',
    html: swap(
      'background-color: #e3e7fa80; border-color: #334bfa33',
      'background-color: #feedaf80; border-color: #fbc91633',
    ),
    lines: [['[!NOTE]', '[!WARNING]']],
  },
  {
    name: 'a callout text',
    html: swap('im Urlaub', 'in den Ferien'),
    lines: [['im Urlaub', 'in den Ferien']],
  },
  { name: 'a code line', html: swap('npm start', 'npm test'), lines: [['npm start', 'npm test']] },
  {
    name: 'a paragraph added, start',
    html: (html) => `<p>Ganz neu.</p>${html}`,
    lines: [['Davor steht', 'Ganz neu.\n\nDavor steht']],
  },
  {
    name: 'a paragraph added, middle',
    html: swap('<ul>', '<p>Ganz neu.</p><ul>'),
    lines: [['* erstens', 'Ganz neu.\n\n* erstens']],
  },
  {
    name: 'a paragraph added, end',
    html: (html) => `${html}<p>Ganz neu.</p>`,
    lines: [['letzte Absatz.\n', 'letzte Absatz.\n\nGanz neu.\n']],
  },
  {
    name: 'a paragraph split',
    html: (html) => html.replace(', danach verfällt', ',</p><p class="no-margin">danach verfällt'),
    lines: [['Stunde,\ndanach', 'Stunde,\n\ndanach']],
  },
  {
    name: 'paragraphs joined',
    html: (html) => html.replace(/eins\.<\/p><p[^>]*>/, 'eins. '),
    lines: [['eins.\n\nEin', 'eins. Ein']],
  },
  {
    name: 'a paragraph moved',
    html: (html) => {
      const last = /<p[^>]*>Das war der letzte Absatz\.<\/p>/.exec(html)?.[0] ?? '';
      return last + html.replace(last, '');
    },
    lines: [
      ['Davor steht', 'Das war der letzte Absatz.\n\nDavor steht'],
      ['## Ende\n\nDas war der letzte Absatz.\n', '## Ende\n'],
    ],
  },
  {
    name: 'a paragraph removed',
    html: swap(/<p[^>]*>Das war der letzte Absatz\.<\/p>/, ''),
    lines: [['\nDas war der letzte Absatz.\n', '']],
  },
  {
    name: 'a collapsible title',
    html: swap('Mehr dazu', 'Noch mehr'),
    lines: [['Mehr dazu', 'Noch mehr']],
  },
  {
    name: 'a video added',
    html: swap(
      '<ul>',
      '<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe></div><ul>',
    ),
    lines: [['* erstens', 'https://www.youtube.com/watch?v=abcdefghijk\n\n* erstens']],
  },
  {
    name: 'a button text',
    html: swap('Los geht es', 'Jetzt anfangen'),
    lines: [['Los geht es', 'Jetzt anfangen']],
  },
];
