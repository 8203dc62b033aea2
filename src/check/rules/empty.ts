import type { Tree } from '../../model/tree.ts';
import { allBlocks, allInlines, blockText } from '../../model/tree-text.ts';
import type { Rule } from '../rule.ts';

export const empty: Rule = {
  name: 'empty',
  severity: 'either',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a text without anything to read or see; a warning while it is a draft',
  why: 'Readers would open an empty page.',
  mend: 'Write it, or set `publication: draft`.',
  find(facts) {
    return facts.texts
      .filter(({ translation }) => isEmpty(translation.body))
      .map(({ translation }) => ({
        file: translation.file,
        line: 1,
        column: 1,
        message: 'the text is empty',
        severity: translation.publication === 'published' ? 'error' : 'warn',
      }));
  },
};

function isEmpty(body: Tree): boolean {
  if (body.some((block) => visible.test(blockText(block)))) return false;
  return !(
    allBlocks(body).some((block) => block.type === 'video') ||
    allInlines(body).some((inline) => inline.type === 'image')
  );
}

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
