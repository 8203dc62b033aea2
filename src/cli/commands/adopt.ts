import { exitCodes, KbError } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';

export const adopt: CommandDeclaration = {
  name: 'adopt',
  summary: 'take over what is live, or rebuild the ledger, without writing to the workspace',
  group: publishing,
  arguments: [],
  options: [
    {
      flags: '--match <pairs>',
      summary: 'tell a match, as id=intercomId; lists by comma',
      list: true,
    },
  ],
  examples: [
    { line: 'kb adopt', says: 'take over what has the same content' },
    { line: 'kb adopt --match sso=9012345', says: 'tell a match that is not sure' },
  ],
  jsonKeys: ['matched', 'unmatched'],
  async run({ values, context }) {
    const match = Object.fromEntries(values.list('match').map(pairOf));
    const [{ adoptCommand }, report] = await Promise.all([
      import('../../commands/adopt.ts'),
      import('../../report/adopt.ts'),
    ]);
    const result = await adoptCommand(context, { match });
    return {
      exitCode: exitCodes.done,
      json: result,
      text: (style) => report.adoptText(result, style),
      markdown: () => report.adoptMarkdown(result),
    };
  },
};

function pairOf(text: string): [string, string] {
  const [, id, intercomId] = /^([^=]+)=(\d+)$/.exec(text) ?? [];
  if (id === undefined || intercomId === undefined) {
    throw new KbError('usage', `--match needs pairs like sso=9012345, found "${text}".`, {
      hint: 'The id of the article, then the number of the article in Intercom.',
    });
  }
  return [id, intercomId];
}
