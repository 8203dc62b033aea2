import { join, relative } from 'node:path';
import { exitCodes } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { starting } from '../groups.ts';
import { readPackageFacts } from '../package-facts.ts';

export const init: CommandDeclaration = {
  name: 'init',
  summary: 'begin a knowledge base: content, editor schemas, workflows',
  group: starting,
  arguments: [{ name: 'dir', summary: 'its folder (default: here)', required: false }],
  options: [
    {
      flags: '--locales <locales>',
      summary: 'its locales, the default one first (default: en)',
      list: true,
    },
  ],
  examples: [
    { line: 'kb init', says: 'here' },
    { line: 'kb init help-center --locales de,en', says: 'in a new folder, German first' },
  ],
  jsonKeys: ['path', 'files'],
  async run({ values, context }) {
    const [{ initCommand }, { createdText }] = await Promise.all([
      import('../../commands/init.ts'),
      import('../../report/created.ts'),
    ]);
    const result = await initCommand(context, {
      dir: values.text('dir') ?? '.',
      locales: values.list('locales'),
      release: readPackageFacts().release,
    });
    const { path, files, notes } = result;
    const folder = relative(context.cwd, path);
    const shown = files.map((file) => (folder === '' ? file : join(folder, file)));
    return {
      exitCode: exitCodes.done,
      json: result,
      text: (style) =>
        createdText(
          shown,
          notes,
          [
            ...(folder === '' ? [] : [{ command: `cd ${shellWord(folder)}`, says: '' }]),
            { command: 'kb check', says: 'lists what is to be mended' },
            { command: 'kb new article start/first-steps', says: 'begins an article' },
          ],
          style,
        ),
    };
  },
};
