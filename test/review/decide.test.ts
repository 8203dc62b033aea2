import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stamp } from '../../src/model/article.ts';
import type { ReviewPolicy } from '../../src/model/config.ts';
import { daysAfter, decide, expiresOn } from '../../src/review/index.ts';

const digest = 'sha256:aa';
const policy: ReviewPolicy = {
  require: 'stamp',
  approvals: 1,
  codeOwners: false,
  strict: false,
  maxAgeDays: 365,
  onExpiry: 'withhold-from-ai',
  unreviewed: 'withhold',
};
const stamp: Stamp = {
  by: 'anna@example.com',
  on: '2026-01-10',
  digest,
  baseline: false,
  until: null,
};
const migrated: Stamp = { ...stamp, baseline: true, until: '2026-06-30' };
const today = '2026-03-01';
const facts = { stamp, digest, policy, today };

describe('decide', () => {
  it('calls a stamp on this very text declared, never proven', () => {
    expect(decide(facts)).toEqual({
      status: 'declared',
      approval: {
        kind: 'declared',
        by: 'anna@example.com',
        on: '2026-01-10',
        until: null,
        pullRequest: null,
        digest,
      },
      reason: 'reviewed by anna@example.com on 2026-01-10',
    });
  });

  it('calls a text without a stamp unreviewed', () => {
    expect(decide({ ...facts, stamp: null })).toEqual({
      status: 'unreviewed',
      approval: null,
      reason: 'nobody has reviewed it',
    });
  });

  it('calls a text edited that is not the one which was reviewed', () => {
    const decision = decide({ ...facts, digest: 'sha256:bb' });
    expect(decision.status).toBe('edited');
    expect(decision.approval?.digest).toBe(digest);
    expect(decision.reason).toContain('edited after its review by anna@example.com');
  });

  it('calls an edited text edited even when the review has expired too', () => {
    expect(decide({ ...facts, digest: 'sha256:bb', today: '2030-01-01' }).status).toBe('edited');
  });

  it('counts a review up to and including its last day', () => {
    expect(decide({ ...facts, today: '2027-01-10' }).status).toBe('declared');
    const after = decide({ ...facts, today: '2027-01-11' });
    expect(after.status).toBe('expired');
    expect(after.approval?.kind).toBe('declared');
    expect(after.reason).toContain('366 days old (limit 365)');
  });

  it('lets reviews live for ever where no age is set', () => {
    const ageless = { ...policy, maxAgeDays: null };
    expect(decide({ ...facts, policy: ageless, today: '2126-01-01' }).status).toBe('declared');
  });

  it('counts a baseline through its end date', () => {
    const accepted = decide({ ...facts, stamp: migrated, today: '2026-06-30' });
    expect(accepted.status).toBe('baseline');
    expect(accepted.approval).toMatchObject({ kind: 'baseline', until: '2026-06-30' });
    const over = decide({ ...facts, stamp: migrated, today: '2026-07-01' });
    expect(over.status).toBe('expired');
    expect(over.approval?.kind).toBe('baseline');
    expect(over.reason).toContain('until 2026-06-30');
  });

  it('lets no baseline outlive the age that holds for reviews', () => {
    const far = { ...migrated, until: '2099-01-01' };
    expect(decide({ ...facts, stamp: far, today: '2027-01-10' }).status).toBe('baseline');
    const over = decide({ ...facts, stamp: far, today: '2027-01-11' });
    expect(over.status).toBe('expired');
    expect(over.reason).toContain('366 days old');
  });

  it.each<[string, Partial<Stamp>]>([
    ['names nobody', { by: '  ' }],
    ['has no valid date', { on: '2026-02-30' }],
    ['has no end date', { baseline: true }],
    ['has no valid end date', { baseline: true, until: 'soon' }],
  ])('trusts no stamp that %s', (_, part) => {
    const decision = decide({ ...facts, stamp: { ...stamp, ...part } });
    expect(decision.status).toBe('unreviewed');
    expect(decision.approval).toBeNull();
  });

  it('takes no stamp for proof where pull requests are required', () => {
    const decision = decide({ ...facts, policy: { ...policy, require: 'github' } });
    expect(decision.status).toBe('unreviewed');
    expect(decision.approval).toBeNull();
    expect(decision.reason).toBe(
      'review.require: github needs a merged, approved pull request; a stamp in the file proves nothing',
    );
  });

  it('says how many approvals are needed, and whose', () => {
    const strict: ReviewPolicy = { ...policy, require: 'github', approvals: 2, codeOwners: true };
    expect(decide({ ...facts, policy: strict }).reason).toContain('2 approvals by its code owners');
  });

  it('says declared or baseline only of the text that was stamped, while it counts', () => {
    const anyStamp = fc.record({
      by: fc.constantFrom('anna@example.com', ''),
      on: fc.constantFrom('2026-01-10', '2025-01-10', '2026-99-99'),
      digest: fc.constantFrom('sha256:aa', 'sha256:bb'),
      baseline: fc.boolean(),
      until: fc.constantFrom(null, '2026-02-01', '2026-06-30', 'never'),
    });
    fc.assert(
      fc.property(anyStamp, fc.integer({ min: 0, max: 900 }), (found, later) => {
        const now = daysAfter('2026-01-10', later);
        const { status, approval } = decide({ ...facts, stamp: found, today: now });
        const open = status === 'declared' || status === 'baseline';
        if (!open) return;
        expect(found.digest).toBe(digest);
        expect(found.by).not.toBe('');
        expect(approval).not.toBeNull();
        const last = approval === null ? null : expiresOn(approval, policy);
        expect(last !== null && last >= now).toBe(true);
      }),
      { seed: 20_261_122 },
    );
  });
});

describe('expiresOn', () => {
  it('tells the last day', () => {
    expect(expiresOn({ kind: 'declared', on: '2026-01-10', until: null }, policy)).toBe(
      '2027-01-10',
    );
    expect(expiresOn({ kind: 'proven', on: '2026-01-10', until: null }, policy)).toBe('2027-01-10');
    expect(expiresOn({ kind: 'baseline', on: '2026-01-10', until: '2026-06-30' }, policy)).toBe(
      '2026-06-30',
    );
  });

  it('is null where nothing ends', () => {
    const ageless = { maxAgeDays: null };
    expect(expiresOn({ kind: 'declared', on: '2026-01-10', until: null }, ageless)).toBeNull();
    expect(expiresOn({ kind: 'baseline', on: '2026-01-10', until: '2026-06-30' }, ageless)).toBe(
      '2026-06-30',
    );
  });

  it('ignores the end date of what is no baseline', () => {
    expect(expiresOn({ kind: 'declared', on: '2026-01-10', until: '2026-02-01' }, policy)).toBe(
      '2027-01-10',
    );
  });
});
