import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';

export const pull: CommandDeclaration = {
  name: 'pull',
  summary: 'bring what was changed in Intercom into the files, merged block by block',
  group: publishing,
  arguments: [
    {
      name: 'items',
      summary: 'ids, paths or files; an Intercom id for what was made there (default: everything)',
      required: false,
      variadic: true,
    },
  ],
  options: [
    { flags: '--branch', summary: 'commit what was pulled on a new branch' },
    { flags: '--remove', summary: 'remove the files of articles that were deleted in Intercom' },
  ],
  examples: [
    { line: 'kb pull', says: 'everything that kb drift lists' },
    { line: 'kb pull konto/sso', says: 'one article' },
    { line: 'kb pull --branch', says: 'on a branch of its own, for a pull request' },
  ],
  jsonKeys: ['files', 'conflicts', 'left', 'assets', 'branch'],
  async run({ values, context, flags }) {
    const [{ pullCommand }, report] = await Promise.all([
      import('../../commands/pull.ts'),
      import('../../report/pull.ts'),
    ]);
    const items = values.list('items');
    const result = await pullCommand(context, {
      items,
      branch: values.flag('branch'),
      remove: values.flag('remove'),
    });
    return {
      exitCode: result.conflicts.length > 0 ? exitCodes.held : exitCodes.done,
      json: result,
      text: (style) => report.pullText(result, flags.content, style),
      markdown: () => report.pullMarkdown(result),
    };
  },
};
