import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdits, stampChange, translatedChange } from '../../../src/repository/index.ts';
import { contentTree } from '../../support/content-builder.ts';

const edit = (file: string, start: number, end: number, text: string) => ({
  file,
  start,
  end,
  text,
});

describe('applyEdits', () => {
  it('makes all edits of several files, whatever their order', async () => {
    const root = await contentTree({ 'a.de.md': '\uFEFFabc\r\ndef', 'b.de.md': '0123' });
    await applyEdits(root, [
      edit('a.de.md', 6, 7, 'D'),
      edit('b.de.md', 4, 4, '!'),
      edit('a.de.md', 1, 2, 'A'),
      edit('b.de.md', 0, 0, 'x'),
      edit('b.de.md', 0, 0, 'y'),
    ]);
    expect(await readFile(join(root, 'a.de.md'), 'utf8')).toBe('\uFEFFAbc\r\nDef');
    expect(await readFile(join(root, 'b.de.md'), 'utf8')).toBe('xy0123!');
  });

  it.each([
    ['overlap', [edit('a.de.md', 0, 2, 'x'), edit('a.de.md', 1, 3, 'y')]],
    ['lie outside the file', [edit('a.de.md', 2, 9, 'x')]],
    ['run backwards', [edit('a.de.md', 2, 1, 'x')]],
  ])('refuses edits that %s', async (_, edits) => {
    const root = await contentTree({ 'a.de.md': 'abc' });
    await expect(applyEdits(root, edits)).rejects.toMatchObject({ code: 'edit-refused' });
    expect(await readFile(join(root, 'a.de.md'), 'utf8')).toBe('abc');
  });

  it('refuses a path outside', async () => {
    const root = await contentTree({});
    await expect(applyEdits(root, [edit('../x', 0, 0, 'x')])).rejects.toMatchObject({
      code: 'path',
    });
  });
});

describe('stamps', () => {
  const stamp = {
    by: 'a@example.com',
    on: '2026-11-20',
    digest: 'sha256:1',
    baseline: false,
    until: null,
  };

  it('stamps an article at the top and a collection below its locale', () => {
    const value = { by: 'a@example.com', on: '2026-11-20', digest: 'sha256:1' };
    expect(stampChange(stamp)).toEqual({ path: ['review'], value });
    expect(stampChange(stamp, 'de')).toEqual({ path: ['de', 'review'], value });
    expect(stampChange(stamp, 'id')).toEqual({ path: ['texts', 'id', 'review'], value });
  });

  it('says of a baseline that it is one, and until when', () => {
    expect(stampChange({ ...stamp, baseline: true, until: '2027-01-01' }).value).toEqual({
      by: 'a@example.com',
      on: '2026-11-20',
      digest: 'sha256:1',
      baseline: true,
      until: '2027-01-01',
    });
  });

  it('marks a translation as up to date', () => {
    expect(translatedChange('sha256:1')).toEqual({ path: ['translationOf'], value: 'sha256:1' });
    expect(translatedChange('sha256:1', 'en')).toEqual({
      path: ['en', 'translationOf'],
      value: 'sha256:1',
    });
  });
});
