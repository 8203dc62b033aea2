import { type LengthLimits, tooLong } from '../length.ts';
import type { Rule } from '../rule.ts';

const limits: LengthLimits = { warn: 140, error: 255 };

export const descriptionLength: Rule = {
  name: 'description-length',
  severity: 'either',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a description of more than 140 characters (a warning) or more than 255 (an error)',
  why: 'It is one line below the title, and search results cut it off; the service documents no limit, and 255 is where stores usually end.',
  mend: 'Say it shorter.',
  find(facts) {
    return tooLong('description', limits, facts);
  },
};
