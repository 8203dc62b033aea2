import { join, relative } from 'node:path';
import { exitCodes } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { starting } from '../groups.ts';

const kinds = ['article', 'collection', 'translation'] as const;

// new is no identifier that may be bound, so this one is named for what it does.
export const scaffolding: CommandDeclaration = {
  name: 'new',
  summary: 'begin an article, a collection or a translation',
  group: starting,
  arguments: [
    { name: 'kind', summary: 'what to begin', required: true, choices: kinds },
    {
      name: 'path',
      summary: 'its path in the content folder; for a translation the article',
      required: true,
    },
  ],
  options: [
    { flags: '--title <title>', summary: 'its title' },
    { flags: '--locale <locale>', summary: 'its locale (default: defaultLocale of kb.yaml)' },
  ],
  examples: [
    { line: 'kb new article konto/sso --title "SSO einrichten" --locale de', says: 'an article' },
    {
      line: 'kb new collection konto/anmeldung --title Anmeldung',
      says: 'a folder with its texts',
    },
    { line: 'kb new translation konto/sso --locale en', says: 'the source text, to be translated' },
  ],
  jsonKeys: ['path', 'id', 'files'],
  async run({ values, context }) {
    const [commands, { createdText }] = await Promise.all([
      import('../../commands/new.ts'),
      import('../../report/created.ts'),
    ]);
    const kind = kinds.find((known) => known === values.text('kind')) ?? 'article';
    const command = {
      article: commands.newArticleCommand,
      collection: commands.newCollectionCommand,
      translation: commands.newTranslationCommand,
    }[kind];
    const made = await command(context, {
      path: values.text('path') ?? '',
      title: values.text('title'),
      locale: values.text('locale'),
    });
    const folder = relative(context.cwd, context.contentDir);
    const next = {
      article: { command: 'kb check', says: 'lists what is to be mended' },
      collection: {
        command: `kb new article ${shellWord(made.path)}/<name>`,
        says: 'begins an article in it',
      },
      translation: {
        command: `kb review ${shellWord(made.files[0] ?? made.path)} --by <email>`,
        says: 'once it is translated and read',
      },
    }[kind];
    return {
      exitCode: exitCodes.done,
      json: made,
      text: (style) =>
        createdText(
          made.files.map((file) => join(folder, file)),
          [],
          [next],
          style,
        ),
    };
  },
};
