import { describe, expect, it } from 'vitest';
import { hrefFixes } from '../../src/check/href-edit.ts';
import type { Fix } from '../../src/model/finding.ts';

function applied(text: string, fix: Fix | null): string {
  if (fix?.kind !== 'edit') return 'no fix';
  return fix.edits.reduceRight(
    (out, { start, end, text: put }) => out.slice(0, start) + put + out.slice(end),
    text,
  );
}

describe('hrefFixes', () => {
  const place = (line: number, column: number) => ({ file: 'a.de.md', line, column });
  const fixesOf = (text: string) => hrefFixes(new Map([['a.de.md', text]]));

  it.each([
    ['Siehe [hier](alt.md).', 7, 'Siehe [hier](neu.md).'],
    ['Siehe [alt.md](alt.md "alt.md").', 7, 'Siehe [alt.md](neu.md "alt.md").'],
    ['<img src="alt.md" alt="alt.md">', 1, '<img src="neu.md" alt="alt.md">'],
    ['[a](<alt.md>)', 1, '[a](<neu.md>)'],
    ['[xalt.md](xalt.md) [b](alt.md)', 20, '[xalt.md](xalt.md) [b](neu.md)'],
  ])('replaces the address and nothing else in %s', (text, column, expected) => {
    expect(applied(text, fixesOf(text)(place(1, column), 'alt.md', 'neu.md'))).toBe(expected);
  });

  it('counts lines as they are, with carriage returns and a byte order mark', () => {
    const text = '\uFEFF---\r\nid: a\r\n---\r\n\r\nSiehe [hier](alt.md)\r\n';
    const fix = fixesOf(text)(place(5, 7), 'alt.md', 'neu.md');
    expect(applied(text, fix)).toBe(text.replace('alt.md', 'neu.md'));
  });

  it('never gives the same place to two links', () => {
    const text = '[a](alt.md) und [b](alt.md)';
    const fixes = fixesOf(text);
    const first = fixes(place(1, 1), 'alt.md', 'neu.md');
    const second = fixes(place(1, 2), 'alt.md', 'neu.md');
    expect(applied(text, first)).toBe('[a](neu.md) und [b](alt.md)');
    expect(applied(text, second)).toBe('[a](alt.md) und [b](neu.md)');
    expect(fixes(place(1, 1), 'alt.md', 'neu.md')).toEqual(first);
  });

  it('gives up where the address is not written, or the text is not there', () => {
    expect(fixesOf('[a]({{ base }}/x)')(place(1, 1), 'alt.md', 'neu.md')).toBeNull();
    expect(fixesOf('[a](alt.md)')(place(9, 1), 'alt.md', 'neu.md')).toBeNull();
    expect(hrefFixes(new Map())(place(1, 1), 'alt.md', 'neu.md')).toBeNull();
  });
});
