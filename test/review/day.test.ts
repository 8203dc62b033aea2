import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAfter, daysBetween, isDay } from '../../src/review/index.ts';

describe('isDay', () => {
  it.each(['2026-11-20', '2024-02-29', '1999-12-31', '0001-01-01'])('knows %s', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-2', '', '20261120'])(
    'refuses "%s"',
    (day) => {
      expect(isDay(day)).toBe(false);
    },
  );

  it.each(['2026-11-20T00:00:00Z', ' 2026-11-20', '2026-11-20\n', '٢٠٢٦-11-20'])(
    'refuses what is more than a date: %j',
    (day) => {
      expect(isDay(day)).toBe(false);
    },
  );
});

describe('daysAfter', () => {
  it('crosses months, leap days and clock changes', () => {
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysAfter('2024-02-28', 1)).toBe('2024-02-29');
    expect(daysAfter('2026-03-28', 2)).toBe('2026-03-30');
    expect(daysAfter('2025-11-20', 365)).toBe('2026-11-20');
  });

  it('ends where four-digit years end', () => {
    expect(daysAfter('2026-01-01', 100_000_000)).toBe('9999-12-31');
  });

  it('is what daysBetween undoes', () => {
    const days = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(
      fc.property(
        days,
        (count) => daysBetween('2026-06-15', daysAfter('2026-06-15', count)) === count,
      ),
      { seed: 20_261_122 },
    );
  });
});
