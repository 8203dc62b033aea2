import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/report/progress.ts';
import {
  aligned,
  clipped,
  columnsOf,
  createStyle,
  padded,
  wrapped,
} from '../../src/report/style.ts';
import {
  clockTime,
  counted,
  listed,
  roughly,
  shownDate,
  withDates,
} from '../../src/report/wording.ts';

const narrow = createStyle({ color: false, columns: 60, today: '2026-11-22' });

describe('layout', () => {
  it('aligns umlauts, wide characters and combined ones', () => {
    const rows = aligned([
      ['Zurücksetzen', 'x'],
      ['パスワード', 'x'],
      ['Zuru\u0308cksetzen', 'x'],
      ['👩‍💻', 'x'],
    ]);
    expect(new Set(rows.map((row) => columnsOf(row)))).toEqual(new Set([15]));
  });

  it('fills and cuts by columns', () => {
    expect(columnsOf(padded('日本', 6))).toBe(6);
    expect(clipped('日本語のパスワード', 7)).toBe('日本語…');
    expect(clipped('kurz', 7)).toBe('kurz');
  });

  it('breaks long text on a terminal only', () => {
    const text = 'wort '.repeat(30).trim();
    const lines = wrapped(text, 10, narrow).split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(60);
    const piped = createStyle({ color: false, columns: null, today: '2026-11-22' });
    expect(wrapped(text, 10, piped)).toBe(text);
  });

  it('paints only when asked to', () => {
    const painted = createStyle({ color: true, columns: 80, today: '2026-11-22' });
    expect(painted.paint('bad', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(narrow.paint('bad', 'x')).toBe('x');
  });
});

describe('words', () => {
  it('numbers have units and plurals', () => {
    expect(counted(0, 'change')).toBe('no changes');
    expect(counted(1, 'change')).toBe('1 change');
    expect(counted(1204, 'article')).toBe('1,204 articles');
    expect([roughly(0.2), roughly(3), roughly(600), roughly(9000)]).toEqual([
      'about 1 s',
      'about 3 s',
      'about 10 min',
      'about 2.5 h',
    ]);
    expect([clockTime(48), clockTime(3723)]).toEqual(['0:48', '1:02:03']);
  });

  it('dates are dates', () => {
    expect(shownDate('2026-11-20', '2026-11-22')).toBe('20 Nov');
    expect(shownDate('2025-01-02T10:00:00Z', '2026-11-22')).toBe('2 Jan 2025');
    expect(shownDate('soon', '2026-11-22')).toBe('soon');
    expect(withDates('edited on 2026-11-20 by x', '2026-11-22')).toBe('edited on 20 Nov by x');
  });

  it('lists are read aloud', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});

describe('progress', () => {
  it('is one line within the terminal', () => {
    const phase = { callsPerWindow: 166, limitPerWindow: 167, secondsLeft: 48 };
    const phases = [
      { ...phase, phase: 'collections', done: 3, total: 3 },
      { ...phase, phase: 'articles', done: 1204, total: 2010 },
    ];
    const wide = createStyle({ color: false, columns: 140, today: '2026-11-22' });
    expect(progressLine(phases, wide)).toBe(
      '  collections  ██████████ 3/3     articles  █████░░░░░ 1,204/2,010     166 calls/10 s (limit 167)     0:48 left',
    );
    expect(columnsOf(progressLine(phases, narrow))).toBeLessThan(60);
    expect(progressLine([], wide)).toBe('');
  });
});
