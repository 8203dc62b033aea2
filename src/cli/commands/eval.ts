import { agents } from '../../model/config.ts';
import { exitCodes } from '../../model/kb-error.ts';
import { agentFrom } from '../agent.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { asking } from '../groups.ts';

// eval is no identifier that strict code may bind, so this one is named for what it does.
export const evaluation: CommandDeclaration = {
  name: 'eval',
  summary: 'ask all questions of the content and say where their articles come',
  group: asking,
  arguments: [],
  options: [
    {
      flags: '--agent <agent>',
      summary: 'what this agent may read (default: agent)',
      choices: agents,
    },
    {
      flags: '--min-recall <share>',
      summary: 'fail below this share of questions found within three (default: 1)',
    },
  ],
  examples: [
    { line: 'kb eval', says: 'exits 1 when a question is not answered within three passages' },
    { line: 'kb eval --min-recall 0.95', says: 'allow one in twenty to fail' },
  ],
  jsonKeys: ['cases', 'skipped', 'recallAt1', 'recallAt3', 'mrr'],
  async run({ values, context }) {
    const minRecall = values.number('minRecall', { min: 0, max: 1 }) ?? 1;
    const [{ evalCommand }, report] = await Promise.all([
      import('../../commands/eval.ts'),
      import('../../report/ask.ts'),
    ]);
    const result = await evalCommand(context, { agent: agentFrom(values) });
    const found = { ...result, minRecall };
    return {
      exitCode: result.recallAt3 < minRecall ? exitCodes.findings : exitCodes.done,
      json: result,
      text: (style) => report.evaluationText(found, style),
      markdown: () => report.evaluationMarkdown(found),
    };
  },
};
