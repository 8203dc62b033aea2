import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { asking } from '../groups.ts';

export const log: CommandDeclaration = {
  name: 'log',
  summary: 'who approved what, and what was live since when',
  group: asking,
  arguments: [{ name: 'item', summary: 'an article, by id, path or file', required: true }],
  options: [],
  examples: [
    { line: 'kb log konto/sso', says: 'all locales' },
    { line: 'kb log konto/sso:en', says: 'one' },
  ],
  jsonKeys: ['versions'],
  async run({ values, context }) {
    const [{ logCommand }, report] = await Promise.all([
      import('../../commands/log.ts'),
      import('../../report/log.ts'),
    ]);
    const { versions } = await logCommand(context, values.text('item') ?? '');
    return {
      exitCode: exitCodes.done,
      json: { versions },
      text: (style) => report.logText(versions, style),
      markdown: () => report.logMarkdown(versions, context.today),
    };
  },
};
