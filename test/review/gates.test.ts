import { describe, expect, it } from 'vitest';
import type { Approval, ReviewDecision, ReviewStatus } from '../../src/model/review.ts';
import { reviewStatuses } from '../../src/model/review.ts';
import { type GateFacts, gates } from '../../src/review/index.ts';

type Config = GateFacts['config'];

const strict: Config = {
  review: {
    require: 'stamp',
    approvals: 1,
    codeOwners: false,
    strict: false,
    maxAgeDays: 365,
    onExpiry: 'withhold-from-ai',
    unreviewed: 'withhold',
  },
  translations: { onOutdated: 'withhold-from-ai' },
  ai: { agent: true, copilot: true, salesAgent: false, baseline: false },
};
const open: Config = {
  review: { ...strict.review, onExpiry: 'warn', unreviewed: 'publish-without-ai' },
  translations: { onOutdated: 'warn' },
  ai: { ...strict.ai, baseline: true },
};

function decision(status: ReviewStatus, kind: Approval['kind'] | null = null): ReviewDecision {
  const approval =
    kind === null
      ? null
      : {
          kind,
          by: 'anna@example.com',
          on: '2026-01-10',
          until: null,
          pullRequest: null,
          digest: '',
        };
  return { status, approval, reason: `because ${status}` };
}

/** [status, kind of the approval, strict help center, strict AI, open help center, open AI] */
const table: [ReviewStatus, Approval['kind'] | null, boolean, boolean, boolean, boolean][] = [
  ['proven', 'proven', true, true, true, true],
  ['declared', 'declared', true, true, true, true],
  ['baseline', 'baseline', true, false, true, true],
  ['expired', 'declared', true, false, true, true],
  ['expired', 'proven', true, false, true, true],
  ['expired', 'baseline', true, false, true, true],
  ['edited', 'declared', false, false, true, false],
  ['unreviewed', null, false, false, true, false],
];

describe('gates', () => {
  it.each(table)('%s (%s)', (status, kind, helpCenter, ai, openHelpCenter, openAi) => {
    const told = decision(status, kind);
    expect(gates({ decision: told, config: strict, outdated: false })).toMatchObject({
      helpCenter,
      ai,
    });
    expect(gates({ decision: told, config: open, outdated: false })).toMatchObject({
      helpCenter: openHelpCenter,
      ai: openAi,
    });
  });

  it('keeps an expired baseline from the AI unless ai.baseline says otherwise', () => {
    const expired = decision('expired', 'baseline');
    const warnOnly: Config = { ...strict, review: { ...strict.review, onExpiry: 'warn' } };
    expect(gates({ decision: expired, config: warnOnly, outdated: false })).toEqual({
      helpCenter: true,
      ai: false,
      reason: 'because expired; the AI reads migrated text only with ai.baseline: true',
    });
    const allowed: Config = { ...warnOnly, ai: { ...warnOnly.ai, baseline: true } };
    expect(gates({ decision: expired, config: allowed, outdated: false }).ai).toBe(true);
  });

  it('keeps outdated translations from the AI as kb.yaml says, never from readers', () => {
    const declared = decision('declared', 'declared');
    expect(gates({ decision: declared, config: strict, outdated: true })).toEqual({
      helpCenter: true,
      ai: false,
      reason: 'its source text has changed since it was translated',
    });
    expect(gates({ decision: declared, config: open, outdated: true })).toEqual({
      helpCenter: true,
      ai: true,
      reason: null,
    });
  });

  it('gives a reason exactly when a gate is closed, and the AI never more than readers', () => {
    const kinds: (Approval['kind'] | null)[] = ['proven', 'declared', 'baseline', null];
    for (const status of reviewStatuses) {
      for (const kind of kinds) {
        for (const config of [strict, open]) {
          for (const outdated of [true, false]) {
            const told = gates({ decision: decision(status, kind), config, outdated });
            expect(told.reason === null).toBe(told.ai && told.helpCenter);
            expect(told.ai && !told.helpCenter).toBe(false);
          }
        }
      }
    }
  });
});
