import type { Construct } from '../reading.ts';

export const ruleConstruct: Construct = {
  name: 'rule',
  matches: ({ tagName }) => tagName === 'hr',
  read: (_element, { flow, around }) => {
    if (around.inCell) flow.inline({ type: 'break' });
    else flow.block({ type: 'rule' });
  },
};
