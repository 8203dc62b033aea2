import { describe, expect, it } from 'vitest';
import { honestFlows } from '../support/github/honest-flows.ts';
import { loopholes } from '../support/github/loopholes.ts';
import { playFlows } from '../support/github/played-flows.ts';

describe('pull requests, by real git', () => {
  it('finds approved what people do who mean well', async () => {
    const played = await playFlows(honestFlows);
    const verdicts = honestFlows.map(({ name }) => {
      const proof = played.get(name)?.proof;
      return [name, proof?.kind === 'unproven' ? proof.reason : proof?.kind];
    });
    expect(verdicts).toEqual(honestFlows.map(({ name }) => [name, 'approved']));
  });

  it('stops every way past a gate that asks "was it approved?", which lets each of them through', async () => {
    const played = await playFlows(loopholes);
    const verdicts = loopholes.map(({ name, reason }) => {
      const { proof = null, naive = false } = played.get(name) ?? {};
      const said = proof?.kind === 'unproven' ? proof.reason.replace(/#\d+/g, '#n') : 'approved';
      return { name, naive, reason: said.includes(reason) ? reason : said };
    });
    expect(verdicts).toEqual(loopholes.map(({ name, reason }) => ({ name, naive: true, reason })));
  });
});
