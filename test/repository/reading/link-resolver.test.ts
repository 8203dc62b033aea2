import { describe, expect, it } from 'vitest';
import type { AssetIndex } from '../../../src/repository/reading/asset-index.ts';
import {
  type LinkOrigin,
  resolveImage,
  resolveLink,
} from '../../../src/repository/reading/link-resolver.ts';

const hashes: Record<string, string> = {
  'assets/a b.png': 'space',
  'assets/bild.png': 'plain',
  'assets/bild.de.png': 'german',
  'konto/datei.pdf': 'pdf',
};
const assets: AssetIndex = {
  at: (path) => {
    const hash = hashes[path];
    return hash === undefined ? null : { hash, path, bytes: 1 };
  },
  byHash: () => new Map(),
  problems: () => [],
};
const index = {
  assets,
  articleFiles: new Map([
    ['konto/sso.de.md', { id: 'sso', locale: 'de' }],
    ['konto/sso.en.md', { id: 'sso', locale: 'en' }],
    ['start/über.de.md', { id: 'ueber', locale: 'de' }],
  ]),
};
const origin: LinkOrigin = { file: 'start/intro.de.md', articleId: 'intro', locale: 'de' };
const broken = (href: string) => ({ kind: 'broken', href });

describe('links', () => {
  it.each([
    ['../konto/sso.de.md', { kind: 'article', id: 'sso', locale: null, anchor: null }],
    ['../konto/sso.de.md#', { kind: 'article', id: 'sso', locale: null, anchor: null }],
    ['../konto/sso.de.md#a%20b', { kind: 'article', id: 'sso', locale: null, anchor: 'a b' }],
    ['../konto/sso.en.md#x', { kind: 'article', id: 'sso', locale: 'en', anchor: 'x' }],
    ['./%C3%BCber.de.md', { kind: 'article', id: 'ueber', locale: null, anchor: null }],
    ['u\u0308ber.de.md', { kind: 'article', id: 'ueber', locale: null, anchor: null }],
    ['#oben', { kind: 'anchor', anchor: 'oben' }],
    ['#%C3%BCber', { kind: 'anchor', anchor: 'über' }],
    ['https://example.com/a?b#c', { kind: 'url', url: 'https://example.com/a?b#c' }],
    ['mailto:a@example.com', { kind: 'url', url: 'mailto:a@example.com' }],
    ['tel:+49', { kind: 'url', url: 'tel:+49' }],
    ['../konto/datei.pdf', { kind: 'asset', hash: 'pdf' }],
    ['../assets/a%20b.png', { kind: 'asset', hash: 'space' }],
    ['../assets/bild.png', { kind: 'asset', hash: 'german' }],
  ])('%s', (href, target) => expect(resolveLink(index, origin, href)).toEqual(target));

  it.each([
    '',
    '#',
    '../konto/sso',
    '../konto/sso.fr.md',
    '../konto',
    '../../etc/passwd',
    '..%2F..%2Fetc%2Fpasswd',
    '/konto/sso.de.md',
    '//example.com/x',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'C:\\x',
    '%E0%A4%A',
    '..\\konto\\sso.de.md',
    '../konto/sso.de.md%00',
    'https:',
    'https:///x',
    'mailto:',
    '../kb.yaml',
    '../konto/datei.pdf#page=2',
  ])('%j leads nowhere', (href) => expect(resolveLink(index, origin, href)).toEqual(broken(href)));

  it('takes a link to a heading of the own page as such', () => {
    const own: LinkOrigin = { file: 'konto/sso.de.md', articleId: 'sso', locale: 'de' };
    expect(resolveLink(index, own, 'sso.de.md#x')).toEqual({ kind: 'anchor', anchor: 'x' });
    expect(resolveLink(index, own, 'sso.en.md#x')).toMatchObject({ kind: 'article', locale: 'en' });
  });

  it('resolves relative to the file it stands in, for the locale it is read in', () => {
    const include: LinkOrigin = { file: '_includes/x.de.md', articleId: 'sso', locale: 'de' };
    expect(resolveLink(index, include, '../start/über.de.md')).toMatchObject({ id: 'ueber' });
    expect(resolveLink(index, include, '../konto/sso.de.md#a')).toEqual({
      kind: 'anchor',
      anchor: 'a',
    });
  });
});

describe('images', () => {
  it.each([
    ['../assets/bild.png', 'de', { kind: 'asset', hash: 'german' }],
    ['../assets/bild.png', 'en', { kind: 'asset', hash: 'plain' }],
    ['https://example.com/x.png', 'de', { kind: 'url', url: 'https://example.com/x.png' }],
    ['data:image/png;base64,AA', 'de', broken('data:image/png;base64,AA')],
    ['../konto/sso.de.md', 'de', broken('../konto/sso.de.md')],
    ['//example.com/x.png', 'de', broken('//example.com/x.png')],
  ])('%s in %s', (src, locale, source) =>
    expect(resolveImage(index, { ...origin, locale }, src)).toEqual(source),
  );
});
