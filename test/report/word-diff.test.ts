import { describe, expect, it } from 'vitest';
import type { Tree } from '../../src/model/tree.ts';
import { comparedBodies, comparedTexts } from '../../src/report/body-diff.ts';
import { columnsOf, plainStyle } from '../../src/report/style.ts';
import { comparedWords, excerpts, markedWords } from '../../src/report/word-diff.ts';

const style = plainStyle('2026-11-22');

describe('words compared', () => {
  it.each([
    ['Passwort ändern', 'Passwort zurücksetzen', 'Passwort [-ändern-]{+zurücksetzen+}'],
    ['ist 24 Stunden gültig', 'ist eine Stunde gültig', 'ist [-24 Stunden-]{+eine Stunde+} gültig'],
    ['a b c', 'a c', 'a [-b-] c'],
    ['a c', 'a b c', 'a {+b+} c'],
    ['', 'neu', '{+neu+}'],
    ['alt', '', '[-alt-]'],
    ['gleich', 'gleich', 'gleich'],
    ['パスワードを変更します', 'パスワードを再設定します', 'パスワードを[-変更-]{+再設定+}します'],
    ['密码有效期一天', '密码有效期一小时', '密码有效期[-一天-]{+一小时+}'],
  ])('%j → %j', (before, after, shown) => {
    expect(markedWords(before, after, style)).toBe(shown);
  });

  it('loses nothing of either text', () => {
    const [before, after] = ['Der alte Text, Zeile für Zeile.', 'Ein neuer Text; Zeile um Zeile.'];
    const pieces = comparedWords(before, after);
    const side = (other: string): string =>
      pieces.map(({ kind, text }) => (kind === other ? '' : text)).join('');
    expect(side('added')).toBe(before);
    expect(side('removed')).toBe(after);
  });

  it('compares long texts at once', () => {
    const before = 'wort '.repeat(5000);
    expect(comparedWords(before, `${before}ende`)).toHaveLength(2);
  });
});

describe('excerpts', () => {
  const before = `${'Vorher steht hier viel. '.repeat(6)}Der Link ist 24 Stunden gültig. ${'Danach auch. '.repeat(8)}`;
  const after = before.replace('24 Stunden', 'eine Stunde');

  it('show a change with a few words around it', () => {
    const [line = '', ...more] = excerpts(before, after, { style, columns: 70, limit: 3 });
    expect(more).toEqual([]);
    expect(line).toMatch(/^… .*Link ist \[-24 Stunden-\]\{\+eine Stunde\+\} gültig.* …$/);
    expect(columnsOf(line)).toBeLessThanOrEqual(74);
  });

  it('end at the limit', () => {
    const many = (word: string): string =>
      `${word} ${'und noch ein langer Satz dazu '.repeat(2)}`.repeat(9);
    const lines = excerpts(many('eins'), many('zwei'), { style, columns: 60, limit: 3 });
    expect(lines).toHaveLength(3);
  });

  it('cut long changes', () => {
    const [line = ''] = excerpts('kurz', 'lang '.repeat(100), { style, columns: 60, limit: 1 });
    expect(line).toContain('…+}');
    expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });
});

describe('bodies compared', () => {
  const paragraph = (text: string): Tree[number] => ({
    type: 'paragraph',
    align: null,
    children: [{ type: 'text', text }],
  });

  it('count blocks whose words differ', () => {
    const change = comparedBodies(
      [paragraph('a'), paragraph(''), paragraph('b'), paragraph('c')],
      [paragraph('a'), paragraph('B'), paragraph('c'), paragraph('d')],
    );
    expect(change).toEqual({
      changed: 2,
      total: 4,
      pairs: [
        { before: 'b', after: 'B' },
        { before: '', after: 'd' },
      ],
    });
  });

  it('forgive white space', () => {
    expect(comparedTexts(['a  b\nc'], ['a b c']).changed).toBe(0);
  });
});
