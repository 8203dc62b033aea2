import { describe, expect, it } from 'vitest';
import type { ReviewPolicy } from '../../src/model/config.ts';
import type { Approval } from '../../src/model/review.ts';
import { daysAfter, dueReviews } from '../../src/review/index.ts';

const policy = { maxAgeDays: 365 } as ReviewPolicy;

function approved(on: string): Approval {
  return { kind: 'declared', by: 'anna', on, until: null, pullRequest: null, digest: 'x' };
}

/** Three hundred texts that were all reviewed on one day, as after a migration. */
const migrated = Array.from({ length: 300 }, (_, index) => ({
  ...{ id: `a${index}`, locale: 'de', path: `p/a${index}` },
  approval: approved('2026-01-01'),
}));
const lastDay = '2027-01-01';

describe('reviews to renew', () => {
  it('come up one after another in the month before they all end', () => {
    const perDay = Array.from({ length: 32 }, (_, index) => {
      const day = daysAfter(lastDay, index - 30);
      const before = dueReviews(migrated, policy, daysAfter(day, -1)).length;
      return dueReviews(migrated, policy, day).length - before;
    });
    expect(perDay.reduce((sum, count) => sum + count, 0)).toBe(300);
    expect(Math.max(...perDay)).toBeLessThan(30);
    expect(dueReviews(migrated, policy, daysAfter(lastDay, -31))).toEqual([]);
  });

  it('are told the most urgent first, and which have ended', () => {
    const texts = [
      { id: 'b', locale: 'de', path: 'b', approval: approved('2026-02-01') },
      { id: 'a', locale: 'de', path: 'a', approval: approved('2026-01-01') },
      { id: 'c', locale: 'de', path: 'c', approval: null },
    ];
    const due = dueReviews(texts, policy, '2027-02-01');
    expect(due.map(({ id, hasExpired }) => [id, hasExpired])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('are none where reviews do not end', () => {
    expect(dueReviews(migrated, { ...policy, maxAgeDays: null }, '2099-01-01')).toEqual([]);
  });
});
