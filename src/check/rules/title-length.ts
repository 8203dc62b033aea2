import { type LengthLimits, tooLong } from '../length.ts';
import type { Rule } from '../rule.ts';

const limits: LengthLimits = { warn: 90, error: 255 };

export const titleLength: Rule = {
  name: 'title-length',
  severity: 'either',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a title of more than 90 characters (a warning) or more than 255 (an error)',
  why: 'Lists and search results cut long titles off; the service documents no limit, and 255 is where stores usually end.',
  mend: 'Say it shorter.',
  find(facts) {
    return tooLong('title', limits, facts);
  },
};
