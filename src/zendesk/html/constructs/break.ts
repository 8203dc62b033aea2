import type { Construct } from '../reading.ts';

export const breakConstruct: Construct = {
  name: 'break',
  matches: ({ tagName }) => tagName === 'br',
  read: (_element, { flow }) => flow.inline({ type: 'break' }),
};
