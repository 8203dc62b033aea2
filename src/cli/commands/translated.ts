import type { TranslatedText } from '../../commands/translated.ts';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import type { Answer, CommandDeclaration, Invocation } from '../declaration.ts';
import { writing } from '../groups.ts';

export const translated: CommandDeclaration = {
  name: 'translated',
  summary: 'mark translations as up to date, or list what changed in their sources',
  group: writing,
  arguments: [
    {
      name: 'items',
      summary: 'ids, paths without locale, or files; one locale as item:en; lists by comma',
      required: false,
      variadic: true,
    },
  ],
  options: [{ flags: '--status', summary: 'list the work instead' }],
  examples: [
    { line: 'kb translated --status', says: 'what is to be translated, with the changes' },
    { line: 'kb translated konto/sso:en', says: 'this translation says what its source says' },
  ],
  jsonKeys: ['translations'],
  async run(invocation) {
    return invocation.values.flag('status') ? status(invocation) : stamp(invocation);
  },
};

async function status({ values, context }: Invocation): Promise<Answer> {
  const [{ translationStatusCommand }, report] = await Promise.all([
    import('../../commands/translated.ts'),
    import('../../report/translated.ts'),
  ]);
  const { translations } = await translationStatusCommand(context, { items: values.list('items') });
  return {
    exitCode: exitCodes.done,
    json: { translations: translations.map(withoutBodies) },
    text: (style) => report.translationsText(translations, style),
    markdown: () => report.translationsMarkdown(translations),
  };
}

async function stamp({ values, context }: Invocation): Promise<Answer> {
  const items = values.list('items');
  if (items.length === 0) {
    throw new KbError('usage', 'kb translated needs the items that were translated.', {
      hint: 'kb translated --status lists what is to be translated.',
    });
  }
  const [{ translatedCommand }, report] = await Promise.all([
    import('../../commands/translated.ts'),
    import('../../report/translated.ts'),
  ]);
  const { translations } = await translatedCommand(context, { items });
  const refused = translations.some((text) => text.refused !== null);
  return {
    exitCode: refused ? exitCodes.findings : exitCodes.done,
    json: { translations: translations.map(withoutBodies) },
    text: (style) => report.translatedText(translations, style),
    markdown: () => report.translationsMarkdown(translations),
  };
}

/** Bodies stay out of the JSON: it says since when, git has the rest. */
function withoutBodies({ change, ...text }: TranslatedText): unknown {
  return { ...text, since: change?.since ?? null };
}
