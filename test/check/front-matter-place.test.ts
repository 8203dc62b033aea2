import { describe, expect, it } from 'vitest';
import { frontMatterPlaces } from '../../src/check/front-matter-place.ts';

const article = [
  '---',
  'id: sso',
  'title: "SSO einrichten"',
  'tags: [konto, Konto]',
  'questions:',
  '  - Wie geht SSO?',
  '  - Was ist SSO?',
  'review: { by: anna, on: 2026-01-01 }',
  '---',
  '',
  'title: kein Feld',
].join('\n');

describe('frontMatterPlaces', () => {
  it.each([
    [['title'], 3, 8],
    [['tags', 1], 4, 15],
    [['questions', 1], 7, 5],
    [['review', 'by'], 8, 15],
    [['review'], 8, 1],
    [['missing'], 1, 1],
    [['review', 'digest'], 1, 1],
  ])('finds %j', (path, line, column) => {
    const place = frontMatterPlaces(new Map([['a.de.md', article]]));
    expect(place('a.de.md', path)).toEqual({ file: 'a.de.md', line, column });
  });

  it('reads carriage returns and byte order marks', () => {
    const text = `\uFEFF${article.replaceAll('\n', '\r\n')}`;
    const place = frontMatterPlaces(new Map([['a.de.md', text]]));
    expect(place('a.de.md', ['questions', 1])).toEqual({ file: 'a.de.md', line: 7, column: 5 });
  });

  it('reads collection files, which are YAML as a whole', () => {
    const place = frontMatterPlaces(
      new Map([['k/_collection.yaml', 'id: k\nde:\n  title: Konto\n']]),
    );
    expect(place('k/_collection.yaml', ['de', 'title'])).toMatchObject({ line: 3, column: 10 });
  });

  it('takes the first line where it knows nothing', () => {
    const place = frontMatterPlaces(new Map([['broken.de.md', '---\n[\n---\n']]));
    expect(place('other.de.md', ['title'])).toEqual({ file: 'other.de.md', line: 1, column: 1 });
    expect(place('broken.de.md', ['title'])).toMatchObject({ line: 1, column: 1 });
  });
});
