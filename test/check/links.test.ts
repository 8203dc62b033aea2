import { describe, expect, it } from 'vitest';
import { collectionText } from '../support/content-builder.ts';
import { checked, english, fixed, german } from './checked.ts';

const konto = { 'konto/_collection.yaml': collectionText('konto') };
const start = { 'start/_collection.yaml': collectionText('start') };

describe('link-target', () => {
  it.each([
    ['a missing locale and extension', '../konto/passwort', '../konto/passwort.de.md'],
    ['a missing locale', '../konto/passwort.md#neu', '../konto/passwort.de.md#neu'],
    ['a missing extension', '../konto/passwort.de', '../konto/passwort.de.md'],
    ['a typo', '../konto/passwrt.de.md', '../konto/passwort.de.md'],
    ['a move', '../start/passwort.de.md', '../konto/passwort.de.md'],
    ['a question mark', '../konto/passwort.de.md?a=b', '../konto/passwort.de.md'],
    ['a last slash', '../konto/passwort/', '../konto/passwort.de.md'],
  ])('mends %s', async (_, href, expected) => {
    const text = german('a', `Erst.\n\nSiehe **[hier](${href})** und [da](https://example.com).\n`);
    const { findings } = await checked({
      ...konto,
      ...start,
      'start/a.de.md': text,
      'konto/passwort.de.md': german('passwort', '## Neu\n\nText.\n'),
    });
    const finding = findings.find(({ rule }) => rule === 'link-target');
    expect(finding).toMatchObject({
      severity: 'error',
      file: 'start/a.de.md',
      line: 8,
      fixable: true,
      message: `"${href}" does not exist. Did you mean "${expected}"?`,
    });
    expect(fixed(text, finding)).toBe(text.replace(href, expected));
  });

  it('suggests, but does not write, what is only near', async () => {
    const { findings } = await checked({
      ...konto,
      'konto/a.de.md': german('a', '[x](pasword.de.md) [y](ganz-was-anderes.de.md)\n'),
      'konto/passwort-zuruecksetzen.de.md': german('p', 'Text.\n'),
    });
    const found = findings.filter(({ rule }) => rule === 'link-target');
    expect(found.map(({ message, fixable }) => [message, fixable])).toEqual([
      ['"pasword.de.md" does not exist. Did you mean "passwort-zuruecksetzen.de.md"?', false],
      ['"ganz-was-anderes.de.md" does not exist', false],
    ]);
  });

  it('suggests none of two that are equally near', async () => {
    const { findings } = await checked({
      ...konto,
      'konto/a.de.md': german('a', '[x](rechnung-c.de.md)\n'),
      'konto/rechnung-a.de.md': german('ra', 'Text.\n'),
      'konto/rechnung-b.de.md': german('rb', 'Text.\n'),
    });
    expect(findings.find(({ rule }) => rule === 'link-target')?.fixable).toBe(false);
  });

  it('names ways out of the tree and addresses that are none', async () => {
    const { told } = await checked({
      ...konto,
      'konto/a.de.md': german(
        'a',
        '[a](../../geheim.md)\n\n[b](/konto/b)\n\n[c](https://)\n\n[d]()\n\n[e](#)\n',
      ),
    });
    expect(told('link-target')).toEqual([
      'konto/a.de.md:6 "../../geheim.md" leads out of the content folder',
      'konto/a.de.md:8 "/konto/b" is no address and no relative path',
      'konto/a.de.md:10 "https://" is not a complete address',
    ]);
    expect(told('link-anchor')).toEqual([
      'konto/a.de.md:12 the link leads nowhere',
      'konto/a.de.md:14 the link leads nowhere',
    ]);
  });

  it('says so when the target is there but unreadable', async () => {
    const { told } = await checked({
      ...konto,
      'konto/a.de.md': german('a', '[a](b.de.md)\n'),
      'konto/b.de.md': '---\nid: [\n---\n\nText.\n',
    });
    expect(told('link-target')).toEqual([
      'konto/a.de.md:6 "b.de.md" could not be read; its own errors say why',
    ]);
  });

  it('tells a problem of an include once, in the include', async () => {
    const { told, invalid } = await checked({
      ...konto,
      '_includes/recht.de.md': 'Siehe [hier](../konto/fehlt.de.md).\n',
      'konto/a.de.md': german('a', '{{> recht }}\n'),
      'konto/b.de.md': german('b', '{{> recht }}\n'),
      'konto/c.de.md': german('c', 'Text.\n'),
    });
    expect(told('link-target')).toEqual([
      '_includes/recht.de.md:1 "../konto/fehlt.de.md" does not exist',
    ]);
    expect([...invalid.articles.keys()]).toEqual(['a', 'b']);
    expect(invalid.articles.get('a')?.whole).toBeNull();
    expect(invalid.articles.get('a')?.locales.get('de')).toContain('_includes/recht.de.md:1');
  });
});

describe('link-anchor', () => {
  it('knows the headings of the page and of other pages', async () => {
    const { told } = await checked({
      ...konto,
      'konto/a.de.md': german(
        'a',
        '## Über uns\n\n[gut](#über-uns) [schlecht](#über-und)\n\n[gut](b.de.md#neu) [schlecht](b.de.md#alte-sachen)\n',
      ),
      'konto/b.de.md': german('b', '## Ganz neu {#neu}\n\nText.\n\n### Mehr davon\n\nText.\n'),
    });
    expect(told('link-anchor')).toEqual([
      'konto/a.de.md:8 this page has no heading "#über-und". Did you mean "#über-uns"?',
      'konto/a.de.md:10 "Titel b" has no heading "#alte-sachen"',
    ]);
  });

  it('looks for an include’s own anchors on the page that shows it', async () => {
    const { told } = await checked({
      ...konto,
      '_includes/recht.de.md': '[hoch](#oben)\n',
      'konto/a.de.md': german('a', '## Oben\n\n{{> recht }}\n'),
    });
    expect(told('link-anchor')).toEqual([]);
  });
});

describe('link-internal, link-draft, link-locale', () => {
  it('keeps customers away from internal articles and drafts', async () => {
    const { told, findings } = await checked({
      ...konto,
      'konto/a.de.md': german('a', '[i](i.de.md) [d](d.de.md)\n'),
      'konto/i.de.md': german('i', '[a](a.de.md) [d](d.de.md)\n', { visibility: 'internal' }),
      'konto/d.de.md': german('d', '[i](i.de.md)\n', { publication: 'draft' }),
    });
    expect(told('link-internal').map((line) => line.split(' ')[0])).toEqual([
      'konto/a.de.md:6',
      'konto/d.de.md:7',
    ]);
    expect(told('link-draft').map((line) => line.split(' ')[0])).toEqual([
      'konto/a.de.md:6',
      'konto/i.de.md:7',
    ]);
    expect(findings.find(({ rule }) => rule === 'link-internal')?.severity).toBe('error');
    expect(findings.find(({ rule }) => rule === 'link-draft')?.severity).toBe('warn');
  });

  it('leads readers to their own locale where there is one', async () => {
    const text = english('a', 'See [this](b.de.md#neu) and [that](c.de.md).\n');
    const { findings } = await checked({
      ...konto,
      'konto/a.de.md': german('a', 'Text.\n'),
      'konto/a.en.md': text,
      'konto/b.de.md': german('b', '## Neu\n\nText.\n'),
      'konto/b.en.md': english('b', '## New {#neu}\n\nText.\n'),
      'konto/c.de.md': german('c', 'Text.\n'),
    });
    const found = findings.filter(({ rule }) => rule === 'link-locale');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      severity: 'warn',
      file: 'konto/a.en.md',
      line: 5,
      fixable: true,
    });
    expect(fixed(text, found[0])).toBe(text.replace('b.de.md#neu', 'b.en.md#neu'));
  });
});
