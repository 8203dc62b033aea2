import { treeText } from '../../model/tree-text.ts';
import type { Rule } from '../rule.ts';

/** Bytes of visible text. The service documents no limit; beyond this its pages and the AI do not cope. */
const limit = 1_000_000;

export const bodyLength: Rule = {
  name: 'body-length',
  severity: 'error',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a text of more than 1 MB',
  why: 'No reader finds anything in it, and the service may refuse it.',
  mend: 'Cut it into several articles.',
  find(facts) {
    return facts.texts.flatMap(({ translation }) => {
      const bytes = Buffer.byteLength(treeText(translation.body));
      if (bytes <= limit) return [];
      const found = `${(bytes / limit).toFixed(1)} MB`;
      return [
        {
          file: translation.file,
          line: 1,
          column: 1,
          message: `the text has ${found} (at most 1 MB)`,
          hint: 'cut it into several articles',
        },
      ];
    });
  },
};
