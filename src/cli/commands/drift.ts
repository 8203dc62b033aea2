import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';

export const drift: CommandDeclaration = {
  name: 'drift',
  summary: 'list what changed in the workspace and not from here',
  group: publishing,
  arguments: [],
  options: [],
  examples: [
    { line: 'kb drift', says: 'what, by whom, when' },
    { line: 'kb drift --format json', says: 'for a nightly job; exits 1 when there is any' },
  ],
  jsonKeys: ['drift', 'ledger'],
  async run({ context }) {
    const [{ driftCommand }, report] = await Promise.all([
      import('../../commands/drift.ts'),
      import('../../report/drift.ts'),
    ]);
    const { drift, ledger } = await driftCommand(context);
    return {
      exitCode: drift.length > 0 ? exitCodes.findings : exitCodes.done,
      // Bodies are shown to people; programs have the digests and `kb pull`.
      json: { drift: drift.map(({ texts: _texts, ...row }) => row), ledger },
      text: (style) => report.driftText(drift, ledger, style),
      markdown: () => report.driftMarkdown(drift, context.today),
    };
  },
};
