import { describe, expect, it } from 'vitest';
import { KbError } from '../../src/model/kb-error.ts';
import type { Fault } from '../support/github/gate.ts';
import { attach, openReviewedBase, type ReviewedBase } from '../support/github/reviewed-base.ts';
import { isProof, proof } from '../support/proof.ts';
import { article } from '../support/workspace.ts';

const seeds = Array.from({ length: isProof ? 100 : 2 }, (_, index) => index + 1);

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Lets requests that wait go on one at a time, in an order that the seed decides. */
function shuffled(random: () => number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      setTimeout(() => waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.(), 0);
    });
}

function faultsFrom(random: () => number): Fault[] {
  return Array.from({ length: Math.floor(random() * 5) }, (): Fault => {
    const match = random() < 0.7 ? 'createCommitOnBranch' : 'kb-ledger';
    const kinds: Partial<Fault>[] = [
      { lost: true },
      { reset: 'before' },
      { reset: 'after' },
      { status: 502 },
    ];
    return { times: 1, match, ...kinds[Math.floor(random() * kinds.length)] };
  });
}

/** @returns whether it was done; an earlier commit may find that a later one was faster */
async function published({ base }: ReviewedBase): Promise<'published' | 'superseded'> {
  try {
    const { result } = await base.publishFreely();
    expect(result.outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
    return 'published';
  } catch (error) {
    if (error instanceof KbError && error.code === 'superseded') return 'superseded';
    throw error;
  }
}

describe('two merges at once', () => {
  it.each(seeds)(
    'are published in order, and the ledger has both (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const options = {
        config: 'ledger: github\n',
        token: { contents: 'write' as const, limitPerHour: 100_000 },
      };
      const first = await openReviewedBase(options);
      const { github, driver } = first;
      await first.base.publishFreely();
      const body = (text: string) => article('eins', { de: { title: 'Eins', body: `${text}\n` } });
      await first.mergeApproved(body('Vom ersten.') as Record<string, string>);
      const second = await attach(github, driver, { ...options, beside: first.base });
      await second.mergeApproved({
        ...body('Vom zweiten.'),
        ...article('zwei', { de: { title: 'Zwei' } }),
      } as Record<string, string>);
      github.gate.turn = shuffled(random);
      github.gate.addFaults(faultsFrom(random));
      const runs = random() < 0.5 ? [first, second] : [second, first];
      const results = await Promise.all(runs.map(published));
      github.gate.turn = null;
      expect(results[runs.indexOf(second)]).toBe('published');
      expect((await second.base.liveArticle('Eins')).body).toContain('Vom zweiten.');
      expect(await second.base.liveArticle('Zwei')).toBeDefined();
      const ledger = await second.branchLedger();
      expect(Object.keys(ledger?.articles ?? {}).toSorted()).toEqual(['eins', 'start', 'zwei']);
      expect(ledger?.articles.eins?.translations.de?.approval).toMatchObject({
        kind: 'proven',
        pullRequest: 3,
      });
      const { summary } = await second.base.plan();
      expect(summary).toMatchObject({ unchanged: 3, create: 0, update: 0, withheld: 0, held: 0 });
      const titles = (await second.base.liveArticles()).map(({ title }) => title);
      expect(titles.toSorted()).toEqual(['Eins', 'Start', 'Zwei']);
      proof('two merges at once: interleavings', 1);
    },
    120_000,
  );
});
