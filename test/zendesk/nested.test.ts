import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProof, proof } from '../support/proof.ts';
import { arbitraryBody, frames, leaves, word } from './arbitrary-bodies.ts';
import { measured } from './measure.ts';

/** What a body lost that no loss tells of, and what the dialect does not take. */
function wrong(html: string): string[] {
  const { unexplained, problems, markdown } = measured(html);
  const found = [...unexplained, ...problems.map(({ line, message }) => `${line}: ${message}`)];
  return found.length === 0 ? [] : [html, ...found, markdown];
}

describe('markup in markup', () => {
  const pairs = Object.entries(frames).flatMap(([outer, frame]) =>
    Object.entries(leaves).flatMap(([inner, leaf]) => [
      {
        name: `${inner} in ${outer}`,
        html: `<p>First.</p>${frame(leaf(word(1)), word(2))}<p>Last.</p>`,
      },
      {
        name: `${inner} in ${outer}, with text around`,
        html: frame(`${word(3)} before ${leaf(word(1))} after`, word(2)),
      },
    ]),
  );
  const chosen = isProof ? pairs : pairs.filter((_, index) => index % 5 === 0);

  it(`loses nothing in silence: ${chosen.length} of ${pairs.length} pairs of constructs`, () => {
    const lost = chosen.flatMap(({ name, html }) => {
      const lines = wrong(html);
      return lines.length === 0 ? [] : [[name, ...lines]];
    });
    proof('pairs of constructs in one another', chosen.length);
    expect(lost.slice(0, 20)).toEqual([]);
  });

  it('loses nothing in silence, however deep', () => {
    const runs = isProof ? 20_000 : 150;
    fc.assert(
      fc.property(arbitraryBody, (html) => {
        expect(wrong(html)).toEqual([]);
      }),
      { numRuns: runs, seed: 20_261_122 },
    );
    proof('bodies of constructs up to three deep', runs);
  });
});
