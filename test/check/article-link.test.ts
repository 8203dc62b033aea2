import { describe, expect, it } from 'vitest';
import { linkTo, parseLink } from '../../src/check/article-link.ts';

describe('parseLink', () => {
  const file = 'konto/sso.de.md';

  it.each([
    ['passwort.de.md', 'konto/passwort.de.md', null],
    ['../start/erste.de.md#a-b', 'start/erste.de.md', 'a-b'],
    ['./passwort.de.md#', 'konto/passwort.de.md', null],
    ['mit%20leer.de.md#%C3%BCber', 'konto/mit leer.de.md', 'über'],
    ['pru\u0308fen.de.md', 'konto/pr\u00fcfen.de.md', null],
    ['passwort/', 'konto/passwort', null],
    ['%zz.de.md', 'konto/%zz.de.md', null],
  ])('reads %s', (href, path, anchor) => {
    expect(parseLink(file, href)).toEqual({ kind: 'file', path, anchor });
  });

  it('tells other addresses, anchors and ways out apart', () => {
    expect(parseLink(file, 'https://example.com/a.de.md')).toEqual({ kind: 'elsewhere' });
    expect(parseLink(file, 'tel:+49')).toEqual({ kind: 'elsewhere' });
    expect(parseLink(file, '//example.com')).toEqual({ kind: 'elsewhere' });
    expect(parseLink(file, '#oben')).toEqual({ kind: 'anchor', anchor: 'oben' });
    expect(parseLink(file, '../../etc/passwd')).toEqual({ kind: 'outside', absolute: false });
    expect(parseLink(file, '/konto/sso.de.md')).toEqual({ kind: 'outside', absolute: true });
  });
});

describe('linkTo', () => {
  it('writes the link as a writer would, and keeps the anchor', () => {
    expect(linkTo('konto/sso.de.md', 'konto/passwort.de.md', 'x#neu')).toBe('passwort.de.md#neu');
    expect(linkTo('konto/sso.de.md', 'a/b/c.de.md', '../x')).toBe('../a/b/c.de.md');
  });

  it('writes what Markdown would take for the end of the link in another form', () => {
    const link = linkTo('a.de.md', 'b (neu)/c d.de.md', 'x');
    expect(link).toBe('b%20%28neu%29/c%20d.de.md');
    expect(parseLink('a.de.md', link)).toMatchObject({ path: 'b (neu)/c d.de.md' });
  });
});
