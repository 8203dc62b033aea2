import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedMap } from '../../../src/repository/reading/bounded-map.ts';
import {
  localisedAsset,
  localisedName,
  suggestedLocale,
} from '../../../src/repository/reading/content-path.ts';
import { freeId, slugOf } from '../../../src/repository/reading/item-id.ts';
import { lineIndex } from '../../../src/repository/reading/line-index.ts';
import { nearest } from '../../../src/repository/reading/nearest.ts';
import { decodeUtf8 } from '../../../src/repository/reading/utf8.ts';
import { readYaml } from '../../../src/repository/reading/yaml-source.ts';

describe('names', () => {
  it.each([
    ['a/b.de.md', { kind: 'localised', base: 'a/b', locale: 'de' }],
    ['a/v1.2.pt-BR.md', { kind: 'localised', base: 'a/v1.2', locale: 'pt-BR' }],
    ['a.b/c.md', { kind: 'no-locale', base: 'a.b/c' }],
    ['a/.de.md', { kind: 'no-locale', base: 'a/.de' }],
    ['b.deu.md', { kind: 'unknown-locale', base: 'b', locale: 'deu', suggestion: 'de' }],
    ['b.pt-br.md', { kind: 'unknown-locale', base: 'b', locale: 'pt-br', suggestion: 'pt-BR' }],
    ['v1.2.md', { kind: 'unknown-locale', base: 'v1', locale: '2', suggestion: null }],
  ])('%s', (path, name) => expect(localisedName(path)).toEqual(name));

  it.each([
    ['en-us', 'en'],
    ['en_GB', 'en'],
    ['DE', 'de'],
    ['zh-cn', 'zh-CN'],
    ['nb-NO', 'nb'],
    ['2', null],
  ])('suggests for the locale %s: %s', (locale, expected) =>
    expect(suggestedLocale(locale)).toBe(expected),
  );

  it.each([
    ['a/b.png', 'a/b.de.png'],
    ['a.b/c', 'a.b/c.de'],
    ['x.tar.gz', 'x.tar.de.gz'],
  ])('%s is overridden by %s', (path, localised) =>
    expect(localisedAsset(path, 'de')).toBe(localised),
  );

  it.each([
    ['visiblity', 'visibility'],
    ['TAGS', 'tags'],
    ['colour', null],
    ['x'.repeat(9999), null],
  ])('the nearest key to %s is %s', (word, expected) =>
    expect(nearest(word, ['visibility', 'tags', 'id'])).toBe(expected),
  );
});

describe('ids', () => {
  it.each([
    ['Größe ändern?', 'groesse-aendern'],
    ['Crème brûlée', 'creme-brulee'],
    ['日本', ''],
    ['--A  b--', 'a-b'],
    ['Łódź', 'lodz'],
  ])('%s → %s', (text, slug) => expect(slugOf(text)).toBe(slug));

  it('are free, and right in form, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ maxLength: 3 })),
        (path, ids) => {
          const taken = new Set([...ids, slugOf(path)]);
          const id = freeId(path, taken, 'article');
          expect(taken.has(id)).toBe(false);
          expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        },
      ),
      { seed: 20_261_122 },
    );
  });
});

describe('UTF-8', () => {
  it('reads what an encoder wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeUtf8(new TextEncoder().encode(text))).toEqual({ text });
      }),
      { seed: 20_261_122 },
    );
  });

  it('names the first byte where bytes and a replacing decoder part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const found = decodeUtf8(bytes);
        if ('text' in found) return;
        const { invalidAt } = found;
        expect('text' in decodeUtf8(bytes.subarray(0, invalidAt))).toBe(true);
        expect(new TextDecoder().decode(bytes.subarray(invalidAt)).startsWith('\uFFFD')).toBe(true);
      }),
      { numRuns: 2000, seed: 20_261_122 },
    );
  });
});

describe('places', () => {
  it('are those of splitting into lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ü') }),
        fc.nat(30),
        (text, at) => {
          const offset = Math.min(at, text.length);
          const lines = text.slice(0, offset).split('\n');
          expect(lineIndex(text)(offset)).toEqual({
            line: lines.length,
            column: (lines.at(-1)?.length ?? 0) + 1,
          });
        },
      ),
      { seed: 20_261_122 },
    );
  });

  it('leave the byte order mark out', () => {
    expect(lineIndex('\uFEFFab')(2)).toEqual({ line: 1, column: 2 });
  });
});

describe('YAML', () => {
  it('keeps digits and dates as they are written', () => {
    const text = 'a: 007\nb: 360001234567890123456\nc: 2026-11-20\nd: 12\ne: 1.10\nf: yes\n';
    expect(readYaml(text, 0, text.length).value).toEqual({
      a: '007',
      b: '360001234567890123456',
      c: '2026-11-20',
      d: 12,
      e: 1.1,
      f: 'yes',
    });
  });

  it('takes __proto__ for a key like any other', () => {
    const { value } = readYaml('__proto__: { a: 1 }\nb: 2\n', 0, 29);
    expect(Object.keys(value as object)).toEqual(['__proto__', 'b']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('refuses an alias bomb without expanding it', () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [*a, *a]\n`).join('')}`;
    const { problems, value } = readYaml(bomb, 0, bomb.length);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(20);
  });

  it('does not read more than 256 KB', () => {
    const text = `a: ${'x'.repeat(256 * 1024)}`;
    expect(readYaml(text, 0, text.length)).toMatchObject({
      value: undefined,
      problems: [{ rule: 'size', line: 1 }],
    });
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '-',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '#',
      '&',
      '*',
      '!',
      '|',
      '>',
      '?',
      '%',
      '\t',
      ',',
      '@',
      '\r',
    );
    fc.assert(
      fc.property(fc.string({ unit: pieces, maxLength: 30 }), (text) => {
        const { value, problems } = readYaml(text, 0, text.length);
        if (problems.length > 0) expect(value).toBeUndefined();
      }),
      { numRuns: 2000, seed: 20_261_122 },
    );
  });
});

describe('boundedMap', () => {
  it('keeps the order and the limit', async () => {
    let underWay = 0;
    let most = 0;
    const results = await boundedMap([5, 4, 3, 2, 1], 2, async (turns) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      underWay -= 1;
      return turns * 2;
    });
    expect(results).toEqual([10, 8, 6, 4, 2]);
    expect(most).toBe(2);
    expect(await boundedMap([], 2, async () => 1)).toEqual([]);
  });
});
