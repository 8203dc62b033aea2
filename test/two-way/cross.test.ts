import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryMarkdown } from '../support/arbitrary-markdown.ts';
import { isProof, proof } from '../support/proof.ts';
import { crossProblem, type GitState, gitStates } from './cross/cross.ts';
import { places, storedEdits } from './cross/stored-edits.ts';

const articles = ['anmeldung', 'billing', 'repeats', 'short'].map((name) => ({
  name,
  text: readFileSync(new URL(`./cross/articles/${name}.md`, import.meta.url), 'utf8'),
}));

const edits = storedEdits.flatMap((edit) => places.map((place) => ({ edit, place })));
const nameOf = ({ edit, place }: (typeof edits)[number]) => `${edit.name}, ${place}`;

/** Every n-th case. */
function some<T>(all: readonly T[], every: number): T[] {
  return all.filter((_, index) => index % every === 0);
}

describe.each(articles)('the article "$name"', { timeout: 900_000 }, ({ text }) => {
  test.each(gitStates)('each edit alone, in git: %s', (git) => {
    const found = some(edits, isProof ? 1 : 9).flatMap((edit) => {
      const problem = crossProblem({ text, edits: [edit], git });
      return problem === undefined ? [] : [{ edit: nameOf(edit), problem }];
    });
    proof(`edits in the UI, alone, ${git} in git`, found.length);
    expect(found.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  test.each(['nothing', 'neighbour', 'reformatted'] satisfies GitState[])(
    'two edits at once, in git: %s',
    (git) => {
      const pairs = edits.flatMap((first, a) =>
        edits.filter((_, b) => b > a).map((second) => [first, second] as const),
      );
      const found = some(pairs, isProof ? 7 : 1201).flatMap((pair) => {
        const problem = crossProblem({ text, edits: pair, git });
        return problem === undefined ? [] : [{ edits: pair.map(nameOf).join(' + '), problem }];
      });
      proof(`edits in the UI, two at once, ${git} in git`, found.length);
      expect(found.filter(({ problem }) => problem !== null)).toEqual([]);
    },
  );
});

/**
 * A name stands once. What a store says in another form is left out, as an edit may touch more of it
 * there: lists that go on from 4 or hold tables, paragraphs of nothing but breaks (or of a break and an
 * image, which may go), tags around lists.
 */
function isKept(body: string): boolean {
  return (
    body.split('{#abschnitt}').length < 3 &&
    !/^[ >-]*4\. /m.test(body) &&
    !/^[ >]*(?:[-\d]+\.? )?(?:<br>\s*)+\[?!\[/m.test(body) &&
    !/<p align="center">\d/.test(body) &&
    !/^[ >]*(?:\d\.|-) .*(?:<table|\| A)|^[> ]* +(?:\||<table)/m.test(body) &&
    !/^[> ]*(?:<p align="center">)?(?:[-\d]+\.? )?(?:<br>\s*)+(?:<\/p>)?$/m.test(body)
  );
}

describe('any article', { timeout: 900_000 }, () => {
  const links = ['https://example.com/a', 'https://example.com/hc/articles/12-some-slug'];
  const blocks = arbitraryMarkdown({ links });
  const text = fc
    .array(blocks, { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join('\n\n')}\n`)
    .filter(isKept);

  test('one edit: nothing in dispute, in the lines of its block, and what is published is what is live', () => {
    const git = fc.constantFrom<GitState>('nothing', 'reformatted');
    let count = 0;
    fc.assert(
      fc.property(text, fc.constantFrom(...edits), git, (body, one, state) => {
        const problem = crossProblem({ text: body, edits: [one], git: state, isByBlock: true });
        if (problem !== undefined) count++;
        expect(problem ?? null, `${nameOf(one)}, ${state}`).toBeNull();
      }),
      { numRuns: isProof ? Number(process.env.KB_N) || 10_000 : 150, seed: 81 },
    );
    proof('edits in the UI of generated articles', count);
  });
});
