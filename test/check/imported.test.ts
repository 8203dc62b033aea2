import { describe, expect, it } from 'vitest';
import { checked, german } from './checked.ts';

const imported = {
  source: '{ system: zendesk, id: "1", segment: null }',
  redirects: '[https://help.example.com/hc/de/articles/1]',
};

describe('file-left-behind', () => {
  it('holds texts whose files still lie in the old help center', async () => {
    const body = [
      '![Bild](https://help.example.com/hc/article_attachments/7)',
      '[Liste](https://acme.zendesk.com/hc/de/article_attachments/8/liste.pdf)',
      '<img src="https://acme.zendesk.com/attachments/token/x/?name=a.png" alt="a" width="3">',
      '![](https://acme.zendesk.com/guide-media/01ABCDEFGHJKMNPQRSTVWXYZ00)',
      '[fremd](https://other.example.org/hc/article_attachments/9) [Artikel](https://help.example.com/hc/de/articles/2)',
    ].join('\n\n');
    const { told, invalid } = await checked({
      'a.de.md': german('a', `${body}\n`, imported),
      'b.de.md': german('b', `${body}\n`),
    });
    expect(told('file-left-behind').map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
      ...['a.de.md:8', 'a.de.md:10', 'a.de.md:12', 'a.de.md:14'],
    ]);
    expect([...invalid.articles.keys()]).toEqual(['a']);
    expect(invalid.articles.get('a')?.whole).toBeNull();
  });
});

describe('conflict-marker', () => {
  const markers = (own: string): string =>
    `Davor.\n<<<<<<< HEAD\n${own}\n=======\nDort.\n>>>>>>> Zendesk\n`;

  it('is told with its line, wherever a merge left it', async () => {
    const { told, invalid } = await checked({
      'a.de.md': german('a', markers('Hier.')),
      'b.de.md': german('b', `{{> teil }}\n`),
      '_includes/teil.de.md': markers('> [!NOTE]\n> Hier.').replaceAll('\n', '\r\n'),
    });
    expect(told('conflict-marker')).toEqual([
      '_includes/teil.de.md:2 a merge is not finished here: both versions stand in the text',
      'a.de.md:7 a merge is not finished here: both versions stand in the text',
    ]);
    expect([...invalid.articles.keys()].toSorted()).toEqual(['a', 'b']);
  });

  it('may be shown in code, and alone it is no merge', async () => {
    const { told } = await checked({
      'a.de.md': german('a', `\`\`\`\n${markers('x')}\`\`\`\n\n    <<<<<<< a\n    >>>>>>> b\n`),
      'b.de.md': german('b', '<<<<<<< nur ein Pfeil\n\n\\<<<<<<< a\n\n>>>>>>> b\n'),
    });
    expect(told('conflict-marker')).toEqual([]);
  });
});
