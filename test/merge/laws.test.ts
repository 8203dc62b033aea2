import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withWrittenAnchors } from '../../src/merge/keys.ts';
import { mergeTexts } from '../../src/merge/merge-body.ts';
import { contextWith, parsed } from '../markdown/reading.ts';
import { arbitraryMarkdown } from '../support/arbitrary-markdown.ts';

const numRuns = process.env.KB_PROVE === '1' ? 3000 : 150;
const labels = { ours: 'a', theirs: 'b' };
const context = contextWith({});
const merge = (base: string, ours: string, theirs: string) =>
  mergeTexts({ base, ours, theirs }, context, labels);
const treeOf = (text: string) => withWrittenAnchors(parsed(text).tree);

describe('merging', () => {
  test('nothing changed there: the file stays byte for byte', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), arbitraryMarkdown(), (base, ours) => {
        expect(merge(base, ours, base)).toMatchObject({ text: ours, conflicts: [] });
      }),
      { numRuns, seed: 71 },
    );
  });

  test('nothing changed here: the file says what they say', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), arbitraryMarkdown(), (base, theirs) => {
        const { text, conflicts } = merge(base, base, theirs);
        expect(conflicts).toEqual([]);
        expect(treeOf(text), text).toEqual(treeOf(theirs));
      }),
      { numRuns, seed: 72 },
    );
  });

  test('the same change on both sides is taken once', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), arbitraryMarkdown(), (base, both) => {
        expect(merge(base, both, both)).toMatchObject({ text: both, conflicts: [] });
      }),
      { numRuns, seed: 73 },
    );
  });

  test('text put in before the first block here and after the last one there: both, no conflict', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), (base) => {
        const ours = `Vorneweg von hier.\n\n${base}`;
        const { text, conflicts } = merge(base, ours, `${base}\n\nHintenan von dort.`);
        expect(conflicts).toEqual([]);
        expect(treeOf(text), text).toEqual(treeOf(`${ours}\n\nHintenan von dort.`));
      }),
      { numRuns, seed: 74 },
    );
  });
});
