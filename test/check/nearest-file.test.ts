import { basename, dirname } from 'node:path/posix';
import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, it } from 'vitest';
import type { Facts } from '../../src/check/facts.ts';
import { nearestArticleFile } from '../../src/check/nearest-file.ts';

/** The article that is meant where every path is compared in full: what the shortcuts must agree with. */
function comparedInFull(wanted: string, paths: readonly string[]): string | null {
  const path = wanted.replace(/\.de\.md$/, '');
  if (paths.includes(path)) return path;
  const named = paths.filter((one) => basename(one) === basename(path));
  if (named.length === 1) return named[0] ?? null;
  const beside = paths.filter((one) => dirname(one) === dirname(path));
  const name = basename(path);
  return (
    nearestOf(beside, (one) => distance(basename(one), name), name.length) ??
    nearestOf(paths, (one) => distance(one, path), path.length)
  );
}

function nearestOf(
  paths: readonly string[],
  measure: (path: string) => number,
  length: number,
): string | null {
  const [best] = [...paths].sort((a, b) => measure(a) - measure(b) || (a < b ? -1 : 1));
  const most = Math.max(1, Math.floor(length / 3));
  return best !== undefined && measure(best) <= most ? best : null;
}

const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'e', 'n', 'r', '-', 'ü'),
  minLength: 1,
  maxLength: 12,
});
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('/'));

/** Slips of the fingers: a letter more, less, or another one. */
const slips = fc.array(fc.tuple(fc.nat(30), fc.constantFrom('', 'a', 'x', 'r')), { maxLength: 5 });

function mistyped(text: string, made: readonly (readonly [number, string])[]): string {
  return made.reduce((typed, [at, letter], turn) => {
    const place = at % (typed.length + 1);
    return typed.slice(0, place) + letter + typed.slice(place + (turn % 2));
  }, text);
}

const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 40 });

it('finds what a comparison with every path finds', () => {
  let found = 0;
  fc.assert(
    fc.property(paths, fc.nat(39), slips, (paths, at, made) => {
      const wanted = mistyped(paths[at % paths.length] ?? '', made);
      fc.pre(/^[^/]+(?:\/[^/]+)*$/.test(wanted));
      const articles = paths.map((one) => ({
        path: one,
        translations: [{ locale: 'de', file: `${one}.de.md` }],
      }));
      const facts = { content: { articles } } as unknown as Facts;
      const nearest = nearestArticleFile(`${wanted}.de.md`, 'de', facts);
      const full = comparedInFull(`${wanted}.de.md`, paths);
      if (full === null) {
        // Only the beginning of a name is left to be recognised then, and never for sure.
        expect(nearest?.sure ?? false).toBe(false);
        return;
      }
      found += 1;
      expect(nearest?.file).toBe(`${full}.de.md`);
    }),
    { numRuns: 3000, seed: 88 },
  );
  expect(found).toBeGreaterThan(300);
});
