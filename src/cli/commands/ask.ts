import { agents } from '../../model/config.ts';
import { exitCodes } from '../../model/kb-error.ts';
import { agentFrom } from '../agent.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { asking } from '../groups.ts';

export const ask: CommandDeclaration = {
  name: 'ask',
  summary: 'say which reviewed passages would ground an answer',
  group: asking,
  arguments: [{ name: 'question', summary: 'what a customer asks', required: true }],
  options: [
    {
      flags: '--locale <locale>',
      summary: 'search this locale (default: the one that answers best)',
    },
    {
      flags: '--agent <agent>',
      summary: 'what this agent may read (default: agent)',
      choices: agents,
    },
  ],
  examples: [
    { line: 'kb ask "Wie lange gilt der Link zum Zurücksetzen?"', says: 'in the working tree' },
    { line: 'kb ask "How long is the link valid?" --locale en', says: 'in one locale' },
  ],
  jsonKeys: ['hits'],
  async run({ values, context }) {
    const [{ askCommand }, report] = await Promise.all([
      import('../../commands/ask.ts'),
      import('../../report/ask.ts'),
    ]);
    const question = values.text('question') ?? '';
    const agent = agentFrom(values);
    const locale = values.text('locale');
    const { hits, locales } = await askCommand(context, { question, locale, agent });
    return {
      exitCode: exitCodes.done,
      json: { hits },
      text: (style) => report.askText(question, hits, { agent, locales }, style),
      markdown: () => report.askMarkdown(question, hits, context.today),
    };
  },
};
